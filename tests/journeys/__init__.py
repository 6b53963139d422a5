"""Whole paths in a real browser, by the pages alone."""
