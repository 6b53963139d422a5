"""Reads of which version an application was shown, and when it was acknowledged."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select

from hiringkit.candidates.models import Acknowledgement, Application, Candidate, Delivery
from hiringkit.candidates.queries.applications import LinkedApplication
from hiringkit.candidates.rules.lifecycle import ACTIVE
from hiringkit.disclosures.models import DisclosureVersion
from hiringkit.disclosures.queries import is_current
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import NotFoundError


@dataclass(frozen=True)
class DeliveryView:
    """A delivery with its disclosure version, and when the candidate acknowledged it."""

    row: Delivery
    version: DisclosureVersion
    acknowledged_at: datetime | None


@dataclass(frozen=True)
class VersionView:
    """A version as the candidate may read it: one that was delivered, or the one that is published now, or both."""

    version: DisclosureVersion
    delivery: Delivery | None
    acknowledged_at: datetime | None
    is_current: bool


@dataclass(frozen=True)
class Behind:
    """An active application whose newest delivery is of another version than one that was published."""

    application: Application
    candidate: Candidate
    delivery: Delivery


def versions_to_read(view: LinkedApplication) -> list[VersionView]:
    """Return what the candidate behind a personal link was shown and what is published now, newest first."""
    own = and_(Delivery.disclosure_version_id == DisclosureVersion.id, Delivery.application_id == view.application.id)
    current = is_current()
    rows = db.session.execute(
        select(DisclosureVersion, Delivery, Acknowledgement.at, current.label("is_current"))
        .outerjoin(Delivery, own)
        .outerjoin(Acknowledgement, Acknowledgement.delivery_id == Delivery.id)
        .where(DisclosureVersion.opening_id == view.opening.id, or_(Delivery.id.is_not(None), current))
        .order_by(DisclosureVersion.number.desc())
    )
    return [VersionView(*row[:3], is_current=bool(row.is_current)) for row in rows]


def unscoped_behind(version: DisclosureVersion) -> list[Behind]:
    """Return the active applications of an opening that were delivered a version, but not this one."""
    newest = (
        select(func.max(Delivery.id))
        .where(Delivery.application_id == Application.id)
        .correlate(Application)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Application, Candidate, Delivery)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .join(Delivery, Delivery.id == newest)
        .where(
            Application.opening_id == version.opening_id,
            Application.state.in_(sorted(ACTIVE)),
            Delivery.disclosure_version_id != version.id,
        )
        .order_by(Application.id)
    )
    return [Behind(*row) for row in rows]


def delivery_of(view: LinkedApplication, public_id: str) -> Delivery:
    """Return a delivery to the application behind a personal link, or raise NotFoundError."""
    found = db.session.scalar(
        select(Delivery).where(Delivery.public_id == public_id, Delivery.application_id == view.application.id)
    )
    if found is None:
        raise NotFoundError
    return found


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
