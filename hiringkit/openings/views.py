"""Pages of openings: the list, creating and editing one, and the moves of its life."""

from typing import Any

from flask import Blueprint, flash, render_template, request, url_for

from hiringkit.foundation.access import actor, demand, may, requires
from hiringkit.foundation.clock import now
from hiringkit.foundation.errors import BadRequestError, InvalidError
from hiringkit.foundation.forms import answer
from hiringkit.foundation.paging import page_number
from hiringkit.library.queries import pack_content, unscoped_packs
from hiringkit.openings import operations, queries
from hiringkit.openings.forms import NewOpeningForm, OpeningForm, StateForm
from hiringkit.openings.models import Opening
from hiringkit.openings.policy import OpeningPermission
from hiringkit.openings.rules import OPENING
from hiringkit.people.queries import unscoped_organisation

bp = Blueprint("openings", __name__)


@bp.get("/openings")
@requires(OpeningPermission.READ)
def show_all() -> Any:
    """List the openings of the viewer's teams."""
    form = StateForm(request.args)
    page = queries.openings(actor(), page_number(), form.chosen)
    return render_template(
        "openings/show_all.html",
        page=page,
        words=queries.unscoped_words(page.rows),
        form=form,
        may_create=may(actor(), OpeningPermission.EDIT),
    )


@bp.get("/openings/new")
@requires(OpeningPermission.EDIT)
def new() -> Any:
    """Ask what the opening is."""
    organisation = unscoped_organisation()
    form = NewOpeningForm(zone=organisation.zone if organisation else "UTC")
    return _new_page(form)


def _new_page(form: NewOpeningForm) -> Any:
    packs = [(row, pack_content(row)) for row in unscoped_packs()]
    tracks = [
        (f"{row.public_id}/{track.key}", track.name if len(packs) == 1 else f"{track.name} ({row.name})", track.summary)
        for row, content in packs
        for track in content.tracks
    ]
    form.offer(
        [(team.public_id, team.name) for team in queries.teams_to_open_in(actor())],
        [(value, label) for value, label, _ in tracks],
    )
    hints = {value: summary for value, _, summary in tracks}
    return render_template("openings/new.html", form=form, hints=hints), form.status


@bp.post("/openings")
@requires(OpeningPermission.EDIT)
def create() -> Any:
    """Create an opening."""
    form = NewOpeningForm()
    if form.validate():
        done = answer(lambda: _created(form), to=_overview, form=form)
        if done:
            return done
    return _new_page(form)


def _created(form: NewOpeningForm) -> Opening:
    team = next((t for t in queries.teams_to_open_in(actor()) if t.public_id == form.team.data), None)
    if team is None:
        raise InvalidError(problems={"team": "Choose a team from the list."})
    pack_id, _, track_key = form.track.data.partition("/")
    pack = next((p for p in unscoped_packs() if p.public_id == pack_id), None)
    if pack is None:
        raise InvalidError(problems={"track": "Choose a track from the list."})
    return operations.create_opening(form.to_draft(team.id, pack.id, track_key), by=actor(), at=now())


def _overview(row: Opening) -> str:
    return url_for("home.opening", opening_id=row.public_id)


@bp.get("/openings/<opening_id>/details")
@requires(OpeningPermission.EDIT)
def details(opening_id: str) -> Any:
    """Show what may be changed about an opening."""
    row = queries.opening(actor(), opening_id)
    demand(actor(), OpeningPermission.EDIT, row.team_id)
    form = OpeningForm(
        title=row.title,
        place=row.place,
        zone=row.zone,
        posts=row.posts,
        posting_places=row.posting_places,
        version=row.version,
    )
    return _details_page(row, form)


def _details_page(row: Opening, form: OpeningForm) -> Any:
    words = queries.unscoped_words([row])[row.id]
    return render_template("openings/details.html", opening=row, words=words, form=form), form.status


@bp.post("/openings/<opening_id>/details")
@requires(OpeningPermission.EDIT)
def edit(opening_id: str) -> Any:
    """Change an opening."""
    row, form = queries.opening(actor(), opening_id), OpeningForm()
    if form.validate():
        done = answer(
            lambda: operations.edit_opening(row, form.to_details(), form.edited_version, by=actor(), at=now()),
            to=_overview,
            form=form,
        )
        if done:
            flash("Saved.")
            return done
    return _details_page(row, form)


@bp.post("/openings/<opening_id>/state")
@requires(OpeningPermission.EDIT)
def move(opening_id: str) -> Any:
    """Move an opening to another state: the field `move` names one move of its lifecycle."""
    row = queries.opening(actor(), opening_id)
    wanted = request.form.get("move", "")
    if wanted not in {known.name for known in OPENING.moves}:
        message = "An opening has no such move."
        raise BadRequestError(message)
    return answer(lambda: operations.move_opening(row, wanted, by=actor(), at=now()), to=_overview)
