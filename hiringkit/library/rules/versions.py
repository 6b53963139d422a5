"""What a version of a competency, a set or a scenario says, as plain data, and the hash that tells two apart."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from hiringkit.library.rules.pack import Competency, Pack, Scenario


def competency_content(one: Competency) -> dict[str, Any]:
    """Return everything that a competency version fixes, in the names of its columns."""
    return {
        "name": one.name,
        "definition": one.definition,
        "is_safety_critical": one.is_safety_critical,
        "points": one.points,
        "anchors": {str(point): text for point, text in sorted(one.anchors.items())},
        "positive_signals": list(one.positive_signals),
        "red_flags": list(one.red_flags),
        "proof": list(one.proof),
    }


def scenario_content(one: Scenario) -> dict[str, Any]:
    """Return everything that a scenario version fixes; `content` is what the column of that name holds."""
    return {
        "name": one.name,
        "minutes": one.minutes,
        "content": {
            "context": one.context,
            "prompt": one.prompt,
            "twist": one.twist,
            "probes": list(one.probes),
            "listen_for": {key: list(lines) for key, lines in one.listen_for.items()},
            "red_flags": list(one.red_flags),
            "positive_signals": list(one.positive_signals),
        },
    }


def version_hash(content: Mapping[str, Any], number: int) -> str:
    """Return the SHA-256 of a version's content and number, as 64 hexadecimal digits.

    The number belongs to it, so that going back to earlier words makes a new version: what was
    calibrated in between stays distinguishable.

    >>> version_hash({"name": "Accuracy"}, 1) == version_hash({"name": "Accuracy"}, 2)
    False
    """
    return hashlib.sha256(_canonical({"number": number, **content}).encode()).hexdigest()


def pack_text(data: Mapping[str, Any]) -> str:
    """Return the data of a pack file as canonical JSON: equal content, equal text, whatever its layout.

    Lists and the order of keys inside them stay as the author wrote them.

    >>> pack_text({"name": "Café", "format": 1})
    '{"name":"Café","format":1}'
    """
    return json.dumps(data, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def pack_hash(data: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a pack's content, as 64 hexadecimal digits; the order of keys does not matter.

    >>> pack_hash({"name": "Café", "format": 1}) == pack_hash({"format": 1, "name": "Café"})
    True
    """
    return hashlib.sha256(_canonical(data).encode()).hexdigest()


def _canonical(data: Mapping[str, Any]) -> str:
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def shared_keys(pack: Pack, other: Pack) -> list[str]:
    """Return in words what two packs both define under one key, with different content; empty means no quarrel.

    Keys are shared by all packs of an installation, so the later pack would change what the earlier one rates.
    """
    kinds = (
        ("competency", {c.key: c for c in pack.competencies}, {c.key: c for c in other.competencies}),
        ("scenario", {s.key: s for s in pack.scenarios}, {s.key: s for s in other.scenarios}),
        ("competency set", {s.key: s for s in pack.competency_sets}, {s.key: s for s in other.competency_sets}),
    )
    return [
        f"{word} “{key}”" for word, ours, theirs in kinds for key in ours if key in theirs and ours[key] != theirs[key]
    ]
