"""Forms of home: what was arranged for a candidate, credit for somebody's past work, and who can lead a stage."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from wtforms import IntegerField, RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from hiringkit.calibration.rules.path import LONGEST_REASON, PathStep
from hiringkit.candidates.rules.accommodations import MOST_MINUTES, TOLD_LIMIT, ArrangementDraft
from hiringkit.foundation.forms import DayField, Form, SelectChoice
from hiringkit.home.rules.board import StageOfOpening

MINUTES = f"Enter a whole number of minutes, 0 to {MOST_MINUTES}."
EVERY_STAGE = SelectChoice("", "All of them")
CHOOSE_REQUEST = "Choose what the arrangement is for."
CHOOSE_STAGE = "Choose one of the conversations, or all of them."


class ExtraMinutesField(IntegerField):
    """A whole number of minutes, with a sentence of our own for what is none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number, or say what one looks like."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(MINUTES) from None


class ArrangementForm(Form):
    """What was arranged for a request, and for which conversation."""

    request = RadioField("What it is for", choices=[], validate_choice=False)
    stage = SelectField("Conversation", choices=[], validate_choice=False)
    extra_minutes = ExtraMinutesField(
        "Minutes more",
        [InputRequired(MINUTES), NumberRange(0, MOST_MINUTES, MINUTES)],
        default=0,
        description="On top of the stage’s own. Minutes for several requests add up.",
    )
    told = TextAreaField(
        "What the interviewers are to know",
        [Length(max=TOLD_LIMIT, message=f"Use up to {TOLD_LIMIT:,} characters.")],
        description="What they have to do, and never why. The candidate reads it too. Leave it empty to tell nothing.",
        render_kw={"rows": 3},
    )

    requests: Mapping[str, str] = MappingProxyType({})
    stages: Mapping[str, str] = MappingProxyType({})

    def offer(self, requests: Mapping[str, str], stages: Mapping[str, str]) -> "ArrangementForm":
        """Fill in what was asked for and the conversations, by key; the only request is the chosen one."""
        self.requests, self.stages = requests, stages
        self.request.choices = [SelectChoice(key, words) for key, words in requests.items()]
        self.stage.choices = [EVERY_STAGE, *(SelectChoice(key, name) for key, name in stages.items())]
        if len(requests) == 1 and not self.request.data:
            (self.request.data,) = requests
        return self

    def validate_request(self, field: RadioField) -> None:
        """Refuse a request that is not of this application."""
        if field.data not in self.requests:
            raise ValidationError(CHOOSE_REQUEST)

    def validate_stage(self, field: SelectField) -> None:
        """Refuse a conversation that is not of this loop."""
        if field.data and field.data not in self.stages:
            raise ValidationError(CHOOSE_STAGE)

    def to_draft(self) -> ArrangementDraft:
        """Return what was typed as a value; the minutes have been checked."""
        return ArrangementDraft(self.extra_minutes.data or 0, self.stage.data or "", self.told.data or "")


CHOOSE_STEP = "Choose what is credited."


class CreditForm(Form):
    """A step of somebody's path that is credited for past work, and why."""

    what = RadioField("What is credited", [InputRequired(CHOOSE_STEP)], choices=[], validate_choice=False)
    reason = TextAreaField(
        "Why",
        [
            InputRequired("Say in a sentence what they have done, and where."),
            Length(max=LONGEST_REASON, message=f"Use up to {LONGEST_REASON:,} characters."),
        ],
        description="What they have done, where and when. It is kept, and they read it too.",
        render_kw={"rows": 3},
    )

    steps: Mapping[str, tuple[str, PathStep]] = MappingProxyType({})

    def offer(self, sets: Mapping[str, tuple[str, Sequence[PathStep]]]) -> "CreditForm":
        """Fill in the open steps: the name of each set with its steps, by the set's public id."""
        self.steps = {f"{key}:{step.value}": (key, step) for key, (_, steps) in sets.items() for step in steps}
        self.what.choices = [
            SelectChoice(value, f"{step.value.capitalize()}: {sets[key][0]}")
            for value, (key, step) in self.steps.items()
        ]
        return self

    def validate_what(self, field: RadioField) -> None:
        """Refuse a step that is not open."""
        if field.data not in self.steps:
            raise ValidationError(CHOOSE_STEP)

    @property
    def chosen(self) -> tuple[str, PathStep]:
        """Return the public id of the set and the step; they have been checked."""
        return self.steps[self.what.data]


class LeadersForm(Form):
    """Who can lead a stage, on a day or next week."""

    stage = SelectField("Who can lead", choices=[], validate_choice=False)
    on = DayField("On which day", [Optional()], description="Leave it empty for next week.")

    def offer(self, stages: Sequence[StageOfOpening]) -> "LeadersForm":
        """Fill in the stages that one may ask about."""
        self.stage.choices = [SelectChoice("", "Show everybody"), *(SelectChoice(s.value, s.words) for s in stages)]
        return self

    @property
    def day(self) -> date | None:
        """Return the day that was asked for, or None for next week; nonsense is next week, with a sentence at it."""
        return self.on.data if self.validate() else None
