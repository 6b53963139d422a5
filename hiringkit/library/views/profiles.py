"""Pages of role profiles: the list, one profile, and importing them from pasted text in two steps."""

from collections.abc import Sequence
from typing import Any

from flask import flash, render_template, url_for

from hiringkit.foundation.access import actor, may, requires
from hiringkit.foundation.clock import now
from hiringkit.foundation.errors import InvalidError
from hiringkit.foundation.forms import answer
from hiringkit.foundation.paging import page_number
from hiringkit.library import operations, queries
from hiringkit.library.forms import ProfilesForm
from hiringkit.library.models import RoleProfile
from hiringkit.library.policy import LibraryPermission
from hiringkit.library.rules.profiles import compared
from hiringkit.library.rules.profiling.columns import COLUMNS
from hiringkit.library.rules.profiling.reading import ProfilesReading
from hiringkit.library.views.blueprint import bp


@bp.get("/library/profiles")
@requires(LibraryPermission.READ_GUIDES)
def profiles() -> Any:
    """List the role profiles in force."""
    viewer = actor()
    page = queries.profiles(viewer, page_number())
    return render_template("library/profiles.html", page=page, may_import=may(viewer, LibraryPermission.IMPORT))


@bp.get("/library/profiles/<profile_id>")
@requires(LibraryPermission.READ_GUIDES)
def profile(profile_id: str) -> Any:
    """Show one role profile."""
    view = queries.profile(actor(), profile_id)
    return render_template("library/profile.html", view=view, rows=compared([view.content]))


@bp.get("/library/profiles/new")
@requires(LibraryPermission.IMPORT)
def new_profiles() -> Any:
    """Show where role profiles are pasted."""
    return _paste_page(ProfilesForm())


@bp.post("/library/profiles")
@requires(LibraryPermission.IMPORT)
def import_profiles() -> Any:
    """Show what was read from the pasted text, and import it once exactly that has been shown."""
    form, at = ProfilesForm(), now()
    if not form.validate():
        return _paste_page(form)
    draft = form.to_draft()
    try:
        reading = operations.check_profiles(draft, at=at)
    except InvalidError as refusal:
        form.refuse(refusal)
        return _paste_page(form)
    if not reading.is_importable:
        count = sum(one.stops for one in reading.findings)
        form.text.errors = [f"There {'is 1 finding' if count == 1 else f'are {count} findings'}; see the list."]
        return _paste_page(form, reading)
    if form.checked.data != draft.digest:
        was_changed = bool(form.checked.data)
        form.checked.data = draft.digest
        return _check_page(form, reading, was_changed=was_changed)
    done = answer(lambda: operations.import_profiles(draft, by=actor(), at=at), to=_imported, form=form)
    return done or _paste_page(form)


def _paste_page(form: ProfilesForm, reading: ProfilesReading | None = None) -> Any:
    return render_template("library/new_profiles.html", form=form, reading=reading, columns=COLUMNS), form.status


def _check_page(form: ProfilesForm, reading: ProfilesReading, *, was_changed: bool) -> Any:
    profiles = [one.profile for one in reading.roles]
    return render_template(
        "library/check_profiles.html",
        form=form,
        reading=reading,
        profiles=profiles,
        rows=compared(profiles),
        hashes=queries.unscoped_next_hashes(reading.roles),
        known=queries.unscoped_current_profiles(one.key for one in profiles),
        was_changed=was_changed,
    )


def _imported(rows: Sequence[RoleProfile]) -> str:
    """Say what came of it, and lead to the profiles those who may read them."""
    count = len(rows)
    if rows:
        flash(f"{count} role {'profile is' if count == 1 else 'profiles are'} in the library now.")
    else:
        flash("All of this was in the library before; nothing has changed.")
    return url_for(".profiles") if may(actor(), LibraryPermission.READ_GUIDES) else url_for(".show")
