"""The second opening of the demo: a draft whose disclosure started from last year's posting, still to be checked."""

from datetime import datetime
from importlib.resources import files

from hiringkit.demo.agenda import Agenda
from hiringkit.demo.days import ZONE
from hiringkit.demo.opening import TRACK, Role
from hiringkit.demo.people import INES
from hiringkit.disclosures import operations as disclosures
from hiringkit.openings import operations
from hiringkit.openings.rules import OpeningDraft

TITLE, PLACE = "Patient Access Specialist", "Chicago office or at home in the US"
PASTED = 3
"""Working days ago."""


def plan_pasting(agenda: Agenda, role: Role) -> None:
    """Plan how the opening is created and its disclosure started from a pasted posting."""

    def create(at: datetime) -> None:
        by = role.cast.actor(INES)
        draft = OpeningDraft(
            title=TITLE,
            place=PLACE,
            zone=ZONE,
            posts=1,
            team_id=role.cast.team.id,
            pack_id=role.pack.id,
            track_key=TRACK,
        )
        opening = operations.create_opening(draft, by=by, at=at)
        pasted = files("hiringkit.demo").joinpath("texts", "posting.txt").read_text("utf-8")
        disclosures.start_from_posting(opening, pasted, with_template=False, by=by, at=at)

    agenda.plan((PASTED, "15:10"), create)
