"""Pages behind a personal link: where the application stands, what the work is, withdrawing."""

from typing import Any

from flask import flash, redirect, request, url_for

from hiringkit.candidates import operations
from hiringkit.candidates import queries as candidates
from hiringkit.candidates.queries import LinkedApplication
from hiringkit.candidates.rules.lifecycle import APPLICATION
from hiringkit.disclosures.queries import leaflet, unscoped_attested
from hiringkit.foundation.access import actor, by_link
from hiringkit.foundation.clock import now
from hiringkit.foundation.errors import NotFoundError
from hiringkit.foundation.forms import answer
from hiringkit.interviews import queries as interviews
from hiringkit.library.queries import pack_content, unscoped_pack
from hiringkit.loops import queries as loops
from hiringkit.loops.rules.content import LoopContent
from hiringkit.portal.rules import STATUS
from hiringkit.portal.views.blueprint import bp, linked, portal_page


@bp.get("/portal/<token>")
@by_link
def show(token: str) -> Any:
    """Show where the application stands, what was sent, the conversations, and the one next thing."""
    view = linked(token)
    version = loops.unscoped_current_version(view.opening.id)
    return portal_page(
        "show",
        token,
        view,
        status=STATUS[view.application.state],
        deliveries=candidates.unscoped_deliveries(view.application.id),
        content=LoopContent.from_json(version.content) if version else None,
        interviews=interviews.unscoped_interviews_of_application(view.application.id, now()),
        truth=candidates.unscoped_truth_asked(view.application, now()),
        may_withdraw=APPLICATION.can(view.application.state, "withdraw"),
    )


@bp.get("/portal/<token>/disclosure")
@by_link
def disclosure(token: str) -> Any:
    """Show the disclosure version that was delivered last, in full, with how people are interviewed."""
    view = linked(token)
    delivery = _newest(view)
    version = loops.unscoped_current_version(view.opening.id)
    return portal_page(
        "disclosure",
        token,
        view,
        delivery=delivery,
        leaflet=leaflet(delivery.version),
        attested=unscoped_attested(delivery.version.id).sentences,
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
    view = linked(token)
    delivery = candidates.delivery_of(view, request.form.get("delivery", ""))

    def act() -> None:
        operations.acknowledge(delivery, by=actor(), at=now())
        flash("Thank you. We have noted that you have read it.")

    return answer(act, to=lambda _: url_for(".show", token=token))


@bp.get("/portal/<token>/withdrawal")
@by_link
def confirm_withdrawal(token: str) -> Any:
    """Ask whether the candidate wants to withdraw."""
    view = linked(token)
    if not APPLICATION.can(view.application.state, "withdraw"):
        return redirect(url_for(".show", token=token), 303)
    return portal_page("withdraw", token, view)


@bp.post("/portal/<token>/withdrawal")
@by_link
def withdraw(token: str) -> Any:
    """End the application on the candidate's word; one that has ended stays as it is."""
    view = linked(token)

    def act() -> None:
        if APPLICATION.can(view.application.state, "withdraw"):
            operations.withdraw_application(view.application, by=actor(), at=now())
            flash("You have withdrawn. The people who work on your application see it now.")

    return answer(act, to=lambda _: url_for(".show", token=token))
