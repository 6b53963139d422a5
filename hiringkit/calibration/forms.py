"""Forms of calibration: a response with its ratings, and what authors write and ask."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Regexp

from hiringkit.calibration.rules.answers import Cell, Column, evidence_field, rating_field
from hiringkit.calibration.rules.drafting import DraftedResponse
from hiringkit.foundation.errors import InvalidError
from hiringkit.foundation.forms import Form


class ResponseForm(Form):
    """One response with its ratings; `then` is "stop" when the sender wants to go on another time."""

    then = StringField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.problems: dict[str, str] = {}

    @property
    def status(self) -> int:
        """Return 422 when a rating or its evidence was refused."""
        return 422 if self.problems else super().status

    def refuse(self, error: InvalidError) -> None:
        """Keep the refusals by the names of the ratings, which are no fields of this class."""
        self.problems = dict(error.problems)


def cells_of(typed: Mapping[str, str], columns: Sequence[Column]) -> dict[int, Cell]:
    """Return what was typed, by competency version; a rating that is no number counts as not given."""
    return {column.version: Cell(_rating(typed, column), typed.get(evidence_field(column), "")) for column in columns}


def _rating(typed: Mapping[str, str], column: Column) -> int | None:
    text = typed.get(rating_field(column), "")
    return int(text) if text.isascii() and text.isdigit() else None


class StartForm(Form):
    """A new form of an exercise: its letter, and the form whose text it starts from, or none."""

    letter = StringField(validators=[Regexp(r"\A[A-Z]\Z", message="A form has a letter from A to Z.")])
    form_id = StringField()


class ExpertForm(Form):
    """Who is asked to rate a form."""

    address = StringField(
        "Mail address",
        [DataRequired("Enter the mail address that they sign in with.")],
        description="Of a member of this site who knows the work well and has not yet rated this form.",
        render_kw={"type": "email", "autocomplete": "off"},
    )


class BeginForm(Form):
    """Which competency set an exercise is begun for."""

    set_id = SelectField("Competency set", [DataRequired("Choose a competency set.")])


class WithdrawalForm(Form):
    """Which expert is withdrawn from a form, and why."""

    expert_id = SelectField("Expert", [DataRequired("Choose who is withdrawn.")])
    reason = TextAreaField("Why do they leave?", description="They read it, and so do the authors of forms.")


class DeclineForm(Form):
    """Why an expert leaves a form."""

    reason = TextAreaField("Why do you leave?", description="Authors of forms read it, under your name.")


class DraftResponseForm(Form):
    """One answer of a form as its author writes it."""

    scenario_key = SelectField("Scenario")
    prompt = TextAreaField("The question", description="What the candidate was asked, with what they were told before.")
    response = TextAreaField("The answer", description="Written out, or what was said in the recording, word for word.")
    recording = StringField("Recording", description="A note of where it can be heard or seen. It is not checked.")

    def to_draft(self, block: int) -> DraftedResponse:
        """Return what was typed."""
        return DraftedResponse(
            block,
            self.prompt.data or "",
            self.response.data or "",
            self.scenario_key.data or "",
            self.recording.data or "",
        )
