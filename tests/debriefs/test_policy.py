"""Each act of a debrief is for the capacities of the table of PRODUCT, and nobody else."""

import pytest

from hiringkit.debriefs.policy import TABLE, DebriefPermission
from hiringkit.foundation.access import Capacity

M, C, R, A = Capacity.MANAGER, Capacity.COORDINATOR, Capacity.INTERVIEWER, Capacity.AUDITOR


@pytest.mark.parametrize(
    ("permission", "capacities"),
    [
        (DebriefPermission.READ, {M, C, R, A}),
        (DebriefPermission.READ_ALL, {M}),
        (DebriefPermission.READ_OWN, {R}),
        (DebriefPermission.READ_DECIDED, {A}),
        (DebriefPermission.READ_OUTCOME, {C}),
        (DebriefPermission.DECIDE, {M}),
    ],
)
def test_permission_is_for_these_capacities(permission: DebriefPermission, capacities: set[Capacity]) -> None:
    assert TABLE[permission] == capacities


def test_every_permission_has_a_row() -> None:
    assert set(TABLE) == set(DebriefPermission)
