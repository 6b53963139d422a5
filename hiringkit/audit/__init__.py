"""Audit: operations come in, each leaves one event in the same transaction, the hash-chained record goes out; next: people."""
