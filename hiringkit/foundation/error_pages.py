"""The one place where refusals and failures become pages: right status, what was kept, what to do."""

from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from flask import Flask, g, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, IntegrityError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import HTTPException

from hiringkit.foundation import errors
from hiringkit.foundation.db import expect_writes, undo
from hiringkit.foundation.forms import has_secrets, sent_fields
from hiringkit.foundation.web import SAFE_METHODS

HTTP_WORDS = {
    400: ("That request could not be read", "Something in it was incomplete or not understood."),
    403: ("You may not do this", "Your capacity does not include this."),
    404: ("There is nothing here for you", "The address may be mistyped, or what it names is not for you to see."),
    405: ("This address does not take that", "Pages are read here; changes are made with the buttons on them."),
    413: ("That is more than this site takes", "A form may hold up to 500 kB of text."),
    415: ("This site does not take that kind of content", "It takes forms, not files."),
    429: ("Too many tries in a short time", "Wait a moment and try again."),
}
HTTP_REMEDIES = {
    413: "Go back: your browser still holds what you typed. Shorten it, then send it again.",
}
RETRY_SECONDS = 5
ONE_LINE = 60
log = structlog.get_logger()


def install(app: Flask) -> None:
    """Handle every kind of refusal and failure."""
    app.register_error_handler(errors.StaleEditError, _stale)
    app.register_error_handler(errors.HiringkitError, _refusal)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    for lost in (OperationalError, InterfaceError, NoConnectionError):
        app.register_error_handler(lost, _database)
    app.register_error_handler(IntegrityError, _clash)
    app.register_error_handler(StaleDataError, _clash)
    app.register_error_handler(DataError, _unstorable)
    app.register_error_handler(Exception, _crash)


def page(
    status: int,
    title: str,
    what_happened: str,
    what_to_do: str = "",
    headers: dict[str, str] | None = None,
    *,
    again: bool = False,
) -> Any:
    """Render the error page; for a refused form it lists what was typed and, with `again`, offers to send it again."""
    sent = _sent()
    body = _rendered(
        "errors/error.html",
        status=status,
        title=title,
        what_happened=what_happened,
        what_was_kept=_what_was_kept(sent),
        what_to_do=what_to_do,
        kept=[(name, value) for name, value in sent if value.strip()],
        again=sent if again and not has_secrets() else [],
        link=("/", "Go to your home page"),
    )
    return body, status, headers or {}


def _sent() -> list[tuple[str, str]]:
    if request.method in SAFE_METHODS:
        return []
    try:
        return list(sent_fields())
    except HTTPException:  # The body itself is what was refused, so the page does without it.
        request.form = ImmutableMultiDict()
        return []


def _what_was_kept(sent: Sequence[tuple[str, str]]) -> str:
    if not any(value.strip() for _, value in sent):
        return ""
    if has_secrets():
        return "What you typed is below, but for passwords and codes, which are never kept."
    return "What you typed is below; nothing of it is lost."


def _rendered(template: str, **context: Any) -> str:
    """Render with nothing left over from the request, only reading, and without the viewer if there is no database."""
    undo()
    expect_writes(wanted=False)
    g.pop("is_cacheable", None)
    try:
        return render_template(template, **context)
    except SQLAlchemyError:
        undo()
        g.without_viewer = True
        return render_template(template, **context)


def _refusal(error: errors.HiringkitError) -> Any:
    headers = {"Retry-After": str(error.retry_after)} if isinstance(error, errors.TooManyError) else {}
    if isinstance(error, errors.UnavailableError):
        headers["Retry-After"] = str(RETRY_SECONDS)
    _, usual = HTTP_WORDS.get(error.status, ("", ""))
    what = error.sentence if error.sentence != error.title else usual
    if isinstance(error, errors.InvalidError) and error.problems:
        what = " ".join([what, *error.problems.values()]).strip()
    return page(error.status, error.title, what, error.remedy, headers, again=bool(headers))


def _stale(error: errors.StaleEditError) -> Any:
    sent: dict[str, list[str]] = {name: [] for name in error.current}
    for name, value in sent_fields():
        sent.setdefault(name, []).append(value)
    body = _rendered(
        "errors/conflict.html",
        title=error.title,
        sentence=error.sentence,
        fields=[_both(name, values, error.current) for name, values in sent.items()],
        action=request.path,
        version=error.version,
    )
    return body, error.status


def _both(name: str, sent: Sequence[str], current: Mapping[str, str]) -> dict[str, Any]:
    """Return one question with both answers; boxes that were ticked, several or none, are shown and not edited."""
    yours, theirs = ", ".join(sent), current.get(name, "")
    return {
        "name": name,
        "label": name.replace("_", " ").replace("-", " ").capitalize(),
        "yours": yours,
        "theirs": theirs,
        "sent": list(sent),
        "multiline": "\n" in yours or max(len(yours), len(theirs)) > ONE_LINE,
        "changed": name in current and theirs.strip() != yours.strip(),
    }


def _csrf(_error: CSRFError) -> Any:
    return page(
        400,
        "This form has grown too old",
        "The page it came from was opened in another sign-in, or too long ago.",
        "Send it again with the button below.",
        again=True,
    )


def _http(error: HTTPException) -> Any:
    if error.code is None or error.code < 400:  # noqa: PLR2004  # Redirects are not errors.
        return error
    title, what = HTTP_WORDS.get(error.code, (error.name, ""))
    return page(error.code, title, what, HTTP_REMEDIES.get(error.code, ""))


def _database(error: SQLAlchemyError) -> Any:
    log.warning("database_unavailable", reason=type(getattr(error, "orig", error)).__name__)
    return page(
        503,
        errors.UnavailableError.title,
        "The database is busy or out of space; nothing was changed.",
        "Wait a few seconds and send it again.",
        {"Retry-After": str(RETRY_SECONDS)},
        again=True,
    )


def _clash(error: Exception) -> Any:
    log.info("clash", reason=str(getattr(error, "orig", error)).split("\n")[0][:200])
    return page(
        409,
        errors.ConflictError.title,
        "Something with the same name exists, or somebody changed it at the same moment.",
        "Go back, look at how it stands now, and send it again if it still fits.",
    )


def _unstorable(_error: DataError) -> Any:
    if request.method in SAFE_METHODS:  # An address that cannot even be looked for names nothing.
        return page(404, *HTTP_WORDS[404])
    return page(422, errors.InvalidError.title, "One of the values is longer or larger than what can be stored.")


def _crash(error: Exception) -> Any:
    log.error("crash", kind=type(error).__name__, exc_info=error)
    return page(
        500,
        errors.HiringkitError.title,
        "This is a mistake in hiringkit, not yours. It has been written to the log.",
        again=True,
    )
