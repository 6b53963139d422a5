"""The one place where refusals and failures become pages: right status, what was kept, what to do."""

from typing import Any

import structlog
from flask import Flask, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import HTTPException

from hiringkit.foundation import errors
from hiringkit.foundation.forms import UNKEPT, typed_text
from hiringkit.foundation.web import SAFE_METHODS, remove_session

HTTP_WORDS = {
    400: ("That request could not be read", "Something in it was incomplete or not understood."),
    403: ("You may not do this", "Your capacity does not include this."),
    404: ("There is nothing here for you", "The address may be mistyped, or what it names is not for you to see."),
    405: ("This address does not take that", "Pages are read here; changes are made with the buttons on them."),
    413: ("That is more than this site takes", "A form may hold up to 500 kB of text."),
    415: ("This site does not take that kind of content", "It takes forms, not files."),
    429: ("Too many tries in a short time", "Wait a moment and try again."),
}
RETRY_SECONDS = 5
log = structlog.get_logger()


def install(app: Flask) -> None:
    """Handle every kind of refusal and failure."""
    app.register_error_handler(errors.StaleEditError, _stale)
    app.register_error_handler(errors.HiringkitError, _refusal)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(IntegrityError, _clash)
    app.register_error_handler(StaleDataError, _clash)
    app.register_error_handler(DataError, _unstorable)
    app.register_error_handler(Exception, _crash)


def page(
    status: int, title: str, what_happened: str, what_to_do: str = "", headers: dict[str, str] | None = None
) -> Any:
    """Render the error page; for a refused form it lists what was typed and offers to send it again."""
    remove_session()
    kept = _kept()
    body = render_template(
        "errors/error.html",
        status=status,
        title=title,
        what_happened=what_happened,
        what_was_kept="What you typed is below; nothing of it is lost." if kept else "",
        what_to_do=what_to_do,
        kept=kept,
        link=("/", "Go to your home page"),
    )
    return body, status, headers or {}


def _kept() -> list[tuple[str, str]]:
    if request.method in SAFE_METHODS:
        return []
    try:
        return list(typed_text())
    except HTTPException:  # The body itself is what was refused, so the page does without it.
        request.form = ImmutableMultiDict()
        return []


def _refusal(error: errors.HiringkitError) -> Any:
    headers = {"Retry-After": str(error.retry_after)} if isinstance(error, errors.TooManyError) else {}
    if isinstance(error, errors.UnavailableError):
        headers["Retry-After"] = str(RETRY_SECONDS)
    what = error.sentence if error.sentence != error.title else ""
    if isinstance(error, errors.InvalidError) and error.problems:
        what = " ".join([what, *error.problems.values()]).strip()
    return page(error.status, error.title, what, error.remedy, headers)


def _stale(error: errors.StaleEditError) -> Any:
    remove_session()
    typed = [(name, value) for name, values in request.form.lists() if name not in UNKEPT for value in values]
    fields = [
        {
            "name": name,
            "label": name.replace("_", " ").replace("-", " ").capitalize(),
            "yours": yours,
            "theirs": error.current.get(name, ""),
            "multiline": len(yours) > 60 or "\n" in yours or len(error.current.get(name, "")) > 60,  # noqa: PLR2004  # About one line.
            "changed": name in error.current and error.current[name].strip() != yours.strip(),
        }
        for name, yours in typed
    ]
    body = render_template(
        "errors/conflict.html",
        title=error.title,
        sentence=error.sentence,
        fields=fields,
        action=request.path,
        version=error.version,
    )
    return body, error.status


def _csrf(_error: CSRFError) -> Any:
    return page(
        400,
        "This form has grown too old",
        "The page it came from was opened in another sign-in, or too long ago.",
        "Send it again with the button below.",
    )


def _http(error: HTTPException) -> Any:
    if error.code is None or error.code < 400:  # noqa: PLR2004  # Redirects are not errors.
        return error
    title, what = HTTP_WORDS.get(error.code, (error.name, ""))
    return page(error.code, title, what)


def _database(error: OperationalError) -> Any:
    log.warning("database_unavailable", reason=type(error.orig).__name__)
    return page(
        503,
        errors.UnavailableError.title,
        "The database is busy or out of space; nothing was changed.",
        "Wait a few seconds and send it again.",
        {"Retry-After": str(RETRY_SECONDS)},
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
    return page(422, errors.InvalidError.title, "One of the values is longer or larger than what can be stored.")


def _crash(error: Exception) -> Any:
    log.error("crash", kind=type(error).__name__, exc_info=error)
    return page(
        500, errors.HiringkitError.title, "This is a mistake in hiringkit, not yours. It has been written to the log."
    )
