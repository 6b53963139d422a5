"""Sample postings of a test, and what of a posting may stand in a claim."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

from hiringkit.disclosures.rules.claims import Claim
from hiringkit.disclosures.rules.fields import FIELDS
from hiringkit.disclosures.rules.reading.finds import NUMBER_WORDS
from hiringkit.disclosures.rules.reading.lines import folded, has_words, normalised, read_lines
from hiringkit.disclosures.rules.reading.posting import Posting
from hiringkit.disclosures.rules.shapes import Kind
from hiringkit.disclosures.rules.values import Value, plain_number

FOLDER = Path(__file__).with_name("samples")
SAMPLES = tuple(sorted(path.stem for path in FOLDER.glob("*.txt")))
_NUMBER = re.compile(r"[0-9]+(?:[, ][0-9]{3})*(?:\.[0-9]+)?")


def sample(name: str) -> str:
    """Return a sample posting."""
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def flat(text: str) -> str:
    """Return a text with single spaces."""
    return " ".join(text.split())


def invented(claims: tuple[Claim, ...], pasted: str) -> list[object]:
    """Return what stands in the claims and not in the pasted text: words that are no part of it, numbers not in it."""
    source = flat(" ".join(line.text for line in read_lines(pasted)))
    numbers = _numbers(normalised(pasted))
    found: list[object] = []
    for claim in claims:
        found += [] if _is_said(claim.none_reason, source) else [claim.none_reason]
        for key, value in claim.values.items():
            kind = FIELDS[claim.field].column(key).kind
            if not _stands(value, kind, source, numbers):
                found.append((claim.field, key, value))
    return found


def _stands(value: Value, kind: Kind, source: str, numbers: set[str]) -> bool:
    if isinstance(value, Decimal):
        return plain_number(value) in numbers
    if isinstance(value, date):
        return {str(value.year), str(value.day)} <= numbers
    if isinstance(value, str) and kind in {Kind.TEXT, Kind.LONGTEXT}:
        return _is_said(value, source)
    return kind in {Kind.CHOICE, Kind.CURRENCY}


def _is_said(words: str, source: str) -> bool:
    return all(flat(part) in source for part in re.split(r"; |\n", words))


def _numbers(text: str) -> set[str]:
    plain = folded(text)
    found = {one.replace(",", "").replace(" ", "") for one in _NUMBER.findall(plain)}
    found |= set(re.findall(r"[0-9]+(?:\.[0-9]+)?", plain))
    found |= {part for one in _NUMBER.findall(plain) for part in one.replace(",", "").split(" ")}
    values = {plain_number(Decimal(one)) for one in found if len(one) < 20}
    thousands = {plain_number(Decimal(one) * 1000) for one in values} if "k" in plain.lower() else set()
    words = {str(number) for word, number in NUMBER_WORDS.items() if word in plain.lower()}
    return values | thousands | words


def lost_lines(posting: Posting, pasted: str) -> set[int]:
    """Return the numbers of the lines with something to read that are neither placed nor listed nor a heading."""
    kept = {one.number for one in posting.placed} | {one.number for one in posting.announced}
    kept |= {number for one in posting.unplaced for number in range(one.first, one.last + 1)}
    return {line.number for line in read_lines(pasted) if has_words(line.text)} - kept
