"""Reads of interviews, gathered: the schedule, one's own assignments, and who may join a panel."""

from hiringkit.interviews.queries.own import (
    AssignmentView,
    assignments,
    is_own,
    own_assignment,
    seat,
    unscoped_assignment,
)
from hiringkit.interviews.queries.panels import (
    PanelView,
    PersonView,
    unscoped_busy_seats,
    unscoped_is_candidate_busy,
    unscoped_panel_view,
    waiver_reasons,
)
from hiringkit.interviews.queries.schedule import (
    Appointment,
    InterviewView,
    ScheduledInterview,
    Seat,
    interview,
    interviews_of,
    unscoped_interviews_of,
    unscoped_interviews_of_application,
    unscoped_panel,
    unscoped_panels,
    unscoped_stages_booked,
    unscoped_to_come,
)

__all__ = [
    "Appointment",
    "AssignmentView",
    "InterviewView",
    "PanelView",
    "PersonView",
    "ScheduledInterview",
    "Seat",
    "assignments",
    "interview",
    "interviews_of",
    "is_own",
    "own_assignment",
    "seat",
    "unscoped_assignment",
    "unscoped_busy_seats",
    "unscoped_interviews_of",
    "unscoped_interviews_of_application",
    "unscoped_is_candidate_busy",
    "unscoped_panel",
    "unscoped_panel_view",
    "unscoped_panels",
    "unscoped_stages_booked",
    "unscoped_to_come",
    "waiver_reasons",
]
