"""A second person looks at a draft: asking for it, the page to read, and the answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, render_template, url_for

from hiringkit.disclosures import operations, queries
from hiringkit.disclosures.forms import ReviewAnswerForm
from hiringkit.disclosures.policy import DisclosurePermission
from hiringkit.disclosures.rules.claims import Claim
from hiringkit.disclosures.rules.clarity import clarity
from hiringkit.disclosures.rules.difference import differences
from hiringkit.disclosures.rules.fields import FIELDS, SECTIONS
from hiringkit.disclosures.rules.posting import lacks
from hiringkit.disclosures.rules.publishing import obstacles
from hiringkit.disclosures.rules.shapes import Field, Section
from hiringkit.disclosures.rules.wording import Words, answer_words
from hiringkit.disclosures.views.blueprint import bp
from hiringkit.disclosures.views.overview import overview_address, today_of
from hiringkit.foundation.access import actor, may, requires
from hiringkit.foundation.clock import now
from hiringkit.foundation.errors import NotFoundError
from hiringkit.foundation.forms import Form, answer


@dataclass(frozen=True)
class ReadAnswer:
    """One question with its answer in words; `ground` is its first claim, or None where it is open."""

    asked: Field
    lines: Sequence[Words]
    ground: Claim | None


@bp.get("/openings/<opening_id>/disclosure/review")
@requires(DisclosurePermission.READ)
def show_review(opening_id: str) -> Any:
    """Show the whole draft in words and what changes with it, to whoever may answer a review."""
    return _review_page(queries.disclosure(actor(), opening_id), ReviewAnswerForm(formdata=None))


def _review_page(view: queries.DisclosureView, form: ReviewAnswerForm) -> Any:
    if view.draft is None:
        raise NotFoundError
    published = queries.document_of(view.current).claims if view.current else ()
    body = render_template(
        "disclosures/review.html",
        view=view,
        form=form,
        review=queries.review_standing(actor(), view),
        changes=differences(published, view.claims) if view.current else (),
        sections=[(one, _answers(one, view.claims)) for one in SECTIONS],
        open=clarity(view.claims, today_of(view)).open,
        labels={asked.key: asked.label for asked in FIELDS.values()},
        may_ask=may(actor(), DisclosurePermission.PUBLISH, view.opening.team_id)
        and not view.is_unchanged
        and not obstacles(view.claims, view.confirmed, lacks(view.opening.posting_places, view.claims, today_of(view))),
    )
    return body, form.status


def _answers(section: Section, claims: Sequence[Claim]) -> list[ReadAnswer]:
    found = []
    for asked in section.fields:
        mine = [claim for claim in claims if claim.field == asked.key]
        found.append(ReadAnswer(asked, [answer_words(asked, one) for one in mine], mine[0] if mine else None))
    return found


@bp.post("/openings/<opening_id>/disclosure/reviews")
@requires(DisclosurePermission.PUBLISH)
def ask_for_review(opening_id: str) -> Any:
    """Ask a second person to look at the draft as it was when the sender looked at it."""
    view = queries.disclosure(actor(), opening_id)
    seen = Form().edited_version
    done = answer(
        lambda: operations.ask_for_review(view.opening, seen=seen, by=actor(), at=now()),
        to=lambda _: overview_address(opening_id),
    )
    flash("Asked. Those who may answer find it on their home page.")
    return done


@bp.post("/openings/<opening_id>/disclosure/reviews/<review_id>/answer")
@requires(DisclosurePermission.REVIEW)
def answer_review(opening_id: str, review_id: str) -> Any:
    """Approve what the draft says, or say "not yet" and why."""
    view, row = queries.disclosure(actor(), opening_id), queries.review(actor(), opening_id, review_id)
    operations.demand_reviewer(row, view.opening, by=actor())
    form = ReviewAnswerForm()
    if form.validate():
        done = answer(
            lambda: operations.answer_review(row, form.note.data or "", approves=form.approves, by=actor(), at=now()),
            to=lambda _: url_for(".show_review", opening_id=opening_id),
            form=form,
        )
        if done:
            flash("Approved. A manager can publish it now." if form.approves else "Sent back with your note.")
            return done
    return _review_page(view, form)
