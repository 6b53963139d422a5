"""Questions behind a personal link: one's own with their answers, what everybody may read, and asking."""

from typing import Any

from flask import flash, request, url_for

from hiringkit.candidates import operations
from hiringkit.candidates import queries as candidates
from hiringkit.candidates.queries import LinkedApplication
from hiringkit.disclosures.queries import document_of
from hiringkit.disclosures.rules.fields import FIELDS
from hiringkit.foundation import throttle
from hiringkit.foundation.access import actor, by_link
from hiringkit.foundation.clock import now
from hiringkit.foundation.forms import answer
from hiringkit.foundation.paging import page_number
from hiringkit.portal.forms import QuestionForm
from hiringkit.portal.views.blueprint import bp, linked, portal_page
from hiringkit.portal.views.reading import ToRead, demanded

AN_HOUR = 10
TOO_MANY = "You have asked ten questions within an hour. Wait a little, then send this one."


@bp.get("/portal/<token>/questions")
@by_link
def questions(token: str) -> Any:
    """Show what was asked and answered, and the form; `field` in the address says what the question is about."""
    view = linked(token)
    return _page(token, view, demanded(view), QuestionForm(formdata=None, field=request.args.get("field", "")))


def _page(token: str, view: LinkedApplication, reading: ToRead, form: QuestionForm) -> Any:
    asked = document_of(reading.version.version).asked
    form.offer([(key, FIELDS[key].label) for key in asked if key in FIELDS])
    body = portal_page(
        "questions",
        token,
        view,
        form=form,
        fields=FIELDS,
        own=candidates.own_questions(view),
        published=candidates.unscoped_published_answers(view.opening.id, page_number()),
    )
    return body, form.status


@bp.post("/portal/<token>/questions")
@by_link
def ask(token: str) -> Any:
    """Ask a question about the version that the candidate reads."""
    view, form = linked(token), QuestionForm()
    reading, at = demanded(view), now()
    if form.validate():
        bucket = f"portal-question:{view.application.public_id}"
        throttle.take(bucket, limit=AN_HOUR, seconds=3600, at=at, sentence=TOO_MANY)

        def act() -> None:
            version, field = reading.version.version, form.field.data or ""
            operations.ask_question(view.application, version, field, form.text.data or "", by=actor(), at=at)
            flash("Your question was sent. The answer appears on this page.")

        done = answer(act, to=lambda _: url_for(".questions", token=token), form=form)
        if done:
            return done
    return _page(token, view, reading, form)
