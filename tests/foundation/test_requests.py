"""What is asked of a request before its view runs, and what an answer may not carry."""

import hashlib
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from hiringkit.app import create_app
from hiringkit.foundation.db import Base, db
from hiringkit.foundation.throttle import ThrottleHit
from tests.faults import failing
from tests.statements import counted
from tests.world import PASSWORD, Browser, World


def app_with(sqlite_app: Flask, **settings: Any) -> Flask:
    """Return an app on the same database with other settings."""
    made = create_app(instance=Path(sqlite_app.instance_path), argon2_memory_kib=64, argon2_passes=1, **settings)
    made.test_client_class = Browser
    return made


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8000", "LocalHost:8000", "[::1]", "[::1]:8000"])
def test_every_spelling_of_this_machine_is_answered(sqlite_app: Flask, host: str) -> None:
    browser = app_with(sqlite_app, base_url="http://127.0.0.1:8000").test_client()
    assert browser.get("/sign-in", headers={"Host": host}, base_url="http://127.0.0.1:8000").status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example@localhost", "localhost.", "localhost:x", "[::1", "a b", ":80"]
)
def test_every_other_host_is_refused_on_a_page(sqlite_app: Flask, host: str) -> None:
    client = app_with(sqlite_app, base_url="https://localhost").test_client(use_cookies=False)
    answer = client.get("/sign-in", headers={"Host": host})
    assert answer.status_code == 400
    assert "Set-Cookie" not in answer.headers
    assert "evil" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("origin", ["https://[::1", "https://", "localhost", "", "null", "https://localhost:99999999"])
def test_nonsense_in_the_origin_is_refused_and_breaks_nothing(sqlite_world: World, origin: str) -> None:
    answer = sqlite_world.browser("admin").post("/people/teams", data={"name": "x"}, headers={"Origin": origin})
    assert answer.status_code == 403


def buckets() -> list[str]:
    db.session.rollback()
    return [b for b in db.session.scalars(select(ThrottleHit.bucket)) if b.startswith("sign-in-from:")]


@pytest.mark.parametrize(("hops", "counted"), [(0, "127.0.0.1"), (1, "203.0.113.9"), (2, "198.51.100.7")])
def test_forwarded_addresses_are_believed_only_behind_proxies(sqlite_world: World, hops: int, counted: str) -> None:
    app = app_with(sqlite_world.app, base_url="https://localhost", proxy_hops=hops)
    app.config["WTF_CSRF_ENABLED"] = False
    chain = {"X-Forwarded-For": "192.0.2.1, 198.51.100.7, 203.0.113.9"}
    app.test_client().post("/sign-in", data={"email": "a@example.org", "password": "x" * 12}, headers=chain)
    assert buckets() == [f"sign-in-from:{counted}"]


def test_forwarded_host_is_checked_like_any_host(sqlite_app: Flask) -> None:
    app = app_with(sqlite_app, base_url="https://localhost", proxy_hops=1)
    headers = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}
    assert app.test_client().get("/sign-in", headers=headers).status_code == 400


def test_public_pages_and_files_touch_no_session_and_load_no_viewer(sqlite_world: World) -> None:
    browser = sqlite_world.browser("admin")
    sheet = browser.get("/sign-in").get_data(as_text=True).split('href="/static/theme.css')[1].split('"')[0]
    for address in (f"/static/theme.css{sheet}", "/careers"):
        with counted() as statements, browser.get(address) as answer:
            assert answer.status_code == 200
            assert "Set-Cookie" not in answer.headers
            assert "Cookie" not in answer.headers.get("Vary", "")
            assert "no-store" not in answer.headers["Cache-Control"]
        assert not [statement for statement in statements if "sign_in" in statement]


def test_pages_with_a_token_are_never_stored(sqlite_app: Flask) -> None:
    sqlite_app.test_client_class = Browser
    for address in ("/setup", "/sign-in", "/static/missing.css", "/careers/missing"):
        answer = sqlite_app.test_client().get(address)
        assert answer.headers["Cache-Control"] == "no-store", address
        assert "ETag" not in answer.headers


def fingerprint() -> str:
    """Return a digest of every row of every table but those that notice visits."""
    db.session.rollback()
    tables = Base.metadata.sorted_tables
    rows = [repr(db.session.execute(select(table)).all()) for table in tables if table.name != "sign_in"]
    return hashlib.sha256("".join(rows).encode()).hexdigest()


def test_reading_in_any_way_changes_nothing(world: World) -> None:
    team = world.team()
    browser = world.browser("admin")
    before = fingerprint()
    for address in (
        "/",
        "/account",
        "/people",
        "/people/teams",
        f"/people/teams/{team.public_id}",
        "/people/invitations",
    ):
        for method in ("GET", "HEAD", "OPTIONS"):
            answer = browser.open(address, method=method)
            assert answer.status_code == 200, (method, address)
            assert method == "GET" or answer.get_data() == b""
    for address in ("/sign-out", "/people/teams", "/account/password"):
        assert browser.open(address, method="DELETE").status_code == 405
        assert browser.open(address, method="TRACE").status_code in {403, 405}
    assert fingerprint() == before


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example",
        "///evil.example",
        "https://evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "/\t/evil.example",
        " //evil.example",
        "javascript:alert(1)",
        "/\r\nLocation: //evil.example",
        "evil.example",
        "/" + "x" * 400,
        "",
    ],
)
def test_next_leads_nowhere_else(sqlite_world: World, wanted: str) -> None:
    answer = sqlite_world.browser().submit("/sign-in", email="admin@example.org", password=PASSWORD, next=wanted)
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/"


def test_next_leads_back_to_the_page_that_was_asked_for(sqlite_world: World) -> None:
    browser = sqlite_world.browser()
    asked = browser.get("/people/teams?page=2")
    assert asked.headers["Location"] == "/sign-in?next=/people/teams%3Fpage%3D2"
    page = browser.get(asked.headers["Location"]).get_data(as_text=True)
    fields = dict(re.findall(r'<input type="hidden" name="(csrf_token|next)" value="([^"]*)"', page))
    answer = browser.post("/sign-in", data={**fields, "email": "admin@example.org", "password": PASSWORD})
    assert answer.headers["Location"] == "/people/teams?page=2"


def test_signed_out_forms_need_a_token_of_this_browser(sqlite_world: World) -> None:
    page = sqlite_world.browser().get("/sign-in").get_data(as_text=True)
    foreign = page.split('name="csrf_token" value="')[1].split('"')[0]
    fields = {"email": "admin@example.org", "password": PASSWORD}
    browser = sqlite_world.browser()
    for token in ({}, {"csrf_token": ""}, {"csrf_token": "x"}, {"csrf_token": foreign}):
        answer = browser.post("/sign-in", data=fields | token)
        assert answer.status_code == 400
        assert PASSWORD not in answer.get_data(as_text=True)
    with failing(only="INSERT INTO sign_in"):
        assert browser.submit("/sign-in", **fields).status_code == 503
    assert browser.get("/account").status_code == 303
