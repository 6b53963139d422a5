"""Pages behind a personal link: where the application stands, what the work is, what changed, and ways out."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, request, url_for

from hiringkit.candidates import operations
from hiringkit.candidates import queries as candidates
from hiringkit.candidates.queries import LinkedApplication
from hiringkit.candidates.rules.lifecycle import APPLICATION
from hiringkit.disclosures.queries import leaflet, unscoped_attested, unscoped_version_of
from hiringkit.disclosures.rules.fields import FIELDS
from hiringkit.foundation.access import actor, by_link
from hiringkit.foundation.clock import now
from hiringkit.foundation.forms import answer
from hiringkit.foundation.words import local
from hiringkit.interviews import queries as interviews
from hiringkit.library.queries import pack_content, unscoped_pack
from hiringkit.loops import queries as loops
from hiringkit.loops.rules.content import LoopContent
from hiringkit.portal.rules import STATUS
from hiringkit.portal.views.blueprint import bp, linked, portal_page
from hiringkit.portal.views.reading import demanded, to_read

ANSWERS_SHOWN = 20
KEYS = {asked.question: key for key, asked in FIELDS.items()}
"""What a question that is still open is about."""


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
        reading=to_read(view),
        counts=candidates.own_counts(view),
        content=LoopContent.from_json(version.content) if version else None,
        interviews=interviews.unscoped_interviews_of_application(view.application.id, now()),
        truth=candidates.unscoped_truth_asked(view.application, now()),
        may_withdraw=APPLICATION.can(view.application.state, "withdraw"),
    )


@bp.get("/portal/<token>/disclosure")
@by_link
def disclosure(token: str) -> Any:
    """Show the disclosure in full: the version to read now, or an earlier one on record that the address names."""
    view = linked(token)
    reading = demanded(view)
    shown = reading.chosen(request.args.get("version", type=int))
    plan = loops.unscoped_current_stages_without_scenarios(view.opening.id)
    answers = candidates.unscoped_newest_answers(view.opening.id, ANSWERS_SHOWN + 1)
    return portal_page(
        "disclosure",
        token,
        view,
        reading=reading,
        shown=shown,
        leaflet=leaflet(shown.version, local(now(), view.opening.zone).date()),
        attested=unscoped_attested(shown.version.id).sentences,
        stages=plan[1] if plan else [],
        preparation=pack_content(unscoped_pack(view.opening.pack_id)).preparation,
        keys=KEYS,
        answers=answers[:ANSWERS_SHOWN],
        has_more_answers=len(answers) > ANSWERS_SHOWN,
        fields=FIELDS,
    )


@bp.get("/portal/<token>/changes")
@by_link
def changes(token: str) -> Any:
    """Show claim by claim what is different from the version read before; where there is none, show the disclosure."""
    view = linked(token)
    reading = demanded(view)
    if reading.before is None:
        return redirect(url_for(".disclosure", token=token), 303)
    return portal_page("changes", token, view, reading=reading)


@bp.post("/portal/<token>/acknowledgement")
@by_link
def acknowledge(token: str) -> Any:
    """Record that the candidate has read a version: one that was delivered, or a newer one that is published."""
    view = linked(token)
    act = _newer(view) if request.form.get("version") else _delivered(view)

    def acknowledged() -> None:
        act()
        flash("Thank you. We have noted that you have read it.")

    return answer(acknowledged, to=lambda _: url_for(".show", token=token))


def _delivered(view: LinkedApplication) -> Callable[[], object]:
    delivery = candidates.delivery_of(view, request.form.get("delivery", ""))
    return lambda: operations.acknowledge(delivery, by=actor(), at=now())


def _newer(view: LinkedApplication) -> Callable[[], object]:
    version = unscoped_version_of(request.form["version"])
    return lambda: operations.acknowledge_newer(view.application, version, by=actor(), at=now())


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


@bp.get("/portal/<token>/revocation")
@by_link
def confirm_revocation(token: str) -> Any:
    """Ask whether the candidate wants to end this link, and say what stays."""
    view = linked(token)
    return portal_page("revoke", token, view, may_withdraw=APPLICATION.can(view.application.state, "withdraw"))


@bp.post("/portal/<token>/revocation")
@by_link
def revoke(token: str) -> Any:
    """End this link on the candidate's word; from then on the page it leads to says that it is not valid."""
    view = linked(token)

    def act() -> None:
        operations.revoke_link(view.link, by=actor(), at=now())
        flash("You have ended this link. Nothing else has changed.")

    return answer(act, to=lambda _: url_for(".show", token=token))
