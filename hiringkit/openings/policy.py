"""Who may do what with openings, team by team."""

from hiringkit.foundation.access import Capacity, Permission, PolicyTable, allow


class OpeningPermission(Permission):
    """Acts of this room."""

    READ = "openings:read"
    EDIT = "openings:edit"


TABLE: PolicyTable = {
    OpeningPermission.READ: allow(Capacity.AUDITOR, Capacity.MANAGER, Capacity.COORDINATOR, Capacity.INTERVIEWER),
    OpeningPermission.EDIT: allow(Capacity.MANAGER),
}
