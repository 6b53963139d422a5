"""Agreement with the reference as a page prints it: the usual figures, or why there is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.calibration.rules.describing import agreement_facts
from hiringkit.calibration.rules.undefined import Undefined

Grids = tuple[list[list[int]], list[list[int]]]


@st.composite
def grids(draw: st.DrawFn) -> Grids:
    """Return ratings and gold of one shape, eight responses of five competencies."""
    rows = st.lists(st.lists(st.integers(1, 7), min_size=5, max_size=5), min_size=8, max_size=8)
    return draw(rows), draw(rows)


def figures(ratings: list[list[int]], gold: list[list[int]]) -> dict[str, str]:
    """Return what is printed, by label."""
    return {label: f"{figure} | {note}" for label, figure, note in agreement_facts(ratings, gold, 7)}


@given(grids())
def test_every_figure_is_a_number_or_a_reason(pair: Grids) -> None:
    reasons = {one.value for one in Undefined}
    for _, figure, note in agreement_facts(*pair, 7):
        assert "nan" not in f"{figure}{note}".lower()
        assert "-" not in f"{figure}{note}"
        assert figure in reasons or float(figure.removesuffix(" %").replace("−", "-")) <= 100


@given(grids(), st.permutations(range(8)))
def test_the_order_of_the_responses_changes_no_estimate(pair: Grids, order: list[int]) -> None:
    ratings, gold = pair
    turned = agreement_facts([ratings[i] for i in order], [gold[i] for i in order], 7)
    assert [fact[:2] for fact in turned] == [fact[:2] for fact in agreement_facts(ratings, gold, 7)]


def test_the_reference_itself_agrees_fully_and_one_category_has_no_figures() -> None:
    gold = [[1, 4, 7, 2, 5], [6, 3, 1, 7, 2], [5, 5, 2, 1, 4], [7, 1, 3, 6, 2]]
    found = figures(gold, gold)
    assert {words.split(" |")[0] for words in found.values()} == {"100 %", "1.00"}
    alike = [[4] * 5] * 4
    assert figures(alike, alike)["Weighted kappa"].startswith(Undefined.ONE_CATEGORY.value)


def test_a_rater_one_point_stricter_is_within_one_and_seldom_the_same() -> None:
    gold = [[2, 4, 7, 2, 5], [6, 3, 2, 7, 2], [5, 5, 2, 3, 4], [7, 2, 3, 6, 2]]
    found = figures([[value - 1 for value in row] for row in gold], gold)
    assert found["The same rating"].startswith("0 %")
    assert found["Within one point"].startswith("100 %")


def test_what_is_below_nothing_has_a_minus_and_what_rounds_to_nothing_has_none() -> None:
    found = figures([[7, 1], [1, 7], [6, 2]], [[1, 7], [7, 1], [2, 6]])
    assert found["Weighted kappa"].startswith("−")
    assert "−0.00" not in str(found)


def test_a_rating_off_the_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="none of the values"):
        agreement_facts([[8, 1]], [[7, 1]], 7)
