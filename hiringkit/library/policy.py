"""Who may do what with the library; it belongs to no team, so a capacity anywhere is enough."""

from hiringkit.foundation.access import Capacity, Permission, PolicyTable, allow


class LibraryPermission(Permission):
    """Acts of this room."""

    LIST = "library:list packs"
    READ_GUIDES = "library:read guides"
    READ_SCENARIOS = "library:read scenarios"
    IMPORT = "library:import"


READERS = (Capacity.AUDITOR, Capacity.MANAGER, Capacity.COORDINATOR)

TABLE: PolicyTable = {
    LibraryPermission.LIST: allow(*READERS, Capacity.INTERVIEWER, Capacity.ADMINISTRATOR),
    LibraryPermission.READ_GUIDES: allow(*READERS, Capacity.INTERVIEWER),
    LibraryPermission.READ_SCENARIOS: allow(*READERS),
    LibraryPermission.IMPORT: allow(Capacity.MANAGER, Capacity.ADMINISTRATOR),
}
