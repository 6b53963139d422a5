"""What a member types into a section, kept on each pause, and discarded when they say so."""

from typing import Any

from flask import flash, render_template, request, url_for

from hiringkit.disclosures import operations
from hiringkit.disclosures.policy import DisclosurePermission
from hiringkit.disclosures.views.blueprint import bp
from hiringkit.disclosures.views.sections import editable
from hiringkit.foundation.access import actor, requires
from hiringkit.foundation.clock import now
from hiringkit.foundation.forms import Form, answer


@bp.post("/openings/<opening_id>/disclosure/<section_key>/typing")
@requires(DisclosurePermission.EDIT)
def keep_typing(opening_id: str, section_key: str) -> Any:
    """Keep what was typed so far for its author alone, and say when in a few words."""
    _, draft, _ = editable(opening_id, section_key)
    at, version = now(), Form().edited_version
    operations.keep_typing(draft, section_key, request.form.to_dict(), version, by=actor(), at=at)
    return render_template("components/kept.txt", at=at), {"Content-Type": "text/plain; charset=utf-8"}


@bp.post("/openings/<opening_id>/disclosure/<section_key>/typing/discarding")
@requires(DisclosurePermission.EDIT)
def discard_typing(opening_id: str, section_key: str) -> Any:
    """Forget what was typed and not saved."""
    _, draft, asked = editable(opening_id, section_key)
    done = answer(
        lambda: operations.discard_typing(draft, section_key, by=actor()),
        to=lambda _: url_for(".edit_section", opening_id=opening_id, section_key=section_key),
    )
    flash(f"Discarded. {asked.title} shows what is saved.")
    return done
