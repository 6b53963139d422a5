"""A candidate as typed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CandidateDraft:
    """A person to add to a team or to change; `member_email` names the person's own sign-in here, if there is one."""

    team_id: int
    name: str
    email: str
    zone: str
    member_email: str = ""
