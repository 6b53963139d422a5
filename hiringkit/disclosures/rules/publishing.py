"""What stands between a draft and its publication, and how far each section has come."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from hiringkit.disclosures.rules.claims import Claim, Problem, contradictions
from hiringkit.disclosures.rules.clarity import UNDATED_QUESTION, Clarity, Gap, OpenQuestion, clarity, missing_required
from hiringkit.disclosures.rules.fields import SECTIONS
from hiringkit.disclosures.rules.posting import Lack, lack_words
from hiringkit.disclosures.rules.shapes import Section


@dataclass(frozen=True, slots=True)
class Obstacles:
    """Everything that keeps a draft from being published; nothing of it, and it may be.

    `missing` are required questions without an answer, `unchecked` sections with answers that were
    copied and that nobody has confirmed, `problems` contradictions between answers, `lacks` what the
    posting rules of the opening's places ask for and the answers do not say.
    """

    missing: tuple[OpenQuestion, ...] = ()
    unchecked: tuple[Section, ...] = ()
    problems: tuple[Problem, ...] = ()
    lacks: tuple[Lack, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether there is an obstacle at all."""
        return bool(self.missing or self.unchecked or self.problems or self.lacks)

    @property
    def sentence(self) -> str:
        """Return the obstacles in words, or an empty text.

        >>> Obstacles(unchecked=(SECTIONS[0],)).sentence
        'Nobody has checked yet what was copied into: Why this opening.'
        """
        parts = []
        if self.missing:
            count = len(self.missing)
            parts.append(f"{count} required {'question has' if count == 1 else 'questions have'} no answer yet.")
        if self.unchecked:
            parts.append(
                "Nobody has checked yet what was copied into: " + ", ".join(one.title for one in self.unchecked) + "."
            )
        parts += [problem.message for problem in self.problems]
        parts += lack_words(self.lacks)
        return " ".join(parts)


def obstacles(claims: Sequence[Claim], confirmed: Collection[str], lacks: Sequence[Lack] = ()) -> Obstacles:
    """Return what keeps these claims from being published; `confirmed` are keys of sections somebody has saved.

    A section without any claim has nothing to check. `lacks` is what `posting.lacks` found.
    """
    return Obstacles(
        missing=missing_required(claims),
        unchecked=tuple(
            one for one in SECTIONS if _has_claims(one, claims) and not _is_checked(one, claims, confirmed)
        ),
        problems=contradictions(claims),
        lacks=tuple(lacks),
    )


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one section has come: whether somebody has saved it, what is open, and the count."""

    section: Section
    is_saved: bool
    has_claims: bool
    clarity: Clarity
    open: tuple[OpenQuestion, ...]

    @property
    def missing(self) -> tuple[OpenQuestion, ...]:
        """Return the required questions of the section that nobody has answered."""
        return tuple(one for one in self.open if one.required and one.gap is Gap.UNANSWERED)

    @property
    def is_unfinished(self) -> bool:
        """Tell whether the section stands in the way of publishing."""
        return bool(self.missing) or (self.has_claims and not self.is_saved)


def progress(claims: Sequence[Claim], confirmed: Collection[str], today: date) -> tuple[Progress, ...]:
    """Return how far each section has come, in their order.

    An answer of the template has no date until somebody saves it, which is one reason to check the
    section and not a question of its own.
    """
    return tuple(_progress(one, claims, _is_checked(one, claims, confirmed), today) for one in SECTIONS)


def _progress(section: Section, claims: Sequence[Claim], is_saved: bool, today: date) -> Progress:  # noqa: FBT001 - named above
    counted = clarity(claims, today, fields=section.fields)
    asked = tuple(one for one in counted.open if one.question != UNDATED_QUESTION)
    return Progress(section, is_saved, _has_claims(section, claims), counted, asked)


def _has_claims(section: Section, claims: Sequence[Claim]) -> bool:
    keys = {asked.key for asked in section.fields}
    return any(claim.field in keys for claim in claims)


def _is_checked(section: Section, claims: Sequence[Claim], confirmed: Collection[str]) -> bool:
    keys = {asked.key for asked in section.fields}
    return section.key in confirmed and not any(claim.is_to_check for claim in claims if claim.field in keys)
