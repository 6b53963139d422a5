"""Debriefs: sealed scorecards come in, gates, findings and a decision by the frozen rule go out."""
