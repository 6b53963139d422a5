"""A pasted posting read as claims: text into lines and pieces, headings, single values, and what is left over."""
