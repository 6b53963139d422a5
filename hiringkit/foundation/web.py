"""What every answer has in common: headers, static addresses, template globals, and a floor under each request."""

import gzip
import hashlib
import importlib.util
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Request, Response, current_app, g, request, send_from_directory, url_for
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from jinja2 import StrictUndefined
from werkzeug.exceptions import SecurityError
from werkzeug.middleware.proxy_fix import ProxyFix

from hiringkit.foundation import forms
from hiringkit.foundation.access import public
from hiringkit.foundation.db import expect_writes
from hiringkit.foundation.errors import BadRequestError, ForbiddenError
from hiringkit.foundation.settings import Settings
from hiringkit.foundation.words import day_words, local, moment_words

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "X-Frame-Options": "DENY",
}
STATIC_SECONDS = 31_536_000
COMPRESSIBLE = frozenset({"text/css", "text/javascript", "image/svg+xml"})


class Sessions(SecureCookieSessionInterface):
    """Signed cookies; a page that is the same for everybody neither sets nor depends on one."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Read the cookie where there is one; making its signer takes longer than a kept page does."""
        if self.get_cookie_name(app) not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write the cookie where it matters; Flask-Login looks at the session in every request."""
        if not g.get("is_cacheable", False):
            super().save_session(app, session, response)


def install(app: Flask, settings: Settings) -> None:
    """Give the app its common floor."""
    app.session_interface = Sessions()
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]  # Flask's documented way.
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(asset=asset, form_key=forms.form_key)
    app.jinja_env.filters.update(day_words=day_words, moment_words=moment_words, local=local)
    app.add_url_rule("/assets/bootstrap.css", "bootstrap_css", public(bootstrap_css))
    app.before_request(_begin)
    app.after_request(_finish)


def _begin() -> Any:
    """Refuse foreign hosts, foreign origins and files; send a repeated form where it went before."""
    expect_writes(wanted=request.method not in SAFE_METHODS)
    _check_host()
    if request.method in SAFE_METHODS:
        return None
    _check_origin()
    if request.mimetype == "multipart/form-data":
        message = "This site takes no files."
        raise BadRequestError(message)
    return forms.repeat()


def _check_host() -> None:
    settings: Settings = current_app.extensions["hiringkit.settings"]
    try:
        host = urlsplit(f"//{request.host}").hostname
    except (SecurityError, ValueError):
        host = None
    if host not in settings.hosts:
        message = "This site does not answer to that host name."
        raise BadRequestError(message)


def _check_origin() -> None:
    origin = request.headers.get("Origin")
    if origin is None:
        return
    if origin == "null" and request.headers.get("Sec-Fetch-Site") == "same-origin":
        return  # So do browsers name the origin of pages that send no referrer, such as the candidate's.
    if origin.partition("://")[2] != request.host:
        message = "This form was sent from another site."
        raise ForbiddenError(message)


def _finish(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if _is_compressible(response):
        _compress(response)
    settings: Settings = current_app.extensions["hiringkit.settings"]
    if settings.is_https:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    if g.get("is_cacheable", False) or (_is_file() and response.status_code < HTTPStatus.BAD_REQUEST):
        return response
    response.headers["Cache-Control"] = "no-store"
    response.headers.pop("ETag", None)
    response.headers.pop("Last-Modified", None)
    response.vary.add("Cookie")
    return response


def _is_compressible(response: Response) -> bool:
    """Tell whether an answer is a file to compress; a page that holds a token never is (BREACH)."""
    takes = response.status_code == HTTPStatus.OK and request.accept_encodings["gzip"]
    return bool(takes) and _is_file() and response.mimetype in COMPRESSIBLE


def _is_file() -> bool:
    return request.endpoint in {"static", "bootstrap_css"}


def _compress(response: Response) -> None:
    response.direct_passthrough = False
    response.set_data(_gzipped(response.get_data()))
    response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    etag, _ = response.get_etag()
    if etag:
        response.set_etag(etag, weak=True)


@lru_cache(maxsize=128)
def _gzipped(body: bytes) -> bytes:
    return gzip.compress(body, mtime=0)


def cacheable(response: Response, *, seconds: int) -> Response:
    """Make a public page that depends on nobody cacheable: an ETag, no cookie, no `Vary: Cookie`."""
    g.is_cacheable = True
    response.headers["Cache-Control"] = f"public, max-age={seconds}"
    response.add_etag()
    response.make_conditional(request)
    return response


@lru_cache(maxsize=64)
def _digest(path: Path, _modified: float) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def asset(name: str) -> str:
    """Return the address of a static file, with its content in it, so that browsers may keep it for good."""
    path = _bootstrap_css() if name == "bootstrap.css" else Path(current_app.static_folder or "") / name
    digest = _digest(path, path.stat().st_mtime)
    if name == "bootstrap.css":
        return url_for("bootstrap_css", v=digest)
    return url_for("static", filename=name, v=digest)


@lru_cache(maxsize=1)
def _bootstrap_css() -> Path:
    spec = importlib.util.find_spec("flask_bootstrap")
    if spec is None or not spec.submodule_search_locations:
        message = "Bootstrap-Flask is not installed"
        raise RuntimeError(message)
    return Path(spec.submodule_search_locations[0]) / "static" / "bootstrap5" / "css" / "bootstrap.min.css"


def bootstrap_css() -> Response:
    """Serve the one file of Bootstrap that the theme stands on, from the installed package."""
    path = _bootstrap_css()
    return send_from_directory(path.parent, path.name, max_age=STATIC_SECONDS)
