"""Reads of which version an application was shown, and when it was acknowledged."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from hiringkit.candidates.models import Acknowledgement, Delivery
from hiringkit.candidates.queries.applications import LinkedApplication
from hiringkit.disclosures.models import DisclosureVersion
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import NotFoundError


@dataclass(frozen=True)
class DeliveryView:
    """A delivery with its disclosure version, and when the candidate acknowledged it."""

    row: Delivery
    version: DisclosureVersion
    acknowledged_at: datetime | None


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
