"""Who may do what with debriefs; how much of one somebody sees follows from which of these they hold."""

from hiringkit.foundation.access import Capacity, Permission, PolicyTable, allow


class DebriefPermission(Permission):
    """Acts of this room; the queries add rule 2 (opened by oneself) and remove rows in conflict."""

    READ = "debriefs:read"
    READ_ALL = "debriefs:read all of the team"
    READ_OWN = "debriefs:read if on the panel"
    READ_DECIDED = "debriefs:read after decision"
    READ_OUTCOME = "debriefs:read outcome"
    DECIDE = "debriefs:decide"


TABLE: PolicyTable = {
    DebriefPermission.READ: allow(Capacity.AUDITOR, Capacity.MANAGER, Capacity.COORDINATOR, Capacity.INTERVIEWER),
    DebriefPermission.READ_ALL: allow(Capacity.MANAGER),
    DebriefPermission.READ_OWN: allow(Capacity.INTERVIEWER),
    DebriefPermission.READ_DECIDED: allow(Capacity.AUDITOR),
    DebriefPermission.READ_OUTCOME: allow(Capacity.COORDINATOR),
    DebriefPermission.DECIDE: allow(Capacity.MANAGER),
}
