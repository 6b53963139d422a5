"""Who may do what with scorecards; their content is nobody's but the author's until rule 2 opens it."""

from hiringkit.foundation.access import Capacity, Permission, PolicyTable, allow


class ScorecardPermission(Permission):
    """Acts of this room."""

    WRITE_OWN = "scorecards:write own"
    READ_STATES = "scorecards:read states"
    OPEN = "scorecards:open"
    OPEN_UNSEATED = "scorecards:open without a place on a panel"
    OPEN_EARLY = "scorecards:open early"
    READ_DECIDED = "scorecards:read after decision"


TABLE: PolicyTable = {
    ScorecardPermission.WRITE_OWN: allow(Capacity.MANAGER, Capacity.INTERVIEWER),
    ScorecardPermission.READ_STATES: allow(Capacity.MANAGER, Capacity.COORDINATOR),
    ScorecardPermission.OPEN: allow(Capacity.MANAGER, Capacity.INTERVIEWER),
    ScorecardPermission.OPEN_UNSEATED: allow(Capacity.MANAGER),
    ScorecardPermission.OPEN_EARLY: allow(Capacity.MANAGER),
    ScorecardPermission.READ_DECIDED: allow(Capacity.AUDITOR),
}
