"""Each page of home is for the capacities of the table of PRODUCT, and nobody else."""

from hiringkit.foundation.access import Capacity
from hiringkit.home.policy import TABLE, HomePermission


def test_pages_are_for_these_capacities() -> None:
    assert {
        HomePermission.READ: {Capacity.MEMBER},
        HomePermission.READ_TRAIL: {Capacity.MANAGER, Capacity.AUDITOR},
        HomePermission.READ_RECORD: {Capacity.ADMINISTRATOR, Capacity.AUDITOR},
        HomePermission.READ_ACCURACY: {Capacity.MANAGER, Capacity.COORDINATOR, Capacity.INTERVIEWER, Capacity.AUDITOR},
        HomePermission.READ_ACCURACY_NOTES: {Capacity.MANAGER},
        HomePermission.READ_OWN_DRIFT: {Capacity.MANAGER, Capacity.INTERVIEWER},
        HomePermission.READ_PANEL_DRIFT: {Capacity.MANAGER, Capacity.AUDITOR},
        HomePermission.READ_REFRESHES: {Capacity.MANAGER},
        HomePermission.READ_WHOLE_RECORD: {Capacity.AUDITOR},
    } == TABLE


def test_every_permission_has_a_row() -> None:
    assert set(TABLE) == set(HomePermission)
