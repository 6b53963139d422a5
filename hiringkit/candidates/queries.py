"""Reads of candidates: people and their applications without those in conflict, links, deliveries, readings."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, or_, select, true

from hiringkit.candidates.models import Acknowledgement, Application, Candidate, Delivery, PersonalLink, Reading
from hiringkit.candidates.policy import CandidatePermission
from hiringkit.candidates.rules.lifecycle import ACTIVE, ApplicationState
from hiringkit.disclosures.models import DisclosureVersion
from hiringkit.foundation.access import Actor, scope
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import NotFoundError
from hiringkit.foundation.paging import Page, paged
from hiringkit.openings.models import Opening
from hiringkit.people.models import Member
from hiringkit.people.queries import token_hash

AFTER_DECISION = (
    ApplicationState.DECIDED,
    ApplicationState.OFFERED,
    ApplicationState.HIRED,
    ApplicationState.DECLINED,
)


@dataclass(frozen=True)
class ApplicationView:
    """An application with its candidate and its opening."""

    application: Application
    candidate: Candidate
    opening: Opening

    @property
    def is_active(self) -> bool:
        """Tell whether the application has not ended."""
        return self.application.state in ACTIVE


@dataclass(frozen=True)
class LinkedApplication(ApplicationView):
    """An application reached by a personal link."""

    link: PersonalLink


@dataclass(frozen=True)
class CandidateView:
    """A candidate with the member who is the same person, if there is one."""

    candidate: Candidate
    member: Member | None


@dataclass(frozen=True)
class DeliveryView:
    """A delivery with its disclosure version, and when the candidate acknowledged it."""

    row: Delivery
    version: DisclosureVersion
    acknowledged_at: datetime | None


def without_conflict(viewer: Actor) -> ColumnElement[bool]:
    """Return the SQL condition that removes candidates with whom the viewer is in conflict."""
    if viewer.member_id is None:
        return true()
    return or_(Candidate.member_id.is_(None), Candidate.member_id != viewer.member_id)


def _visible(viewer: Actor) -> ColumnElement[bool]:
    """Return the SQL condition of the applications that the viewer may read; auditors read decided ones."""
    seen, undecided = scope(viewer, CandidatePermission.READ), scope(viewer, CandidatePermission.READ_UNDECIDED)
    return and_(
        seen.limits(Opening.team_id),
        or_(undecided.limits(Opening.team_id), Application.state.in_(AFTER_DECISION)),
        without_conflict(viewer),
    )


def _applications() -> Select[Application, Candidate, Opening]:
    return (
        select(Application, Candidate, Opening)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .join(Opening, Opening.id == Application.opening_id)
    )


def opening(viewer: Actor, public_id: str) -> Opening:
    """Return an opening whose candidates the viewer may list, or raise NotFoundError."""
    seen = scope(viewer, CandidatePermission.READ)
    found = db.session.scalar(select(Opening).where(Opening.public_id == public_id, seen.limits(Opening.team_id)))
    if found is None:
        raise NotFoundError
    return found


def application(viewer: Actor, public_id: str) -> ApplicationView:
    """Return an application that the viewer may read, or raise NotFoundError; those in conflict never may."""
    found = db.session.execute(
        _applications().where(Application.public_id == public_id, _visible(viewer))
    ).one_or_none()
    if found is None:
        raise NotFoundError
    return ApplicationView(*found)


def applications(viewer: Actor, opening_id: int, number: int) -> Page[ApplicationView]:
    """Return one page of an opening's applications that the viewer may read, by name."""
    wanted = (
        _applications()
        .where(Application.opening_id == opening_id, _visible(viewer))
        .order_by(Candidate.name, Application.id)
    )
    page = paged(wanted, number, scalars=False)
    return Page([ApplicationView(*row) for row in page.rows], page.number, page.pages, page.total)


def applications_of(viewer: Actor, candidate_id: int) -> list[ApplicationView]:
    """Return the applications of one person that the viewer may read, newest first."""
    wanted = _applications().where(Application.candidate_id == candidate_id, _visible(viewer))
    return [ApplicationView(*row) for row in db.session.execute(wanted.order_by(Application.id.desc()).limit(50))]


def candidate(viewer: Actor, public_id: str) -> CandidateView:
    """Return a candidate whom the viewer may change, or raise NotFoundError."""
    seen = scope(viewer, CandidatePermission.READ_UNDECIDED)
    found = db.session.execute(
        select(Candidate, Member)
        .outerjoin(Member, Member.id == Candidate.member_id)
        .where(Candidate.public_id == public_id, seen.limits(Candidate.team_id), without_conflict(viewer))
    ).one_or_none()
    if found is None:
        raise NotFoundError
    return CandidateView(*found)


def application_by_token(token: str) -> LinkedApplication:
    """Return the application whose personal link this is, or raise NotFoundError when it is unknown or revoked."""
    found = db.session.execute(
        _applications()
        .add_columns(PersonalLink)
        .join(PersonalLink, PersonalLink.application_id == Application.id)
        .where(
            PersonalLink.token_hash == token_hash(token),
            PersonalLink.revoked_at.is_(None),
            Candidate.erased_at.is_(None),
        )
    ).one_or_none()
    if found is None:
        raise NotFoundError
    return LinkedApplication(*found)


def link(viewer: Actor, application_public_id: str, public_id: str) -> PersonalLink:
    """Return a personal link of an application that the viewer may read, or raise NotFoundError."""
    view = application(viewer, application_public_id)
    found = db.session.scalar(
        select(PersonalLink).where(
            PersonalLink.public_id == public_id, PersonalLink.application_id == view.application.id
        )
    )
    if found is None:
        raise NotFoundError
    return found


def delivery_of(view: LinkedApplication, public_id: str) -> Delivery:
    """Return a delivery to the application behind a personal link, or raise NotFoundError."""
    found = db.session.scalar(
        select(Delivery).where(Delivery.public_id == public_id, Delivery.application_id == view.application.id)
    )
    if found is None:
        raise NotFoundError
    return found


def unscoped_application(application_id: int) -> ApplicationView:
    """Return an application by number, whoever asks."""
    return ApplicationView(*db.session.execute(_applications().where(Application.id == application_id)).one())


def unscoped_applications(application_ids: Collection[int]) -> dict[int, ApplicationView]:
    """Return these applications by number, in one statement."""
    rows = db.session.execute(_applications().where(Application.id.in_(list(application_ids))))
    return {row[0].id: ApplicationView(*row) for row in rows}


def unscoped_application_of(public_id: str) -> ApplicationView | None:
    """Return an application by its public id, whoever asks."""
    found = db.session.execute(_applications().where(Application.public_id == public_id)).one_or_none()
    return ApplicationView(*found) if found else None


def unscoped_known(team_id: int, address: str) -> Candidate | None:
    """Return the team's candidate with this normalised address."""
    return db.session.scalar(select(Candidate).where(Candidate.team_id == team_id, Candidate.email == address))


def unscoped_unmarked(address: str) -> Sequence[Candidate]:
    """Return the candidates of all teams who have this normalised address and point to no member."""
    return db.session.scalars(select(Candidate).where(Candidate.email == address, Candidate.member_id.is_(None))).all()


def unscoped_active(candidate_id: int, opening_id: int) -> Application | None:
    """Return the application of this person on this opening that has not ended."""
    return db.session.scalar(
        select(Application).where(
            Application.candidate_id == candidate_id,
            Application.opening_id == opening_id,
            Application.state.in_(sorted(ACTIVE)),
        )
    )


def unscoped_links(application_id: int) -> Sequence[PersonalLink]:
    """Return the personal links of an application, newest first, revoked ones as well."""
    return db.session.scalars(
        select(PersonalLink).where(PersonalLink.application_id == application_id).order_by(PersonalLink.id.desc())
    ).all()


def unscoped_deliveries(application_id: int) -> list[DeliveryView]:
    """Return what an application was shown, newest first."""
    return unscoped_deliveries_of([application_id])[application_id]


def unscoped_deliveries_of(application_ids: Collection[int]) -> dict[int, list[DeliveryView]]:
    """Return for each of these applications what it was shown, newest first, in one statement."""
    found: dict[int, list[DeliveryView]] = {number: [] for number in application_ids}
    rows = db.session.execute(
        select(Delivery, DisclosureVersion, Acknowledgement.at)
        .join(DisclosureVersion, DisclosureVersion.id == Delivery.disclosure_version_id)
        .outerjoin(Acknowledgement, Acknowledgement.delivery_id == Delivery.id)
        .where(Delivery.application_id.in_(list(found)))
        .order_by(Delivery.id.desc())
    )
    for row, version, acknowledged_at in rows:
        found[row.application_id].append(DeliveryView(row, version, acknowledged_at))
    return found


def unscoped_latest_delivery(application_id: int) -> Delivery | None:
    """Return the newest delivery of an application, or None before the first one."""
    wanted = select(Delivery).where(Delivery.application_id == application_id).order_by(Delivery.id.desc())
    return db.session.scalar(wanted.limit(1))


def unscoped_delivery(application_id: int, version_id: int) -> Delivery | None:
    """Return the delivery of this version to this application."""
    return db.session.scalar(
        select(Delivery).where(Delivery.application_id == application_id, Delivery.disclosure_version_id == version_id)
    )


def unscoped_acknowledgement(delivery_id: int) -> Acknowledgement | None:
    """Return the candidate's acknowledgement of a delivery."""
    return db.session.scalar(select(Acknowledgement).where(Acknowledgement.delivery_id == delivery_id))


def unscoped_readers(application_id: int) -> set[int]:
    """Return the members who have opened the scorecards of an application."""
    return set(db.session.scalars(select(Reading.member_id).where(Reading.application_id == application_id)))
