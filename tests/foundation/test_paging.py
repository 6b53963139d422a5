"""Lists come in pages whose links hold nothing but the list's own address and what was asked."""

import pytest
from flask import Flask

from hiringkit.foundation.paging import Page, page_number

PAGE: Page[int] = Page([1], 1, 3, 120)


def link(app: Flask, address: str) -> str:
    with app.test_request_context(address, base_url="https://localhost"):
        return PAGE.url(2)


def test_link_keeps_what_was_asked(sqlite_app: Flask) -> None:
    assert link(sqlite_app, "/people?page=1") == "/people?page=2"
    assert link(sqlite_app, "/people?kind=a&kind=b&text=x%26y") == "/people?kind=a&kind=b&text=x%26y&page=2"


@pytest.mark.parametrize(
    "question", ["_scheme=javascript&_external=1", "_method=FOO", "endpoint=x", "_anchor=%0aalert(1)", "team_id=other"]
)
def test_hostile_question_neither_breaks_nor_moves_the_link(sqlite_app: Flask, question: str) -> None:
    assert link(sqlite_app, f"/people/teams/abc?{question}").startswith("/people/teams/abc?")


@pytest.mark.parametrize("number", ["", "x", "-1", "0", "1e9", "9" * 30, "1;DROP"])
def test_nonsense_is_a_page_all_the_same(sqlite_app: Flask, number: str) -> None:
    with sqlite_app.test_request_context(f"/people?page={number}"):
        assert isinstance(page_number(), int)
