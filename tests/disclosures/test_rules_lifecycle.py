"""The states of a published version follow from its number, the newest standing one and its withdrawal."""

import pytest

from hiringkit.disclosures.rules.lifecycle import DISCLOSURE_VERSION, DisclosureState, state_of_version
from hiringkit.foundation.errors import WrongStateError

CASES = (
    (1, 1, False, DisclosureState.PUBLISHED),
    (1, 2, False, DisclosureState.SUPERSEDED),
    (2, 1, True, DisclosureState.WITHDRAWN),
    (1, None, True, DisclosureState.WITHDRAWN),
)


@pytest.mark.parametrize(("number", "newest", "is_withdrawn", "state"), CASES)
def test_states(number: int, newest: int | None, is_withdrawn: bool, state: DisclosureState) -> None:
    assert state_of_version(number, newest, is_withdrawn=is_withdrawn) is state


def test_a_withdrawn_version_has_no_way_back() -> None:
    assert DISCLOSURE_VERSION.moves_from(DisclosureState.WITHDRAWN) == ()
    with pytest.raises(WrongStateError):
        DISCLOSURE_VERSION.after(DisclosureState.WITHDRAWN, "withdraw")


def test_every_move_leads_where_it_says() -> None:
    moves = {move.name: move.target for move in DISCLOSURE_VERSION.moves}
    assert moves == {
        "ask for review": DisclosureState.IN_REVIEW,
        "send back": DisclosureState.DRAFT,
        "publish": DisclosureState.PUBLISHED,
        "supersede": DisclosureState.SUPERSEDED,
        "withdraw": DisclosureState.WITHDRAWN,
        "return": DisclosureState.PUBLISHED,
    }
