"""The opening of the demo that is a draft: its disclosure comes from last year's posting, still to be checked."""

from datetime import datetime
from importlib.resources import files

from hiringkit.demo.agenda import Agenda
from hiringkit.demo.days import ZONE
from hiringkit.demo.opening import TRACK, Role
from hiringkit.demo.people import INES
from hiringkit.disclosures import operations as disclosures
from hiringkit.disclosures import queries as disclosed
from hiringkit.disclosures.models import DisclosureDraft
from hiringkit.disclosures.rules.fields import section
from hiringkit.disclosures.rules.shapes import VALUE
from hiringkit.disclosures.rules.typed import control_name, sent_form
from hiringkit.openings import operations
from hiringkit.openings.rules import OpeningDraft

TITLE, PLACE = "Patient Access Specialist", "Chicago office or at home in the US"
PASTED = 3
"""Working days ago."""
BEGUN = "quality"
"""The section that Ines was in when she was called away: what she typed is kept for her, and nobody else sees it."""
TYPED = "Whoever reports a mistake of their own is thanked and not named. Ask the quality lead whether"


def plan_pasting(agenda: Agenda, role: Role) -> None:
    """Plan how the opening is created, how its disclosure is started from a pasted posting, and one answer begun."""
    pasting = _Pasting(role)
    agenda.plan((PASTED, "15:10"), pasting.create)
    agenda.plan((PASTED, "15:40"), pasting.begin)


class _Pasting:
    """The draft while it is worked on."""

    def __init__(self, role: Role) -> None:
        self.role = role
        self.draft: DisclosureDraft

    def create(self, at: datetime) -> None:
        by = self.role.cast.actor(INES)
        draft = OpeningDraft(
            title=TITLE,
            place=PLACE,
            zone=ZONE,
            posts=1,
            team_id=self.role.cast.team.id,
            pack_id=self.role.shelf.pack.id,
            track_key=TRACK,
        )
        opening = operations.create_opening(draft, by=by, at=at)
        pasted = files("hiringkit.demo").joinpath("texts", "posting.txt").read_text("utf-8")
        self.draft = disclosures.start_from_posting(opening, pasted, with_template=False, by=by, at=at)

    def begin(self, at: datetime) -> None:
        stored = sent_form(section(BEGUN), disclosed.unscoped_claims(self.draft.id))
        sent = {**stored, control_name("quality.errors", VALUE, 0): TYPED}
        version = disclosed.unscoped_sections(self.draft.id)[BEGUN].version
        disclosures.keep_typing(self.draft, BEGUN, sent, version, by=self.role.cast.actor(INES), at=at)
