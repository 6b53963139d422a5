"""Forms of loops."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from wtforms import DecimalField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from hiringkit.foundation.forms import CheckboxesField, Form, SelectChoice, form_with
from hiringkit.loops.rules.content import Mode
from hiringkit.loops.rules.plan import PlannedRule, PlannedStage

SHORTEST, LONGEST = 15, 240
MINUTES = f"Enter a whole number of minutes, {SHORTEST} to {LONGEST}."
WEIGHT = "weights-"
LARGEST_WEIGHT = 10
LONG = "Use up to 2,000 characters."
Choices = list[tuple[str, str]]


class MinutesField(IntegerField):
    """A whole number of minutes, with a sentence of our own for what is none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number, or say what one looks like."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(MINUTES) from None


class PlainDecimalField(DecimalField):
    """A number as people type it, with a sentence of our own for what is none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number, or say what one looks like."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(f"{self.label.text}: enter a number such as 1 or 1.5.") from None


class StageForm(Form):
    """One stage of the plan."""

    name = StringField("Name", [InputRequired("Enter a name."), Length(max=120, message="Use up to 120 characters.")])
    minutes = MinutesField(
        "Length",
        [InputRequired(MINUTES), NumberRange(SHORTEST, LONGEST, MINUTES)],
        description="The candidate’s own questions included.",
    )
    mode = SelectField("How people meet", choices=[SelectChoice(mode.value, mode.value.capitalize()) for mode in Mode])
    panel = SelectField(
        "Who rates",
        choices=[SelectChoice("2", "Two people, a lead and a second"), SelectChoice("1", "One person, the lead")],
        description="People who shadow come on top and never count.",
    )
    competencies = CheckboxesField("What it rates", description="Three to five. More cannot be heard.")
    scenarios = CheckboxesField("Scenarios", description="Interviewers read these; candidates never do.")
    artefacts = CheckboxesField("What to bring", description="On paper or on a screen; nothing is uploaded.")
    brief = TextAreaField(
        "What the candidate is told",
        [InputRequired("Say in a sentence or two what this conversation is about."), Length(max=2000, message=LONG)],
    )
    critical: Sequence[str] = ()

    def offer(
        self, competencies: Choices, scenarios: Choices, artefacts: Choices, critical: Sequence[str]
    ) -> "StageForm":
        """Fill in what the opening's pack has, and which of its competencies are safety-critical."""
        for field, choices in (
            (self.competencies, competencies),
            (self.scenarios, scenarios),
            (self.artefacts, artefacts),
        ):
            field.choices = [SelectChoice(key, name) for key, name in choices]
        self.critical = critical
        return self

    def to_draft(self, key: str) -> PlannedStage:
        """Return what was typed as a stage of the plan."""
        return PlannedStage(
            key=key,
            name=(self.name.data or "").strip(),
            minutes=self.minutes.data or 0,
            mode=Mode(self.mode.data),
            panel=int(self.panel.data),
            competencies=tuple(self.competencies.data or ()),
            scenarios=tuple(self.scenarios.data or ()),
            artefacts=tuple(self.artefacts.data or ()),
            brief=(self.brief.data or "").strip(),
        )


class RuleForm(Form):
    """Bar, gate level and weights; `weight_fields` come from `rule_form`."""

    bar = PlainDecimalField(
        "Bar",
        [InputRequired("Enter a number such as 4.5."), NumberRange(1, 7, "Enter a number from 1 to 7.")],
        description="The mean that meets it. 4.5 of 7 unless you have a reason.",
        places=None,
    )
    gate_level = SelectField(
        "Gate level",
        choices=[SelectChoice("1", "1"), SelectChoice("2", "1 or 2"), SelectChoice("3", "1, 2 or 3")],
        description="So low on a safety-critical competency opens a gate.",
    )
    weights_reason = TextAreaField(
        "Why some count for more",
        [Length(max=2000, message=LONG)],
        description="Needed only when the weights are not all the same.",
    )

    @property
    def weight_fields(self) -> list[Any]:
        """Return the fields of the weights in the order of the pack."""
        return [field for field in self if field.name.startswith(WEIGHT)]

    def to_draft(self) -> PlannedRule:
        """Return what was typed as the rule of the plan; an empty weight leaves the competency out."""
        given = {field.name.removeprefix(WEIGHT): field.data for field in self.weight_fields}
        return PlannedRule(
            bar=float(self.bar.data or 0),
            gate_level=int(self.gate_level.data),
            weights={key: float(weight) for key, weight in given.items() if weight is not None},
            weights_reason=(self.weights_reason.data or "").strip(),
        )


def rule_form(competencies: Mapping[str, str], **values: Any) -> RuleForm:
    """Return the form of the rule with one weight for each competency of the pack, by key and name."""
    checks = [Optional(), NumberRange(0.1, LARGEST_WEIGHT, f"Enter a weight from 0.1 to {LARGEST_WEIGHT}, or nothing.")]
    fields = {f"{WEIGHT}{key}": PlainDecimalField(name, checks, places=None) for key, name in competencies.items()}
    return form_with(RuleForm, fields, data=values)


def plain(number: float) -> Decimal:
    """Return a stored number as a person would type it: 1, not 1.0."""
    return Decimal(f"{number:g}")
