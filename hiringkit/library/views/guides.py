"""Pages of packs, competency guides and scenarios, and importing a pack."""

from typing import Any

from flask import flash, render_template, url_for

from hiringkit.foundation.access import actor, may, requires
from hiringkit.foundation.clock import now
from hiringkit.foundation.forms import answer
from hiringkit.foundation.paging import page_number
from hiringkit.library import operations, queries
from hiringkit.library.forms import PackForm
from hiringkit.library.models import Pack
from hiringkit.library.packs import LintLine, PackRefusedError, shipped_pack_text, shipped_packs
from hiringkit.library.policy import LibraryPermission
from hiringkit.library.rules.profiles import compared
from hiringkit.library.views.blueprint import bp

PASTED = "pasted text"
MOST_COMPARED = 4


@bp.get("/library")
@requires(LibraryPermission.LIST)
def show() -> Any:
    """Show the packs, and what is rated and asked now."""
    viewer = actor()
    packs = queries.packs(viewer, page_number())
    may_read = may(viewer, LibraryPermission.READ_GUIDES)
    may_ask = may(viewer, LibraryPermission.READ_SCENARIOS)
    return render_template(
        "library/show.html",
        packs=packs,
        competencies=queries.competencies(viewer, 1) if may_read else None,
        scenarios=queries.scenarios(viewer, 1) if may_ask else None,
        may_import=may(viewer, LibraryPermission.IMPORT),
        may_read=may_read,
        starters=shipped_packs() if not packs.total else [],
    )


@bp.get("/library/competencies")
@requires(LibraryPermission.READ_GUIDES)
def competencies() -> Any:
    """List the competencies in force."""
    return render_template("library/competencies.html", page=queries.competencies(actor(), page_number()))


@bp.get("/library/competencies/<competency_id>")
@requires(LibraryPermission.READ_GUIDES)
def competency(competency_id: str) -> Any:
    """Show the guide of one competency version."""
    return render_template("library/competency.html", view=queries.competency(actor(), competency_id))


@bp.get("/library/scenarios")
@requires(LibraryPermission.READ_SCENARIOS)
def scenarios() -> Any:
    """List the scenarios in force."""
    return render_template("library/scenarios.html", page=queries.scenarios(actor(), page_number()))


@bp.get("/library/scenarios/<scenario_id>")
@requires(LibraryPermission.READ_SCENARIOS)
def scenario(scenario_id: str) -> Any:
    """Show one scenario version."""
    return render_template("library/scenario.html", view=queries.scenario(actor(), scenario_id))


@bp.get("/library/packs/<pack_id>")
@requires(LibraryPermission.READ_GUIDES)
def pack(pack_id: str) -> Any:
    """Show what a pack holds."""
    viewer = actor()
    view = queries.pack(viewer, pack_id)
    may_ask = may(viewer, LibraryPermission.READ_SCENARIOS)
    return render_template(
        "library/pack.html",
        view=view,
        competencies=queries.unscoped_current_competencies(one.key for one in view.content.competencies),
        scenarios=queries.unscoped_current_scenarios(one.key for one in view.content.scenarios) if may_ask else None,
    )


@bp.get("/library/packs/<pack_id>/roles")
@requires(LibraryPermission.READ_GUIDES)
def roles(pack_id: str) -> Any:
    """Set the role profiles of a pack side by side."""
    view = queries.pack(actor(), pack_id)
    profiles = view.content.role_profiles
    stored = queries.unscoped_current_profiles(one.key for one in profiles)
    return render_template(
        "library/roles.html",
        view=view,
        rows=compared(profiles),
        to_compare=[stored[one.key].public_id for one in profiles if one.key in stored][:MOST_COMPARED],
    )


@bp.get("/library/packs/new")
@requires(LibraryPermission.IMPORT)
def new_pack() -> Any:
    """Show where the text of a pack is pasted."""
    return _new_pack_page(PackForm(), [])


def _new_pack_page(form: PackForm, findings: list[LintLine]) -> Any:
    known = {row.key for row in queries.unscoped_packs()}
    starters = [key for key in shipped_packs() if key not in known]
    return render_template("library/new_pack.html", form=form, findings=findings, starters=starters), form.status


@bp.post("/library/packs")
@requires(LibraryPermission.IMPORT)
def import_pack() -> Any:
    """Import pasted text; a pack with findings is shown again with them and with its text."""
    form = PackForm()
    if not form.validate():
        return _new_pack_page(form, [])
    try:
        checked = operations.check_pack(form.text.data or "", PASTED)
    except PackRefusedError as refusal:
        count = len(refusal.lines)
        form.text.errors = [f"There {'is 1 finding' if count == 1 else f'are {count} findings'}; see the list."]
        return _new_pack_page(form, refusal.lines)
    done = answer(lambda: operations.import_checked(checked, by=actor(), at=now()), to=_imported, form=form)
    return done or _new_pack_page(form, [])


@bp.post("/library/starter-packs/<key>")
@requires(LibraryPermission.IMPORT)
def import_starter_pack(key: str) -> Any:
    """Import a pack that comes with hiringkit."""
    checked = operations.check_pack(shipped_pack_text(key), f"{key}.yaml")
    return answer(lambda: operations.import_checked(checked, by=actor(), at=now()), to=_imported)


def _imported(row: Pack) -> str:
    """Say what came of it, and lead to the pack those who may read it."""
    flash(f"“{row.name}”, version {row.version}, is in the library.")
    if may(actor(), LibraryPermission.READ_GUIDES):
        return url_for(".pack", pack_id=row.public_id)
    return url_for(".show")
