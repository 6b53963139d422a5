"""What was true of the disclosure, asked of a hire after 30 and after 90 days."""

from typing import Any

from flask import flash, redirect, url_for

from hiringkit.candidates import operations, queries
from hiringkit.candidates.queries import LinkedApplication, TruthAsked
from hiringkit.disclosures.queries import leaflet
from hiringkit.disclosures.rules.saying import WordDraft
from hiringkit.foundation.access import actor, by_link
from hiringkit.foundation.clock import now
from hiringkit.foundation.forms import answer
from hiringkit.portal.forms import TruthForm, truth_form
from hiringkit.portal.views.blueprint import bp, linked, portal_page


@bp.get("/portal/<token>/truth")
@by_link
def truth(token: str) -> Any:
    """Show the version that the hire was shown, with a place to say of each section whether it was true."""
    view = linked(token)
    asked = queries.unscoped_truth_asked(view.application, now())
    if asked is None:
        return redirect(url_for(".show", token=token), 303)
    return _page(token, view, asked, truth_form(leaflet(asked.version).sections))


def _page(token: str, view: LinkedApplication, asked: TruthAsked, form: TruthForm) -> Any:
    return portal_page("truth", token, view, asked=asked, leaflet=leaflet(asked.version), form=form), form.status


@bp.post("/portal/<token>/truth")
@by_link
def answer_truth(token: str) -> Any:
    """Store what the hire says; once for each of the two days."""
    view, at = linked(token), now()
    asked = queries.unscoped_truth_asked(view.application, at)
    form = truth_form(leaflet(asked.version).sections if asked else ())

    def act() -> None:
        # What was sent twice is sent on by its form key before this; what comes later by another form is refused here.
        operations.answer_truth(
            view.application, form.to_drafts(WordDraft), is_shared=bool(form.is_shared.data), by=actor(), at=at
        )
        flash("Thank you. The next people who apply learn from it what is true.")

    done = answer(act, to=lambda _: url_for(".show", token=token), form=form)
    if done or asked is None:
        return done
    return _page(token, view, asked, form)
