"""Pure decisions of debriefs: gates before any arithmetic, the score, the rule, and what may be decided."""
