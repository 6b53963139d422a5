"""Who may what with calibration, as PRODUCT.md says it under "standing, attempts"."""

import pytest

from hiringkit.calibration.policy import TABLE, CalibrationPermission
from hiringkit.foundation.access import Capacity


@pytest.mark.parametrize(
    ("permission", "capacities"),
    [
        (
            CalibrationPermission.READ,
            {Capacity.MANAGER, Capacity.COORDINATOR, Capacity.INTERVIEWER, Capacity.AUDITOR},
        ),
        (CalibrationPermission.RATE, {Capacity.MANAGER, Capacity.INTERVIEWER}),
        (CalibrationPermission.READ_TEAM, {Capacity.MANAGER, Capacity.COORDINATOR, Capacity.AUDITOR}),
        (CalibrationPermission.READ_ATTEMPTS, {Capacity.MANAGER, Capacity.AUDITOR}),
        (CalibrationPermission.CREDIT, {Capacity.MANAGER}),
        (CalibrationPermission.INVITE, {Capacity.MANAGER, Capacity.COORDINATOR}),
        (CalibrationPermission.ADOPT_POLICY, {Capacity.ADMINISTRATOR}),
        (CalibrationPermission.IMPORT, set()),
        (CalibrationPermission.AUTHOR, {Capacity.MANAGER, Capacity.ADMINISTRATOR}),
        (CalibrationPermission.RATE_AS_EXPERT, {Capacity.MEMBER}),
    ],
)
def test_capacities(permission: CalibrationPermission, capacities: set[Capacity]) -> None:
    assert TABLE[permission] == capacities


def test_every_permission_has_its_row() -> None:
    assert set(TABLE) == set(CalibrationPermission)
