"""What people now in the role say of a published disclosure, section by section, and when it may be told.

Counts are anonymous, so they are told by three rules. Fewer than three answers are nothing to tell, not
even how many there are. Whoever leaves the role is counted no more; but the difference between two counts
would tell what one person had said, so that counts are only told while those who left after answering
make whole threes. And nothing is put in the order of time.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hiringkit.disclosures.rules.fields import FIELDS, ORDER, SECTIONS
from hiringkit.disclosures.rules.saying import Vocabulary

FEWEST = 3
"""So many have to answer before anything is told of them."""


class AttestationWord(StrEnum):
    """An incumbent's word on one section."""

    CONFIRMED = "confirmed"
    DISPUTED = "disputed"


ATTESTING = Vocabulary(
    words=frozenset(AttestationWord),
    agrees=AttestationWord.CONFIRMED,
    unsaid="Say whether you confirm or dispute this section.",
    contradicts="You confirm this section and name something that is wrong in it. Choose one of the two.",
    silent="Say of at least one section whether it is true.",
)


@dataclass(frozen=True, slots=True)
class Said:
    """One word on one section; `is_current` while the person is in the role and said it this time."""

    section: str
    word: AttestationWord
    field: str = ""
    is_current: bool = True


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one section that may be told: of so many people in the role, and by disputed question.

    `disputes` maps keys of questions, or "" for the section as a whole, to how many dispute them.
    """

    people: int
    confirmed: int
    disputes: Mapping[str, int]

    @property
    def disputed(self) -> int:
        """Return how many dispute the section."""
        return sum(self.disputes.values())

    @property
    def silent(self) -> int:
        """Return how many people in the role have not said anything of it."""
        return self.people - self.confirmed - self.disputed

    @property
    def sentence(self) -> str:
        """Return the counts in words; the questions come in the order in which they are printed.

        >>> Tally(5, 4, {"workload.units": 1}).sentence
        '4 of 5 people now in the role confirm this section, 1 disputes “Units of work”.'
        >>> Tally(6, 4, {}).sentence, Tally(3, 3, {}).sentence
        ('4 of 6 people now in the role confirm this section, 2 have not said.', 'All 3 people now in the role confirm this section.')
        """  # noqa: E501  # A worked example stands on one line.
        rest = [_disputes(count, key) for key, count in sorted(self.disputes.items(), key=_place)]
        if self.silent:
            rest.append(f"{self.silent} {'has' if self.silent == 1 else 'have'} not said")
        return ", ".join([self._confirmed, *rest]) + "."

    @property
    def _confirmed(self) -> str:
        if self.confirmed == self.people:
            return f"All {self.people} people now in the role confirm this section"
        if not self.confirmed:
            return f"None of the {self.people} people now in the role confirms this section"
        verb = "confirms" if self.confirmed == 1 else "confirm"
        return f"{self.confirmed} of {self.people} people now in the role {verb} this section"


def _place(item: tuple[str, int]) -> int:
    """Return where a question is printed; the section as a whole comes last."""
    return ORDER.get(item[0], len(ORDER))


def _disputes(count: int, key: str) -> str:
    what = f"“{FIELDS[key].label}”" if key in FIELDS else "it as a whole"
    return f"{count} {'disputes' if count == 1 else 'dispute'} {what}"


def tallies(said: Iterable[Said], people: int) -> dict[str, Tally]:
    """Return by section the counts that may be told; `people` are now in the role, whether they answered or not.

    >>> said = [Said("pay", AttestationWord.CONFIRMED)] * 2
    >>> tallies(said, 5)
    {}
    >>> tallies([*said, Said("pay", AttestationWord.DISPUTED, "pay.band")], 5)["pay"].sentence
    '2 of 5 people now in the role confirm this section, 1 disputes “Pay”, 2 have not said.'
    """
    by_section: dict[str, list[Said]] = {one.key: [] for one in SECTIONS}
    for one in said:
        by_section.setdefault(one.section, []).append(one)
    return {key: _tally(words, people) for key, words in by_section.items() if may_be_told(words)}


def may_be_told(words: Sequence[Said]) -> bool:
    """Tell whether the words on one section may be counted out: enough of them, and no difference singles anybody out.

    >>> said = [Said("pay", AttestationWord.CONFIRMED)] * 4
    >>> gone = Said("pay", AttestationWord.DISPUTED, is_current=False)
    >>> [may_be_told([*said, *[gone] * left]) for left in (0, 1, 2, 3)]
    [True, False, False, True]
    """
    current = sum(one.is_current for one in words)
    return current >= FEWEST and (len(words) - current) % FEWEST == 0


def _tally(words: Sequence[Said], people: int) -> Tally:
    current = [one for one in words if one.is_current]
    disputed = [one.field for one in current if one.word is AttestationWord.DISPUTED]
    disputes = Counter(key if key in FIELDS else "" for key in disputed)
    return Tally(people, len(current) - disputes.total(), dict(disputes))
