"""Pure decisions of scorecards: what a rating needs, and when sealed ratings may be opened."""
