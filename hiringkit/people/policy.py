"""Who may do what with people."""

from hiringkit.foundation.access import Capacity, Permission, PolicyTable, allow


class PeoplePermission(Permission):
    """Acts of this room."""

    READ_OWN_ACCOUNT = "people:read own account"
    LIST = "people:list"
    READ_TEAM = "people:read team"
    INVITE = "people:invite"
    INVITE_SITE = "people:invite to site capacities"
    EDIT_TEAM = "people:edit team"
    SET_REVIEW = "people:set review of disclosures"
    ADMINISTER = "people:administer"
    READ_AUDIT = "people:read site events"


TABLE: PolicyTable = {
    PeoplePermission.READ_OWN_ACCOUNT: allow(Capacity.MEMBER),
    PeoplePermission.LIST: allow(Capacity.ADMINISTRATOR, Capacity.AUDITOR),
    PeoplePermission.READ_TEAM: allow(
        Capacity.ADMINISTRATOR, Capacity.AUDITOR, Capacity.MANAGER, Capacity.COORDINATOR, Capacity.INTERVIEWER
    ),
    PeoplePermission.INVITE: allow(Capacity.ADMINISTRATOR, Capacity.MANAGER),
    PeoplePermission.INVITE_SITE: allow(Capacity.ADMINISTRATOR),
    PeoplePermission.EDIT_TEAM: allow(Capacity.ADMINISTRATOR),
    PeoplePermission.SET_REVIEW: allow(Capacity.ADMINISTRATOR, Capacity.MANAGER),
    PeoplePermission.ADMINISTER: allow(Capacity.ADMINISTRATOR),
    PeoplePermission.READ_AUDIT: allow(Capacity.ADMINISTRATOR, Capacity.AUDITOR),
}
