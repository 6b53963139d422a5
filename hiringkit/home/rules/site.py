"""What an administrator does next, until there are teams and people in them."""

from dataclasses import dataclass
from enum import StrEnum


class SiteStep(StrEnum):
    """The next thing of an administrator."""

    TEAM = "create a team"
    PEOPLE = "invite people"


@dataclass(frozen=True)
class SiteCounts:
    """How many teams and members there are, and how many invitations nobody has used yet."""

    teams: int
    members: int
    invitations: int

    @property
    def step(self) -> SiteStep | None:
        """Return what comes next, or None once there are people.

        >>> SiteCounts(0, 1, 0).step.value, SiteCounts(1, 1, 0).step.value, SiteCounts(1, 1, 2).step
        ('create a team', 'invite people', None)
        """
        if not self.teams:
            return SiteStep.TEAM
        return SiteStep.PEOPLE if self.members == 1 and not self.invitations else None
