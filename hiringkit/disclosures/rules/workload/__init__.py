"""The arithmetic of the work (SCIENCE 5): from claims to one person's day, the people needed and what is left over."""
