"""The only writer of candidates: which version an application was shown, and that it was read."""

from datetime import datetime

from hiringkit.audit.operations import Recorded, operation
from hiringkit.candidates import queries
from hiringkit.candidates.models import Acknowledgement, Application, Delivery
from hiringkit.candidates.operations.applications import demanded, moved, own_application
from hiringkit.candidates.rules.lifecycle import ApplicationState
from hiringkit.disclosures.models import DisclosureVersion
from hiringkit.disclosures.queries import unscoped_is_withdrawn
from hiringkit.foundation.access import Actor
from hiringkit.foundation.db import db, new_public_id
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
    row = Delivery(
        public_id=new_public_id(),
        application_id=application.id,
        disclosure_version_id=version.id,
        disclosure_hash=version.content_hash,
        loop_version=loop_public_id,
        loop_hash=loop_hash,
        at=at,
        by_id=by.member_id,
    )
    db.session.add(row)
    move = moved(application, "inform", at) if application.state is ApplicationState.ADDED else {}
    shown = {"disclosure": version.public_id, "disclosure_hash": version.content_hash, "loop": loop_public_id}
    values = {"application": application.public_id, "loop_hash": loop_hash, **shown, **move}
    return Recorded(row, about=row, scope=view.opening.public_id, values=values)


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
