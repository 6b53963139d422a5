"""The laws of HOUSE.md as tests: sizes, names, imports, the tree, the lock and the wheel."""
