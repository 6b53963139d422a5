"""How accurate a disclosure has turned out, by section and by line: what those in the role and those hired say."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from hiringkit.candidates.rules.truth import DAYS, Told, TruthWord
from hiringkit.disclosures.rules.attesting import Tally
from hiringkit.disclosures.rules.fields import FIELDS, ORDER, SECTIONS, section
from hiringkit.disclosures.rules.shapes import Field

TOO_FEW = "Too few to show"


@dataclass(frozen=True, slots=True)
class AccuracyLine:
    """One question of the disclosure about which there is something to look at.

    `disputed`: how many in the role dispute it. `told`: by day, how many hires found it partly or not true.
    """

    asked: Field
    is_stale: bool
    disputed: int = 0
    told: Mapping[int, Counter[TruthWord]] = field(default_factory=dict)

    @property
    def voices(self) -> int:
        """Return how many people have named it."""
        return self.disputed + sum(one.total() for one in self.told.values())

    @property
    def section_title(self) -> str:
        """Return the title of its section."""
        return section(self.asked.section).title

    @property
    def sentence(self) -> str:
        """Return why it is listed.

        >>> AccuracyLine(FIELDS["pay.band"], True, 2, {30: Counter({TruthWord.PARTLY: 1})}).sentence
        'Older than its shelf life. 2 people in the role dispute it. After 30 days: 1 partly true.'
        """
        parts = ["Older than its shelf life."] if self.is_stale else []
        if self.disputed:
            parts.append("1 person in the role disputes it." if self.disputed == 1 else _dispute(self.disputed))
        parts += [f"After {day} days: {counts_words(counts)}." for day, counts in sorted(self.told.items())]
        return " ".join(parts)


def _dispute(count: int) -> str:
    return f"{count} people in the role dispute it."


@dataclass(frozen=True, slots=True)
class AccuracySection:
    """One section: what those in the role say, and what hires said after each of the two days."""

    key: str
    title: str
    in_role: str
    after: Mapping[int, str]


def counts_words(counts: Mapping[TruthWord, int]) -> str:
    """Return counts of answers in words, or that they are too few.

    >>> counts_words({TruthWord.UNTRUE: 1, TruthWord.TRUE: 2}), counts_words({})
    ('2 true, 1 not true', 'Too few to show')
    """
    return ", ".join(f"{counts[word]} {word.value}" for word in TruthWord if counts.get(word)) or TOO_FEW


def accuracy_sections(
    keys: Collection[str], tallies: Mapping[str, Tally], told: Sequence[Told]
) -> list[AccuracySection]:
    """Return the sections of a version, and others that hires have answered about, in the order of printing."""
    counts: dict[tuple[str, int], Counter[TruthWord]] = {}
    for one in told:
        counts.setdefault((one.section, one.day), Counter())[one.word] += 1
    shown = {*keys, *(key for key, _ in counts)}
    return [
        AccuracySection(
            one.key,
            one.title,
            tallies[one.key].sentence if one.key in tallies else TOO_FEW,
            {day: counts_words(counts.get((one.key, day), {})) for day in DAYS},
        )
        for one in SECTIONS
        if one.key in shown
    ]


def accuracy_lines(stale: Collection[str], tallies: Mapping[str, Tally], told: Sequence[Told]) -> list[AccuracyLine]:
    """Return every line that is stale or named by somebody: those named most first, then as they are printed.

    >>> said = [Told(1, 90, "pay", TruthWord.UNTRUE, "pay.band")]
    >>> [one.asked.key for one in accuracy_lines(["why.kind"], {}, said)]
    ['pay.band', 'why.kind']
    """
    disputed = Counter({key: count for one in tallies.values() for key, count in one.disputes.items() if key})
    named: dict[str, dict[int, Counter[TruthWord]]] = {}
    for one in told:
        if one.field:
            named.setdefault(one.field, {}).setdefault(one.day, Counter())[one.word] += 1
    keys = {*stale, *disputed, *named} & FIELDS.keys()
    lines = [AccuracyLine(FIELDS[key], key in stale, disputed[key], named.get(key, {})) for key in keys]
    return sorted(lines, key=lambda one: (-one.voices, ORDER[one.asked.key]))
