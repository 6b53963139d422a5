"""Grids of ratings for property tests."""

from hypothesis import strategies as st

Grid = list[list[int]]


def grids(rows: int, columns: int, lowest: int = 1, highest: int = 7) -> st.SearchStrategy[Grid]:
    """Full grids of whole ratings."""
    row = st.lists(st.integers(lowest, highest), min_size=columns, max_size=columns)
    return st.lists(row, min_size=rows, max_size=rows)


def is_varied(grid: Grid) -> bool:
    """Whether slope and differential accuracy are defined on this gold."""
    centred = [[value - row[0] for value in row] for row in grid]
    return len({value for row in grid for value in row}) > 1 and any(row != centred[0] for row in centred)
