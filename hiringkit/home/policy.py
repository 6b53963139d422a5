"""Who may open which page of home; what stands on it is decided by the rooms below."""

from hiringkit.foundation.access import Capacity, Permission, PolicyTable, allow


class HomePermission(Permission):
    """Acts of this room."""

    READ = "home:read"
    READ_TRAIL = "home:read trail of an opening"
    READ_RECORD = "home:read record"
    READ_ACCURACY = "home:read accuracy of a disclosure"
    READ_ACCURACY_NOTES = "home:read notes on the accuracy of a disclosure"
    READ_OWN_DRIFT = "home:read how own ratings run"
    READ_PANEL_DRIFT = "home:read how the ratings of a panel run"
    READ_REFRESHES = "home:read refreshes due in a team"
    READ_WHOLE_RECORD = "home:read record of everything"


TABLE: PolicyTable = {
    HomePermission.READ: allow(Capacity.MEMBER),
    HomePermission.READ_TRAIL: allow(Capacity.MANAGER, Capacity.AUDITOR),
    HomePermission.READ_RECORD: allow(Capacity.ADMINISTRATOR, Capacity.AUDITOR),
    HomePermission.READ_ACCURACY: allow(Capacity.MANAGER, Capacity.COORDINATOR, Capacity.INTERVIEWER, Capacity.AUDITOR),
    HomePermission.READ_ACCURACY_NOTES: allow(Capacity.MANAGER),
    HomePermission.READ_OWN_DRIFT: allow(Capacity.MANAGER, Capacity.INTERVIEWER),
    HomePermission.READ_PANEL_DRIFT: allow(Capacity.MANAGER, Capacity.AUDITOR),
    HomePermission.READ_REFRESHES: allow(Capacity.MANAGER),
    HomePermission.READ_WHOLE_RECORD: allow(Capacity.AUDITOR),
}
