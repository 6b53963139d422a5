"""Forms of interviews: a time to book, a place on a panel, a move."""

from collections.abc import Sequence
from datetime import datetime

from wtforms import RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from hiringkit.foundation.forms import ClockField, DayField, Form, SelectChoice
from hiringkit.interviews.rules.assigning import AssignmentRole
from hiringkit.interviews.rules.booking import BookingDraft
from hiringkit.people.rules import zone_names


class StartForm(Form):
    """When an interview begins."""

    day = DayField("Date", [InputRequired("Enter the date.")])
    time = ClockField("Time", [InputRequired("Enter the time.")])
    zone = SelectField(
        "Time zone",
        choices=[SelectChoice(zone, zone) for zone in zone_names()],
        description="The time is read on the clocks of this zone.",
        validate_choice=False,
    )

    def to_draft(self) -> BookingDraft:
        """Return what was typed as a value; both fields have been checked."""
        assert self.day.data is not None  # noqa: S101  # Required, and validated by the caller.
        assert self.time.data is not None  # noqa: S101  # As above.
        return BookingDraft(datetime.combine(self.day.data, self.time.data), self.zone.data or "")


class BookingForm(StartForm):
    """Which stage is booked, and when."""

    stage = RadioField("Stage", [InputRequired("Choose a stage.")], choices=[], validate_choice=False)

    def offer(self, stages: Sequence[tuple[str, str]]) -> "BookingForm":
        """Fill in the stages that can be booked, as pairs of value and label."""
        self.stage.choices = [SelectChoice(value, label) for value, label in stages]
        return self


class AssignmentForm(Form):
    """Who gets which place on a panel, and a manager's reason where a calibration is waived."""

    member = SelectField("Person", [InputRequired("Choose a person.")], choices=[], validate_choice=False)
    role = SelectField(
        "Place",
        [InputRequired("Choose a place.")],
        choices=[SelectChoice(role.value, role.value.capitalize()) for role in AssignmentRole],
    )
    reason = TextAreaField("Reason", [Length(max=4000, message="Use up to 4,000 characters.")])

    @property
    def chosen_role(self) -> AssignmentRole:
        """Return the place that was chosen."""
        return AssignmentRole(self.role.data)
