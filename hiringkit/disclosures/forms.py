"""Forms of disclosures: each section, made from the registry; reviews, attestations, a reason, a pasted text."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wtforms import Field as Control
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import AnyOf, InputRequired

from hiringkit.disclosures.rules.attesting import AttestationWord
from hiringkit.disclosures.rules.claims import Basis
from hiringkit.disclosures.rules.leaflet import LeafletSection
from hiringkit.disclosures.rules.saying import WordDraft
from hiringkit.disclosures.rules.shapes import Column, Field, Kind, Section
from hiringkit.disclosures.rules.typed import (
    AROUND,
    SectionReading,
    TypedAnswer,
    control_name,
    month_names,
    read_section,
    typed_answers,
)
from hiringkit.disclosures.rules.values import Raw
from hiringkit.disclosures.rules.wording import MONTHS
from hiringkit.foundation.forms import Form, SelectChoice, form_with
from hiringkit.foundation.word_forms import WordsForm, words_form

SPARE_ROWS = 1
"""Empty lines under a table, so that it grows without a script; saving brings the next one."""
OVER_TEMPLATE, ALONE = "over-template", "alone"
UNSAID = SelectChoice("", "Not said yet")
BASES = [UNSAID, *(SelectChoice(basis.value, basis.value.capitalize()) for basis in Basis)]


@dataclass(frozen=True)
class Cell:
    """One column of a row: its controls, one or the twelve of a year."""

    column: Column
    controls: tuple[Control, ...]


@dataclass(frozen=True)
class Question:
    """One question of the section with its controls; `typed` is what they hold."""

    asked: Field
    typed: TypedAnswer
    rows: tuple[tuple[Cell, ...], ...]
    around: Mapping[str, Control]

    @property
    def controls(self) -> Iterator[Control]:
        """Yield every control of the question."""
        yield from (control for row in self.rows for cell in row for control in cell.controls)
        yield from self.around.values()

    @property
    def has_errors(self) -> bool:
        """Tell whether something typed here cannot be taken."""
        return any(control.errors for control in self.controls)

    @property
    def has_ground_errors(self) -> bool:
        """Tell whether basis, source, date or owner cannot be taken."""
        return any(control.errors for key, control in self.around.items() if key != "none_reason")


class SectionForm(Form):
    """A section's questions; the controls are attributes that `section_form` adds."""

    section: Section
    typed: Mapping[str, TypedAnswer]

    @property
    def questions(self) -> list[Question]:
        """Return the questions in their order, each with its controls."""
        return [self._question(asked) for asked in self.section.fields]

    def _question(self, asked: Field) -> Question:
        rows = [
            tuple(Cell(one, tuple(self[name] for name in _names(asked, one, row))) for one in asked.columns)
            for row in range(_row_count(asked, self.typed[asked.key]))
        ]
        around = {key: self[control_name(asked.key, key)] for key in AROUND}
        return Question(asked, self.typed[asked.key], tuple(rows), around)

    def read(self, today: date, stored: Collection[str]) -> SectionReading:
        """Read what was typed over the fields answered before, and show at each control why it cannot be taken."""
        reading = read_section(self.section, self.typed, today, stored)
        self.show(reading.problems)
        return reading

    def show(self, problems: Mapping[str, str]) -> None:
        """Put each sentence at its control."""
        for name, sentence in problems.items():
            self[name].errors = [sentence]


def section_form(section: Section, typed: Mapping[str, TypedAnswer], version: str) -> SectionForm:
    """Return the form of a section, holding these answers, with spare rows under its tables."""
    controls = {
        name: control for asked in section.fields for name, control in _controls(asked, typed[asked.key]).items()
    }
    form = form_with(SectionForm, controls, formdata=None, version=version)
    form.section, form.typed = section, typed
    return form


def sent_section_form(section: Section, sent: Mapping[str, str]) -> SectionForm:
    """Return the form of a section as it was sent; empty rows have closed up."""
    return section_form(section, typed_answers(section, sent), sent.get("version", ""))


def _row_count(asked: Field, typed: TypedAnswer) -> int:
    wanted = len(typed.rows) + (SPARE_ROWS if asked.is_table else 1)
    return max(len(typed.rows), min(asked.max_rows, max(wanted, asked.min_rows)))


def _names(asked: Field, column: Column, row: int) -> list[str]:
    name = control_name(asked.key, column.key, row)
    return month_names(name) if column.kind is Kind.MONTHS else [name]


def _controls(asked: Field, typed: TypedAnswer) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for row in range(_row_count(asked, typed)):
        held = typed.rows[row] if row < len(typed.rows) else {}
        for column in asked.columns:
            for place, name in enumerate(_names(asked, column, row)):
                found[name] = _control(column, _held(held.get(column.key, ""), place), place)
    return found | _around(asked, typed)


def _held(raw: Raw, place: int) -> str:
    if isinstance(raw, str):
        return raw
    return raw[place] if place < len(raw) else ""


def _control(column: Column, held: str, place: int) -> Any:
    if column.kind is Kind.MONTHS:
        return StringField(MONTHS[place], default=held, render_kw={"inputmode": "decimal"})
    if column.kind is Kind.LONGTEXT:
        return TextAreaField(column.label, default=held, description=column.hint, render_kw={"rows": 2})
    if column.kind in {Kind.CHOICE, Kind.BOOLEAN}:
        choices: Sequence[SelectChoice] = [SelectChoice(one.key, one.label) for one in column.choices] or [
            SelectChoice("yes", "Yes"),
            SelectChoice("no", "No"),
        ]
        unknown = [] if held in {"", *(one.value for one in choices)} else [SelectChoice(held, held)]
        return SelectField(column.label, choices=[UNSAID, *choices, *unknown], default=held, description=column.hint)
    more = {"inputmode": "decimal"} if column.is_numeric else {"type": "date"} if column.kind is Kind.DATE else {}
    return StringField(column.label, default=held, description=column.hint, render_kw=more)


def _around(asked: Field, typed: TypedAnswer) -> dict[str, Any]:
    unknown = [] if typed.basis in {one.value for one in BASES} else [SelectChoice(typed.basis, typed.basis)]
    made = {
        "none_reason": StringField(f"Or “{asked.none_label}”, because", default=typed.none_reason),
        "basis": SelectField("How do you know?", choices=[*BASES, *unknown], default=typed.basis),
        "source": StringField("Source", default=typed.source),
        "as_of": StringField("True on", default=typed.as_of, render_kw={"type": "date"}),
        "owner": StringField("Who answers for it", default=typed.owner),
    }
    return {control_name(asked.key, key): control for key, control in made.items()}


class WithdrawalForm(Form):
    """Why a published version is taken back."""

    reason = TextAreaField(
        "Why is it withdrawn?",
        [InputRequired("Say why; the record keeps it.")],
        description="The record of the opening keeps this, encrypted. Candidates do not see it.",
    )


class IncumbentForm(Form):
    """Who does this work now."""

    member = SelectField("Who else does this work now?", validate_choice=False)


WORDS = [
    SelectChoice(AttestationWord.CONFIRMED.value, "It is true"),
    SelectChoice(AttestationWord.DISPUTED.value, "Something in it is not"),
]


def attestation_form(sections: Sequence[LeafletSection], given: Mapping[str, WordDraft], version: int) -> WordsForm:
    """Return the form for these sections, holding what was sent, else what was said before."""
    things = {one.key: (f"Is “{one.title}” true?", one.questions) for one in sections}
    said = {key: (one.word, one.field, one.note) for key, one in given.items()}
    return words_form(WordsForm, things, WORDS, said, version=str(version))


class ReviewAnswerForm(Form):
    """What the second person says to a draft."""

    verdict = RadioField(
        "What do you say to it?",
        choices=[
            SelectChoice("approve", "It may be published exactly as it stands here."),
            SelectChoice("not yet", "Not yet: something has to change first."),
        ],
        validators=[AnyOf(("approve", "not yet"), "Choose one of the two.")],
        validate_choice=False,
    )
    note = TextAreaField(
        "What is missing or wrong?",
        description="Needed for “not yet”. Managers of the team read it; the record keeps it, encrypted.",
    )

    @property
    def approves(self) -> bool:
        """Tell whether the draft is approved."""
        return bool(self.verdict.data == "approve")


class PastedForm(Form):
    """A pasted posting, and what becomes of it; `read` names the text whose reading the sender saw."""

    text = TextAreaField(
        "The posting",
        [InputRequired("Paste the words of a posting. There is nothing to read in this.")],
        description="Plain text, up to 30,000 characters. Headings and bullet points help; they are not needed.",
        render_kw={"rows": 16},
    )
    read = HiddenField()
    start = RadioField(
        "What becomes of the other questions?",
        choices=[
            SelectChoice(OVER_TEMPLATE, "The posting’s answers win, and the template of the pack answers the rest."),
            SelectChoice(ALONE, "The posting stands alone, and the rest stays open."),
        ],
        default=OVER_TEMPLATE,
        validate_choice=False,
    )

    @property
    def pasted(self) -> str:
        """Return the pasted text."""
        return self.text.data or ""

    @property
    def with_template(self) -> bool:
        """Tell whether the template answers what the posting does not."""
        return bool(self.start.data != ALONE)
