"""Demo: one hire with invented people, and the one before it, told through the operations in an instance of its own."""
