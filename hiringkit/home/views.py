"""The home page: what is mine and the one next thing; and the overview of an opening."""

from typing import Any

from flask import Blueprint, render_template

from hiringkit.foundation.access import actor, may, requires
from hiringkit.home.policy import HomePermission
from hiringkit.openings import queries as openings
from hiringkit.openings.policy import OpeningPermission
from hiringkit.openings.rules import OPENING

bp = Blueprint("home", __name__)


@bp.get("/")
@requires(HomePermission.READ)
def show() -> Any:
    """Show the viewer's queue."""
    return render_template("home/show.html")


@bp.get("/openings/<opening_id>")
@requires(OpeningPermission.READ)
def opening(opening_id: str) -> Any:
    """Show where an opening stands."""
    row = openings.opening(actor(), opening_id)
    return render_template(
        "home/opening.html",
        opening=row,
        words=openings.unscoped_words([row])[row.id],
        moves=OPENING.moves_from(row.state),
        may_edit=may(actor(), OpeningPermission.EDIT, row.team_id),
    )
