"""What a candidate would still ask: required answers that are missing, and clarity as a count."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from hiringkit.disclosures.rules.claims import Claim, claim_problems, sorted_claims
from hiringkit.disclosures.rules.fields import FIELDS
from hiringkit.disclosures.rules.shapes import Field
from hiringkit.disclosures.rules.vague import vague_words

BASIS_QUESTION = "Did somebody measure this, is it an estimate, or is it a rule?"
UNDATED_QUESTION = "When was this true?"
DAYS_IN_MONTH, DAYS_IN_YEAR = 30, 365
FUTURE_QUESTION = "How can this be known already? Its date lies ahead."


class Gap(StrEnum):
    """Why a question does not count as answered."""

    UNANSWERED = "unanswered"
    VAGUE = "vague"
    STALE = "stale"
    NO_BASIS = "no basis"


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """One question that is still open, as a candidate would ask it; `about` is the vague word, if any."""

    field: str
    section: str
    gap: Gap
    question: str
    required: bool
    about: str = ""


@dataclass(frozen=True, slots=True)
class Clarity:
    """How many questions count as answered, of how many, and every one that is open."""

    answered: int
    total: int
    open: tuple[OpenQuestion, ...]

    @property
    def sentence(self) -> str:
        """Return the count in words, such as "43 of 56 questions answered"."""
        return f"{self.answered} of {self.total} questions answered"


def missing_required(claims: Sequence[Claim]) -> tuple[OpenQuestion, ...]:
    """Return the required questions that nobody has answered; one of them blocks publishing."""
    return tuple(_unanswered(asked) for asked in FIELDS.values() if asked.required and not is_answered(asked, claims))


def is_answered(asked: Field, claims: Iterable[Claim]) -> bool:
    """Tell whether the field has "none" with a reason, or enough complete rows.

    >>> is_answered(FIELDS["workload.on-call"], [Claim("workload.on-call", none_reason="Nobody is.")])
    True
    """
    rows = [claim for claim in claims if claim.field == asked.key]
    if len(rows) == 1 and rows[0].none_reason:
        return True
    return sum(1 for claim in rows if claim.values and not claim_problems(claim)) >= asked.min_rows


def clarity(
    claims: Sequence[Claim], today: date, *, language: str = "en", fields: Sequence[Field] | None = None
) -> Clarity:
    """Count the questions that are answered, not vague, within their shelf life and, for numbers, with a basis.

    `fields` narrows the count to some questions, such as those of one section; all are counted otherwise.
    """
    asked = tuple(FIELDS.values()) if fields is None else tuple(fields)
    ordered = sorted_claims(claims)
    gaps = {one.key: open_questions(one, ordered, today, language=language) for one in asked}
    return Clarity(
        answered=sum(1 for found in gaps.values() if not found),
        total=len(asked),
        open=tuple(question for found in gaps.values() for question in found),
    )


def open_questions(
    asked: Field, claims: Sequence[Claim], today: date, *, language: str = "en"
) -> tuple[OpenQuestion, ...]:
    """Return what is open about one field, each reason once."""
    rows = [claim for claim in claims if claim.field == asked.key]
    if not is_answered(asked, rows):
        return (_unanswered(asked),)
    return (*_vague(asked, rows, language), *_stale(asked, rows, today), *_without_basis(asked, rows))


def _unanswered(asked: Field) -> OpenQuestion:
    return OpenQuestion(asked.key, asked.section, Gap.UNANSWERED, asked.question, asked.required)


def _vague(asked: Field, rows: Sequence[Claim], language: str) -> list[OpenQuestion]:
    texts = [text for claim in rows for text in (*claim.values.values(), claim.none_reason) if isinstance(text, str)]
    found = {word.written.casefold(): word for text in texts for word in vague_words(text, language)}
    return [
        OpenQuestion(
            asked.key, asked.section, Gap.VAGUE,
            f"You write “{word.written}”. {word.question}", asked.required, word.written,
        )
        for word in found.values()
    ]  # fmt: skip


def _stale(asked: Field, rows: Sequence[Claim], today: date) -> list[OpenQuestion]:
    questions = dict.fromkeys(question for claim in rows if (question := _age_question(asked, claim, today)))
    return [OpenQuestion(asked.key, asked.section, Gap.STALE, one, asked.required) for one in questions]


def _age_question(asked: Field, claim: Claim, today: date) -> str:
    if claim.as_of is None or claim.is_to_check:  # A copied date is that of another place.
        return UNDATED_QUESTION
    if claim.as_of > today:
        return FUTURE_QUESTION
    if is_stale(asked, claim, today):
        return f"This was true on {claim.as_of.isoformat()}. Is it still?"
    return ""


def is_stale(asked: Field, claim: Claim, today: date) -> bool:
    """Tell whether a dated claim is older than its field's shelf life.

    >>> is_stale(FIELDS["workload.people"], Claim("workload.people", as_of=date(2026, 1, 1)), date(2026, 12, 1))
    True
    """
    return claim.as_of is not None and today - claim.as_of > timedelta(days=asked.shelf_life_days)


def age_words(asked: Field, claim: Claim, today: date) -> str:
    """Return in words how much older than its shelf life a claim is, or an empty text while it is not.

    >>> age_words(FIELDS["workload.people"], Claim("workload.people", as_of=date(2026, 1, 1)), date(2026, 12, 1))
    'older than 6 months'
    """
    if not is_stale(asked, claim, today):
        return ""
    years, months = asked.shelf_life_days // DAYS_IN_YEAR, asked.shelf_life_days // DAYS_IN_MONTH
    return "older than a year" if years == 1 else f"older than {months} months"


def _without_basis(asked: Field, rows: Sequence[Claim]) -> list[OpenQuestion]:
    if not asked.needs_basis or all(claim.basis or claim.none_reason for claim in rows):
        return []
    return [OpenQuestion(asked.key, asked.section, Gap.NO_BASIS, BASIS_QUESTION, asked.required)]
