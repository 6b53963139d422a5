"""Audit: operations come in, each leaves one event, the hash-chained record goes out; next: people."""
