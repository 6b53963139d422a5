"""Home: what is mine and the one next thing, for each capacity."""
