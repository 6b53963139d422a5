"""Careers: published disclosures come in, public pages without login or cookie go out."""
