"""Commands: `hiringkit …`, thin; each asks an operation and says in one line what came of it."""
