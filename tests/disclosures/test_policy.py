"""Who may what with disclosures, as PRODUCT.md says it."""

from hiringkit.disclosures.policy import TABLE, DisclosurePermission
from hiringkit.foundation.access import Capacity


def test_capacities() -> None:
    readers = {Capacity.AUDITOR, Capacity.MANAGER, Capacity.COORDINATOR, Capacity.INTERVIEWER}
    assert TABLE[DisclosurePermission.READ] == readers
    assert TABLE[DisclosurePermission.EDIT] == {Capacity.MANAGER}
    assert TABLE[DisclosurePermission.PUBLISH] == {Capacity.MANAGER}
    assert TABLE[DisclosurePermission.MARK] == {Capacity.MANAGER}
    assert TABLE[DisclosurePermission.ATTEST] == readers - {Capacity.AUDITOR}
    reviewers = {Capacity.MANAGER, Capacity.COORDINATOR, Capacity.INTERVIEWER}
    assert TABLE[DisclosurePermission.REVIEW] == reviewers
    assert set(TABLE) == set(DisclosurePermission)
