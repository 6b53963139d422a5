"""Public answers are made once and kept for every process of the site, until anything at all is written."""

import gzip
import hashlib
from collections.abc import Callable, Iterator
from functools import lru_cache, wraps
from pathlib import Path

from cachelib import FileSystemCache
from flask import Flask, Response, current_app, request

from hiringkit.careers.queries import unscoped_last_written
from hiringkit.foundation.clock import now
from hiringkit.foundation.resources import resource
from hiringkit.foundation.settings import Settings
from hiringkit.foundation.web import cacheable

FRESH_SECONDS = 60
"""So long may a browser or a proxy show a page without asking again."""
QUARTER_SECONDS = 900
MOST_KEPT = 500
PAGES = "hiringkit.public_pages"


def kept(view: Callable[..., Response]) -> Callable[..., Response]:
    """Let browsers keep what a public view answers, and keep it here until anything at all is written.

    Whatever such a page says changes by an operation, which leaves an event, or with the day where the opening is,
    which begins at a quarter of an hour everywhere. So one statement tells whether an answer still holds.
    """

    @wraps(view)
    def answer(**values: object) -> Response:
        pages, key = pages_of(current_app), _key()
        made = pages.get(key)
        if made is None:
            fresh = view(**values)
            fresh.add_etag(weak=True)  # It stands for the plain and the compressed bytes.
            fresh.headers.pop("Content-Length", None)
            made = (gzip.compress(fresh.get_data(), mtime=0), list(fresh.headers))
            pages.set(key, made)
        return cacheable(_as_accepted(*made), seconds=FRESH_SECONDS)

    return answer


def _as_accepted(body: bytes, headers: list[tuple[str, str]]) -> Response:
    """Return compressed bytes as they are to who takes them."""
    takes = bool(request.accept_encodings["gzip"])
    response = Response(body if takes else gzip.decompress(body), headers=headers)
    response.vary.add("Accept-Encoding")
    if takes:
        response.headers["Content-Encoding"] = "gzip"
    return response


def pages_of(app: Flask) -> FileSystemCache:
    """Return the kept answers of a site; each holds its bytes and its headers."""
    pages: FileSystemCache | None = app.extensions.get(PAGES)
    if pages is None:
        settings: Settings = app.extensions["hiringkit.settings"]
        folder = settings.instance / "pages"
        pages = app.extensions[PAGES] = FileSystemCache(str(folder), MOST_KEPT, QUARTER_SECONDS, mode=0o600)
    return pages


def _key() -> str:
    settings: Settings = current_app.extensions["hiringkit.settings"]
    quarter = int(now().timestamp()) // QUARTER_SECONDS
    parts = (request.full_path, *unscoped_last_written(), quarter, settings.base_url, settings.demo, _release())
    return "\n".join(map(str, parts))


@lru_cache(maxsize=1)
def _release() -> str:
    """Return what stands for the program and its templates: answers of another release are not shown."""
    seen = hashlib.sha256()
    for path in _files():
        found = path.stat()
        seen.update(f"{path}\n{found.st_mtime_ns}\n{found.st_size}\n".encode())
    return seen.hexdigest()


def _files() -> Iterator[Path]:
    yield from sorted(resource("templates").rglob("*.html"))
    yield from sorted(resource("static").parent.rglob("*.py"))
