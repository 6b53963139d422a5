"""Reads of applications without those in conflict, by viewer, by personal link, or unscoped."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, or_, select

from hiringkit.candidates.models import Application, Candidate, PersonalLink, Reading
from hiringkit.candidates.policy import CandidatePermission
from hiringkit.candidates.queries.people import without_conflict
from hiringkit.candidates.rules.lifecycle import ACTIVE, ApplicationState
from hiringkit.foundation.access import Actor, scope
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import NotFoundError
from hiringkit.foundation.paging import Page, paged
from hiringkit.openings.models import Opening
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


def unscoped_readers(application_id: int) -> set[int]:
    """Return the members who have opened the scorecards of an application."""
    return set(db.session.scalars(select(Reading.member_id).where(Reading.application_id == application_id)))
