"""What somebody in the role says of the published version, section by section."""

from collections.abc import Collection, Mapping
from typing import Any

from flask import flash, render_template, url_for

from hiringkit.disclosures import operations, queries
from hiringkit.disclosures.forms import attestation_form
from hiringkit.disclosures.policy import DisclosurePermission
from hiringkit.disclosures.rules.fields import FIELDS
from hiringkit.disclosures.rules.saying import WordDraft
from hiringkit.disclosures.views.blueprint import bp
from hiringkit.foundation.access import actor, requires
from hiringkit.foundation.clock import now
from hiringkit.foundation.errors import StaleEditError
from hiringkit.foundation.forms import answer
from hiringkit.foundation.word_forms import WordsForm


@bp.get("/openings/<opening_id>/disclosure/attestation")
@requires(DisclosurePermission.ATTEST)
def attestation(opening_id: str) -> Any:
    """Show the version that candidates read, with a place to say of each section whether it is true."""
    own = queries.own_attesting(actor(), opening_id)
    return _page(own, _form(own, own.drafts))


def _form(own: queries.OwnAttesting, drafts: Mapping[str, WordDraft]) -> WordsForm:
    return attestation_form(queries.leaflet(own.version).sections, drafts, own.seen)


def _page(
    own: queries.OwnAttesting, form: WordsForm, *, differ: Collection[str] = (), status: int | None = None
) -> Any:
    body = render_template(
        "disclosures/attestation.html",
        own=own,
        form=form,
        leaflet=queries.leaflet(own.version),
        differ=differ,
        is_stale=status is not None,
        labels={asked.key: asked.label for asked in FIELDS.values()},
    )
    return body, status or form.status


@bp.post("/openings/<opening_id>/disclosure/versions/<int(max=100000):number>/attestation")
@requires(DisclosurePermission.ATTEST)
def attest(opening_id: str, number: int) -> Any:
    """Store what the sender says of the version that they have read; a newer one asks again."""
    own, version = queries.own_attesting(actor(), opening_id), queries.published_version(actor(), opening_id, number)
    form = _form(own, {})  # What was said before must not fill in for a section that this window left out.
    try:
        done = answer(
            lambda: operations.attest(version, form.to_drafts(WordDraft), form.edited_version, by=actor(), at=now()),
            to=lambda _: url_for(".attestation", opening_id=opening_id),
            form=form,
        )
    except StaleEditError as error:
        return _stale_page(opening_id, form, error)
    if done:
        flash("Thank you. You can change your word here as long as candidates read this version.")
        return done
    return _page(own, form)


def _stale_page(opening_id: str, form: WordsForm, error: StaleEditError) -> Any:
    """Show what was typed once more, with what was said in another window where it is different."""
    own = queries.own_attesting(actor(), opening_id)
    form.version.data = str(error.version)
    typed = form.to_drafts(WordDraft)
    differ = [key for key, said in own.drafts.items() if typed.get(key) != said]
    return _page(own, form, differ=differ, status=error.status)
