"""Role profiles as they are read from pasted text and stored; their words are in `rules.profiles`."""
