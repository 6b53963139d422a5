"""Who may do what with candidates and their applications."""

from hiringkit.foundation.access import Capacity, Permission, PolicyTable, allow


class CandidatePermission(Permission):
    """Acts of this room; a conflict of interest removes rows whatever the capacity, in the queries."""

    READ = "candidates:read"
    READ_UNDECIDED = "candidates:read undecided"
    EDIT = "candidates:edit"
    ANSWER = "candidates:answer questions"
    READ_MINUTES = "candidates:read minutes more"
    ARRANGE = "candidates:arrange accommodations"


TABLE: PolicyTable = {
    CandidatePermission.READ: allow(Capacity.MANAGER, Capacity.COORDINATOR, Capacity.AUDITOR),
    CandidatePermission.READ_UNDECIDED: allow(Capacity.MANAGER, Capacity.COORDINATOR),
    CandidatePermission.EDIT: allow(Capacity.MANAGER, Capacity.COORDINATOR),
    CandidatePermission.ANSWER: allow(Capacity.MANAGER, Capacity.COORDINATOR),
    # Of an accommodation a manager knows that there is one, and the minutes; what it is, coordinators alone.
    CandidatePermission.READ_MINUTES: allow(Capacity.MANAGER, Capacity.COORDINATOR),
    CandidatePermission.ARRANGE: allow(Capacity.COORDINATOR),
}
