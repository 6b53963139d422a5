"""The overview of a draft: how far it is and what is published."""

from datetime import date
from typing import Any

from flask import render_template, url_for

from hiringkit.disclosures import operations, queries
from hiringkit.disclosures.forms import WithdrawalForm
from hiringkit.disclosures.policy import DisclosurePermission
from hiringkit.disclosures.rules.clarity import clarity
from hiringkit.disclosures.rules.fields import FIELDS
from hiringkit.disclosures.rules.posting import lacks, reports
from hiringkit.disclosures.rules.publishing import obstacles, progress
from hiringkit.disclosures.rules.workload.picture import picture_of
from hiringkit.disclosures.views.blueprint import bp
from hiringkit.foundation.access import actor, may, requires
from hiringkit.foundation.clock import now
from hiringkit.foundation.forms import answer
from hiringkit.foundation.words import local


@bp.get("/openings/<opening_id>/disclosure")
@requires(DisclosurePermission.READ)
def show(opening_id: str) -> Any:
    """Show how far the disclosure is, what a candidate would still ask, and what is published."""
    return overview_page(queries.disclosure(actor(), opening_id), WithdrawalForm())


def overview_page(view: queries.DisclosureView, form: WithdrawalForm) -> Any:
    """Render the overview; `form` withdraws a version and may have been refused."""
    today, team_id = today_of(view), view.opening.team_id
    steps = progress(view.claims, view.confirmed, today)
    body = render_template(
        "disclosures/show.html",
        view=view,
        form=form,
        steps=steps,
        unfinished=next((one for one in steps if one.is_unfinished), None),
        clarity=clarity(view.claims, today),
        obstacles=obstacles(view.claims, view.confirmed, lacks(view.opening.posting_places, view.claims, today)),
        places=reports(view.opening.posting_places, view.claims, today),
        review=queries.review_standing(actor(), view) if view.draft else None,
        work=picture_of(view.claims),
        labels={asked.key: asked.label for asked in FIELDS.values()},
        may_edit=may(actor(), DisclosurePermission.EDIT, team_id),
        attests=queries.unscoped_incumbency(view.opening.id, actor().member_id) is not None,
        may_publish=may(actor(), DisclosurePermission.PUBLISH, team_id),
    )
    return body, form.status


def today_of(view: queries.DisclosureView) -> date:
    """Return the day it is where the opening is."""
    return local(now(), view.opening.zone).date()


@bp.post("/openings/<opening_id>/disclosure")
@requires(DisclosurePermission.EDIT)
def start(opening_id: str) -> Any:
    """Start the draft from the template of the opening's pack."""
    view = queries.disclosure(actor(), opening_id)
    return answer(
        lambda: operations.start_draft(view.opening, by=actor(), at=now()), to=lambda _: overview_address(opening_id)
    )


def overview_address(opening_id: str) -> str:
    """Return the address of the overview."""
    return url_for(".show", opening_id=opening_id)
