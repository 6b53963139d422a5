"""Single values in many spellings, and the reasons why something is none."""

from collections.abc import Iterable

import pytest

from hiringkit.disclosures.rules.reading import dates, facts, money, working
from hiringkit.disclosures.rules.reading.finds import Absent, Find, Found, Refused

US = money.Dollar("USD", money.DOLLARS)


def only(finds: Iterable[Find]) -> Find:
    (found,) = finds
    return found


@pytest.mark.parametrize(
    ("text", "minimum", "maximum", "currency", "period"),
    [
        ("$52,000 - $68,000 per year", "52000", "68000", "USD", "year"),
        ("$52,000–$68,000/yr".replace("–", "-"), "52000", "68000", "USD", "year"),
        ("USD 52,000 to 68,000 annually", "52000", "68000", "USD", "year"),
        ("$90k - $110k CAD", "90000", "110000", "CAD", None),
        ("£18/hour", "18", "18", "GBP", "hour"),
        ("£18.50 to £21 an hour", "18.5", "21", "GBP", "hour"),
        ("$19.50/hr - $26.25/hr", "19.5", "26.25", "USD", "hour"),
        ("52k-68k", "52000", "68000", None, None),
        ("52-68k EUR p.a.", "52000", "68000", "EUR", "year"),
        ("between €2,900 and €3,400 a month", "2900", "3400", "EUR", "month"),
        ("52 000 - 68 000 EUR per annum", "52000", "68000", "EUR", "year"),
        ("Annual salary of $61,500", "61500", "61500", "USD", "year"),
        ("A$80,000 - A$95,000 per year", "80000", "95000", "AUD", "year"),
        ("52,000 - 68,000", "52000", "68000", None, None),
    ],
)  # fmt: skip
def test_pay_is_read_in_many_spellings(
    text: str, minimum: str, maximum: str, currency: str | None, period: str | None
) -> None:
    found = only(money.pay_finds(text, US, is_pay=True))
    assert isinstance(found, Found)
    said = {"minimum": minimum, "maximum": maximum, "currency": currency, "period": period}
    assert found.values == {key: value for key, value in said.items() if value is not None}
    assert (money.NO_CURRENCY in found.note) == (currency is None)
    assert (money.NO_PERIOD in found.note) == (period is None)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("up to $70,000 a year", money.LOWER_MISSING), ("from $52,000 a year", money.UPPER_MISSING),
        ("$52,000+ per year", money.UPPER_MISSING), ("around £31,000 a year", money.HEDGED),
        ("$45.000 a year", money.POINTS), ("$68,000 - $52,000 a year", money.REVERSED), ("OTE £60k", money.HEDGED),
    ],
)  # fmt: skip
def test_half_a_range_is_no_range(text: str, reason: str) -> None:
    found = only(money.pay_finds(text, US, is_pay=True))
    assert isinstance(found, Refused)
    assert found.reason == reason


@pytest.mark.parametrize(
    "text",
    [
        "A sign-on bonus of $2,000", "a learning budget of $1,200 a year", "Tuition reimbursement up to $2,500 a year",
        "We raised $20 - $30 million", "120 - 180 calls", "401(k) with 4% match", "2019 - 2024", "Grade 5-7",
        "We ship $40,000 orders a day", "EUR 45.000-52.000 brutto/Jahr",
    ],
)  # fmt: skip
def test_other_money_and_other_numbers_are_not_the_pay(text: str) -> None:
    assert not [one for one in money.pay_finds(text, US, is_pay=False) if isinstance(one, Found)]


def test_a_dollar_is_american_only_where_nothing_says_otherwise() -> None:
    assert money.dollar_of("Pay: $20").note == money.DOLLARS
    assert money.dollar_of("Pay: $20 (USD)") == money.Dollar("USD", "")
    unclear = money.dollar_of("Toronto. Pay: $20 - $25 an hour")
    found = only(money.pay_finds("$20 - $25 an hour", unclear, is_pay=True))
    assert isinstance(found, Found)
    assert "currency" not in found.values
    assert money.WHICH_DOLLARS in found.note


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Apply by 31 March 2027.", "2027-03-31"), ("Closing date: 31st of March, 2027", "2027-03-31"),
        ("Deadline Mar. 31, 2027", "2027-03-31"), ("applications close on 2027-03-31", "2027-03-31"),
        ("Apply by 31/03/2027", "2027-03-31"), ("Apply by 03/31/2027", "2027-03-31"),
        ("Apply by 5.5.2027", "2027-05-05"),
    ],
)  # fmt: skip
def test_days_are_read_where_they_can_mean_one_day_only(text: str, day: str) -> None:
    found = only(dates.deadline_finds(text, is_deadline=False))
    assert isinstance(found, Found)
    assert found.values == {"value": day}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Apply by 12/03/2027", dates.AMBIGUOUS), ("Apply by 31/03/27", dates.AMBIGUOUS),
        ("Apply by 5 April", dates.NO_YEAR),
        ("Apply by 31 February 2027", dates.NO_SUCH_DAY), ("Apply by 2027-13-40", dates.NO_SUCH_DAY),
        ("Apply by 99/99/2027", dates.NO_SUCH_DAY), ("Apply by 04/05", dates.NO_DAY),
    ],
)  # fmt: skip
def test_a_day_that_might_be_another_is_not_placed(text: str, reason: str) -> None:
    found = only(dates.deadline_finds(text, is_deadline=False))
    assert isinstance(found, Refused)
    assert found.reason == reason


def test_open_until_filled_is_an_answer_and_a_day_of_something_else_is_none() -> None:
    found = only(dates.deadline_finds("This posting is open until filled.", is_deadline=False))
    assert isinstance(found, Absent)
    assert found.reason == "open until filled"
    assert list(dates.deadline_finds("We opened on 3 May 2019.", is_deadline=False)) == []


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("Travel: 12 days a year", "workload.travel", "12"),
        ("You work 8-hour shifts", "workload.hours", "8"),
        ("7.5 hours per day", "workload.hours", "7.5"),
        ("On-call one week in six.", "workload.on-call", "On-call one week in six."),
        ("Every other Saturday.", "workload.weekends", "Every other Saturday."),
        ("Shifts run 6am-2pm.", "workload.after-hours", "Shifts run 6am-2pm."),
        ("Monday to Friday", "workload.after-hours", "Monday to Friday"),
    ],
)
def test_working_time_is_read(text: str, field: str, value: str) -> None:
    found = {one.field: one for one in working.working_finds(text) if isinstance(one, Found)}
    assert value in found[field].values.values()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("10 % travel", working.BY_YEAR), ("Some travel", working.NO_DAYS), ("Travel 3 days a month", working.BY_YEAR),
        ("40 hours per week", working.BY_WEEK), ("37.5 hrs/week", working.BY_WEEK),
        ("30-minute unpaid lunch", working.UNPAID),
        ("Two 15-minute paid breaks", working.SEVERAL),
    ],
)  # fmt: skip
def test_nothing_is_converted(text: str, reason: str) -> None:
    found = only(working.working_finds(text))
    assert isinstance(found, Refused)
    assert found.reason == reason


def test_travel_of_another_kind_is_not_the_travel_of_the_job() -> None:
    assert list(working.working_finds("We are a travel agency with travel insurance.")) == []
    assert isinstance(only(working.working_finds("No travel required")), Absent)


@pytest.mark.parametrize(
    ("text", "field", "values"),
    [
        ("Reports to the Director of Operations.", "scope.reports-to", {"value": "Director of Operations"}),
        ("You report directly to our Shift Lead and work nights", "scope.reports-to", {"value": "Shift Lead"}),
        ("We handle about 150 orders a day", "workload.units", {"unit": "orders", "typical": "150"}),
        ("150 orders/day, 210 in peak season", "workload.units", {"unit": "orders", "typical": "150", "busy": "210"}),
        ("1,200 prior authorization requests per day", "workload.units",
         {"unit": "prior authorization requests", "typical": "1200"}),
        ("Each agent takes 60 calls a day", "workload.staffing-ratio", {"value": "60"}),
        ("You join a team of six nurses", "why.in-role", {"value": "6"}),
        ("This is a newly created position", "why.kind", {"value": "new"}),
        ("replacement for a colleague", "why.kind", {"value": "backfill"}),
        ("You must not give clinical advice.", "scope.boundaries", {"boundary": "You must not give clinical advice."}),
    ],
)  # fmt: skip
def test_single_facts_are_read(text: str, field: str, values: dict[str, str]) -> None:
    found = [one for one in facts.fact_finds(text, with_volumes=True, with_why=True) if isinstance(one, Found)]
    assert [(one.field, dict(one.values)) for one in found] == [(field, values)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("120-180 calls a day", facts.A_SPAN), ("600 cases a month", facts.A_DAY), ("40 picks an hour", facts.A_DAY),
        ("You have 8 direct reports", facts.NO_PEOPLE), ("Lead a team of 12 associates", facts.NO_PEOPLE),
    ],
)  # fmt: skip
def test_facts_that_no_question_asks_are_refused_with_a_reason(text: str, reason: str) -> None:
    found = only(facts.fact_finds(text, with_volumes=True, with_why=False))
    assert isinstance(found, Refused)
    assert found.reason == reason


@pytest.mark.parametrize(
    "text", ["Report to work on time", "8 hours a day", "10 minutes per day", "$40 orders a day", "lift 50 lbs a day"]
)
def test_what_only_looks_like_a_fact_is_none(text: str) -> None:
    assert list(facts.fact_finds(text, with_volumes=True, with_why=True)) == []
