"""Whether a text puts a question to the candidate that nobody may put, told from talk about the work.

A text is read sentence by sentence. A sentence that says that nobody asks ("We never ask what you
earned") passes, and so does a topic in a sentence about a patient or a customer.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from hiringkit.library.rules.refused_questions import REFUSED_QUESTIONS, TOPICS, Kind


@dataclass(frozen=True, slots=True)
class Refused:
    """A refused phrase as it was written, and why; `source` is where that comes from."""

    written: str
    reason: str
    source: str

    @property
    def sentence(self) -> str:
        """Return it as it is told at a control and by the lint."""
        return f"“{self.written}” is refused. {self.reason} ({self.source})"


_ASKING = re.compile(
    r"\?|\bask(?:s|ed|ing)?\b|\b(?:want|need)s? to know\b"
    r"|(?:^|[:,–—“\"] ?|\b(?:please|must|should|will|to|and|then|also|(?:can|could|would) you|candidates|applicants) )"
    r"(?:tell|describe|list|state|give|provide|share|bring|enter|disclose|send|attach|submit|explain|upload|include"
    r"|declare|indicate|specify|confirm|show|name|write down|fill in|mention|reveal|(?:talk|walk|take) us through)"
    r"\b(?! you\b)",
    re.IGNORECASE,
)
_NOT_ASKED = re.compile(
    r"\b(?:never|nobody|no one|no-one|(?<!you )not|without|rather than|instead of|no need|need not"
    r"|(?:do|does|did|wo|must|should)n['’]t)(?! mind\b| you\b) (?:\w+ ){0,3}?"
    r"(?:ask|asks|asked|asking|tell|say|state|send|give|share|bring|disclose|mention|need|want|wants|request|requests"
    r"|requested|consider|use|look|provide|record|know|what|how much)\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:patients?|callers?|customers?|clients?|residents?|guarantors?|families|family members?"
    r"|insured|payers?)\b",
    re.IGNORECASE,
)
"""Somebody whom the work is for; a topic in a sentence about them is theirs."""
_SENTENCE = re.compile(r"[^.?!;]+(?:[.?!;]+|$)")


@dataclass(frozen=True, slots=True)
class _Compiled:
    kind: Kind
    pattern: re.Pattern[str]
    is_topic: bool


@cache
def _compiled(language: str) -> tuple[_Compiled, ...]:
    """Return the patterns of a language, compiled once they are needed; most workers never need them."""
    return tuple(
        _Compiled(kind, re.compile(pattern, re.IGNORECASE), is_topic)
        for kind in REFUSED_QUESTIONS[language]
        for is_topic, patterns in ((False, kind.always), (True, kind.when_asked))
        for pattern in patterns
    )


def refused_phrases(text: str, language: str = "en") -> tuple[Refused, ...]:
    """Return every refused phrase of a text, one a kind and sentence; a language without a list has none.

    Only questions put to the candidate are meant: a scenario about a patient's condition passes.

    >>> [found.written for found in refused_phrases("What is your current salary?")]
    ['What is your current salary']
    >>> refused_phrases("Patients with disabilities are a third of the queue. We never ask for salary history.")
    ()
    """
    spoken, flat = language.partition("-")[0], " ".join(text.split())
    if not _is_near(flat, spoken):
        return ()
    sentences = (match.group().strip() for match in _SENTENCE.finditer(flat))
    return tuple(
        found for one in sentences if _is_near(f" {one}", spoken) for found in _refused(one, _compiled(spoken))
    )


def _is_near(text: str, language: str) -> bool:
    """Tell whether a text is about any of this at all; looking for parts of words is many times quicker."""
    folded = text.casefold()
    return any(topic in folded for topic in TOPICS.get(language, ()))


def _refused(sentence: str, known: tuple[_Compiled, ...]) -> Iterator[Refused]:
    told, is_asking = set[str](), bool(_ASKING.search(sentence))
    denied = _NOT_ASKED.search(sentence)
    others = _OTHERS.search(sentence)
    for one in known:
        if one.kind.reason in told or (one.is_topic and not is_asking):
            continue
        match = one.pattern.search(sentence)
        if match is None or (denied and denied.start() < match.start()):
            continue
        if one.is_topic and others and others.start() < match.start():
            continue
        told.add(one.kind.reason)
        yield Refused(match.group(), one.kind.reason, one.kind.source)
