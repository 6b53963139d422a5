"""Tests make an app each: what one has compiled of addresses, statements and templates serves those after it."""

from collections.abc import Iterator
from types import CodeType
from typing import Any

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import Engine, event
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

STATEMENTS = 8_000
"""More than the suite has; each takes some kilobytes."""


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    """Compile each address, statement and template once a process, as an app does that lives longer than a test."""
    with pytest.MonkeyPatch.context() as patch:
        _share_addresses(patch)
        _share_statements(patch)
        patch.setitem(Flask.jinja_options, "bytecode_cache", Templates())
        yield


def _share_addresses(patch: pytest.MonkeyPatch) -> None:
    """Give each rule what the first one of the same words has made: Werkzeug never changes it afterwards."""
    compiled: dict[Any, dict[str, Any]] = {}
    compile_rule = Rule.compile

    def once(rule: Rule) -> None:
        assert rule.map is not None
        place = (rule.map.host_matching, rule.host, rule.subdomain, rule.merge_slashes, tuple(rule.map.converters))
        key = (rule.rule, repr(rule.defaults), *place)
        if key not in compiled:
            compile_rule(rule)
            names = ("_parts", "_trace", "_converters", "arguments", "_build", "_build_unknown")
            compiled[key] = {name: getattr(rule, name) for name in names}
            return
        for name, value in compiled[key].items():
            setattr(rule, name, value.__func__.__get__(rule, None) if callable(value) else value)

    patch.setattr(Rule, "compile", once)


def _share_statements(patch: pytest.MonkeyPatch) -> None:
    """Let engines of a kind share one dialect, which is part of a statement's key, once an engine has used it."""
    used: dict[str, Any] = {}
    statements: LRUCache[Any, Any] = LRUCache(STATEMENTS)
    make_engine = SQLAlchemy._make_engine

    def sharing(*arguments: Any) -> Engine:
        engine: Any = make_engine(*arguments)
        own, kind = engine.dialect, engine.url.drivername
        engine.dialect, engine._compiled_cache = used.get(kind, own), statements
        # SQLAlchemy's own listener comes first: it asks the server what the dialect must know.
        event.listen(engine, "connect", lambda *_: used.setdefault(kind, own))
        return engine  # type: ignore[no-any-return]

    patch.setattr(SQLAlchemy, "_make_engine", sharing)


class Templates(BytecodeCache):
    """What templates compile to, by their name and the text they had then."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Return what was compiled of the same text."""
        bucket.code = self.known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        if bucket.code is not None:
            self.known[bucket.key, bucket.checksum] = bucket.code
