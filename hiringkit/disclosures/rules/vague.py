"""Vague words, as data per language, with the question that each of them leaves open."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class VagueWord:
    """A phrase that answers nothing, and what a candidate still has to ask after reading it."""

    phrase: str
    question: str


@dataclass(frozen=True, slots=True)
class Found:
    """A vague word in a text: where it stands, as it was written, and its open question."""

    start: int
    end: int
    written: str
    question: str


_ENGLISH = (
    ("fast-paced", "Is that volume, interruptions or short notice, and how much of it?"),
    ("fast paced", "Is that volume, interruptions or short notice, and how much of it?"),
    ("dynamic environment", "What changes, how often, and who decides it?"),
    ("competitive salary", "How much, from and to?"),
    ("competitive pay", "How much, from and to?"),
    ("competitive compensation", "How much, from and to?"),
    ("attractive package", "What is in it, and what is each part worth?"),
    ("depending on experience", "Which experience, and how much does each step change?"),
    ("commensurate with experience", "Which experience, and how much does each step change?"),
    ("other duties as assigned", "Which duties came up in the last three months?"),
    ("and other duties", "Which duties came up in the last three months?"),
    ("wear many hats", "Which jobs are these, and which of them is dropped on a busy day?"),
    ("wears many hats", "Which jobs are these, and which of them is dropped on a busy day?"),
    ("hit the ground running", "What is there in the first two weeks besides the work itself?"),
    ("self-starter", "Who sets the priorities, and who answers questions?"),
    ("work hard, play hard", "How many hours, and how often is it more?"),
    ("flexible hours", "Who decides the hours, and how far ahead?"),
    ("flexible schedule", "Who decides the hours, and how far ahead?"),
    ("occasional overtime", "How many hours in which months, and is it paid?"),
    ("some overtime", "How many hours in which months, and is it paid?"),
    ("some weekends", "How many in a month, and who chooses which?"),
    ("some travel", "How many days a year?"),
    ("occasional travel", "How many days a year?"),
    ("as needed", "How often was it needed in the last three months?"),
    ("as required", "How often was it required in the last three months?"),
    ("as appropriate", "Who decides what is appropriate?"),
    ("when possible", "How often was it possible in the last month?"),
    ("where possible", "How often was it possible in the last month?"),
    ("in a timely manner", "Within how many minutes, hours or days?"),
    ("high volume", "How many on a typical day, and how many on a busy one?"),
    ("manageable workload", "How many units a day, and what happens above that?"),
    ("busy periods", "Which months, and how much more than usual?"),
    ("work well under pressure", "Which pressure, how often, and who can take it off?"),
    ("thrive under pressure", "Which pressure, how often, and who can take it off?"),
    ("like a family", "What are the working hours, and what is expected outside them?"),
    ("rock star", "Which work, done how well, is meant?"),
    ("rockstar", "Which work, done how well, is meant?"),
    ("ninja", "Which work, done how well, is meant?"),
    ("best in class", "Compared with whom, on which figure?"),
    ("world-class", "Compared with whom, on which figure?"),
    ("cutting-edge", "Which tools, by name?"),
    ("great benefits", "Which benefits, and what is each worth?"),
    ("excellent benefits", "Which benefits, and what is each worth?"),
    ("room to grow", "Which step comes next, and who took it last?"),
    ("growth opportunities", "Which step comes next, and who took it last?"),
    ("to be determined", "Who decides it, and by when?"),
    ("tbd", "Who decides it, and by when?"),
    ("various", "Which ones?"),
    ("etc", "What else?"),
)
VAGUE_WORDS: Mapping[str, tuple[VagueWord, ...]] = MappingProxyType(
    {"en": tuple(VagueWord(phrase, question) for phrase, question in _ENGLISH)}
)


def vague_words(text: str, language: str = "en") -> tuple[Found, ...]:
    """Return the vague words of a text in reading order; a language without a list has none.

    Hyphens, line breaks and spaces are the same between the words of a phrase.

    >>> [found.written for found in vague_words("A Fast-Paced team, etc.")]
    ['Fast-Paced', 'etc']
    """
    found = [
        Found(match.start(), match.end(), match.group(), word.question)
        for word, pattern in _PATTERNS.get(language, ())
        for match in pattern.finditer(text)
    ]
    return _without_overlaps(sorted(found, key=lambda one: (one.start, -one.end)))


def marked(text: str, language: str = "en") -> tuple[tuple[str, bool], ...]:
    """Return a text in pieces, each with whether it is a vague word, so that a page can mark those.

    >>> marked("A fast-paced team")
    (('A ', False), ('fast-paced', True), (' team', False))
    """
    pieces: list[tuple[str, bool]] = []
    end = 0
    for found in vague_words(text, language):
        pieces += [(text[end : found.start], False), (text[found.start : found.end], True)]
        end = found.end
    return tuple(piece for piece in [*pieces, (text[end:], False)] if piece[0])


def _without_overlaps(found: list[Found]) -> tuple[Found, ...]:
    kept: list[Found] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)


def _pattern(phrase: str) -> re.Pattern[str]:
    words = [re.escape(word) for word in re.split(r"[\s-]+", phrase)]
    return re.compile(r"(?<!\w)" + r"[\s\u2010\u2011-]+".join(words) + r"(?!\w)", re.IGNORECASE)


_PATTERNS = {
    language: tuple((word, _pattern(word.phrase)) for word in words) for language, words in VAGUE_WORDS.items()
}
