"""What a candidate is told about where the application stands, and which version of the disclosure to read."""

from collections.abc import Sequence
from dataclasses import dataclass

from hiringkit.candidates.rules.lifecycle import ApplicationState

STATUS = {
    ApplicationState.ADDED: "We have your application. Next we send you an honest description of the work.",
    ApplicationState.INFORMED: "We have described the work to you. Read it, and tell us that you have.",
    ApplicationState.ACKNOWLEDGED: "You have read what the work is. Next we arrange the conversations with you.",
    ApplicationState.INTERVIEWING: "The conversations are under way.",
    ApplicationState.IN_DEBRIEF: "The conversations are over. The people who met you compare what they heard.",
    ApplicationState.DECIDED: "A decision was made. You hear it from us in person.",
    ApplicationState.OFFERED: "You have an offer from us.",
    ApplicationState.HIRED: "You have taken the job. Welcome.",
    ApplicationState.DECLINED: "This application has ended without an offer.",
    ApplicationState.WITHDRAWN: "This application was withdrawn and has ended.",
    ApplicationState.ERASED: "What we knew about you was erased.",
}


@dataclass(frozen=True)
class OnRecord:
    """One version by its number, and what is on record of it for an application."""

    number: int
    is_delivered: bool
    is_acknowledged: bool
    is_current: bool


def number_to_read(record: Sequence[OnRecord]) -> int | None:
    """Return the version to show: the newest that was delivered, or a newer one that is published since.

    Before the first delivery there is none: which version comes first is for the team to say.

    >>> sent = OnRecord(1, is_delivered=True, is_acknowledged=True, is_current=False)
    >>> newer = OnRecord(2, is_delivered=False, is_acknowledged=False, is_current=True)
    >>> number_to_read([sent, newer]), number_to_read([newer])
    (2, None)
    """
    delivered = [one.number for one in record if one.is_delivered]
    if not delivered:
        return None
    return max([*delivered, *(one.number for one in record if one.is_current)])


def number_to_compare(record: Sequence[OnRecord], shown: int) -> int | None:
    """Return the version beside which changes are shown: the last one that was read, else the last one delivered.

    >>> first = OnRecord(1, is_delivered=True, is_acknowledged=True, is_current=False)
    >>> second = OnRecord(2, is_delivered=True, is_acknowledged=False, is_current=False)
    >>> number_to_compare([first, second], 3), number_to_compare([first], 1)
    (1, None)
    """
    older = [one for one in record if one.is_delivered and one.number < shown]
    read = [one.number for one in older if one.is_acknowledged]
    return max(read or (one.number for one in older), default=None)
