"""Interviews: a stage, a time and people come in, a panel that may rate goes out; next: scorecards."""
