"""Forms that lose nothing: a key, so that a double click makes one row, and a version to notice other editors."""

import secrets
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from itertools import count
from typing import Any, TypeVar

from flask import Response, g, redirect, request
from flask_wtf import FlaskForm
from sqlalchemy import String, UniqueConstraint, select
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Mapped, mapped_column
from wtforms import DateField, HiddenField, SelectMultipleField, TimeField
from wtforms.fields.choices import SelectChoice as SelectChoice  # type: ignore[attr-defined]  # The stubs are of WTForms 3.2.  # noqa: PLC0414  # Rooms take it from here.
from wtforms.widgets import CheckboxInput, ListWidget

from hiringkit.foundation.access import ActorKind, actor
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import Base, UtcDateTime, db, transaction
from hiringkit.foundation.errors import BadRequestError, InvalidError

Result = TypeVar("Result")
LONGEST_KEY = 64
LONGEST_PAGE_KEY = 40
UNKEPT = frozenset({"csrf_token", "form_key", "version"})
SECRET_WORDS = ("password", "code", "token")
SEE_OTHER = 303
UNTIED = frozenset({"40001", "40P01"})
"""Serialization failure and deadlock, after which the same transaction gets through."""
LARGEST_VERSION = 2**31 - 1
"""A number that a column cannot hold is nonsense as well; SQLite and PostgreSQL would fail on it."""


class FormKey(Base):
    """A form that was taken once, and where its sender was sent: a repeat goes there too. Kept 7 days."""

    __tablename__ = "form_key"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64))
    actor_id: Mapped[str] = mapped_column(String(80))
    route: Mapped[str] = mapped_column(String(300))
    location: Mapped[str] = mapped_column(String(600))
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)

    __table_args__ = (UniqueConstraint("key", "actor_id", "route"),)


class Form(FlaskForm):
    """Parent of every form: CSRF is checked once for all requests, the version travels hidden."""

    class Meta:
        """The app-wide check covers CSRF, so that a form is no second place for it."""

        csrf = False

    version = HiddenField()

    def __init__(self, *args: Any, **values: Any) -> None:
        """Make the form from what was posted, else from values by field name."""
        super().__init__(*args, **values)  # type: ignore[no-untyped-call]  # Flask-WTF has no types.

    @property
    def edited_version(self) -> int:
        """Return the version that the sender started from; nonsense counts as older than any."""
        try:
            number = int(self.version.data or 0)
        except ValueError:
            return -1
        return number if abs(number) <= LARGEST_VERSION else -1

    @property
    def status(self) -> int:
        """Return the status of the page that shows this form: 422 when it was refused."""
        return 422 if any(self.errors.values()) else 200

    def refuse(self, error: InvalidError) -> None:
        """Show a rule's refusal at the fields it names, and its sentence at the form."""
        for name, sentence in error.problems.items():
            if name in self:
                self[name].errors = [*self[name].errors, sentence]
            else:
                self.form_errors.append(sentence)
        if error.args[0] != error.title or not error.problems:
            self.form_errors.append(error.sentence)


Made = TypeVar("Made", bound=Form)


def form_with(kind: type[Made], controls: Mapping[str, Any], **values: Any) -> Made:
    """Return a form of a kind with more controls than the kind itself has: one for each row, section or weight."""
    made: type[Made] = type(kind.__name__, (kind,), dict(controls))
    return made(**values)


class CheckboxesField(SelectMultipleField):
    """Several answers to one question, each with a box of its own."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class DayField(DateField):
    """A day, with a sentence of our own for what is none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read a day, or say what one looks like."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError("Enter a date such as 2026-05-04.") from None


class ClockField(TimeField):
    """A time of day, with a sentence of our own for what is none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read a time, or say what one looks like."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError("Enter a time such as 14:00.") from None


def form_key() -> str:
    """Return the key for the next form of this page; a refused form keeps the one it came with.

    A key is the page's random part and the form's place on the page, so that no two forms share one.
    """
    if "form_keys" not in g:
        sent = request.form.get("form_key", "").rpartition(".")[0] if request.method == "POST" else ""
        g.form_keys = (sent if 0 < len(sent) <= LONGEST_PAGE_KEY else secrets.token_urlsafe(18), count(1))
    page, places = g.form_keys
    return f"{page}.{next(places)}"


def answer(act: Callable[[], Result], to: Callable[[Result], str], form: Form | None = None) -> Any:
    """Run an operation for a posted form and send the browser on with 303; a repeat goes to the same place.

    With a form, a rule's InvalidError is shown at its fields and None is returned, for the view to
    render the form again; without one the error page shows it.
    """
    key = request.form.get("form_key", "")
    if not 0 < len(key) <= LONGEST_KEY:
        message = "This form is not one that this site made, or it was cut short."
        raise BadRequestError(message, remedy="Go back, reload the page and send it again.")
    who = actor()
    try:
        return redirect(_unmasked(_taken(key, who.id, act, to)), SEE_OTHER)
    except IntegrityError:
        if repeated := repeat():
            return repeated
        raise
    except InvalidError as error:
        if form is None:
            raise
        form.refuse(error)
        return None


def _taken(key: str, actor_id: str, act: Callable[[], Result], to: Callable[[Result], str]) -> str:
    """Spend the key and act, together; once more when PostgreSQL untied a knot of transactions by ending this one."""
    for attempt in (1, 2):
        try:
            with transaction():
                spent = FormKey(key=key, actor_id=actor_id, route=_masked(request.path), location="", at=now())
                db.session.add(spent)
                db.session.flush()
                spent.location = _masked(to(act()))
        except OperationalError as error:
            if attempt > 1 or getattr(error.orig, "sqlstate", None) not in UNTIED:
                raise
        else:
            break
    return spent.location


def repeat() -> Response | None:
    """Return the answer that this very form got before, if it was taken before."""
    key = request.form.get("form_key", "")
    who = actor()
    if not key or who.kind is ActorKind.ANYBODY:
        return None
    route = _masked(request.path)
    location = db.session.scalar(
        select(FormKey.location).where(FormKey.key == key, FormKey.actor_id == who.id, FormKey.route == route)
    )
    return redirect(_unmasked(location), SEE_OTHER) if location else None  # type: ignore[return-value]  # Werkzeug's own Response is Flask's here.


def _masked(address: str) -> str:
    """Return an address as it may be stored: the token of a secret link gives way to its name."""
    for name, value in _secrets():
        address = address.replace(value, f"<{name}>")
    return address


def _unmasked(address: str) -> str:
    """Return a stored address with the token of this request's own secret link back in its place."""
    for name, value in _secrets():
        address = address.replace(f"<{name}>", value)
    return address


def _secrets() -> list[tuple[str, str]]:
    return [(name, str(value)) for name, value in (request.view_args or {}).items() if name in SECRET_WORDS]


def sent_fields() -> Iterator[tuple[str, str]]:
    """Yield what was sent, field by field, without keys, versions and secrets."""
    for name, values in request.form.lists():
        if name not in UNKEPT and not _is_secret(name):
            yield from ((name, value) for value in values)


def has_secrets() -> bool:
    """Tell whether the form had a password or a code in it, which nobody keeps to send it again."""
    return any(_is_secret(name) for name in request.form if name not in UNKEPT)


def _is_secret(name: str) -> bool:
    return any(word in name for word in SECRET_WORDS)
