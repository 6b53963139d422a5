"""What must hold before an interview is booked, and when two interviews overlap."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from hiringkit.interviews.rules.assigning import Refusal, RefusalKind

PAY_FIRST = (
    "the candidate is to know the pay before the first interview, and the disclosure that was delivered names none. "
    "State the pay in the disclosure, publish it and send the new version; then book."
)


@dataclass(frozen=True)
class BookingDraft:
    """A start as it was typed: on the wall clock of a zone."""

    wall: datetime
    zone: str


@dataclass(frozen=True)
class BookingFacts:
    """What is known when one stage of one application is to be booked; moments carry their zone.

    `has_delivery`: a published disclosure version was delivered. `is_loop_ready`: the loop version
    is in use or frozen and has no problems. `is_bookable`: the application's state allows it.
    `pay_due_in`: places of the opening whose rules want the pay known before an interview, while the
    version that was delivered names none.
    """

    starts_at: datetime
    now: datetime
    has_delivery: bool
    is_loop_ready: bool
    is_bookable: bool = True
    is_stage_booked: bool = False
    is_candidate_busy: bool = False
    pay_due_in: tuple[str, ...] = ()


def booking_refusals(facts: BookingFacts) -> tuple[Refusal, ...]:
    """List every reason against booking; empty means that it may be booked (PRODUCT rules 7 and 8).

    >>> from datetime import UTC
    >>> noon = datetime(2027, 3, 1, 12, tzinfo=UTC)
    >>> facts = BookingFacts(noon, noon - timedelta(days=2), has_delivery=False, is_loop_ready=True)
    >>> [refusal.kind.value for refusal in booking_refusals(facts)]
    ['no disclosure delivered']
    """
    found = [
        (
            not facts.has_delivery,
            RefusalKind.NOT_DELIVERED,
            "No published disclosure has been delivered to this candidate yet; send it first.",
        ),
        (
            bool(facts.pay_due_in),
            RefusalKind.PAY_NOT_DELIVERED,
            f"{', '.join(facts.pay_due_in)}: {PAY_FIRST}",
        ),
        (
            not facts.is_loop_ready,
            RefusalKind.LOOP_NOT_READY,
            "The loop of this opening is not ready; put it in use first.",
        ),
        (
            not facts.is_bookable,
            RefusalKind.NOT_BOOKABLE,
            "This application is not at a point where an interview can be booked.",
        ),
        (
            facts.is_stage_booked,
            RefusalKind.ALREADY_BOOKED,
            "This stage is already booked for this candidate; reschedule or cancel that interview first.",
        ),
        (
            facts.starts_at <= facts.now,
            RefusalKind.IN_THE_PAST,
            "The start is in the past; choose a later one.",
        ),
        (
            facts.is_candidate_busy,
            RefusalKind.CANDIDATE_BUSY,
            "The candidate has another interview at that time.",
        ),
    ]
    return tuple(Refusal(kind, sentence) for applies, kind, sentence in found if applies)


def is_overlapping(start: datetime, minutes: int, other_start: datetime, other_minutes: int) -> bool:
    """Tell whether two interviews share a moment; one may begin when the other ends.

    >>> nine, ten = datetime(2027, 3, 1, 9), datetime(2027, 3, 1, 10)
    >>> is_overlapping(nine, 60, ten, 30), is_overlapping(nine, 61, ten, 30)
    (False, True)
    """
    end = start + timedelta(minutes=minutes)
    other_end = other_start + timedelta(minutes=other_minutes)
    return start < other_end and other_start < end
