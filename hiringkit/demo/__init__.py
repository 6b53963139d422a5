"""Demo: one hire with invented people, told through the operations and kept in an instance of its own."""
