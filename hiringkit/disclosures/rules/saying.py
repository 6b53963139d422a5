"""One word on each section of a disclosure, by somebody who does or did the work: what may be said, and what not."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from hiringkit.disclosures.rules.fields import FIELDS
from hiringkit.disclosures.rules.values import clean_text
from hiringkit.foundation.errors import InvalidError

NOTE_LIMIT = 1_000


@dataclass(frozen=True, slots=True)
class WordDraft:
    """What somebody says of one section, as typed; who finds something wrong may name a question of it and say more."""

    word: str
    field: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that there are, the one that finds nothing wrong, and a sentence for each way not to be understood.

    `unsaid`: no word of these. `contradicts`: nothing is wrong, and something is. `silent`: of no section a word.
    """

    words: Collection[str]
    agrees: str
    unsaid: str
    contradicts: str
    silent: str


def words_said(drafts: Mapping[str, WordDraft], known: Vocabulary, asked: Collection[str]) -> dict[str, WordDraft]:
    """Return what was said, by section, with notes tidied, or raise InvalidError; `asked` are the keys of the sections.

    >>> known = Vocabulary({"yes", "no"}, "yes", "Say yes or no.", "Choose one of the two.", "Say something.")
    >>> words_said({"pay": WordDraft("no", note=" Less. "), "why": WordDraft("")}, known, {"pay", "why"})
    {'pay': WordDraft(word='no', field='', note='Less.')}
    """
    cleaned = {key: replace(one, note=clean_text(one.note)) for key, one in drafts.items()}
    if problems := draft_problems(cleaned, known, asked):
        raise InvalidError(problems=problems)
    said = {key: one for key, one in cleaned.items() if one.word}
    if not said:
        raise InvalidError(known.silent)
    return said


def draft_problems(drafts: Mapping[str, WordDraft], known: Vocabulary, asked: Collection[str]) -> dict[str, str]:
    """Return what cannot be taken as it was typed, by the name of its control."""
    problems: dict[str, str] = {}
    for key, one in drafts.items():
        finds = bool(one.field or one.note)
        if key not in asked or (one.word not in known.words and (one.word or finds)):
            problems[f"{key}-word"] = known.unsaid
        elif one.word == known.agrees and finds:
            problems[f"{key}-word"] = known.contradicts
        if one.field and (one.field not in FIELDS or FIELDS[one.field].section != key):
            problems[f"{key}-field"] = "Choose a question of this section, or none."
        if len(one.note) > NOTE_LIMIT:
            problems[f"{key}-note"] = f"Write at most {NOTE_LIMIT:,} characters; this has {len(one.note):,}."
    return problems
