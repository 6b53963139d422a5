"""An opening of the demo: created from the pack, disclosed section by section, its loop put in use."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from importlib.resources import files
from typing import Any

from hiringkit.demo.agenda import Agenda
from hiringkit.demo.days import ZONE
from hiringkit.demo.people import DANA, INES, OPERATOR, Cast
from hiringkit.disclosures import operations as disclosures
from hiringkit.disclosures import queries as disclosed
from hiringkit.disclosures.models import DisclosureVersion
from hiringkit.disclosures.rules.claims import Basis, Claim
from hiringkit.disclosures.rules.fields import SECTIONS
from hiringkit.disclosures.rules.template import claims_from_template
from hiringkit.foundation.words import local
from hiringkit.foundation.yamltext import read_yaml
from hiringkit.library.models import Pack
from hiringkit.library.operations import CheckedPack, check_pack, import_checked
from hiringkit.library.packs import STARTER_PACK, shipped_pack_text
from hiringkit.loops import operations as loops
from hiringkit.loops import queries as looped
from hiringkit.loops.models import LoopVersion
from hiringkit.loops.rules.plan import LoopPlan
from hiringkit.openings import operations
from hiringkit.openings.models import Opening
from hiringkit.openings.rules import OpeningDraft

TRACK = "revenue-cycle-operations"
REMOTE_FROM = ("US-CA", "US-CO", "US-NY", "US-WA")
"""Somebody at home in the US may be in any of the states whose posting rules are known."""
OPENS = 28
"""Working days ago, which is about forty days of the calendar."""
SAVED = ((1, "10:00"), (1, "14:30"), (2, "09:30"), (2, "15:00"), (3, "09:15"))
"""Working days after the opening was created, and the times at which its sections are saved."""


@dataclass(frozen=True)
class Job:
    """What an opening says of itself, in which text its team says more, and when it opens, in working days ago."""

    title: str
    place: str
    posts: int
    text: str
    opens: int
    posting_places: tuple[str, ...] = ()
    loop: Callable[[LoopPlan], LoopPlan] | None = None
    """How the loop differs from the template, if it does."""


MANAGER = Job(
    title="Patient Access Manager",
    place="Chicago office or at home in the US",
    posts=2,
    text="disclosure.yaml",
    opens=OPENS,
    posting_places=REMOTE_FROM,
)


class Shelf:
    """The starter pack, from which every opening is created, once it is imported."""

    def __init__(self) -> None:
        self.checked: CheckedPack = check_pack(shipped_pack_text(STARTER_PACK), f"{STARTER_PACK}.yaml")
        self.pack: Pack

    def load(self, at: datetime) -> None:
        """Import the pack; its exercises follow by reaction."""
        self.pack = import_checked(self.checked, by=OPERATOR, at=at)


class Role:
    """An opening, what was disclosed of it, and its loop, as they come to be."""

    def __init__(self, cast: Cast, shelf: Shelf, job: Job) -> None:
        self.cast, self.shelf, self.job = cast, shelf, job
        self.changes = _read_changes(job.text)
        self.opening: Opening
        self.disclosure: DisclosureVersion
        self.loop: LoopVersion

    def create(self, at: datetime) -> None:
        """Create the opening, and start its disclosure from the template."""
        by = self.cast.actor(DANA)
        draft = OpeningDraft(
            title=self.job.title,
            place=self.job.place,
            zone=ZONE,
            posts=self.job.posts,
            posting_places=self.job.posting_places,
            team_id=self.cast.team.id,
            pack_id=self.shelf.pack.id,
            track_key=TRACK,
        )
        self.opening = operations.create_opening(draft, by=by, at=at)
        disclosures.start_draft(self.opening, by=by, at=at)

    def save_section(self, key: str, who: str, at: datetime) -> None:
        """Check one section of the disclosure, change what is different here, and save it."""
        draft = disclosed.unscoped_draft(self.opening.id)
        if draft is None:
            raise LookupError(key)
        today = local(at, ZONE).date()
        section = disclosed.unscoped_sections(draft.id)[key]
        stored = [one for one in disclosed.unscoped_claims(draft.id) if one.field.partition(".")[0] == key]
        claims = self.changes.checked(stored, key, today)
        disclosures.save_section(draft, key, claims, section.version, by=self.cast.actor(who), at=at)

    def publish(self, at: datetime) -> None:
        """Publish the disclosure and open the opening."""
        by = self.cast.actor(DANA)
        self.disclosure = disclosures.publish_disclosure(self.opening, by=by, at=at)
        operations.move_opening(self.opening, "open", by=by, at=at)

    def put_loop_in_use(self, at: datetime) -> None:
        """Start the loop from the template, change what is different here, and put it in use."""
        by = self.cast.actor(DANA)
        loop = loops.start_loop(self.opening, by=by, at=at)
        if self.job.loop is not None:
            loop = loops.edit_loop(loop, self.job.loop(looped.plan_of(loop)), loop.version, None, by=by, at=at)
        self.loop = loops.put_in_use(loop, by=by, at=at)

    def stage_id(self, key: str) -> int:
        """Return the id of the stage of that key."""
        return next(stage.row.id for stage in looped.unscoped_stages(self.loop.id) if stage.row.key == key)


@dataclass(frozen=True)
class _Changes:
    """What this team says differently from the template, and how it knows the rest."""

    answers: tuple[Claim, ...]
    left_open: frozenset[str]
    bases: dict[str, Basis]
    sources: dict[str, str]

    def checked(self, stored: list[Claim], section: str, today: date) -> list[Claim]:
        """Return the claims of a section as the team saves them, true today."""
        mine = [one for one in self.answers if one.field.partition(".")[0] == section]
        replaced = {one.field for one in mine} | self.left_open
        kept = [
            replace(
                one,
                basis=self.bases.get(one.field, one.basis),
                source=self.sources.get(one.field, one.source),
            )
            for one in stored
            if one.field not in replaced
        ]
        return [replace(one, as_of=today) for one in (*kept, *mine)]


def _read_changes(text: str) -> _Changes:
    name = f"texts/{text}"
    stored: dict[str, Any] = read_yaml(files("hiringkit.demo").joinpath(name).read_text("utf-8"), name).data
    filled = claims_from_template(stored["answers"])
    if filled.findings:
        raise ValueError(filled.findings)
    bases = dict.fromkeys(stored["measured"], Basis.MEASURED) | dict.fromkeys(stored["policy"], Basis.POLICY)
    return _Changes(filled.claims, frozenset(stored["open"]), bases, stored["sources"])


def plan_opening(agenda: Agenda, role: Role) -> None:
    """Plan how the opening is created, disclosed and given its loop."""
    opens = role.job.opens
    agenda.plan((opens, "09:30"), role.create)
    for number, section in enumerate(SECTIONS):
        who = DANA if number % 3 else INES
        after, clock = SAVED[number * len(SAVED) // len(SECTIONS)]
        agenda.plan((opens - after, clock), partial(role.save_section, section.key, who))
    agenda.plan((opens - 3, "11:00"), role.put_loop_in_use)
    agenda.plan((opens - 3, "16:00"), role.publish)
