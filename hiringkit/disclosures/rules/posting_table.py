"""What a posting must contain, place by place, as dated data with sources; nothing of it is legal advice.

Sources: SCIENCE.md 4.3, looked up again in summaries of law firms and authorities on the day that
`checked_on` names, not in the texts of the laws alone. A rule that changes gets an end and a row
after it: what was published is judged by the rules of its day.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum


class Need(StrEnum):
    """What makes an answer enough: both ends, values, values or "none" with a reason, what sets the pay."""

    RANGE = "range"
    VALUES = "values"
    ANSWERED = "answered"
    CRITERIA = "criteria"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that a posting must contain, and the answer of the disclosure that says it."""

    key: str
    sentence: str
    field: str
    need: Need


@dataclass(frozen=True, slots=True)
class PlaceRule:
    """The rule of one place from one day on.

    `place` is a code of `openings.rules.POSTING_PLACES`; `until` is the last day on which it holds,
    None while it does; `who` says which employers and `where` which work it is for; `also` says
    what else it asks, which no posting shows. `is_pay_told_first`: the candidate is told the pay
    before the first interview.
    """

    place: str
    since: date
    until: date | None
    requires: tuple[Requirement, ...]
    who: str
    where: str
    source: str
    checked_on: date
    also: tuple[str, ...] = ()
    is_pay_told_first: bool = False


CHECKED_ON = date(2026, 11, 27)

RANGE = Requirement("pay", "State the pay from and to, both ends above 0.", "pay.band", Need.RANGE)
EXTRAS = Requirement(
    "benefits",
    "Describe the benefits and extras in general, such as bonuses, health, retirement and paid leave, or say that"
    " there are none.",
    "pay.extras",
    Need.ANSWERED,
)
OTHER_PAY = Requirement(
    "other-pay",
    "Describe in general what is paid beside the base pay, such as for late or extra hours, or say that nothing is.",
    "pay.differentials",
    Need.ANSWERED,
)
DEADLINE = Requirement(
    "deadline",
    "Say until when people can apply, or that the opening stays open until it is filled, and why.",
    "pay.deadline",
    Need.ANSWERED,
)
DUTIES = Requirement("job-description", "Describe the job: what the person answers for.", "scope.owns", Need.VALUES)
CRITERIA = Requirement(
    "criteria",
    "Say what sets the pay, objectively and the same for every gender; where it is a collective agreement, name it and"
    " what it provides.",
    "pay.band-policy",
    Need.CRITERIA,
)
LEVELS = Requirement(
    "levels",
    "Say what separates this level from the next, or why there is only one, so that the pay rests on criteria.",
    "pay.rubric",
    Need.ANSWERED,
)
_CALIFORNIA_2023 = PlaceRule(
    place="US-CA",
    since=date(2023, 1, 1),
    until=date(2025, 12, 31),
    requires=(RANGE,),
    who="Employers with 15 or more employees, at least one of them in California.",
    where="Work in California, and remote work that somebody there could do; postings through others as well.",
    source="California Labor Code 432.3 (SB 1162)",
    checked_on=CHECKED_ON,
    also=(
        "Pay history is not asked for; what somebody hopes to earn may be.",
        "Titles and pay are kept on record during the employment and for three years after it.",
    ),
)
_CALIFORNIA_2026 = replace(
    _CALIFORNIA_2023,
    since=date(2026, 1, 1),
    until=None,
    source="California Labor Code 432.3 (SB 1162, SB 642)",
    also=("The range is what you in good faith expect to pay when somebody starts.", *_CALIFORNIA_2023.also),
)
_COLORADO_2021 = PlaceRule(
    place="US-CO",
    since=date(2021, 1, 1),
    until=date(2023, 12, 31),
    requires=(RANGE, EXTRAS, OTHER_PAY),
    who="Every employer with at least one employee in Colorado.",
    where="Work in Colorado, and remote work that can be done from there.",
    source="Colorado Equal Pay for Equal Work Act, C.R.S. 8-5-201",
    checked_on=CHECKED_ON,
    also=("Pay history is not asked for, and not used to set pay.",),
)
_COLORADO_2024 = replace(
    _COLORADO_2021,
    since=date(2024, 1, 1),
    until=None,
    requires=(RANGE, EXTRAS, OTHER_PAY, DEADLINE),
    source="Colorado Equal Pay for Equal Work Act, C.R.S. 8-5-201 (SB 23-105)",
    also=(*_COLORADO_2021.also, "Employees in Colorado are told of the opening before somebody is chosen for it."),
)
_NEW_YORK = PlaceRule(
    place="US-NY",
    since=date(2023, 9, 17),
    until=None,
    requires=(RANGE, DUTIES),
    who="Employers with four or more employees, and those who recruit for them.",
    where="Work done at least in part in the state, and work elsewhere that reports to somebody there.",
    source="New York Labor Law 194-b",
    checked_on=CHECKED_ON,
    also=(
        "Pay history is not asked for (Labor Law 194-a).",
        "Work that is paid by commission alone says so.",
        "Cities, New York City among them, have rules of their own beside it.",
    ),
)
_WASHINGTON_2023 = PlaceRule(
    place="US-WA",
    since=date(2023, 1, 1),
    until=date(2025, 7, 26),
    requires=(RANGE, EXTRAS, OTHER_PAY),
    who="Employers with 15 or more employees, at least one of them in Washington.",
    where="Work in Washington, and remote work that somebody there could do.",
    source="RCW 49.58.110 (ESSB 5761)",
    checked_on=CHECKED_ON,
    also=("Pay history is not asked for (RCW 49.58.100).",),
)
_WASHINGTON_2025 = replace(
    _WASHINGTON_2023,
    since=date(2025, 7, 27),
    until=None,
    source="RCW 49.58.110 (ESSB 5761, SSB 5408)",
    also=(
        *_WASHINGTON_2023.also,
        "Where one fixed amount is all that is offered, from and to are the same.",
        "Until 27 July 2027 there are five working days to correct a posting after a written notice.",
    ),
)
_EUROPEAN_UNION = PlaceRule(
    place="EU",
    since=date(2026, 6, 7),
    until=None,
    requires=(RANGE, CRITERIA, LEVELS),
    who="Every employer, public or private, whatever its size.",
    where="Work under an employment contract in a member state.",
    source="Directive (EU) 2023/970, art. 4 and 5",
    checked_on=CHECKED_ON,
    also=(
        "The candidate knows the pay before the first interview.",
        "Pay history is not asked for.",
        "Title and text of the posting are the same for every gender.",
        "Each country puts this into a law of its own, some of them late or with more in it. Look at yours.",
    ),
    is_pay_told_first=True,
)

TABLE: tuple[PlaceRule, ...] = (
    _CALIFORNIA_2023, _CALIFORNIA_2026, _COLORADO_2021, _COLORADO_2024, _NEW_YORK,
    _WASHINGTON_2023, _WASHINGTON_2025, _EUROPEAN_UNION,
)  # fmt: skip
