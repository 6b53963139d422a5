"""Library: a pack comes in, immutable versions of competencies, scenarios and sets go out; next: openings."""
