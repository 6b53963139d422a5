"""Reads of what a debrief has recorded: gates with their resolutions, decisions with their consents."""

from sqlalchemy import select
from sqlalchemy.orm import aliased

from hiringkit.debriefs.models import Decision, DecisionConsent, Gate, GateResolution
from hiringkit.debriefs.queries.shapes import DecisionView, GateView
from hiringkit.foundation.db import db
from hiringkit.foundation.sealing import Keyring
from hiringkit.people.models import Member


def unscoped_gates(application_id: int, ring: Keyring) -> dict[int, GateView]:
    """Return the gates of an application by competency version, in the order in which they opened."""
    rows = db.session.execute(
        select(Gate, GateResolution, Member)
        .outerjoin(GateResolution, GateResolution.gate_id == Gate.id)
        .outerjoin(Member, Member.id == GateResolution.by_id)
        .where(Gate.application_id == application_id)
        .order_by(Gate.id)
        .execution_options(populate_existing=True)
    )
    return {
        gate.competency_version_id: GateView(gate, resolution, by, ring.open(resolution.reason) if resolution else "")
        for gate, resolution, by in rows
    }


def unscoped_decisions(application_id: int, ring: Keyring) -> list[DecisionView]:
    """Return the decisions on an application, proposed ones as well, newest first."""
    second = aliased(Member)
    rows = db.session.execute(
        select(Decision, Member, DecisionConsent, second)
        .join(Member, Member.id == Decision.by_id)
        .outerjoin(DecisionConsent, DecisionConsent.decision_id == Decision.id)
        .outerjoin(second, second.id == DecisionConsent.by_id)
        .where(Decision.application_id == application_id)
        .order_by(Decision.id.desc())
        .limit(50)
        .execution_options(populate_existing=True)
    )
    return [
        DecisionView(row, by, ring.open(row.reason), consent, consent_by, ring.open(consent.reason) if consent else "")
        for row, by, consent, consent_by in rows
    ]
