"""Who does this work now, as managers mark it, and what those people say of the published version."""

from typing import Any

from flask import flash, render_template, url_for

from hiringkit.disclosures import operations, queries
from hiringkit.disclosures.forms import IncumbentForm
from hiringkit.disclosures.policy import DisclosurePermission
from hiringkit.disclosures.rules.fields import FIELDS
from hiringkit.disclosures.views.blueprint import bp
from hiringkit.foundation.access import actor, requires
from hiringkit.foundation.clock import now
from hiringkit.foundation.forms import SelectChoice, answer
from hiringkit.foundation.paging import page_number


@bp.get("/openings/<opening_id>/disclosure/incumbents")
@requires(DisclosurePermission.MARK)
def incumbents(opening_id: str) -> Any:
    """List who is in the role, and what they say in counts."""
    return _page(opening_id, IncumbentForm())


def _page(opening_id: str, form: IncumbentForm) -> Any:
    opening, version = queries.opening_to_mark(actor(), opening_id)
    members = [one for one in queries.unscoped_members_to_mark(opening) if one.id != actor().member_id]
    form.member.choices = [SelectChoice("", "Choose somebody"), *(SelectChoice(m.public_id, m.name) for m in members)]
    body = render_template(
        "disclosures/incumbents.html",
        opening=opening,
        version=version,
        page=queries.unscoped_incumbents(opening.id, page_number()),
        form=form,
        can_mark=bool(members),
        sections=queries.leaflet(version).sections if version else (),
        attested=queries.unscoped_attested_with_notes(version.id) if version else None,
        labels={asked.key: asked.label for asked in FIELDS.values()},
    )
    return body, form.status


@bp.post("/openings/<opening_id>/disclosure/incumbents")
@requires(DisclosurePermission.MARK)
def mark_incumbent(opening_id: str) -> Any:
    """Mark a member as being in the role."""
    opening, _ = queries.opening_to_mark(actor(), opening_id)
    form = IncumbentForm()
    done = answer(
        lambda: operations.mark_incumbent(opening, form.member.data or "", by=actor(), at=now()),
        to=lambda _: _address(opening_id),
        form=form,
    )
    return done or _page(opening_id, form)


def _address(opening_id: str) -> str:
    return url_for(".incumbents", opening_id=opening_id)


@bp.post("/openings/<opening_id>/disclosure/incumbents/<incumbent_id>/ending")
@requires(DisclosurePermission.MARK)
def end_incumbency(opening_id: str, incumbent_id: str) -> Any:
    """Record that somebody is no longer in the role."""
    row = queries.incumbent(actor(), opening_id, incumbent_id)

    def act() -> None:
        operations.end_incumbency(row, by=actor(), at=now())
        flash("They are no longer in the role, and what they said counts no more.")

    return answer(act, to=lambda _: _address(opening_id))


@bp.post("/openings/<opening_id>/disclosure/incumbents/<incumbent_id>/return")
@requires(DisclosurePermission.MARK)
def take_up_incumbency(opening_id: str, incumbent_id: str) -> Any:
    """Record that somebody is in the role again."""
    row = queries.incumbent(actor(), opening_id, incumbent_id)

    def act() -> None:
        operations.take_up_incumbency(row, by=actor(), at=now())
        flash("They are in the role again, and are asked again.")

    return answer(act, to=lambda _: _address(opening_id))
