"""Reads of debriefs, gathered: what a viewer may know of one, and the facts that the operations decide on."""

from hiringkit.debriefs.queries.agenda import OpenedView
from hiringkit.debriefs.queries.cases import Case, is_decided, unscoped_case
from hiringkit.debriefs.queries.debriefs import debrief, decision, gate, ratings_of
from hiringkit.debriefs.queries.records import unscoped_decisions, unscoped_gates
from hiringkit.debriefs.queries.shapes import DebriefView, DecisionView, GateView, OpenedDebrief

__all__ = [
    "Case",
    "DebriefView",
    "DecisionView",
    "GateView",
    "OpenedDebrief",
    "OpenedView",
    "debrief",
    "decision",
    "gate",
    "is_decided",
    "ratings_of",
    "unscoped_case",
    "unscoped_decisions",
    "unscoped_gates",
]
