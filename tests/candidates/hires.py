"""People of a test who were hired some days ago, and what they say was true."""

from datetime import timedelta

from hiringkit.candidates import operations
from hiringkit.candidates.models import Application
from hiringkit.candidates.rules.lifecycle import ApplicationState
from hiringkit.disclosures.rules.saying import WordDraft
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from hiringkit.openings.models import Opening
from tests.candidates.factories import application, candidate_actor, delivery
from tests.remembering import remembered
from tests.world import World

TRUE = WordDraft("true")
PARTLY = WordDraft("partly true", "workload.units", "Mondays are twice that.")


@remembered
def hired(world: World, row: Opening, name: str = "Hollis Tran", days: int = 31) -> Application:
    """Return an application that was shown the disclosure, of somebody who was hired so many days ago."""
    made = application(world, row, name)
    delivery(world, made)
    made.state, made.state_at = ApplicationState.HIRED, now() - timedelta(days=days)
    db.session.commit()
    return made


@remembered
def tells(row: Application, *, is_shared: bool = False, **words: WordDraft) -> None:
    """Let a hire say what was true."""
    operations.answer_truth(row, words, is_shared=is_shared, by=candidate_actor(row), at=now())
