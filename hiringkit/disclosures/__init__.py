"""Disclosures: claims about the work come in, numbered published versions go out; next: careers and candidates."""
