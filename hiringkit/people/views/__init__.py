"""Pages of people, gathered: signing in and one's account; members, teams and invitations."""

from hiringkit.people.views import accounts, teams
from hiringkit.people.views.blueprint import bp

__all__ = ["accounts", "bp", "teams"]
