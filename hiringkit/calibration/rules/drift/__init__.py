"""Drift: whether an interviewer's level moves, jumps about or flattens, against those who meet the same candidates."""
