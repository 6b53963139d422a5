"""Publishing a draft, and withdrawing a version."""

from typing import Any

from flask import flash

from hiringkit.disclosures import operations, queries
from hiringkit.disclosures.forms import WithdrawalForm
from hiringkit.disclosures.policy import DisclosurePermission
from hiringkit.disclosures.views.blueprint import bp
from hiringkit.disclosures.views.overview import overview_address, overview_page
from hiringkit.foundation.access import actor, requires
from hiringkit.foundation.clock import now
from hiringkit.foundation.forms import Form, answer


@bp.post("/openings/<opening_id>/disclosure/publication")
@requires(DisclosurePermission.PUBLISH)
def publish(opening_id: str) -> Any:
    """Publish the draft as it was when the sender looked at it."""
    view = queries.disclosure(actor(), opening_id)
    seen = Form().edited_version
    done = answer(
        lambda: operations.publish_disclosure(view.opening, seen=seen, by=actor(), at=now()),
        to=lambda _: overview_address(opening_id),
    )
    flash("The disclosure is published.")
    return done


@bp.post("/openings/<opening_id>/disclosure/versions/<int(max=100000):number>/withdrawal")
@requires(DisclosurePermission.PUBLISH)
def withdraw(opening_id: str, number: int) -> Any:
    """Take a published version off the public pages."""
    row, form = queries.published_version(actor(), opening_id, number), WithdrawalForm()
    if form.validate():
        done = answer(
            lambda: operations.withdraw_disclosure(row, form.reason.data or "", by=actor(), at=now()),
            to=lambda _: overview_address(opening_id),
            form=form,
        )
        if done:
            flash(f"Version {number} is withdrawn.")
            return done
    return overview_page(queries.disclosure(actor(), opening_id), form)
