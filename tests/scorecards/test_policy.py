"""Who may write, see states, open, and read after the decision."""

import pytest

from hiringkit.foundation.access import Capacity
from hiringkit.interviews.policy import TABLE as INTERVIEWS
from hiringkit.interviews.policy import InterviewPermission
from hiringkit.scorecards.policy import TABLE, ScorecardPermission

EXPECTED = {
    ScorecardPermission.WRITE_OWN: {Capacity.MANAGER, Capacity.INTERVIEWER},
    ScorecardPermission.READ_STATES: {Capacity.MANAGER, Capacity.COORDINATOR},
    ScorecardPermission.OPEN: {Capacity.MANAGER, Capacity.INTERVIEWER},
    ScorecardPermission.OPEN_UNSEATED: {Capacity.MANAGER},
    ScorecardPermission.OPEN_EARLY: {Capacity.MANAGER},
    ScorecardPermission.READ_DECIDED: {Capacity.AUDITOR},
}


def test_every_permission_is_decided() -> None:
    assert set(TABLE) == set(ScorecardPermission) == set(EXPECTED)


@pytest.mark.parametrize("permission", ScorecardPermission)
@pytest.mark.parametrize("capacity", Capacity)
def test_capacities_have_what_the_product_says(permission: ScorecardPermission, capacity: Capacity) -> None:
    assert (capacity in TABLE[permission]) is (capacity in EXPECTED[permission])


def test_whoever_sits_on_a_panel_writes_a_scorecard() -> None:
    assert INTERVIEWS[InterviewPermission.SIT] == TABLE[ScorecardPermission.WRITE_OWN]
