"""The chain as pure functions: any change of any stored field is found at its place."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hiringkit.audit.rules import GENESIS, Link, canonical, first_break, link_hash

NINE = datetime(2026, 5, 4, 9, tzinfo=UTC)


def chain(length: int) -> list[Link]:
    """Return a chain that holds."""
    links: list[Link] = []
    for seq in range(1, length + 1):
        previous = links[-1].hash if links else GENESIS
        link = Link(seq, NINE, "member", "m1", "team:created", f"t{seq}", "site", None, "{}", previous)
        links.append(replace(link, hash=link_hash(link)))
    return links


def verdict(links: list[Link], head: Link) -> int | None:
    """Return the sequence number at which the chain breaks."""
    broken = first_break(links, head.seq, head.hash)
    return broken.seq if broken else None


def test_whole_chain_holds() -> None:
    links = chain(20)
    assert verdict(links, links[-1]) is None
    assert first_break([], 0, GENESIS) is None


CHANGES = {
    "at": NINE + timedelta(seconds=1),
    "actor_kind": "system",
    "actor_id": "m2",
    "tag": "team:edited",
    "subject_id": "other",
    "scope": "elsewhere",
    "cause": 1,
    "content": '{"a":1}',
    "previous_hash": "f" * 64,
    "hash": "e" * 64,
}


@given(st.integers(min_value=2, max_value=30), st.sampled_from(sorted(CHANGES)))
def test_change_of_any_field_is_found_at_its_place(seq: int, name: str) -> None:
    links = chain(30)
    links[seq - 1] = replace(links[seq - 1], **{name: CHANGES[name]})  # type: ignore[arg-type]
    assert verdict(links, chain(30)[-1]) == seq


@given(st.integers(min_value=1, max_value=30))
def test_deleted_event_is_found(seq: int) -> None:
    links = chain(30)
    del links[seq - 1]
    assert verdict(links, chain(30)[-1]) == seq


@given(st.integers(min_value=1, max_value=29))
def test_swapped_events_are_found(seq: int) -> None:
    links = chain(30)
    links[seq - 1], links[seq] = links[seq], links[seq - 1]
    assert verdict(links, chain(30)[-1]) == seq


@given(st.integers(min_value=1, max_value=29))
def test_consistent_but_shorter_chain_is_found(length: int) -> None:
    assert verdict(chain(length), chain(30)[-1]) == length + 1


def test_canonical_form_does_not_depend_on_order() -> None:
    assert canonical({"b": [1, 2], "a": "ü"}) == canonical({"a": "ü", "b": [1, 2]}) == '{"a":"ü","b":[1,2]}'
