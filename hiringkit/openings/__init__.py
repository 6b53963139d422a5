"""Openings: a role to fill comes in with its pack and track, an opening with a state goes out; next: disclosures."""
