"""Forms of debriefs: closing a gate, deciding, and answering as the second manager."""

from datetime import datetime

from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired, Length

from hiringkit.debriefs.rules.deciding import DecisionDraft, Verdict
from hiringkit.debriefs.rules.gates import GateState
from hiringkit.debriefs.rules.telling import VERDICTS
from hiringkit.foundation.forms import ClockField, DayField, Form, SelectChoice
from hiringkit.interviews.rules.booking import BookingDraft

LONGEST = Length(max=10_000, message="Use up to 10,000 characters.")
AGREES, DISAGREES = "agree", "disagree"


class GateForm(Form):
    """How a safety gate closes, and why."""

    state = RadioField(
        "How does this gate close?",
        [InputRequired("Choose how the gate closes.")],
        choices=[
            SelectChoice(GateState.CLEARED.value, "Cleared: the concern did not hold"),
            SelectChoice(GateState.CONFIRMED.value, "Confirmed: the concern holds"),
        ],
    )
    reason = TextAreaField(
        "Reason",
        [InputRequired("Give the reasons in writing."), LONGEST],
        description="What was found out, by whom and how. It is kept with your name.",
        render_kw={"rows": 3},
    )

    @property
    def chosen(self) -> GateState:
        """Return the state that was chosen."""
        return GateState(self.state.data)


class ThirdRaterForm(Form):
    """When a third rater meets the candidate, on the clocks of the opening."""

    day = DayField("Date", [InputRequired("Enter the date.")])
    time = ClockField("Time", [InputRequired("Enter the time.")])

    def to_draft(self, zone: str) -> BookingDraft:
        """Return what was typed as a value; both fields have been checked."""
        assert self.day.data is not None  # noqa: S101  # Required, and validated by the caller.
        assert self.time.data is not None  # noqa: S101  # As above.
        return BookingDraft(datetime.combine(self.day.data, self.time.data), zone)


class DecisionForm(Form):
    """What is decided, and why."""

    verdict = RadioField("What do you decide?", [InputRequired("Choose what you decide.")], choices=[])
    reason = TextAreaField(
        "Reasons",
        [InputRequired("Give the reasons in writing."), LONGEST],
        description="What in the evidence leads to this. It is kept with your name and never changed.",
        render_kw={"rows": 5},
    )

    def offer(self, verdicts: tuple[Verdict, ...]) -> "DecisionForm":
        """Fill in what can be decided now."""
        self.verdict.choices = [SelectChoice(verdict.value, VERDICTS[verdict]) for verdict in verdicts]
        return self

    def to_draft(self, manager: int) -> DecisionDraft:
        """Return what was typed as a value."""
        return DecisionDraft(Verdict(self.verdict.data), self.reason.data or "", manager)


class AnswerForm(Form):
    """The second manager's answer to a decision against the rule."""

    answer = RadioField(
        "What do you say to it?",
        [InputRequired("Choose whether you agree.")],
        choices=[
            SelectChoice(AGREES, "I agree, and the decision is made"),
            SelectChoice(DISAGREES, "I do not agree, and the proposal ends"),
        ],
    )
    answer_reason = TextAreaField(
        "Your reasons",
        [InputRequired("Give the reasons in writing."), LONGEST],
        description="They stand beside those of the first manager.",
        render_kw={"rows": 3},
    )

    @property
    def agrees(self) -> bool:
        """Return whether the second manager agrees."""
        return bool(self.answer.data == AGREES)
