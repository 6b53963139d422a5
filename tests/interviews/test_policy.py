"""Who may plan, waive, read the schedule and sit on panels."""

import pytest

from hiringkit.foundation.access import Capacity
from hiringkit.interviews.policy import TABLE, InterviewPermission

EXPECTED = {
    InterviewPermission.READ: {Capacity.AUDITOR, Capacity.MANAGER, Capacity.COORDINATOR},
    InterviewPermission.PLAN: {Capacity.MANAGER, Capacity.COORDINATOR},
    InterviewPermission.WAIVE: {Capacity.MANAGER},
    InterviewPermission.SIT: {Capacity.MANAGER, Capacity.INTERVIEWER},
}


def test_every_permission_is_decided() -> None:
    assert set(TABLE) == set(InterviewPermission) == set(EXPECTED)


@pytest.mark.parametrize("permission", InterviewPermission)
@pytest.mark.parametrize("capacity", Capacity)
def test_capacities_have_what_the_product_says(permission: InterviewPermission, capacity: Capacity) -> None:
    assert (capacity in TABLE[permission]) is (capacity in EXPECTED[permission])
