"""The only writer of scorecards: saving drafts, sealing them, amending, abstaining, opening them, and signing off."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from hiringkit.audit.operations import Recorded, operation
from hiringkit.audit.queries import keyring
from hiringkit.calibration import operations as calibration
from hiringkit.candidates import operations as applications
from hiringkit.candidates.models import Candidate
from hiringkit.candidates.queries import ApplicationView
from hiringkit.candidates.rules.lifecycle import ApplicationState
from hiringkit.foundation.access import Actor, demand
from hiringkit.foundation.db import db, new_public_id, transaction
from hiringkit.foundation.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError, StaleEditError
from hiringkit.foundation.mail import queue_mail
from hiringkit.foundation.words import moment_words
from hiringkit.interviews import operations as interviews
from hiringkit.interviews.queries import AssignmentView
from hiringkit.interviews.rules.assigning import RATING_ROLES
from hiringkit.scorecards import queries
from hiringkit.scorecards.models import Amendment, EarlyOpening, Rating, Scorecard, ScorecardDraft, SignOff
from hiringkit.scorecards.policy import ScorecardPermission
from hiringkit.scorecards.queries import Comparison, OwnScorecard, OwnSealed
from hiringkit.scorecards.rules import evidence as rules
from hiringkit.scorecards.rules.learning import SignOffDraft
from hiringkit.scorecards.rules.lifecycle import SCORECARD

LONGEST_TEXT = 20_000
LEARNING_SCOPE = "calibration"
"""How somebody learns belongs to them, and managers read the events of their openings: these stand apart."""
TOO_LONG = f"Use up to {LONGEST_TEXT:,} characters."


def save_draft(own: OwnScorecard, draft: rules.ScorecardDraft, version: int, *, by: Actor, at: datetime) -> int:
    """Keep what an interviewer has typed so far, whatever it lacks; return the draft's new version.

    `version` is the one that the sender started from, 0 before the first saving. Drafts leave no
    event (PROMISES 4, rule 10), so this is no `@operation`.
    """
    with transaction():
        current = _current(own, by)
        SCORECARD.after(current.state, "save")
        content = _sealed_draft(current, draft)
        if version != current.version:
            # The same text twice is one text: a page that was sent again is not refused.
            if draft == current.draft:
                return current.version
            raise _stale(current)
        if version == 0:
            _add_draft(current, content, at)
            return 1
        changed = db.session.execute(
            update(ScorecardDraft)
            .where(ScorecardDraft.assignment_id == current.seat.assignment.id, ScorecardDraft.version == version)
            .values(content=content, saved_at=at, version=version + 1)
        )
        if changed.rowcount != 1:  # type: ignore[attr-defined]  # An UPDATE's result has a rowcount.
            raise _stale(_current(own, by))
        return version + 1


def _current(own: OwnScorecard, by: Actor) -> OwnScorecard:
    """Return the scorecard as it is stored now, for its author, while its interview counts."""
    if by.member_id != own.seat.assignment.member_id:
        raise ForbiddenError("Only its author writes a scorecard.")
    current = queries.own_scorecard(by, own.seat.assignment.public_id)
    if not current.is_live:
        raise ConflictError(f"This interview is {current.seat.interview.state.value}; it has no scorecard.")
    return current


def _add_draft(own: OwnScorecard, content: bytes, at: datetime) -> None:
    db.session.add(ScorecardDraft(assignment_id=own.seat.assignment.id, content=content, saved_at=at))
    try:
        db.session.flush()
    except IntegrityError as error:
        raise _stale(own) from error


def _sealed_draft(own: OwnScorecard, draft: rules.ScorecardDraft) -> bytes:
    problems = {f"r{line.version}-evidence": TOO_LONG for line in draft.ratings if len(line.evidence) > LONGEST_TEXT}
    if len(draft.note) > LONGEST_TEXT:
        problems["note"] = TOO_LONG
    if problems:
        raise InvalidError("A text is too long to be kept.", problems)
    return _Pen(own.seat.candidate).seal(queries.draft_as_text(draft))


class _Pen:
    """Encrypts text about a candidate with the candidate's key, which erasing takes away."""

    def __init__(self, candidate: Candidate) -> None:
        self.subject_id, self.ring = candidate.subject_id, keyring(candidate.subject_id)
        if self.subject_id not in self.ring.keys:
            raise ConflictError("This candidate was erased; nothing can be written about them any more.")

    def seal(self, text: str) -> bytes:
        return self.ring.seal(self.subject_id, text)

    def seal_some(self, text: str) -> bytes | None:
        """Return nothing for nothing."""
        return self.seal(text.strip()) if text.strip() else None


def _stale(own: OwnScorecard) -> StaleEditError:
    sentence = "You saved this scorecard in another window. Both texts are below."
    return StaleEditError(own.version, fields_of(own.draft), sentence)


def fields_of(draft: rules.ScorecardDraft) -> dict[str, str]:
    """Return a draft as its form would send it, field by field."""
    fields = {"note": draft.note}
    for line in draft.ratings:
        value = "" if line.value is None else str(line.value)
        fields[f"r{line.version}-rating"] = value.replace(" ", "-")
        fields[f"r{line.version}-evidence"] = line.evidence
    return fields


@operation("scorecard:submitted")
def submit_scorecard(own: OwnScorecard, version: int, *, by: Actor, at: datetime) -> Recorded[Scorecard]:
    """Seal the saved draft for good: every rating with its evidence, in one transaction with its event.

    `version` is the draft that its author has checked; a newer one is checked first.
    """
    interviews.hold_application(own.seat.application)
    current = _current(own, by)
    SCORECARD.after(current.state, "submit")
    _demand_begun(current.seat, at)
    if version != current.version:
        message = "You saved this scorecard again after this check."
        raise StaleEditError(current.version, fields_of(current.draft), message)
    _refuse(rules.check_draft(current.draft, current.competencies))
    counts = current.seat.assignment.role in RATING_ROLES and current.seat.waiver is None
    pen = _Pen(current.seat.candidate)
    card = _seal(current, pen.seal_some(current.draft.note), counts=counts, abstains=False, at=at)
    db.session.add_all(_rating(card, pen, line) for line in current.draft.ratings)
    db.session.flush()
    _after_sealing(current, at)
    if counts:
        rated = [competency.version for competency in current.competencies]
        author, address = current.seat.assignment.member_id, current.seat.assignment.public_id
        calibration.record_session(author, rated, address, by=Actor.system(), at=at)
    _compare_sessions(current.seat.view, at)
    # The event names no rating: whoever reads the record learns that something was submitted, not what.
    return Recorded(card, about=current.seat.assignment, scope=current.seat.opening.public_id)


def _refuse(problems: tuple[rules.DraftProblem, ...]) -> None:
    if problems:
        raise InvalidError("Nothing was submitted; your draft is kept.", problems_by_field(problems))


def problems_by_field(problems: tuple[rules.DraftProblem, ...]) -> Mapping[str, str]:
    """Return what a draft lacks as sentences by form field."""
    return {f"r{one.version}-{_part(one.missing)}": one.sentence for one in problems}


def _part(missing: rules.Missing) -> str:
    return "evidence" if missing is rules.Missing.EVIDENCE else "rating"


def _demand_begun(seat: AssignmentView, at: datetime) -> None:
    if at < seat.interview.starts_at:
        begins = moment_words(seat.interview.starts_at, seat.interview.zone)
        raise ConflictError(f"The interview begins on {begins}; a scorecard can be submitted from then on.")


def _seal(own: OwnScorecard, notes: bytes | None, *, counts: bool, abstains: bool, at: datetime) -> Scorecard:
    card = Scorecard(
        assignment_id=own.seat.assignment.id,
        is_abstention=abstains,
        counts=counts,
        notes=notes,
        submitted_at=at,
    )
    db.session.add(card)
    db.session.flush()
    return card


def _rating(card: Scorecard, pen: _Pen, line: rules.RatingDraft) -> Rating:
    return Rating(
        scorecard_id=card.id,
        competency_version_id=line.version,
        points=None if isinstance(line.value, rules.NotRated) else line.value,
        not_rated=line.value if isinstance(line.value, rules.NotRated) else None,
        evidence=pen.seal_some(line.evidence),
    )


def _after_sealing(own: OwnScorecard, at: datetime) -> None:
    """Note that the interview was held, and move the application on when this was the last expected scorecard."""
    interviews.note_held(own.seat, at=at)
    application = own.seat.application
    if application.state is ApplicationState.INTERVIEWING and queries.unscoped_is_complete(own.seat.view):
        applications.move_application(application, "debrief", by=Actor.system(), at=at)


def _compare_sessions(view: ApplicationView, at: datetime) -> None:
    """Hand the sessions down to the drift monitor once all are in and opened: before, their comparison would tell."""
    if queries.unscoped_is_opened(view):
        scores = queries.unscoped_session_scores(view.application.id)
        calibration.compare_sessions(view.application.public_id, scores, by=Actor.system(), at=at)


@operation("scorecard:abstained")
def abstain(own: OwnScorecard, reason: str, *, by: Actor, at: datetime) -> Recorded[Scorecard]:
    """Hand in no ratings, with a reason; an abstention is an answer and nothing more is awaited."""
    interviews.hold_application(own.seat.application)
    current = _current(own, by)
    SCORECARD.after(current.state, "abstain")
    _demand_begun(current.seat, at)
    _demand_text(reason, "reason", "Say in a sentence why you do not rate.")
    notes = _Pen(current.seat.candidate).seal(reason.strip())
    card = _seal(current, notes, counts=False, abstains=True, at=at)
    _after_sealing(current, at)
    _compare_sessions(current.seat.view, at)
    return Recorded(card, about=current.seat.assignment, scope=current.seat.opening.public_id)


def _demand_text(text: str, field: str, sentence: str) -> None:
    if not text.strip():
        raise InvalidError(problems={field: sentence})
    if len(text) > LONGEST_TEXT:
        raise InvalidError(problems={field: TOO_LONG})


@operation("scorecard:amended")
def amend(own: OwnSealed, text: str, *, by: Actor, at: datetime) -> Recorded[Amendment]:
    """Add a dated note to one's own sealed scorecard; the original stays and the score uses the original."""
    if by.member_id != own.seat.assignment.member_id:
        raise ForbiddenError("Only its author amends a scorecard.")
    SCORECARD.after(own.card.state, "amend")
    _demand_text(text, "text", "Write what you want to add.")
    sealed = _Pen(own.seat.candidate).seal(text.strip())
    row = Amendment(public_id=new_public_id(), scorecard_id=own.card.scorecard.id, text=sealed, at=at)
    db.session.add(row)
    return Recorded(row, about=own.seat.assignment, scope=own.seat.opening.public_id)


@operation("scorecards:opened_early")
def open_early(view: ApplicationView, reason: str, *, by: Actor, at: datetime) -> Recorded[EarlyOpening]:
    """Let the scorecards of an application be opened before all are in, with a manager's reason."""
    if view.candidate.member_id is not None and view.candidate.member_id == by.member_id:
        raise NotFoundError
    demand(by, ScorecardPermission.OPEN_EARLY, view.opening.team_id, "Only a manager opens a debrief early.")
    interviews.hold_application(view.application)
    if view.application.state is not ApplicationState.INTERVIEWING:
        state = view.application.state.value
        raise ConflictError(f"This application is {state}; there is no debrief to open early.")
    if queries.unscoped_early_openings(view.application.id):
        message = "The scorecards of this application were opened early before; that is possible once."
        raise ConflictError(message, remedy="The missing ones come in, or their authors abstain with a reason.")
    _demand_text(reason, "reason", "Say why the debrief cannot wait for the missing scorecards.")
    sealed = _Pen(view.candidate).seal(reason.strip())
    row = EarlyOpening(application_id=view.application.id, reason=sealed, by_id=by.member_id, at=at)
    db.session.add(row)
    applications.move_application(view.application, "debrief", by=by, at=at)
    return Recorded(row, about=view.application, scope=view.opening.public_id)


def open_scorecards(view: ApplicationView, *, by: Actor, at: datetime) -> None:
    """Open the scorecards of an application to oneself; whoever has opened them once has them open."""
    if not queries.has_read(by, view.application.id):
        _open_scorecards(view, by=by, at=at)


@operation("scorecards:opened")
def _open_scorecards(view: ApplicationView, *, by: Actor, at: datetime) -> Recorded[None]:
    """Record that a member reads: from then on they may not be lead or second on this application."""
    interviews.hold_application(view.application)
    seal = queries.seal_for(by, view)
    if not seal.is_open:
        raise ConflictError(seal.sentence)
    applications.record_reading(view.application, by.member_id or 0, by=by, at=at)
    _compare_sessions(view, at)
    return Recorded(None, about=view.application, scope=view.opening.public_id)


@operation("reverse_shadow:signed_off")
def sign_off(compared: Comparison, draft: SignOffDraft, *, by: Actor, at: datetime) -> Recorded[SignOff]:
    """Say, as the calibrated lead, whether a reverse shadow may lead; once for an interview, with a reason.

    Not before everything of this application is open to both: no word of the lead comes ahead of a rating.
    """
    seat = compared.learner
    interviews.hold_application(seat.application)
    current = queries.comparison(by, seat.assignment.public_id)
    if not current.can_sign_off:
        raise ForbiddenError("Only the calibrated lead signs a reverse shadow off.")
    if current.sign_off is not None:
        raise ConflictError("You have signed this interview off before; what you said stays.")
    if not current.is_whole or queries.unscoped_owes(seat.view, seat.assignment.member_id):
        raise ConflictError("You can sign off once both of you can read every scorecard of this candidate.")
    if draft.is_ready is None:
        raise InvalidError(problems={"ready": "Choose yes or not yet."})
    _demand_text(draft.reason, "reason", "Say what you saw, so that they know what to do next.")
    subject = current.learner_member.subject_id
    ring = keyring(subject)
    row = SignOff(
        assignment_id=seat.assignment.id,
        is_ready=draft.is_ready,
        reason=ring.seal(subject, draft.reason.strip()),
        by_id=by.member_id,
        at=at,
    )
    db.session.add(row)
    # The mail says that there is an answer and where; what it is, is read beside its reason.
    told = {"name": current.learner_member.name, "signer": current.lead_member.name, "path": "/calibration/path"}
    queue_mail("sign_off", ring, subject, to=current.learner_member.email, values=told, at=at)
    return Recorded(row, about=seat.assignment, scope=LEARNING_SCOPE, values={"ready": draft.is_ready})
