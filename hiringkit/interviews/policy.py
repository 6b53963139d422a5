"""Who may do what with interviews."""

from hiringkit.foundation.access import Capacity, Permission, PolicyTable, allow


class InterviewPermission(Permission):
    """Acts of this room; whoever sits on a panel needs a place on it as well."""

    READ = "interviews:read schedule"
    PLAN = "interviews:plan"
    WAIVE = "interviews:waive"
    SIT = "interviews:sit"


SITTERS = (Capacity.INTERVIEWER, Capacity.MANAGER)

TABLE: PolicyTable = {
    InterviewPermission.READ: allow(Capacity.AUDITOR, Capacity.MANAGER, Capacity.COORDINATOR),
    InterviewPermission.PLAN: allow(Capacity.MANAGER, Capacity.COORDINATOR),
    InterviewPermission.WAIVE: allow(Capacity.MANAGER),
    # Coordinators see no ratings, so they write none either.
    InterviewPermission.SIT: allow(*SITTERS),
}
