"""The hash chain as pure functions: how a link is made and how a broken one is found."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

GENESIS = "0" * 64


@dataclass(frozen=True)
class Link:
    """One event of the chain, as stored."""

    seq: int
    at: datetime
    actor_kind: str
    actor_id: str
    tag: str
    subject_id: str
    scope: str
    cause: int | None
    content: str
    previous_hash: str
    hash: str = ""


@dataclass(frozen=True)
class Break:
    """The first place where the chain does not hold, and in words why."""

    seq: int
    reason: str


def canonical(values: Mapping[str, object]) -> str:
    """Return values as JSON with sorted keys and no spaces, the one form that is hashed.

    >>> canonical({"b": 1, "a": "x"})
    '{"a":"x","b":1}'
    """
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def link_hash(link: Link) -> str:
    """Return the SHA-256 over every field of the link but its own hash, in hex.

    Source: PROMISES.md 4, rule 10. Fields are joined as one canonical JSON list, so that no two
    different links have the same text.
    """
    moment = link.at.astimezone(UTC).isoformat(timespec="microseconds")
    fields = [
        link.seq, moment, link.actor_kind, link.actor_id, link.tag, link.subject_id,
        link.scope, link.cause, link.content, link.previous_hash,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def first_break(links: Iterable[Link], head_seq: int, head_hash: str) -> Break | None:
    """Walk the chain from its start; return the first break, or None when all of it holds.

    `head_seq` and `head_hash` are the stored head: a cut tail shows as a chain that ends too early.
    """
    seq, previous = 0, GENESIS
    for link in links:
        if link.seq != seq + 1:
            return Break(seq + 1, f"event {seq + 1} is missing; the next one stored is {link.seq}")
        if link.previous_hash != previous:
            return Break(link.seq, "it does not follow from the event before it")
        if link_hash(link) != link.hash:
            return Break(link.seq, "its content was changed after it was written")
        seq, previous = link.seq, link.hash
    if (seq, previous) != (head_seq, head_hash):
        return Break(seq + 1, f"the record ends at event {seq}, the head says {head_seq}")
    return None
