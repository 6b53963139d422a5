"""Who may what with openings, as PRODUCT.md says it."""

from hiringkit.foundation.access import Capacity
from hiringkit.openings.policy import TABLE, OpeningPermission


def test_capacities() -> None:
    readers = {Capacity.AUDITOR, Capacity.MANAGER, Capacity.COORDINATOR, Capacity.INTERVIEWER}
    assert TABLE[OpeningPermission.READ] == readers
    assert TABLE[OpeningPermission.EDIT] == {Capacity.MANAGER}
    assert set(TABLE) == set(OpeningPermission)
