"""People: an invitation comes in, a member with memberships and sign-ins goes out; next: library."""
