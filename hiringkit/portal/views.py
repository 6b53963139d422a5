"""The candidate's own page behind a personal link: reading changes nothing, and no other page opens with it."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from hiringkit.candidates import operations
from hiringkit.candidates import queries as candidates
from hiringkit.candidates.queries import LinkedApplication
from hiringkit.candidates.rules.lifecycle import APPLICATION
from hiringkit.disclosures.queries import leaflet
from hiringkit.foundation import throttle
from hiringkit.foundation.access import act_as_candidate, actor, by_link
from hiringkit.foundation.clock import now
from hiringkit.foundation.errors import NotFoundError
from hiringkit.foundation.forms import answer
from hiringkit.foundation.words import zone_words
from hiringkit.interviews import queries as interviews
from hiringkit.library.queries import pack_content, unscoped_pack
from hiringkit.loops import queries as loops
from hiringkit.loops.rules.content import LoopContent
from hiringkit.people.queries import unscoped_organisation
from hiringkit.portal.rules import STATUS

bp = Blueprint("portal", __name__)
GUESSES_A_MINUTE = 30
SLOW_DOWN = "There were too many tries with addresses that lead nowhere. Wait a minute, then open your own link again."
HEADERS = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow", "Cache-Control": "no-store"}


@bp.after_app_request
def keep_private(response: Response) -> Response:
    """Keep the address of these pages, wrong ones as well, out of referrers, indexes and caches."""
    if request.path.startswith("/portal/"):
        response.headers.update(HEADERS)
    return response


@bp.errorhandler(NotFoundError)
def no_longer_valid(_error: NotFoundError) -> Any:
    """Say that the link is not valid, whether it was revoked or never existed."""
    return render_template("portal/no_longer_valid.html", **_organisation()), 404


def _organisation() -> dict[str, str]:
    found = unscoped_organisation()
    return {"organisation_name": found.name, "contact": found.contact} if found else {"contact": ""}


def _linked(token: str) -> LinkedApplication:
    """Return the application behind the link, and act as its candidate, whoever else is signed in here."""
    try:
        view = candidates.application_by_token(token)
    except NotFoundError:
        bucket = f"portal-guess:{request.remote_addr}"
        throttle.take(bucket, limit=GUESSES_A_MINUTE, seconds=60, at=now(), sentence=SLOW_DOWN)
        raise
    act_as_candidate(view.application.id, view.application.public_id)
    return view


def _page(template: str, token: str, view: LinkedApplication, **more: Any) -> str:
    zone = view.candidate.zone
    context = {"view": view, "token": token, "zone": zone, "zone_label": zone_words(zone), **_organisation()}
    return render_template(f"portal/{template}.html", **context, **more)


@bp.get("/portal/<token>")
@by_link
def show(token: str) -> Any:
    """Show where the application stands, what was sent, the conversations, and the one next thing."""
    view = _linked(token)
    version = loops.unscoped_current_version(view.opening.id)
    return _page(
        "show",
        token,
        view,
        status=STATUS[view.application.state],
        deliveries=candidates.unscoped_deliveries(view.application.id),
        content=LoopContent.from_json(version.content) if version else None,
        interviews=interviews.unscoped_interviews_of_application(view.application.id, now()),
        may_withdraw=APPLICATION.can(view.application.state, "withdraw"),
    )


@bp.get("/portal/<token>/disclosure")
@by_link
def disclosure(token: str) -> Any:
    """Show the disclosure version that was delivered last, in full, with how people are interviewed."""
    view = _linked(token)
    delivery = _newest(view)
    version = loops.unscoped_current_version(view.opening.id)
    return _page(
        "disclosure",
        token,
        view,
        delivery=delivery,
        leaflet=leaflet(delivery.version),
        stages=loops.unscoped_stages_without_scenarios(version.id) if version else [],
        preparation=pack_content(unscoped_pack(view.opening.pack_id)).preparation,
    )


def _newest(view: LinkedApplication) -> candidates.DeliveryView:
    deliveries = candidates.unscoped_deliveries(view.application.id)
    if not deliveries:
        raise NotFoundError
    return deliveries[0]


@bp.post("/portal/<token>/acknowledgement")
@by_link
def acknowledge(token: str) -> Any:
    """Record that the candidate has read the version."""
    view = _linked(token)
    delivery = candidates.delivery_of(view, request.form.get("delivery", ""))

    def act() -> None:
        operations.acknowledge(delivery, by=actor(), at=now())
        flash("Thank you. We have noted that you have read it.")

    return answer(act, to=lambda _: url_for(".show", token=token))


@bp.get("/portal/<token>/withdrawal")
@by_link
def confirm_withdrawal(token: str) -> Any:
    """Ask whether the candidate wants to withdraw."""
    view = _linked(token)
    if not APPLICATION.can(view.application.state, "withdraw"):
        return redirect(url_for(".show", token=token), 303)
    return _page("withdraw", token, view)


@bp.post("/portal/<token>/withdrawal")
@by_link
def withdraw(token: str) -> Any:
    """End the application on the candidate's word; one that has ended stays as it is."""
    view = _linked(token)

    def act() -> None:
        if APPLICATION.can(view.application.state, "withdraw"):
            operations.withdraw_application(view.application, by=actor(), at=now())
            flash("You have withdrawn. The people who work on your application see it now.")

    return answer(act, to=lambda _: url_for(".show", token=token))
