"""Forms of the candidate's own pages: a question, something to be different, and what was true."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from wtforms import BooleanField, RadioField, SelectField, TextAreaField
from wtforms import Field as Control
from wtforms.validators import InputRequired, Length

from hiringkit.candidates.rules.accommodations import REQUEST_LIMIT
from hiringkit.candidates.rules.questions import QUESTION_LIMIT
from hiringkit.candidates.rules.truth import TruthDraft, TruthWord
from hiringkit.disclosures.rules.leaflet import LeafletSection
from hiringkit.foundation.forms import Form, SelectChoice

EVERYTHING = SelectChoice("", "The whole description, or something it does not say")


class QuestionForm(Form):
    """A question on one answer of the disclosure, or on all of it."""

    field = SelectField("About", choices=[], validate_choice=False)
    text = TextAreaField(
        "Your question",
        [
            InputRequired("Write your question."),
            Length(max=QUESTION_LIMIT, message=f"Use up to {QUESTION_LIMIT:,} characters."),
        ],
        render_kw={"rows": 5},
    )

    def offer(self, fields: Sequence[tuple[str, str]]) -> "QuestionForm":
        """Fill in what can be asked about, as pairs of key and label."""
        self.field.choices = [EVERYTHING, *(SelectChoice(key, label) for key, label in fields)]
        return self


class AccommodationForm(Form):
    """What the candidate asks to be different."""

    text = TextAreaField(
        "What should be different?",
        [
            InputRequired("Write what should be different."),
            Length(max=REQUEST_LIMIT, message=f"Use up to {REQUEST_LIMIT:,} characters."),
        ],
        description="What helps you is enough. You need not say why, and nobody here may ask for a diagnosis.",
        render_kw={"rows": 5},
    )


PARTS = ("word", "field", "note")
WORDS = [
    SelectChoice(TruthWord.TRUE.value, "It was true"),
    SelectChoice(TruthWord.PARTLY.value, "Partly"),
    SelectChoice(TruthWord.UNTRUE.value, "It was not true"),
]
NO_QUESTION = SelectChoice("", "No single one")


@dataclass(frozen=True)
class SectionTruth:
    """The controls with which a hire says whether one section was true."""

    key: str
    word: Control
    field: Control
    note: Control

    @property
    def is_open(self) -> bool:
        """Tell whether what was not true lies open."""
        return bool(self.field.data or self.note.data or self.field.errors or self.note.errors)


class TruthForm(Form):
    """One word on each section of the version that was shown; the controls are attributes that `truth_form` adds."""

    is_shared = BooleanField("Managers may read my answers now, although they will know that they are mine")
    keys: Sequence[str]

    @property
    def words(self) -> dict[str, SectionTruth]:
        """Return the controls by section."""
        return {key: SectionTruth(key, *(self[f"{key}-{part}"] for part in PARTS)) for key in self.keys}

    def to_drafts(self) -> dict[str, TruthDraft]:
        """Return what was typed, by section."""
        typed = {key: [self[f"{key}-{part}"].data or "" for part in PARTS] for key in self.keys}
        return {key: TruthDraft(*parts) for key, parts in typed.items()}


def truth_form(sections: Sequence[LeafletSection]) -> TruthForm:
    """Return the form for these sections, holding what was sent."""
    controls: dict[str, Any] = {}
    for one in sections:
        asked = [SelectChoice(answer.key, answer.label) for group in one.groups for answer in group.answers]
        made = (
            RadioField(f"Was “{one.title}” true?", choices=WORDS, validate_choice=False),
            SelectField("Which question is it?", choices=[NO_QUESTION, *asked], validate_choice=False),
            TextAreaField("What is it like?", render_kw={"rows": 2}),
        )
        controls |= {f"{one.key}-{part}": control for part, control in zip(PARTS, made, strict=True)}
    form = cast("type[TruthForm]", type(TruthForm.__name__, (TruthForm,), controls))
    shown = form()
    shown.keys = [one.key for one in sections]
    return shown
