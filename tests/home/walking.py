"""People on their paths, made through the operations, and what the pages of a path say to them."""

import html
from dataclasses import dataclass

from hiringkit.calibration import operations as calibrating
from hiringkit.calibration import queries as calibration
from hiringkit.candidates.models import Application
from hiringkit.foundation.clock import now
from hiringkit.home import queries
from hiringkit.home.queries import SetPath
from hiringkit.interviews.models import Assignment
from hiringkit.scorecards import operations as scorecards
from hiringkit.scorecards import queries as sealed
from hiringkit.scorecards.rules.learning import SignOffDraft
from tests.calibration import factories as make
from tests.debriefs.factories import LEAD, Hire, applicant, book, hire, read, seat, submit
from tests.interviews.factories import REVERSE_SHADOW, SHADOW
from tests.world import Browser, World

REASON = "Shadowed eleven interviews elsewhere."
NOT_YET = "Two probes were left out. Keep them beside the clock."


def text_of(browser: Browser, address: str, status: int = 200) -> str:
    """Return a page's text as a reader sees it, unescaped."""
    answer = browser.get(address)
    assert answer.status_code == status, address
    return html.unescape(answer.get_data(as_text=True))


def own(world: World, who: str, key: str = make.JUDGEMENT) -> SetPath:
    """Return somebody's own path on one set."""
    return next(one for one in queries.own_paths(world.actor(who), now()) if one.competency_set.key == key)


def paths_page(world: World) -> str:
    """Return the address of the team's paths."""
    return f"/calibration/teams/{world.team().public_id}/paths"


def read_guide(world: World, who: str, set_id: str) -> None:
    """Let somebody say that they have read the guide of a set."""
    by = world.actor(who)
    calibrating.read_guide(calibration.guide(by, set_id), by=by, at=now())


@dataclass
class Watched:
    """A learner who shadows one interview and leads another under watch, and how it is answered."""

    made: Hire
    places: dict[str, Assignment]

    @property
    def page(self) -> str:
        """Return the address of the comparison of the interview that was watched."""
        return f"/scorecards/{self.places['watched'].public_id}/comparison"

    def answer(self, *, is_ready: bool, reason: str) -> None:
        """Let the lead say whether the learner may lead."""
        by = self.made.world.actor("ana")
        compared = sealed.comparison(by, self.places["watched"].public_id)
        scorecards.sign_off(compared, SignOffDraft(is_ready, reason), by=by, at=now())


def watched(world: World) -> Watched:
    """Return hana after a shadow and a reverse shadow whose scorecards are all in and open to ana and the manager."""
    case, row = sat(world)
    read(case.made, row, "ana")
    return case


def sat(world: World, *, lead: int = 5, learner: int = 5) -> tuple[Watched, Application]:
    """Return hana after a shadow and a reverse shadow whose scorecards are all in, ana and she rating everything so."""
    made = hire(world, ("ana", "ben"))
    world.member("hana")
    row = applicant(made)
    first, second = book(made, row, 0), book(made, row, 1)
    places = {
        "shadow": seat(made, first, "hana", SHADOW),
        "watched": seat(made, second, "hana", REVERSE_SHADOW),
        "lead": seat(made, first, "ana", LEAD),
        "watching": seat(made, second, "ana", LEAD),
    }
    for number in range(2, len(made.stages)):
        submit(made, "ben", seat(made, book(made, row, number), "ben", LEAD))
    for key, who in (("lead", "ana"), ("watching", "ana"), ("shadow", "hana"), ("watched", "hana")):
        submit(made, who, places[key], value=lead if who == "ana" else learner)
    return Watched(made, places), row
