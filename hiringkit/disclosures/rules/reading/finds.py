"""What a wording pattern finds in a sentence: a value for a question, or a reason why it is none."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

NUMBER_WORDS: Mapping[str, int] = {
    word: number
    for number, word in enumerate(
        ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), start=2
    )
}


@dataclass(frozen=True, slots=True)
class Found:
    """Typed values for one row of a field, from the words between `start` and `end`; `note` says what to look at."""

    start: int
    end: int
    field: str
    values: Mapping[str, str]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Absent:
    """The answer "none", in the words that say so."""

    start: int
    end: int
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Words that speak of a question and do not answer it, and why."""

    start: int
    end: int
    reason: str


Find = Found | Absent | Refused
Finds = Iterator[Find]


def number_of(word: str) -> str:
    """Return a number as digits, from digits or from a word up to twelve.

    >>> number_of("Six"), number_of("1,200")
    ('6', '1200')
    """
    return str(NUMBER_WORDS.get(word.lower(), "")) or word.replace(",", "").replace(" ", "")
