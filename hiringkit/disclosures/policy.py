"""Who may do what with disclosures; a published version is everybody's to read, at its public address."""

from hiringkit.foundation.access import Capacity, Permission, PolicyTable, allow


class DisclosurePermission(Permission):
    """Acts of this room, on the draft of an opening."""

    READ = "disclosures:read"
    EDIT = "disclosures:edit"
    PUBLISH = "disclosures:publish"
    MARK = "disclosures:mark incumbents"
    ATTEST = "disclosures:attest"
    """Only those marked as being in the role find anything to attest, which the queries see to."""
    REVIEW = "disclosures:review"
    """Managers, and whoever of the team is marked as being in the role; the operation looks who that is."""


TABLE: PolicyTable = {
    DisclosurePermission.READ: allow(Capacity.AUDITOR, Capacity.MANAGER, Capacity.COORDINATOR, Capacity.INTERVIEWER),
    DisclosurePermission.EDIT: allow(Capacity.MANAGER),
    DisclosurePermission.PUBLISH: allow(Capacity.MANAGER),
    DisclosurePermission.MARK: allow(Capacity.MANAGER),
    DisclosurePermission.ATTEST: allow(Capacity.MANAGER, Capacity.COORDINATOR, Capacity.INTERVIEWER),
    DisclosurePermission.REVIEW: allow(Capacity.MANAGER, Capacity.COORDINATOR, Capacity.INTERVIEWER),
}
