"""The nine sections of a disclosure, one file each, as data."""
