"""The people of a test: an organisation, teams, members in every capacity, and browsers signed in as them."""

import contextvars
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from flask import Flask, has_app_context
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import Cookie, TestResponse

from hiringkit.foundation.access import Actor, ActorKind, Capacity
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from hiringkit.people import operations
from hiringkit.people.models import Member, Membership, Team
from hiringkit.people.rules import InvitationDraft
from tests.remembering import PLACE, remembered

PASSWORD = "green kettle on the hill"
HIDDEN = re.compile(r'<input[^>]*name="(csrf_token|form_key|version)"[^>]*value="([^"]*)"')
NINE = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)


class Browser(FlaskClient):
    """A test client whose requests share nothing with the test but the database, over https."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request from an empty context, so that `g` and the session are its own."""
        kwargs.setdefault("base_url", "https://localhost")
        if has_app_context():
            db.session.rollback()
        answer: TestResponse = contextvars.Context().run(super().open, *args, **kwargs)
        if has_app_context():
            db.session.rollback()
            db.session.expire_all()
        return answer

    def submit(self, page: str, address: str | None = None, /, **fields: Any) -> TestResponse:
        """Load a page, then post fields to an address with the hidden fields of the page's first form for it."""
        address = address or page
        text = self.get(page).get_data(as_text=True)
        forms = re.findall(r"<form.*?</form>", text, flags=re.DOTALL)
        form = next((f for f in forms if f'action="{address}"' in f), None)
        assert form is not None, f"{page} has no form for {address}"
        return self.post(address, data={**dict(HIDDEN.findall(form)), **fields})


@dataclass
class World:
    """Makes people through the operations, as the app does."""

    app: Flask
    members: dict[str, Member] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Set the organisation up."""
        self.app.test_client_class = Browser
        if memory := self.app.extensions.get(PLACE):
            memory.world = self
        self._set_up()

    @remembered
    def _set_up(self) -> None:
        """Set the organisation up with its first administrator, called "admin"."""
        code = operations.make_setup_code(by=Actor.operator("test"), at=now())
        new = self._new("Ada Admin", "admin@example.org")
        self.members["admin"] = operations.set_up(
            code, "Larkmere Home Supplies", new, by=Actor(ActorKind.ANYBODY, "setup"), at=now()
        )

    def _new(self, name: str, email: str) -> operations.NewMember:
        return operations.NewMember(name, email, "America/Chicago", operations.hash_password(PASSWORD, about=()))

    @property
    def admin(self) -> Actor:
        """Return the first administrator as an actor."""
        return self.actor("admin")

    @remembered
    def team(self, name: str = "Access") -> Team:
        """Return the team of that name, made when missing."""
        if name not in self.teams:
            self.teams[name] = operations.create_team(name, by=self.admin, at=now())
        return self.teams[name]

    @remembered
    def member(self, key: str, capacity: Capacity = Capacity.INTERVIEWER, team: str = "Access") -> Member:
        """Return the member with this key, invited to the team in the capacity when new."""
        if key not in self.members:
            draft = InvitationDraft(f"{key}@example.org", key.title(), None, capacity.value)
            if capacity not in {Capacity.ADMINISTRATOR, Capacity.AUDITOR}:
                draft = InvitationDraft(draft.email, draft.name, self.team(team).id, capacity.value)
            _, token = operations.invite(draft, by=self.admin, at=now())
            new = self._new(key.title(), draft.email)
            self.members[key] = operations.accept_invitation(
                token, new, by=Actor(ActorKind.ANYBODY, "invitation"), at=now()
            )
        return self.members[key]

    def manager(self, key: str = "manager", team: str = "Access") -> Member:
        """Return a manager."""
        return self.member(key, Capacity.MANAGER, team)

    def actor(self, key: str) -> Actor:
        """Return a member as an actor, with the memberships stored now."""
        member = db.session.get_one(Member, self.members[key].id)
        rows = db.session.execute(
            select(Membership.team_id, Membership.capacity).where(Membership.member_id == member.id)
        )
        site = {
            c
            for c, has in ((Capacity.ADMINISTRATOR, member.is_administrator), (Capacity.AUDITOR, member.is_auditor))
            if has
        }
        return Actor(
            ActorKind.MEMBER,
            member.public_id,
            member_id=member.id,
            site=frozenset(site),
            teams=frozenset((team_id, capacity) for team_id, capacity in rows),
        )

    def browser(self, key: str | None = None) -> Browser:
        """Return a browser, signed in as the member with this key."""
        browser = self._browser()
        if key is not None:
            browser._cookies = self._signed_in(key)
        return browser

    def _browser(self) -> Browser:
        browser = self.app.test_client()
        assert isinstance(browser, Browser)
        return browser

    @remembered
    def _signed_in(self, key: str) -> dict[tuple[str, str, str], Cookie]:
        """Return the cookies of a browser that was signed in."""
        browser = self._browser()
        self.sign_in(browser, key)
        assert browser._cookies is not None
        return browser._cookies

    def sign_in(self, browser: Browser, key: str) -> TestResponse:
        """Sign a browser in through the form."""
        answer = browser.submit("/sign-in", email=self.members[key].email, password=PASSWORD)
        assert answer.status_code == 303, answer.get_data(as_text=True)
        return answer
