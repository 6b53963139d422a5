"""Who may what in the library, as PRODUCT.md says it; importing is for those who set a hire or the site up."""

import pytest

from hiringkit.foundation.access import Capacity
from hiringkit.library.policy import TABLE, LibraryPermission

TEAM = {Capacity.MANAGER, Capacity.COORDINATOR}


@pytest.mark.parametrize(
    ("permission", "capacities"),
    [
        (LibraryPermission.LIST, {*TEAM, Capacity.INTERVIEWER, Capacity.AUDITOR, Capacity.ADMINISTRATOR}),
        (LibraryPermission.READ_GUIDES, {*TEAM, Capacity.INTERVIEWER, Capacity.AUDITOR}),
        (LibraryPermission.READ_SCENARIOS, {*TEAM, Capacity.AUDITOR}),
        (LibraryPermission.IMPORT, {Capacity.MANAGER, Capacity.ADMINISTRATOR}),
    ],
)
def test_capacities(permission: LibraryPermission, capacities: set[Capacity]) -> None:
    assert TABLE[permission] == capacities


def test_every_permission_has_its_row() -> None:
    assert set(TABLE) == set(LibraryPermission)
