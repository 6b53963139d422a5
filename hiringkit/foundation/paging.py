"""Lists come in pages, always, with two statements whatever their length."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import quote, urlencode

from flask import request
from sqlalchemy import Select, func, select

from hiringkit.foundation.db import db

PAGE_SIZE = 50
Row = TypeVar("Row")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of a list: its rows, its number from 1, the number of pages and of rows in all."""

    rows: Sequence[Row]
    number: int
    pages: int
    total: int

    def url(self, number: int) -> str:
        """Return the address of another page of the list that is being shown."""
        asked = [(name, value) for name, value in request.args.items(multi=True) if name != "page"]
        return f"{quote(request.path)}?{urlencode([*asked, ('page', number)])}"


def paged(
    statement: Select[*tuple[Any, ...]], number: int, *, size: int = PAGE_SIZE, scalars: bool = True
) -> Page[Any]:
    """Return one page of a statement; a number past the end gives the last page."""
    total = db.session.scalar(select(func.count()).select_from(statement.order_by(None).subquery())) or 0
    number, pages = _place(number, total, size)
    found = db.session.execute(statement.limit(size).offset((number - 1) * size))
    rows = found.scalars().all() if scalars else found.all()
    return Page(rows, number, pages, total)


def page_of(rows: Sequence[Row], number: int, *, size: int = PAGE_SIZE) -> Page[Row]:
    """Return one page of rows that are all in hand, because a rule and no statement chose them."""
    number, pages = _place(number, len(rows), size)
    return Page(rows[(number - 1) * size : number * size], number, pages, len(rows))


def _place(number: int, total: int, size: int) -> tuple[int, int]:
    """Return the page to show and how many there are."""
    pages = max(1, -(-total // size))
    return min(max(1, number), pages), pages


def page_number() -> int:
    """Return the page that the request asks for; nonsense is page 1."""
    return request.args.get("page", 1, type=int)
