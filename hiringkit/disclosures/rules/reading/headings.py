"""Telling a heading from the words under it, and a label from what it labels."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from hiringkit.disclosures.rules.reading.lines import HEADING_WORDS, Line, Mark, folded, has_words
from hiringkit.disclosures.rules.reading.topics import LEADING, PHRASES, TOPICS, TRAILING, Topic

LABEL_LENGTH = 60
LABEL_WORDS = 6
_WORDS = re.compile(r"[a-z0-9']{1,40}")
_LABEL = re.compile(r" ?[:：\t] ?| [-–—] ")  # noqa: RUF001  # These stand between a label and its words.


@dataclass(frozen=True, slots=True)
class Label:
    """A label before its own words, such as "Reports to: Shift manager"; `rest` is where these begin."""

    topic: Topic
    rest: int


def heading_topic(line: Line, language: str = "en") -> Topic | None:
    """Return what a line announces if it is a heading whose phrase is known.

    >>> heading_topic(Line(1, "KEY RESPONSIBILITIES", weight=2)).key
    'owns'
    >>> heading_topic(Line(1, "Responsibilities are shared fairly.")) is None
    True
    """
    words = _words(line.text)
    if not 0 < len(words) <= HEADING_WORDS or (line.mark is Mark.DOT and not line.weight):
        return None
    if line.text[-1] in ".,;!" and line.weight < 3:  # noqa: PLR2004  # A heading's own mark outweighs a full stop.
        return None
    found = _known(words, language) or (_within(words, language) if line.weight else "")
    return TOPICS[found] if found else None


def label_of(text: str, language: str = "en") -> Label | None:
    """Return the known label at the start of a text with words after it.

    >>> label_of("Reports to: Shift manager").topic.key
    'reports-to'
    """
    found = _LABEL.search(text[:LABEL_LENGTH])
    if found is None or not has_words(text[found.end() :]):
        return None
    words = _words(text[: found.start()])
    if not 0 < len(words) <= LABEL_WORDS:
        return None
    known = _known(words, language)
    return Label(TOPICS[known], found.end()) if known else None


def _words(text: str) -> list[str]:
    plain = folded(text).lower().replace("&", " and ").replace("/", " and ")
    return [word for one in _WORDS.findall(plain) if (word := one.strip("'"))]


def _known(words: list[str], language: str) -> str:
    """Return the topic of these words, with or without what may stand around a phrase, or an empty text."""
    phrases = PHRASES.get(language, {})
    if found := phrases.get(" ".join(words), ""):
        return found
    start = next((place for place, word in enumerate(words) if word not in LEADING[language]), len(words))
    for first in range(1, start + 1):
        if found := phrases.get(" ".join(words[first:]), ""):
            return found
    return _without_ending(words, phrases, language) or _without_ending(words[start:], phrases, language)


def _without_ending(words: list[str], phrases: Mapping[str, str], language: str) -> str:
    text = " ".join(words)
    for ending in TRAILING[language]:
        if text.endswith(f" {ending}") and (found := phrases.get(text.removesuffix(f" {ending}"), "")):
            return found
    if "at" in words[1:]:
        return phrases.get(" ".join(words[: words.index("at", 1)]), "")
    return ""


def _within(words: list[str], language: str) -> str:
    """Return the topic of the longest known phrase inside a line that looks like a heading."""
    phrases = PHRASES.get(language, {})
    for length in range(len(words) - 1, 0, -1):
        for start in range(len(words) - length + 1):
            if found := phrases.get(" ".join(words[start : start + length]), ""):
                return found
    return ""
