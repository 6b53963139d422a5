"""The text that a published version freezes: canonical JSON of its claims, and its hash."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hiringkit.disclosures.rules.claims import Basis, Claim, sorted_claims
from hiringkit.disclosures.rules.fields import FIELDS
from hiringkit.disclosures.rules.shapes import Field
from hiringkit.disclosures.rules.values import Value, as_typed, plain_values, read_value
from hiringkit.foundation.errors import InvalidError

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Document:
    """A frozen disclosure read back: the questions that were asked then, and their claims."""

    asked: tuple[str, ...]
    claims: tuple[Claim, ...]


def canonical_document(claims: Sequence[Claim]) -> str:
    """Return the claims as the one JSON text of a published version.

    Keys are sorted, claims stand in the order of the registry, numbers and dates are text, and
    there are no spaces, so that equal claims give equal bytes in UTF-8. The keys of all questions
    asked are part of it: a question added later must not change what an old version left open.

    >>> canonical_document([])[:40]
    '{"asked":["why.kind","why.problem","why.'
    """
    content = {
        "format": FORMAT,
        "asked": list(FIELDS),
        "claims": [claim_payload(claim) for claim in sorted_claims(claims)],
    }
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def content_hash(document: str) -> str:
    """Return the SHA-256 of the document's UTF-8 bytes, in hex.

    >>> content_hash("")[:12]
    'e3b0c44298fc'
    """
    return hashlib.sha256(document.encode()).hexdigest()


def claim_payload(claim: Claim) -> dict[str, object]:
    """Return one claim as JSON can hold it; what is empty is left out."""
    payload: dict[str, object] = {
        "field": claim.field,
        "row": claim.row,
        "values": plain_values(claim.values),
        "none_reason": claim.none_reason,
        "basis": claim.basis.value if claim.basis else "",
        "source": claim.source,
        "as_of": claim.as_of.isoformat() if claim.as_of else "",
        "owner": claim.owner,
    }
    return {key: value for key, value in payload.items() if key in {"field", "row"} or value}


def typed_values(asked: Field, plain: Mapping[str, object]) -> dict[str, Value]:
    """Return a stored row's values with their types; the opposite of `plain_values`.

    Raises UnreadableError where a value is none of its column, KeyError for an unknown column.
    """
    return {key: read_value(asked.column(key), as_typed(value)) for key, value in plain.items()}


def read_document(text: str) -> Document:
    """Return the claims of a frozen text, or raise InvalidError when it is not one of ours."""
    try:
        content = json.loads(text)
        known = content["format"] == FORMAT
        document = Document(tuple(content["asked"]), tuple(_claim_from(one) for one in content["claims"]))
    except (ValueError, KeyError, TypeError) as problem:
        raise InvalidError("This is not the text of a published disclosure.") from problem
    if not known:
        raise InvalidError("This disclosure was published in a format that is not known here.")
    return document


def _claim_from(payload: Mapping[str, object]) -> Claim:
    key, row, values = str(payload["field"]), payload["row"], payload.get("values", {})
    if not isinstance(row, int) or not isinstance(values, dict):
        raise TypeError(key)
    basis, as_of = str(payload.get("basis", "")), str(payload.get("as_of", ""))
    return Claim(
        field=key,
        row=row,
        values=typed_values(FIELDS[key], values),
        none_reason=str(payload.get("none_reason", "")),
        basis=Basis(basis) if basis else None,
        source=str(payload.get("source", "")),
        as_of=date.fromisoformat(as_of) if as_of else None,
        owner=str(payload.get("owner", "")),
    )
