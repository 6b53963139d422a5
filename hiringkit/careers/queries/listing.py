"""Reads of many openings at once: the list with its search, the places it names, the feed and the sitemap."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, Integer, Select, and_, func, not_, or_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from hiringkit.careers.queries.disclosures import PublicDisclosure, published
from hiringkit.careers.rules.searching import (
    DAYS,
    MARKS,
    NOT_REMOTE_WORDS,
    REMOTE_WORDS,
    Asked,
    Until,
    Where,
    content_parts,
    spellings,
)
from hiringkit.disclosures import queries as disclosures
from hiringkit.disclosures.models import DisclosureVersion
from hiringkit.foundation.db import db
from hiringkit.foundation.paging import Page
from hiringkit.openings.models import Opening
from hiringkit.openings.rules import OpeningState

OPENINGS_A_PAGE = 25
MOST_PLACES = 40
DATE_LENGTH = 10
LISTED = (OpeningState.OPEN,)
EVERYTHING = Asked()


def unscoped_open_disclosures(number: int, asked: Asked = EVERYTHING, today: date = date.min) -> Page[PublicDisclosure]:
    """Return one page of the openings that take applications and say what the work is, newest first.

    `today` counts where somebody asks how long one can still apply. What is asked is looked for once,
    by a statement that brings numbers alone; a second one reads the page.
    """
    wanted = _listed(disclosures.is_current()).where(*_conditions(asked, today)).order_by(Opening.id.desc())
    found = db.session.scalars(wanted.with_only_columns(DisclosureVersion.id)).all()
    pages = max(1, -(-len(found) // OPENINGS_A_PAGE))
    number = min(max(1, number), pages)
    shown = found[(number - 1) * OPENINGS_A_PAGE : number * OPENINGS_A_PAGE]
    rows = db.session.execute(published(DisclosureVersion.id.in_(shown)).order_by(Opening.id.desc()))
    disclosed = [PublicDisclosure(opening, version, version.number) for opening, version in rows]
    return Page(disclosed, number, pages, len(found))


def unscoped_places() -> Sequence[str]:
    """Return the places of the listed openings by name, those of most openings when there are many."""
    counted = (
        _listed(disclosures.is_current())
        .with_only_columns(Opening.place)
        .group_by(Opening.place)
        .order_by(func.count().desc(), Opening.place)
        .limit(MOST_PLACES)
    )
    return sorted(db.session.scalars(counted))


def unscoped_published_lately(number: int) -> Sequence[PublicDisclosure]:
    """Return the versions of listed openings that were published last and stand, newest first."""
    newest_first = (DisclosureVersion.published_at.desc(), DisclosureVersion.id.desc())
    rows = db.session.execute(_listed(disclosures.is_standing()).order_by(*newest_first).limit(number))
    return [PublicDisclosure(opening, version, None) for opening, version in rows]


def unscoped_slugs(number: int) -> Sequence[tuple[str, datetime, str]]:
    """Return slug, moment of publication and zone of listed openings, newest first."""
    columns = (Opening.slug, DisclosureVersion.published_at, Opening.zone)
    wanted = _listed(disclosures.is_current()).with_only_columns(*columns).order_by(Opening.id.desc()).limit(number)
    return [(slug, moment, zone) for slug, moment, zone in db.session.execute(wanted)]


def _listed(which: Any) -> Select[Any, Any]:
    return published(which).where(Opening.state.in_(LISTED))


def _conditions(asked: Asked, today: date) -> list[ColumnElement[bool]]:
    found = [_holds(word) for word in asked.words]
    if asked.place:
        found.append(Opening.place == asked.place)
    if asked.where is not None:
        found.append(_is_remote() if asked.where is Where.REMOTE else not_(_is_remote()))
    if asked.period:
        found.append(DisclosureVersion.content.contains(MARKS.period(asked.period), autoescape=True))
    if asked.until is not None:
        found.append(_is_open_until(asked.until, today))
    return found


def _holds(word: str) -> ColumnElement[bool]:
    """Tell whether an opening's title, its place or what its current version says has a word, in any case."""
    in_opening = [_has(column, one) for one in spellings(word) for column in (Opening.title, Opening.place)]
    said = [_has(DisclosureVersion.content, part) for one in spellings(word) for part in content_parts(one)]
    return or_(*in_opening, *said)


def _has(column: Any, text: str) -> ColumnElement[bool]:
    """Tell whether a column has a text in any case; SQLite's LIKE folds plain letters by itself, and faster."""
    if db.engine.dialect.name == "sqlite":
        return cast("ColumnElement[bool]", column.contains(text, autoescape=True))
    return cast("ColumnElement[bool]", column.icontains(text, autoescape=True))


def _is_remote() -> ColumnElement[bool]:
    says = [_has(Opening.place, one) for one in REMOTE_WORDS]
    denies = [_has(Opening.place, one) for one in NOT_REMOTE_WORDS]
    return and_(or_(*says), not_(or_(*denies)))


def _is_open_until(until: Until, today: date) -> ColumnElement[bool]:
    until_filled = DisclosureVersion.content.contains(MARKS.no_deadline, autoescape=True)
    if until is Until.FILLED:
        return until_filled
    last = today + timedelta(days=DAYS[until])
    return or_(until_filled, _deadline() >= last.isoformat())


def _deadline() -> ColumnElement[str]:
    """Cut the date to apply by out of a frozen text, where it stands as year-month-day."""
    content = DisclosureVersion.content
    claim = func.substr(content, _Position(content, MARKS.deadline))
    return func.substr(claim, _Position(claim, MARKS.date) + len(MARKS.date), DATE_LENGTH)


class _Position(FunctionElement[int]):
    """Where a text stands in another, from 1; both databases have it, by different names."""

    inherit_cache = True
    type = Integer()


@compiles(_Position)
def _as_instr(element: _Position, compiler: SQLCompiler, **more: Any) -> str:
    return f"instr({compiler.process(element.clauses, **more)})"


@compiles(_Position, "postgresql")
def _as_strpos(element: _Position, compiler: SQLCompiler, **more: Any) -> str:
    return f"strpos({compiler.process(element.clauses, **more)})"
