"""What somebody looks for in the public list: words and filters, of which nonsense is left out with a word."""

import json
import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from hiringkit.disclosures.rules.claims import Basis, Claim
from hiringkit.disclosures.rules.document import canonical_document, claim_payload
from hiringkit.disclosures.rules.fields import FIELDS
from hiringkit.disclosures.rules.shapes import Choice
from hiringkit.disclosures.rules.values import clean_text

LONGEST_TEXT = 100
MOST_WORDS = 6
REMOTE_WORDS = ("remote", "at home", "from home", "anywhere")
NOT_REMOTE_WORDS = ("not remote", "no remote", "non-remote")
PERIODS: tuple[Choice, ...] = FIELDS["pay.band"].column("period").choices


class Where(StrEnum):
    """Where the work is done, as far as the opening's place says it."""

    REMOTE = "remote"
    ON_SITE = "on-site"


class Until(StrEnum):
    """How long one can still apply."""

    WEEK = "week"
    MONTH = "month"
    FILLED = "filled"


LABELS = {"text": "Words", "place": "Place", "where": "How", "period": "Paid", "until": "Applications open"}
DAYS = {Until.WEEK: 7, Until.MONTH: 30}
WHERE_LABELS = {Where.REMOTE: "Remote or at home", Where.ON_SITE: "On site"}
UNTIL_LABELS = {
    Until.WEEK: "At least another week",
    Until.MONTH: "At least another month",
    Until.FILLED: "Until it is filled",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is narrowed to; an empty text or None is no narrowing. `ignored` says what could not be used."""

    text: str = ""
    place: str = ""
    where: Where | None = None
    period: str = ""
    until: Until | None = None
    ignored: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Return the words of the text, of which an opening must have every one."""
        return tuple(self.text.split())

    @property
    def is_narrow(self) -> bool:
        """Tell whether anything is asked for."""
        return bool(self.text or self.place or self.where or self.period or self.until)


def read_asked(typed: Mapping[str, str], places: Collection[str]) -> Asked:
    """Return what was asked for; `places` are those that have openings.

    >>> read_asked({"text": " night  shift ", "period": "hour", "where": "moon"}, ())
    Asked(text='night shift', place='', where=None, period='hour', until=None, ignored=('“moon” under “How”',))
    """
    text, ignored = _text(typed.get("text", ""))
    known = {
        "place": frozenset(places),
        "where": frozenset(one.value for one in Where),
        "period": frozenset(one.key for one in PERIODS),
        "until": frozenset(one.value for one in Until),
    }
    chosen: dict[str, str] = {}
    for name, values in known.items():
        given = typed.get(name, "")
        if given in values:
            chosen[name] = given
        elif clean_text(given):
            ignored.append(f"“{_shortened(clean_text(given))}” under “{LABELS[name]}”")
    return Asked(
        text=text,
        place=chosen.get("place", ""),
        where=Where(chosen["where"]) if "where" in chosen else None,
        period=chosen.get("period", ""),
        until=Until(chosen["until"]) if "until" in chosen else None,
        ignored=tuple(ignored),
    )


def _text(typed: str) -> tuple[str, list[str]]:
    words = unicodedata.normalize("NFC", clean_text(typed))[:LONGEST_TEXT].split()
    rest = len(clean_text(typed)) > LONGEST_TEXT or len(words) > MOST_WORDS
    kept = words[:MOST_WORDS]
    return " ".join(kept), [f"what follows “{_shortened(' '.join(kept))}”"] if rest else []


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT // 2 else text[: LONGEST_TEXT // 2] + "…"


def is_remote(place: str) -> bool:
    """Tell whether a place says that the work can be done from elsewhere.

    >>> is_remote("Chicago office or at home in the US"), is_remote("Reno, not remote")
    (True, False)
    """
    words = place.casefold()
    return any(one in words for one in REMOTE_WORDS) and not any(one in words for one in NOT_REMOTE_WORDS)


def spellings(word: str) -> tuple[str, ...]:
    """Return a word in the cases that a database which folds only plain letters would tell apart.

    >>> spellings("élan"), spellings("night")
    (('élan', 'Élan'), ('night',))
    """
    if word.isascii():
        return (word,)
    return tuple(dict.fromkeys((word, word.lower(), word.capitalize())))


def content_parts(word: str) -> tuple[str, ...]:
    r"""Return what to look for in a frozen text for a word: the word as JSON has it.

    A word that is part of the text's own keys stands in every document. It is looked for beside a
    space, which no key has.

    >>> content_parts("appeals"), content_parts("value"), content_parts('"quick"')
    (('appeals',), (' value', 'value '), ('\\"quick\\"',))
    """
    written = json.dumps(word, ensure_ascii=False)[1:-1]
    if not re.search(r"[^\W\d_]", word) or any(word.casefold() in key for key in _keys()):
        return f" {written}", f"{written} "
    return (written,)


@cache
def _keys() -> frozenset[str]:
    """The words that a frozen text is built of, whatever it says."""
    full = Claim("why.kind", none_reason="-", basis=Basis.POLICY, source="-", owner="-")
    columns = [column for field in FIELDS.values() for column in field.columns]
    return frozenset(
        [
            *json.loads(canonical_document([])),
            *claim_payload(full),
            "values",
            "as_of",
            *FIELDS,
            *(column.key for column in columns),
            *(choice.key for column in columns for choice in column.choices),
            *(basis.value for basis in Basis),
            "true",
            "false",
        ]
    )


@dataclass(frozen=True, slots=True)
class Marks:
    """Pieces of a frozen text that no answer can hold, because quotation marks in an answer are escaped."""

    deadline: str = '"field":"pay.deadline"'
    no_deadline: str = '"field":"pay.deadline","none_reason":'
    date: str = '"values":{"value":"'

    def period(self, key: str) -> str:
        """Return how a period of pay is written."""
        return f'"period":"{key}"'


MARKS = Marks()
