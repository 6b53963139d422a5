"""Reads of reviews: the one that counts for a draft, who may answer it, what was said, and whom they wait for."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, literal, or_, select
from sqlalchemy.orm import aliased

from hiringkit.audit.queries import keyring_for
from hiringkit.disclosures.models import (
    Claim,
    DisclosureDraft,
    DisclosureVersion,
    Incumbent,
    Review,
    ReviewAnswer,
)
from hiringkit.disclosures.policy import DisclosurePermission
from hiringkit.disclosures.queries.drafts import DisclosureView, claims_of
from hiringkit.disclosures.queries.incumbents import ASKED
from hiringkit.disclosures.rules.document import canonical_document, content_hash
from hiringkit.disclosures.rules.lifecycle import DisclosureState
from hiringkit.disclosures.rules.reviewing import AskedReview, state_of_draft
from hiringkit.foundation.access import Actor, Capacity, may, scope
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import NotFoundError
from hiringkit.foundation.words import and_list
from hiringkit.openings.models import Opening
from hiringkit.people.models import Member, Membership

MOST_IN_HAND = 10


@dataclass(frozen=True)
class ReviewView:
    """A review with who asked for it, its answer and who gave it."""

    review: Review
    asker: Member
    answer: ReviewAnswer | None
    answerer: Member | None

    @property
    def asked(self) -> AskedReview:
        """Return it as the rules look at it."""
        approves, by = (self.answer.approves, self.answer.by_id) if self.answer else (None, None)
        return AskedReview(self.review.content_hash, self.review.asked_by_id, approves, by)


@dataclass(frozen=True)
class ReviewStanding:
    """Where the review of a draft stands, for one viewer; `note` is empty where it is not for them."""

    content_hash: str
    last: ReviewView | None
    reviewers: Sequence[Member]
    note: str
    viewer_id: int | None

    @cached_property
    def state(self) -> DisclosureState:
        """Return whether the draft is in review."""
        return state_of_draft(self.last.asked if self.last else None, self.content_hash)

    @property
    def is_of_this(self) -> bool:
        """Tell whether the last review looked at what the draft says now."""
        return self.last is not None and self.last.asked.is_of(self.content_hash)

    @property
    def is_waiting(self) -> bool:
        """Tell whether somebody has to answer it."""
        return self.last is not None and self.last.asked.is_waiting(self.content_hash)

    @property
    def is_approved(self) -> bool:
        """Tell whether a second person approved exactly this."""
        return self.last is not None and self.last.asked.approves_of(self.content_hash)

    @property
    def is_own_approval(self) -> bool:
        """Tell whether it was the viewer who approved it."""
        return self.is_approved and self.last is not None and self.last.asked.answered_by == self.viewer_id

    @property
    def names(self) -> str:
        """Return who may answer, as a sentence names them, or nothing."""
        names = [one.name for one in self.reviewers]
        return and_list(names).replace(" and ", " or ") if names else ""

    @property
    def is_for_viewer(self) -> bool:
        """Tell whether the viewer is one of those who may answer it now."""
        return self.is_waiting and self.viewer_id in {one.id for one in self.reviewers}


@dataclass(frozen=True)
class ReviewInHand:
    """A review that waits for its viewer's answer, or that came back to its viewer with "not yet".

    `other`: who asked, or who answered; `since`: when they did.
    """

    opening: Opening
    other: str
    since: datetime
    is_to_answer: bool


def review_standing(viewer: Actor, view: DisclosureView) -> ReviewStanding:
    """Return where the review of a draft stands that the viewer may read, in at most three statements."""
    last = unscoped_review(view.opening.id, view.content_hash)
    asker = last.review.asked_by_id if last and last.asked.is_of(view.content_hash) else viewer.member_id
    note = ""
    if last and last.answer and reads_note(viewer, view.opening.team_id, last.answer):
        note = keyring_for([last.answer.note]).open(last.answer.note)
    reviewers = unscoped_reviewers(view.opening, besides=asker)
    return ReviewStanding(view.content_hash, last, reviewers, note, viewer.member_id)


def reads_note(viewer: Actor, team_id: int, answer: ReviewAnswer) -> bool:
    """Tell whether a review's note is for this viewer: for those who write the disclosure, and for its author."""
    return may(viewer, DisclosurePermission.EDIT, team_id) or answer.by_id == viewer.member_id


def unscoped_review(opening_id: int, content_hash: str) -> ReviewView | None:
    """Return the newest review of exactly this text, else the newest of the opening, or None."""
    asker, answerer = aliased(Member), aliased(Member)
    other = case((Review.content_hash == content_hash, 0), else_=1)
    found = db.session.execute(
        select(Review, asker, ReviewAnswer, answerer)
        .join(asker, asker.id == Review.asked_by_id)
        .outerjoin(ReviewAnswer, ReviewAnswer.review_id == Review.id)
        .outerjoin(answerer, answerer.id == ReviewAnswer.by_id)
        .where(Review.opening_id == opening_id)
        .order_by(other, Review.id.desc())
        .limit(1)
    ).one_or_none()
    return ReviewView(*found) if found else None


def unscoped_reviewers(opening: Opening, *, besides: int | None) -> Sequence[Member]:
    """Return who may answer a review: active managers of the team and incumbents in it, but for one person."""
    wanted = select(Member).where(_is_reviewer(Member.id, opening.id, opening.team_id), Member.id != (besides or 0))
    return db.session.scalars(wanted.where(Member.disabled_at.is_(None)).order_by(Member.name, Member.id)).all()


def _is_reviewer(member_id: Any, opening_id: Any, team_id: Any) -> ColumnElement[bool]:
    """Return the condition that a member manages the team of an opening, or is in the role and in the team."""
    in_team = select(Membership.member_id).where(Membership.team_id == team_id)
    in_role = select(Incumbent.member_id).where(Incumbent.opening_id == opening_id, Incumbent.ended_at.is_(None))
    managers = in_team.where(Membership.capacity == Capacity.MANAGER)
    return or_(member_id.in_(managers), member_id.in_(in_role) & member_id.in_(in_team))


def reviews_in_hand(viewer: Actor) -> list[ReviewInHand]:
    """Return the reviews that wait for the viewer's answer or came back to the viewer, newest first, in one statement.

    Only a review of what the draft says now counts. That is told from the claims, so they come along for
    at most ten reviews, none of them older than the last version that was published.
    """
    found: dict[int, tuple[ReviewInHand, str, list[Claim]]] = {}
    for opening, asked, name, answered_at, claim in db.session.execute(_in_hand(viewer)):
        shown = ReviewInHand(opening, name, answered_at or asked.at, is_to_answer=answered_at is None)
        found.setdefault(asked.id, (shown, asked.content_hash, []))[2].append(claim)
    return [
        one for one, looked_at, rows in found.values() if content_hash(canonical_document(claims_of(rows))) == looked_at
    ]


def _in_hand(viewer: Actor) -> Select[*tuple[Any, ...]]:
    other: Any = Member.__table__.alias("other")
    newest = _newest_in_hand(viewer).subquery()
    return (
        select(Opening, Review, other.c.name, ReviewAnswer.at, Claim)
        .join(newest, newest.c.opening_id == Opening.id)
        .join(Review, Review.id == newest.c.id)
        .outerjoin(ReviewAnswer, ReviewAnswer.review_id == Review.id)
        .join(other, other.c.id == func.coalesce(ReviewAnswer.by_id, Review.asked_by_id))
        .join(DisclosureDraft, DisclosureDraft.opening_id == Opening.id)
        .join(Claim, Claim.draft_id == DisclosureDraft.id)
        .order_by(Review.id.desc())
    )


def _newest_in_hand(viewer: Actor) -> Select[int, int]:
    """Select the newest reviews, whatever the drafts say now, that the viewer may answer or had asked for in vain."""
    limits = scope(viewer, DisclosurePermission.REVIEW).limits(Opening.team_id)
    may_answer = _is_reviewer(literal(viewer.member_id), Opening.id, Opening.team_id)
    to_answer = and_(ReviewAnswer.id.is_(None), Review.asked_by_id != viewer.member_id, may_answer)
    came_back = and_(ReviewAnswer.approves.is_(False), Review.asked_by_id == viewer.member_id)
    later = aliased(Review)
    same_text = and_(later.opening_id == Review.opening_id, later.content_hash == Review.content_hash)
    asked_again = exists().where(same_text, later.id > Review.id)
    published_since = exists().where(
        DisclosureVersion.opening_id == Review.opening_id, DisclosureVersion.published_at >= Review.at
    )
    return (
        select(Review.id, Review.opening_id)
        .join(Opening, Opening.id == Review.opening_id)
        .outerjoin(ReviewAnswer, ReviewAnswer.review_id == Review.id)
        .where(limits, Opening.state.in_(ASKED), or_(to_answer, came_back), ~asked_again, ~published_since)
        .order_by(Review.id.desc())
        .limit(MOST_IN_HAND)
    )


def review(viewer: Actor, opening_public_id: str, public_id: str) -> Review:
    """Return a review of an opening whose disclosure the viewer may read, or raise NotFoundError."""
    limits = scope(viewer, DisclosurePermission.READ).limits(Opening.team_id)
    found = db.session.scalar(
        select(Review)
        .join(Opening, Opening.id == Review.opening_id)
        .where(Opening.public_id == opening_public_id, Review.public_id == public_id, limits)
    )
    if found is None:
        raise NotFoundError
    return found


def unscoped_approvers(opening_id: int, hashes: Collection[str]) -> dict[str, tuple[ReviewAnswer, str]]:
    """Return by text who approved it last, with the name, in one statement."""
    rows = db.session.execute(
        select(Review.content_hash, ReviewAnswer, Member.name)
        .join(ReviewAnswer, ReviewAnswer.review_id == Review.id)
        .join(Member, Member.id == ReviewAnswer.by_id)
        .where(Review.opening_id == opening_id, Review.content_hash.in_(sorted(hashes)), ReviewAnswer.approves)
        .order_by(ReviewAnswer.id)
    )
    return {content_hash: (answer, name) for content_hash, answer, name in rows}
