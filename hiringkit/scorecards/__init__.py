"""Scorecards: ratings with evidence come in, sealed scorecards go out; next: debriefs."""
