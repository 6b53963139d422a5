"""The only writer of candidates: which version an application was shown, and that it was read."""

from datetime import datetime

from hiringkit.audit.operations import Recorded, operation
from hiringkit.candidates import queries
from hiringkit.candidates.models import Acknowledgement, Application, Delivery
from hiringkit.candidates.operations.applications import demanded, moved, own_application
from hiringkit.candidates.rules.lifecycle import ApplicationState
from hiringkit.disclosures.models import DisclosureVersion
from hiringkit.disclosures.queries import unscoped_is_withdrawn, unscoped_version
from hiringkit.foundation.access import Actor
from hiringkit.foundation.db import db, new_public_id, transaction
from hiringkit.foundation.errors import (
    NotFoundError,
    WrongStateError,
)


def deliver(
    application: Application,
    disclosure_version: DisclosureVersion,
    loop_public_id: str,
    loop_hash: str,
    *,
    by: Actor,
    at: datetime,
) -> Delivery:
    """Record that an application is shown a disclosure version and a loop version; once a version."""
    known = queries.unscoped_delivery(application.id, disclosure_version.id)
    return known or _deliver(application, disclosure_version, loop_public_id, loop_hash, by=by, at=at)


@operation("delivery:made")
def _deliver(
    application: Application,
    version: DisclosureVersion,
    loop_public_id: str,
    loop_hash: str,
    *,
    by: Actor,
    at: datetime,
) -> Recorded[Delivery]:
    view = demanded(application, by)
    if version.opening_id != application.opening_id:
        raise NotFoundError
    if not view.is_active:
        raise WrongStateError(f"This application is {application.state.value}; there is nothing to deliver any more.")
    if unscoped_is_withdrawn(version.id):
        raise WrongStateError("This disclosure version was withdrawn.", remedy="Publish a new one first.")
    row = _new_delivery(application, version, loop_public_id, loop_hash, by.member_id, at)
    db.session.add(row)
    move = moved(application, "inform", at) if application.state is ApplicationState.ADDED else {}
    values = {**shown_values(application, version, row), **move}
    return Recorded(row, about=row, scope=view.opening.public_id, values=values)


def _new_delivery(
    application: Application,
    version: DisclosureVersion,
    loop_public_id: str,
    loop_hash: str,
    member_id: int | None,
    at: datetime,
) -> Delivery:
    """Return the row of a delivery, which the caller adds."""
    return Delivery(
        public_id=new_public_id(),
        application_id=application.id,
        disclosure_version_id=version.id,
        disclosure_hash=version.content_hash,
        loop_version=loop_public_id,
        loop_hash=loop_hash,
        at=at,
        by_id=member_id,
    )


def shown_values(application: Application, version: DisclosureVersion, row: Delivery) -> dict[str, object]:
    """Return what the event of a delivery says of it; `row` is one of the same loop version."""
    return {
        "application": application.public_id,
        "disclosure": version.public_id,
        "disclosure_hash": version.content_hash,
        "loop": row.loop_version,
        "loop_hash": row.loop_hash,
    }


def acknowledge_newer(
    application: Application, version: DisclosureVersion, *, by: Actor, at: datetime
) -> Acknowledgement:
    """Record that the candidate has read a newer version than was sent: its delivery and its acknowledgement."""
    with transaction():
        known = queries.unscoped_delivery(application.id, version.id)
        return acknowledge(known or _take_up(application, version, by=by, at=at), by=by, at=at)


@operation("delivery:made")
def _take_up(application: Application, version: DisclosureVersion, *, by: Actor, at: datetime) -> Recorded[Delivery]:
    view, latest = own_application(application, by), queries.unscoped_latest_delivery(application.id)
    if version.opening_id != application.opening_id or latest is None:
        raise NotFoundError
    if not view.is_active:
        raise WrongStateError(f"This application is {application.state.value}.")
    if version.number <= unscoped_version(latest.disclosure_version_id).number or unscoped_is_withdrawn(version.id):
        raise WrongStateError("This version is not the newest any more.", remedy="Go back and read the one that is.")
    row = _new_delivery(application, version, latest.loop_version, latest.loop_hash, version.published_by_id, at)
    db.session.add(row)
    return Recorded(row, about=row, scope=view.opening.public_id, values=shown_values(application, version, row))


def acknowledge(delivery: Delivery, *, by: Actor, at: datetime) -> Acknowledgement:
    """Record the candidate's own word that a delivered version was read; once a delivery."""
    known = queries.unscoped_acknowledgement(delivery.id)
    return known or _acknowledge(delivery, by=by, at=at)


@operation("delivery:acknowledged")
def _acknowledge(delivery: Delivery, *, by: Actor, at: datetime) -> Recorded[Acknowledgement]:
    application = db.session.get_one(Application, delivery.application_id)
    view = own_application(application, by)
    if not view.is_active:
        raise WrongStateError(f"This application is {application.state.value}.")
    row = Acknowledgement(delivery_id=delivery.id, at=at)
    db.session.add(row)
    informed = application.state is ApplicationState.INFORMED
    values = {"application": application.public_id, **(moved(application, "acknowledge", at) if informed else {})}
    return Recorded(row, about=delivery, scope=view.opening.public_id, values=values)
