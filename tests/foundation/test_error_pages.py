"""Error pages lose nothing that was typed, keep no secret, and say what helps."""

import re
from typing import Any

import pytest
from flask import Flask

from hiringkit.foundation.access import public
from hiringkit.foundation.errors import (
    BadRequestError,
    ConflictError,
    ForbiddenError,
    InvalidError,
    NotFoundError,
    StaleEditError,
    TooManyError,
    UnavailableError,
)
from tests.world import Browser, World

NOTE = "The long note\nthat I typed"


def refusing(app: Flask, error: Exception) -> Browser:
    """Return a browser for an app whose page /act raises the error."""

    @public
    def act() -> str:
        raise error

    app.add_url_rule("/act", "act", act, methods=["POST"])
    app.config["WTF_CSRF_ENABLED"] = False
    app.test_client_class = Browser
    browser = app.test_client()
    assert isinstance(browser, Browser)
    return browser


def again(page: str) -> list[tuple[str, str]]:
    """Return what the button "Send it again" sends."""
    form = next((f for f in re.findall(r"<form.*?</form>", page, re.DOTALL) if "Send it again" in f), "")
    return re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form)


REFUSALS = [
    (BadRequestError("No."), 400),
    (ForbiddenError("No."), 403),
    (NotFoundError(), 404),
    (ConflictError("No."), 409),
    (InvalidError("No."), 422),
    (TooManyError("No."), 429),
    (UnavailableError("No."), 503),
    (RuntimeError("No."), 500),
]


@pytest.mark.parametrize(("error", "status"), REFUSALS)
def test_every_refusal_keeps_what_was_typed(sqlite_app: Flask, error: Exception, status: int) -> None:
    answer = refusing(sqlite_app, error).post("/act", data={"note": NOTE, "version": "3", "form_key": "a.1"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == status
    assert NOTE in page
    assert "nothing of it is lost" in page
    assert "Form key" not in page


@pytest.mark.parametrize(("error", "status"), REFUSALS)
def test_secrets_are_neither_kept_nor_sent_again(sqlite_app: Flask, error: Exception, status: int) -> None:
    data = {
        "note": NOTE,
        "password": "s3cret-1",
        "present_password": "s3cret-2",
        "code": "s3cret-3",
        "token": "s3cret-4",
    }
    page = refusing(sqlite_app, error).post("/act", data=data).get_data(as_text=True)
    assert NOTE in page
    assert "s3cret" not in page
    assert "but for passwords and codes" in page
    assert again(page) == [], status


def test_sending_again_sends_everything_with_the_same_key_and_version(sqlite_app: Flask) -> None:
    data = {"note": "", "tick": ["a", "b"], "version": "3", "form_key": "abc.7", "text": '"<quoted>"'}
    page = refusing(sqlite_app, UnavailableError("No.")).post("/act?page=2", data=data).get_data(as_text=True)
    sent = again(page)
    assert ("form_key", "abc.7") in sent
    assert ("version", "3") in sent
    assert [pair for pair in sent if pair[0] in {"note", "tick"}] == [("note", ""), ("tick", "a"), ("tick", "b")]
    assert "<quoted>" not in page
    assert 'action="/act?page=2"' in page


def test_too_much_text_says_where_it_still_is(sqlite_world: World) -> None:
    answer = sqlite_world.browser("admin").post("/people/teams", data={"name": "x" * 1_100_000})
    assert answer.status_code == 413
    assert "your browser still holds what you typed" in answer.get_data(as_text=True)


def test_signed_out_while_typing_can_sign_in_elsewhere_and_send_it_again(sqlite_world: World) -> None:
    browser = sqlite_world.browser()
    page = browser.get("/sign-in").get_data(as_text=True)
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    refused = browser.post("/people/teams", data={"csrf_token": token, "form_key": "a.2", "name": "North"})
    assert refused.status_code == 403
    sqlite_world.sign_in(browser, "admin")
    assert browser.post("/people/teams", data=dict(again(refused.get_data(as_text=True)))).status_code == 303


def test_address_that_no_database_can_look_for_names_nothing(world: World) -> None:
    assert world.browser("admin").get("/people/teams/%00").status_code == 404


def stale(app: Flask, current: dict[str, str], **typed: Any) -> str:
    """Return the page of a stale edit."""
    browser = refusing(app, StaleEditError(4, current))
    answer = browser.post("/act", data={"version": "3", "form_key": "a.1", **typed})
    assert answer.status_code == 409
    return answer.get_data(as_text=True)


def hidden(page: str, name: str) -> list[str]:
    return re.findall(rf'<input type="hidden" name="{name}" value="([^"]*)">', page)


def test_stale_edit_shows_both_texts_and_saves_on_top_of_the_newer_version(sqlite_app: Flask) -> None:
    page = stale(sqlite_app, {"name": "Theirs", "same": "as it was"}, name="Mine", same="as it was")
    assert hidden(page, "version") == ["4"]
    assert hidden(page, "same") == ["as it was"]
    assert 'name="name" value="Mine"' in page
    assert "Theirs" in page


def test_stale_edit_of_ticked_boxes_sends_each_of_them(sqlite_app: Flask) -> None:
    page = stale(sqlite_app, {"boxes": "a, c"}, boxes=["a", "b"])
    assert hidden(page, "boxes") == ["a", "b"]
    assert "a, c" in page
    assert "a, b" in page


def test_stale_edit_shows_a_box_that_was_unticked_and_leaves_it_so(sqlite_app: Flask) -> None:
    page = stale(sqlite_app, {"remote": "yes", "name": "Same"}, name="Same")
    assert 'name="remote"' not in page
    assert "Remote" in page
    assert '<div class="theirs typed">yes</div>' in page


def test_stale_edit_keeps_boxes_that_are_the_same_in_both(sqlite_app: Flask) -> None:
    page = stale(sqlite_app, {"boxes": "a, b", "name": "Theirs"}, boxes=["a", "b"], name="Mine")
    assert hidden(page, "boxes") == ["a", "b"]
