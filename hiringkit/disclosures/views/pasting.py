"""A pasted posting: the text, a page to check how it was read, and the draft that it starts or fills."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, render_template, request

from hiringkit.disclosures import operations, queries
from hiringkit.disclosures.forms import PastedForm
from hiringkit.disclosures.policy import DisclosurePermission
from hiringkit.disclosures.rules.claims import Claim
from hiringkit.disclosures.rules.fields import FIELDS, SECTIONS
from hiringkit.disclosures.rules.reading.merging import into_gaps
from hiringkit.disclosures.rules.reading.posting import Posting, fingerprint, read_posting
from hiringkit.disclosures.rules.vague import marked
from hiringkit.disclosures.rules.wording import Words, answer_words
from hiringkit.disclosures.views.blueprint import bp
from hiringkit.disclosures.views.overview import overview_address
from hiringkit.foundation.access import actor, demand, requires
from hiringkit.foundation.clock import now
from hiringkit.foundation.errors import ConflictError, InvalidError
from hiringkit.foundation.forms import answer

START = "Start the draft with these answers"
CHANGED = "You changed the text, so it was read again and nothing was stored. Check it, then confirm."
STALE = "Somebody changed the disclosure meanwhile, so nothing was stored. Below is what the posting would add now."
Line = tuple[tuple[Words, bool], ...]


@dataclass(frozen=True)
class Answer:
    """One question with the answer that the posting gives: its lines, where they stand, and what to look at."""

    label: str
    lines: tuple[Line, ...]
    numbers: tuple[int, ...]
    notes: tuple[str, ...]
    quotes: tuple[str, ...]
    is_kept: bool


@dataclass(frozen=True)
class Part:
    """One section with the questions that the posting answers."""

    title: str
    answers: tuple[Answer, ...]


@bp.get("/openings/<opening_id>/disclosure/posting")
@requires(DisclosurePermission.EDIT)
def paste(opening_id: str) -> Any:
    """Show where to paste a posting."""
    return _paste_page(_editable(opening_id), PastedForm())


def _editable(opening_id: str) -> queries.DisclosureView:
    view = queries.disclosure(actor(), opening_id)
    demand(actor(), DisclosurePermission.EDIT, view.opening.team_id)
    return view


def _paste_page(view: queries.DisclosureView, form: PastedForm) -> Any:
    return render_template("disclosures/paste.html", view=view, form=form), form.status


@bp.post("/openings/<opening_id>/disclosure/posting")
@requires(DisclosurePermission.EDIT)
def read_pasted(opening_id: str) -> Any:
    """Show how a pasted posting is read; nothing is stored."""
    view, form = _editable(opening_id), PastedForm()
    return _check_page(view, form) if form.validate() else _paste_page(view, form)


@bp.post("/openings/<opening_id>/disclosure/posting/answers")
@requires(DisclosurePermission.EDIT)
def take_pasted(opening_id: str) -> Any:
    """Start the draft with what the posting says, or fill the gaps of one, as the sender has seen it."""
    view, form = _editable(opening_id), PastedForm()
    if not form.validate():
        return _paste_page(view, form)
    if "again" in request.form:
        return _check_page(view, form)
    if form.read.data != fingerprint(form.pasted):
        return _check_page(view, form, message=CHANGED)
    try:
        done = answer(lambda: _take(view, form), to=lambda _: overview_address(opening_id), form=form)
    except ConflictError as error:
        form.version.data = ""
        return _check_page(_editable(opening_id), form, message=STALE, status=error.status)
    if not done:
        return _check_page(view, form)
    flash("The posting’s answers are in the draft. Each of them is to be checked, section by section.")
    return done


def _take(view: queries.DisclosureView, form: PastedForm) -> object:
    if view.draft is None or form.edited_version == 0:
        return operations.start_from_posting(
            view.opening, form.pasted, with_template=form.with_template, by=actor(), at=now()
        )
    return operations.fill_from_posting(view.draft, form.pasted, form.edited_version, by=actor(), at=now())


def _check_page(view: queries.DisclosureView, form: PastedForm, *, message: str = "", status: int | None = None) -> Any:
    try:
        posting = read_posting(form.pasted)
    except InvalidError as error:
        form.refuse(error)
        return _paste_page(view, form)
    form.read.data = fingerprint(form.pasted)
    added = frozenset(claim.field for claim in into_gaps(posting.claims, view.claims))
    body = render_template(
        "disclosures/pasted.html",
        view=view,
        form=form,
        posting=posting,
        parts=_parts(posting, added),
        sentence=_sentence(posting, len(added)),
        added=added,
        button_words=f"Fill {_counted(len(added), 'question')} in the draft" if view.draft else START,
        message=message,
    )
    return body, status or form.status


def _sentence(posting: Posting, added: int) -> str:
    found = f"The posting answers {_counted(len(posting.fields), 'question')} of {len(FIELDS)}"
    if posting.fields and not added:
        found += ", and each of them has an answer in the draft already"
    elif added < len(posting.fields):
        found += f"; {added} of them {'has' if added == 1 else 'have'} no answer in the draft yet"
    return f"{found}. {_counted(len(posting.unplaced), 'passage')} found no place."


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _parts(posting: Posting, added: frozenset[str]) -> list[Part]:
    made = [
        Part(
            section.title,
            tuple(_answer(posting, one.key, added) for one in section.fields if one.key in posting.fields),
        )
        for section in SECTIONS
    ]
    return [one for one in made if one.answers]


def _answer(posting: Posting, key: str, added: frozenset[str]) -> Answer:
    claims = [claim for claim in posting.claims if claim.field == key]
    placed = [one for one in posting.placed if one.field == key]
    lines = tuple(_line(claim) for claim in claims)
    return Answer(
        FIELDS[key].label,
        lines,
        tuple(dict.fromkeys(one.number for one in placed)),
        tuple(dict.fromkeys(one.note for one in placed if one.note)),
        tuple(one.text for one in placed) if _is_read(claims) else (),
        key not in added,
    )


def _line(claim: Claim) -> Line:
    found = answer_words(FIELDS[claim.field], claim)
    return marked(found) if isinstance(found, str) else ((found, False),)


def _is_read(claims: Sequence[Claim]) -> bool:
    """Tell whether an answer holds figures, days or choices, whose words in the posting are shown beside it."""
    return any(not isinstance(value, str) for claim in claims for value in claim.values.values()) or any(
        column.choices for claim in claims for column in FIELDS[claim.field].columns
    )
