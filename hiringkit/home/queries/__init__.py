"""Reads of home, gathered: the desk, an opening and an application over all rooms, and the record in words."""

from hiringkit.home.queries.accuracy import Accuracy, accuracy
from hiringkit.home.queries.board import Board, board
from hiringkit.home.queries.comparison import ComparisonView, comparison
from hiringkit.home.queries.desk import Desk, OpeningOnDesk, desk
from hiringkit.home.queries.drift import OwnScale, PanelDrift, own_drift, panel_drift
from hiringkit.home.queries.overview import (
    ApplicationOverview,
    OpeningOverview,
    application_overview,
    opening_overview,
)
from hiringkit.home.queries.paths import MemberPaths, SetPath, TeamPaths, member_paths, own_paths, team_paths
from hiringkit.home.queries.record import RecordLine, record, trail
from hiringkit.home.queries.seats import OwnInterview

__all__ = [
    "Accuracy",
    "ApplicationOverview",
    "Board",
    "ComparisonView",
    "Desk",
    "MemberPaths",
    "OpeningOnDesk",
    "OpeningOverview",
    "OwnInterview",
    "OwnScale",
    "PanelDrift",
    "RecordLine",
    "SetPath",
    "TeamPaths",
    "accuracy",
    "application_overview",
    "board",
    "comparison",
    "desk",
    "member_paths",
    "opening_overview",
    "own_drift",
    "own_paths",
    "panel_drift",
    "record",
    "team_paths",
    "trail",
]
