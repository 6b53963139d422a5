"""Who may open the home page."""

from hiringkit.foundation.access import Capacity, Permission, PolicyTable, allow


class HomePermission(Permission):
    """Acts of this room."""

    READ = "home:read"


TABLE: PolicyTable = {HomePermission.READ: allow(Capacity.MEMBER)}
