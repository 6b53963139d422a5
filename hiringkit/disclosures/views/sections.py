"""The sections of a draft, to check and to change."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from flask import flash, render_template, request, url_for

from hiringkit.disclosures import operations, queries
from hiringkit.disclosures.forms import Question, SectionForm, section_form, sent_section_form
from hiringkit.disclosures.models import DisclosureDraft, SectionTyping
from hiringkit.disclosures.policy import DisclosurePermission
from hiringkit.disclosures.rules.claims import Claim
from hiringkit.disclosures.rules.clarity import Gap, OpenQuestion, clarity, is_stale
from hiringkit.disclosures.rules.fields import FIELDS, section
from hiringkit.disclosures.rules.publishing import progress
from hiringkit.disclosures.rules.shapes import Section
from hiringkit.disclosures.rules.typed import SectionReading, answers_of, differing, read_section, typed_answers
from hiringkit.disclosures.rules.vague import marked
from hiringkit.disclosures.rules.wording import Words, answer_words
from hiringkit.disclosures.views.blueprint import bp
from hiringkit.disclosures.views.overview import overview_address, today_of
from hiringkit.foundation.access import actor, demand, requires
from hiringkit.foundation.clock import now
from hiringkit.foundation.errors import NotFoundError, StaleEditError
from hiringkit.foundation.forms import answer

Line = tuple[tuple[Words, bool], ...]


@bp.get("/openings/<opening_id>/disclosure/<section_key>")
@requires(DisclosurePermission.EDIT)
def edit_section(opening_id: str, section_key: str) -> Any:
    """Show one section to check and to change."""
    view, draft, asked = editable(opening_id, section_key)
    version, kept = view.sections[section_key].version, queries.own_typing(actor(), draft, section_key)
    if kept is None or (kept.version != version and "typed" not in request.args):
        form = section_form(asked, answers_of(asked, view.claims), str(version))
        return _section_page(view, form, view.claims, kept=kept)
    typed = typed_answers(asked, kept.typed)
    form = section_form(asked, typed, str(version))
    return _typed_page(view, form, read_section(asked, typed, today_of(view)), kept)


def editable(opening_id: str, section_key: str) -> tuple[queries.DisclosureView, DisclosureDraft, Section]:
    """Return a section that the viewer may edit; NotFoundError where the draft was never started."""
    view = queries.disclosure(actor(), opening_id)
    demand(actor(), DisclosurePermission.EDIT, view.opening.team_id)
    if view.draft is None or section_key not in view.sections:
        raise NotFoundError
    return view, view.draft, section(section_key)


@bp.post("/openings/<opening_id>/disclosure/<section_key>")
@requires(DisclosurePermission.EDIT)
def save_section(opening_id: str, section_key: str) -> Any:
    """Save a section, which confirms it, and go on to the next one that is not finished."""
    view, draft, asked = editable(opening_id, section_key)
    form = sent_section_form(asked, request.form.to_dict())
    reading = form.read(today_of(view), {claim.field for claim in view.claims})
    if form.status == 200:  # noqa: PLR2004  # Nothing typed was refused.
        try:
            done = answer(
                lambda: operations.save_section(
                    draft, section_key, reading.claims, form.edited_version, by=actor(), at=now()
                ),
                to=lambda _: _next_page(opening_id, section_key),
                form=form,
            )
        except StaleEditError as error:
            return _stale_page(opening_id, form, reading.claims, error)
        if done:
            flash(f"Saved: {asked.title}.")
            return done
    return _section_page(view, form, reading.claims)


def _next_page(opening_id: str, section_key: str) -> str:
    view = queries.disclosure(actor(), opening_id)
    steps = progress(view.claims, view.confirmed, today_of(view))
    place = [one.section.key for one in steps].index(section_key)
    for step in (*steps[place + 1 :], *steps[:place]):
        if step.is_unfinished:
            return url_for(".edit_section", opening_id=opening_id, section_key=step.section.key)
    return overview_address(opening_id)


def _typed_page(view: queries.DisclosureView, form: SectionForm, mine: SectionReading, kept: SectionTyping) -> Any:
    """Show what the viewer has typed and not saved: beside what was saved since, where somebody did."""
    differ = differing(mine.claims, _stored(view, form.section))
    refused = {one.asked.key for one in form.questions if any(each.name in mine.problems for each in one.controls)}
    is_older = kept.version != view.sections[form.section.key].version
    return _section_page(
        view, form, mine.claims, differ=differ if is_older else None, unread=refused, opened=differ | refused, kept=kept
    )


def _stored(view: queries.DisclosureView, asked: Section) -> list[Claim]:
    keys = {one.key for one in asked.fields}
    return [claim for claim in view.claims if claim.field in keys]


def _stale_page(opening_id: str, form: SectionForm, mine: Sequence[Claim], error: StaleEditError) -> Any:
    """Show what was typed once more, beside what somebody else has saved; saving again puts it on top."""
    view = queries.disclosure(actor(), opening_id)
    form.version.data = str(error.version)
    return _section_page(view, form, mine, differ=differing(mine, _stored(view, form.section)), status=error.status)


def _section_page(
    view: queries.DisclosureView,
    form: SectionForm,
    claims: Sequence[Claim],
    *,
    differ: Collection[str] | None = None,
    unread: Collection[str] = (),
    opened: Collection[str] = (),
    kept: SectionTyping | None = None,
    status: int | None = None,
) -> Any:
    """Render the section with what its form holds.

    `differ` are the questions on which somebody else saved something else, `unread` those whose typed
    answer cannot be read yet, `opened` those to show open; `kept` is what the viewer typed before.
    """
    steps = progress(view.claims, view.confirmed, today_of(view))
    step = next(one for one in steps if one.section.key == form.section.key)
    asks = {asked.key: [one for one in step.open if one.field == asked.key] for asked in form.section.fields}
    readable = [one.asked.key for one in form.questions if not one.has_errors and one.asked.key not in unread]
    lying_open = {one.asked.key for one in form.questions if _is_open(one, asks[one.asked.key], differ or ())}
    body = render_template(
        "disclosures/section.html",
        view=view,
        form=form,
        problems=_problems(form),
        step=step,
        steps=steps,
        clarity=clarity(view.claims, today_of(view)),
        asks=asks,
        opened=lying_open | set(opened),
        marks=_marks(view, form.section),
        kept=kept,
        at=now(),
        words=_words(claims, readable),
        grounds={claim.field: claim for claim in reversed(claims)},
        differ=differ,
        theirs=_words(view.claims, differ or ()),
    )
    return body, status or form.status


def _marks(view: queries.DisclosureView, asked: Section) -> dict[str, tuple[str, str]]:
    """Return a word and its shape for each answer that was copied and not checked, or that is too old."""
    today, stored = today_of(view), _stored(view, asked)
    stale = {claim.field: ("Stale", "due") for claim in stored if is_stale(FIELDS[claim.field], claim, today)}
    return stale | {claim.field: ("To check", "part") for claim in stored if claim.is_to_check}


def _problems(form: SectionForm) -> list[tuple[str, str]]:
    """Return what cannot be taken, with the id to look at and the question it is about."""
    about_all = [("answers", str(sentence)) for sentence in form.form_errors]
    return about_all + [
        (control.id, f"{one.asked.label}: {error}")
        for one in form.questions
        for control in one.controls
        for error in control.errors
    ]


def _is_open(question: Question, asks: Sequence[OpenQuestion], differ: Collection[str]) -> bool:
    """An answer to check is closed; one that is missing, refused, vague, stale or contested lies open."""
    if question.has_errors or question.asked.key in differ:
        return True
    return any(one.required or one.gap is not Gap.UNANSWERED for one in asks)


def _words(claims: Sequence[Claim], keys: Collection[str]) -> Mapping[str, list[Line]]:
    """Return the answers to these fields line by line, in pieces that are vague or not."""
    found: dict[str, list[Line]] = {key: [] for key in keys}
    for claim in claims:
        if claim.field in found:
            line = answer_words(FIELDS[claim.field], claim)
            found[claim.field].append(marked(line) if isinstance(line, str) else ((line, False),))
    return found
