"""A published disclosure for machines: the same facts as the page, under keys that stay.

The keys of `disclosure_account`, format 1. A key may be added within a format, never renamed or dropped.

- `format`: 1
- `organisation`: `name`, `contact`
- `opening`: `title`, `place`, `zone`, `state`, `address`
- `version`: `number`, `state`, `published_at` (moment in UTC), `published_on` (day in the opening's zone),
  `content_hash` (SHA-256, hexadecimal), `address`
- `facts`: a list of `label`, `words`, `note`: what the head of the page says
- `sections`: a list of `key`, `title`, `answers`; an answer has `key`, `label`, `required`, `rows`, and where it is
  known `none` (why the answer is "none"), `basis`, `source`, `as_of`, `age` ("older than 6 months"), `owner`.
  A row maps the keys of its columns to `label`, `value`, `words` and, for numbers, `unit`. Numbers are text, so that
  none is rounded.
- `open_questions`: what the disclosure leaves open, as a candidate would ask it
- `conversations`: a list of `name`, `minutes`, `mode`, `interviewers`, `rated`, `brief`, `bring`; numbers are text
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from hiringkit.disclosures.rules.claims import Claim, sorted_claims
from hiringkit.disclosures.rules.clarity import age_words
from hiringkit.disclosures.rules.document import Document
from hiringkit.disclosures.rules.fields import SECTIONS
from hiringkit.disclosures.rules.leaflet import Leaflet
from hiringkit.disclosures.rules.shapes import Column, Field
from hiringkit.disclosures.rules.values import plain_value
from hiringkit.disclosures.rules.wording import pay_words, value_words

FORMAT = 1


@dataclass(frozen=True, kw_only=True)
class Published:
    """A published version with what the page says around it; addresses are whole ones."""

    organisation: str
    contact: str
    title: str
    slug: str
    place: str
    zone: str
    opening_state: str
    number: int
    version_state: str
    published_at: datetime
    content_hash: str
    address: str
    version_address: str
    document: Document
    leaflet: Leaflet
    today: date

    @property
    def published_on(self) -> date:
        """Return the day of publication where the opening is."""
        return self.published_at.astimezone(ZoneInfo(self.zone)).date()


@dataclass(frozen=True, slots=True)
class Conversation:
    """One stage as candidates may know it."""

    name: str
    minutes: int
    mode: str
    interviewers: int
    rated: tuple[str, ...]
    brief: str
    bring: tuple[str, ...]


def disclosure_account(published: Published, conversations: Iterable[Conversation]) -> dict[str, object]:
    """Return everything that the page says, as JSON can hold it."""
    return {
        "format": FORMAT,
        "organisation": {"name": published.organisation, "contact": published.contact},
        "opening": {
            "title": published.title,
            "place": published.place,
            "zone": published.zone,
            "state": published.opening_state,
            "address": published.address,
        },
        "version": {
            "number": str(published.number),
            "state": published.version_state,
            "published_at": published.published_at.astimezone(UTC).isoformat(),
            "published_on": published.published_on.isoformat(),
            "content_hash": published.content_hash,
            "address": published.version_address,
        },
        "facts": [
            {"label": label, "words": _text(words), "note": note} for label, words, note in published.leaflet.facts
        ],
        "sections": _sections(sorted_claims(published.document.claims), published.today),
        "open_questions": list(published.leaflet.open_questions),
        "conversations": [_conversation(one) for one in conversations],
    }


def _sections(claims: Sequence[Claim], today: date) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for section in SECTIONS:
        by_field = {asked: [one for one in claims if one.field == asked.key] for asked in section.fields}
        answers = [_answer(asked, rows, today) for asked, rows in by_field.items() if rows]
        if answers:
            found.append({"key": section.key, "title": section.title, "answers": answers})
    return found


def _answer(asked: Field, rows: Sequence[Claim], today: date) -> dict[str, object]:
    first = rows[0]
    ground = {
        "none": first.none_reason,
        "basis": first.basis.value if first.basis else "",
        "source": first.source,
        "as_of": first.as_of.isoformat() if first.as_of else "",
        "age": age_words(asked, first, today),
        "owner": first.owner,
    }
    return {
        "key": asked.key,
        "label": asked.label,
        "required": asked.required,
        "rows": [_row(asked, one) for one in rows if one.values],
        **{key: value for key, value in ground.items() if value},
    }


def _row(asked: Field, claim: Claim) -> dict[str, object]:
    return {column.key: _value(asked, column, claim) for column in asked.columns if column.key in claim.values}


def _value(asked: Field, column: Column, claim: Claim) -> dict[str, object]:
    value = claim.values[column.key]
    told: dict[str, object] = {
        "label": column.label,
        "value": plain_value(value),
        "words": _text(value_words(column, value)),
    }
    if column.is_numeric:
        told["unit"] = pay_words(claim.values)[1] if asked.key == "pay.band" else column.unit
    return told


def _text(words: str | date) -> str:
    return words if isinstance(words, str) else words.isoformat()


def _conversation(one: Conversation) -> dict[str, object]:
    return {
        "name": one.name,
        "minutes": str(one.minutes),
        "mode": one.mode,
        "interviewers": str(one.interviewers),
        "rated": list(one.rated),
        "brief": one.brief,
        "bring": list(one.bring),
    }
