"""The tests of hiringkit, one folder a room, and the laws of the house."""
