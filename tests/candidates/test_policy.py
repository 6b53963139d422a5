"""Who may what with candidates, as PRODUCT.md says it."""

from hiringkit.candidates.policy import TABLE, CandidatePermission
from hiringkit.foundation.access import Capacity


def test_capacities() -> None:
    team = {Capacity.MANAGER, Capacity.COORDINATOR}
    assert {
        CandidatePermission.READ: team | {Capacity.AUDITOR},
        CandidatePermission.READ_UNDECIDED: team,
        CandidatePermission.EDIT: team,
        CandidatePermission.ANSWER: team,
        CandidatePermission.READ_MINUTES: team,
        CandidatePermission.ARRANGE: {Capacity.COORDINATOR},
    } == TABLE
    assert set(TABLE) == set(CandidatePermission)
