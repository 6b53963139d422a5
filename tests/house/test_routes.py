"""Laws of the routes: declared access, POST for changes, random addresses, and nothing that logs in but signing in."""

import re
from pathlib import Path

from flask import Flask

from hiringkit.foundation.access import LINK, PUBLIC, Permission, access_of, undeclared

PACKAGE = Path(__file__).resolve().parents[2] / "hiringkit"


def test_every_route_declares_its_access(sqlite_app: Flask) -> None:
    assert undeclared(sqlite_app) == []
    declared = {access_of(sqlite_app, rule.endpoint) for rule in sqlite_app.url_map.iter_rules()}
    assert {PUBLIC, LINK} <= declared
    assert any(isinstance(d, Permission) for d in declared)


def test_routes_take_either_reads_or_posts(sqlite_app: Flask) -> None:
    for rule in sqlite_app.url_map.iter_rules():
        methods = (rule.methods or set()) - {"HEAD", "OPTIONS"}
        assert methods in ({"GET"}, {"POST"}), rule


def test_addresses_carry_no_counters(sqlite_app: Flask) -> None:
    for rule in sqlite_app.url_map.iter_rules():
        numbers = re.findall(r"<int:(\w+)>", rule.rule)
        assert set(numbers) <= {"number", "position"}, f"{rule} would show how many there are"


def test_only_signing_in_signs_anybody_in() -> None:
    calls = [
        path.name
        for path in PACKAGE.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if "login_user(" in line
    ]
    assert calls == ["accounts.py"]


def test_views_take_nothing_wholesale_from_a_form() -> None:
    for path in PACKAGE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for phrase in ("populate_obj", "**request.form", "get_or_404", "render_template_string", "Markup("):
            assert phrase not in text, f"{phrase} in {path.name}"
