"""Who may what: every route, every capacity, own and other team, against one reviewed table (access.yaml).

Cells: ok (answered), 403 (seen but not allowed), 404 (not for them), in (asked to sign in first).
"""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, url_for
from ruamel.yaml import YAML
from sqlalchemy import select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from hiringkit.candidates import operations as candidates
from hiringkit.candidates.models import Application
from hiringkit.candidates.rules.lifecycle import ApplicationState
from hiringkit.demo.story import ACCOUNTS, tell
from hiringkit.foundation.access import Actor, ActorKind, Capacity
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from hiringkit.openings.models import Opening
from hiringkit.people import operations as people
from hiringkit.people.models import Member
from hiringkit.people.rules import InvitationDraft
from tests.house.samples import Samples
from tests.world import Browser

TABLE_FILE = Path(__file__).with_name("access.yaml")
PASSWORD = "amber-birch-cedar-12"
VIEWERS = (
    "administrator", "auditor", "manager", "coordinator", "interviewer",
    "other manager", "other interviewer", "link", "disabled", "signed out",
)  # fmt: skip
FIRST_SERVER_ERROR = 500


def expected() -> dict[str, dict[str, str]]:
    """Return the reviewed table: endpoint to viewer to cell."""
    table: dict[str, dict[str, str]] = YAML(typ="safe").load(TABLE_FILE.read_text(encoding="utf-8"))
    return table


def cell_of(answer: TestResponse) -> str:
    """Return the word for an answer."""
    if answer.status_code in {403, 404}:
        signed_out = "You were signed out" in answer.get_data(as_text=True)
        return "in" if signed_out else str(answer.status_code)
    if answer.status_code == 303 and "/sign-in?next=" in answer.headers.get("Location", ""):
        return "in"
    return "ok"


class Site:
    """The demo's people and things, a second team with its own, and a browser for every viewer."""

    def __init__(self, app: Flask) -> None:
        """Tell the story, add the other team, sign everybody in."""
        self.app = app
        app.config["WTF_CSRF_ENABLED"] = False
        app.test_client_class = Browser
        tell(PASSWORD, now(), lambda _line: None)
        self.addresses = self._addresses()
        self.token = self._link()
        self.samples = Samples.of_the_demo(self.token)
        self.cookies: dict[str, str] = {}
        self.browsers = {viewer: self._browser(viewer) for viewer in VIEWERS}
        self._disable()
        db.session.commit()
        self.file = Path(app.instance_path) / "hiringkit.db"

    def _addresses(self) -> dict[str, str]:
        by_words = {viewer: next(a for a, who in ACCOUNTS if viewer in who.lower()) for viewer in VIEWERS[:4]}
        by_words["interviewer"] = self._panel_member()
        admin = self._actor(by_words["administrator"], administrator=True)
        other = people.create_team("Another team", by=admin, at=now())
        for viewer, capacity in (
            ("other manager", Capacity.MANAGER),
            ("other interviewer", Capacity.INTERVIEWER),
            ("disabled", Capacity.MANAGER),
        ):
            address = f"{viewer.replace(' ', '-')}@larkmere.example"
            draft = InvitationDraft(address, viewer.title(), other.id, capacity.value)
            _, token = people.invite(draft, by=admin, at=now())
            hashed = people.hash_password(PASSWORD, about=())
            new = people.NewMember(draft.name, draft.email, "UTC", hashed)
            people.accept_invitation(token, new, by=Actor(ActorKind.ANYBODY, "invitation"), at=now())
            by_words[viewer] = draft.email
        return by_words

    def _panel_member(self) -> str:
        return next(a for a, _ in ACCOUNTS if a.startswith("ana"))

    def _actor(self, email: str, *, administrator: bool = False) -> Actor:
        member = db.session.scalars(select(Member).where(Member.email == email)).one()
        site = frozenset({Capacity.ADMINISTRATOR}) if administrator else frozenset[Capacity]()
        return Actor(ActorKind.MEMBER, member.public_id, member_id=member.id, site=site)

    def _browser(self, viewer: str) -> Browser:
        browser = self.app.test_client()
        assert isinstance(browser, Browser)
        if viewer == "link":
            assert browser.get(f"/portal/{self.token}").status_code == 200
        elif viewer != "signed out":
            answer = browser.post("/sign-in", data={"email": self.addresses[viewer], "password": PASSWORD})
            assert answer.status_code == 303, viewer
            cookie = browser.get_cookie("__Host-session", domain="localhost")
            assert cookie is not None
            self.cookies[viewer] = cookie.value
        return browser

    def _link(self) -> str:
        informed = Application.state == ApplicationState.INFORMED
        application = db.session.scalars(select(Application).where(informed)).one()
        manager = self._actor(self.addresses["manager"])
        opening = db.session.get_one(Opening, application.opening_id)
        by = replace(manager, teams=frozenset({(opening.team_id, Capacity.MANAGER)}))
        return candidates.make_link(application, by=by, at=now())

    def _disable(self) -> None:
        admin = self._actor(self.addresses["administrator"], administrator=True)
        row = db.session.scalars(select(Member).where(Member.email == self.addresses["disabled"])).one()
        people.disable_member(row, by=admin, at=now())

    def ask(self, rule: Rule, viewer: str) -> TestResponse:
        """Send one request as a viewer, with the addresses of real things."""
        with self.app.test_request_context(base_url="https://localhost"):
            values: dict[str, Any] = self.samples.arguments(rule)
            address = url_for(rule.endpoint, **values)
        browser = self.browsers[viewer]
        if viewer in self.cookies:  # Signing out takes the cookie away, and the file is put back without it.
            browser.set_cookie("__Host-session", self.cookies[viewer], domain="localhost", secure=True)
        if "POST" in (rule.methods or ()):
            return browser.post(address, data={"form_key": f"{rule.endpoint}-{viewer}"[:60]})
        return browser.get(address)


def routes(app: Flask) -> list[Rule]:
    """Return every route but those of files."""
    files = {"static", "bootstrap_css"}
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint not in files]
    return sorted(rules, key=lambda rule: ("POST" in (rule.methods or ()), rule.endpoint))


@pytest.fixture
def site(app: Flask) -> Iterator[Site]:
    """Return the whole site, on both databases."""
    yield Site(app)
    db.session.rollback()


def test_table_names_every_route_and_every_viewer(sqlite_app: Flask) -> None:
    table = expected()
    assert set(table) == {rule.endpoint for rule in routes(sqlite_app)}
    for endpoint, cells in table.items():
        assert tuple(cells) == VIEWERS, endpoint
        assert set(cells.values()) <= {"ok", "403", "404", "in"}, endpoint


def test_every_cell_of_the_table_holds(site: Site) -> None:
    wrong = [line for line in found_cells(site) if line[2] != line[3]]
    assert wrong == []


def found_cells(site: Site, table: dict[str, dict[str, str]] | None = None) -> Iterator[tuple[str, str, str, str]]:
    """Yield (endpoint, viewer, expected, found) for every cell that this database can try.

    A change that is allowed is undone by putting the file back; PostgreSQL tries reads and refusals.
    """
    table = expected() if table is None else table
    undoable = db.engine.dialect.name == "sqlite"
    saved = site.file.with_suffix(".saved")
    if undoable:
        db.session.remove()
        db.engine.dispose()
        shutil.copy(site.file, saved)
    for rule in routes(site.app):
        for viewer in VIEWERS:
            wanted = table.get(rule.endpoint, {}).get(viewer, "?")
            changes = "POST" in (rule.methods or ()) and wanted in {"ok", "?"}
            if changes and not undoable:
                continue
            answer = site.ask(rule, viewer)
            assert answer.status_code < FIRST_SERVER_ERROR, (rule, viewer, answer.get_data(as_text=True)[:2000])
            yield rule.endpoint, viewer, wanted, cell_of(answer)
            if changes:
                db.session.remove()
                db.engine.dispose()
                for extra in ("-wal", "-shm"):
                    site.file.with_name(site.file.name + extra).unlink(missing_ok=True)
                shutil.copy(saved, site.file)


def as_table(found: Iterator[tuple[str, str, str, str]]) -> dict[str, Any]:
    """Return cells as the table's file holds them, for whoever reviews a new route."""
    table: dict[str, Any] = {}
    for endpoint, viewer, _wanted, cell in found:
        table.setdefault(endpoint, {})[viewer] = cell
    return table
