"""Every answer carries the headers; hosts, origins, files and hostile bodies are refused on a styled page."""

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from hiringkit.foundation import error_pages, web
from hiringkit.foundation.access import public
from tests.world import Browser, World


def check_headers(headers: dict[str, str]) -> None:
    assert headers["Content-Security-Policy"] == web.CSP
    assert "unsafe" not in web.CSP
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_pages_errors_and_redirects_carry_the_headers(sqlite_world: World) -> None:
    browser = sqlite_world.browser("admin")
    for path in ("/account", "/nothing-here", "/people/teams/unknown", "/sign-in"):
        answer = browser.get(path)
        check_headers(dict(answer.headers))
        assert answer.headers["Cache-Control"] == "no-store"
        assert "ETag" not in answer.headers


def test_cookie_is_host_bound_secure_and_hidden_from_scripts(sqlite_world: World) -> None:
    browser = sqlite_world.browser()
    answer = browser.submit("/sign-in", email="admin@example.org", password="green kettle on the hill")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    for word in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert word in cookie
    assert "Domain" not in cookie


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "localhost@evil.example", ""])
def test_unknown_host_is_refused(sqlite_world: World, host: str) -> None:
    answer = sqlite_world.browser().get("/sign-in", headers={"Host": host})
    assert answer.status_code == 400
    assert "evil" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "https://localhost.evil.example"])
def test_form_from_another_site_is_refused(sqlite_world: World, origin: str) -> None:
    answer = sqlite_world.browser("admin").post("/people/teams", data={"name": "x"}, headers={"Origin": origin})
    assert answer.status_code == 403


def test_form_without_token_is_refused_and_its_text_kept(sqlite_world: World) -> None:
    answer = sqlite_world.browser("admin").post("/people/teams", data={"name": "The long name I typed"})
    assert answer.status_code == 400
    assert "The long name I typed" in answer.get_data(as_text=True)


def test_signed_out_while_typing_keeps_the_text(sqlite_world: World) -> None:
    browser = sqlite_world.browser()
    browser.get("/sign-in")
    page = browser.get("/sign-in").get_data(as_text=True)
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    answer = browser.post("/people/teams", data={"csrf_token": token, "name": "The long name I typed"})
    assert answer.status_code == 403
    assert "The long name I typed" in answer.get_data(as_text=True)


def test_files_and_giants_are_refused(sqlite_world: World) -> None:
    browser = sqlite_world.browser("admin")
    assert browser.post("/people/teams", data={"name": "x"}, content_type="multipart/form-data").status_code == 400
    assert browser.post("/people/teams", data={"name": "x" * 1_100_000}).status_code == 413
    assert browser.post("/people/teams", data={str(n): "x" for n in range(2000)}).status_code in {400, 413}
    assert browser.put("/people/teams").status_code == 405


class _FailingSession:
    """Stands for a database that cannot be used."""

    def __init__(self, words: str) -> None:
        self.error = OperationalError("SELECT", {}, Exception(words))


@pytest.mark.parametrize("words", ["database is locked", "database or disk is full", "connection refused"])
def test_unusable_database_is_503_with_the_text_kept(sqlite_app: Flask, words: str) -> None:
    failing = _FailingSession(words)

    @public
    def broken() -> str:
        raise failing.error

    sqlite_app.add_url_rule("/broken", "broken", broken, methods=["POST"])
    sqlite_app.config["WTF_CSRF_ENABLED"] = False
    sqlite_app.test_client_class = Browser
    answer = sqlite_app.test_client().post("/broken", data={"note": "what I typed"})
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == str(error_pages.RETRY_SECONDS)
    assert "what I typed" in answer.get_data(as_text=True)
    check_headers(dict(answer.headers))


def test_crash_page_tells_nothing_inside(sqlite_app: Flask) -> None:
    @public
    def crash() -> str:
        raise RuntimeError("secret inner words")

    sqlite_app.add_url_rule("/crash", "crash", crash)
    sqlite_app.test_client_class = Browser
    answer = sqlite_app.test_client().get("/crash")
    assert answer.status_code == 500
    assert "secret inner words" not in answer.get_data(as_text=True)
    check_headers(dict(answer.headers))


def test_files_are_compressed_and_pages_with_tokens_are_not(sqlite_world: World) -> None:
    browser = sqlite_world.browser()
    wanted = {"Accept-Encoding": "gzip"}
    page = browser.get("/sign-in", headers=wanted)
    assert "Content-Encoding" not in page.headers
    address = page.get_data(as_text=True).split('href="/assets/bootstrap.css')[1].split('"')[0]
    with browser.get(f"/assets/bootstrap.css{address}", headers=wanted) as css:
        assert css.headers["Content-Encoding"] == "gzip"
        assert css.content_length is not None
        assert css.content_length < 40_000
        assert "max-age=31536000" in css.headers["Cache-Control"]
        assert "Set-Cookie" not in css.headers
        known = {**wanted, "If-None-Match": css.headers["ETag"]}
    with browser.get(f"/assets/bootstrap.css{address}", headers=known) as again:
        assert again.status_code == 304
