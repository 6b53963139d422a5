"""Forms of candidates."""

from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from hiringkit.candidates.rules.drafts import CandidateDraft
from hiringkit.candidates.rules.questions import ANSWER_LIMIT, ASKED_LIMIT, AnswerDraft
from hiringkit.foundation.forms import Form, SelectChoice
from hiringkit.people.rules import zone_names

ZONES = [SelectChoice(zone, zone) for zone in zone_names()]


class CandidateForm(Form):
    """A person who applies, or whom somebody wants to ask."""

    name = StringField(
        "Name",
        [InputRequired("Enter a name."), Length(max=120, message="Use up to 120 characters.")],
        description="As the person writes it. Interviewers read it.",
        render_kw={"autocomplete": "off"},
    )
    email = StringField(
        "Mail address",
        [InputRequired("Enter a mail address."), Length(max=250, message="Use up to 250 characters.")],
        description="One person has one address in a team.",
        render_kw={"type": "email", "autocomplete": "off"},
    )
    zone = SelectField(
        "Time zone", choices=ZONES, description="The person reads interview times in it.", validate_choice=False
    )
    member_email = StringField(
        "Signs in here as",
        [Length(max=250, message="Use up to 250 characters.")],
        description="Only if the person works here under another address.",
        render_kw={"type": "email", "autocomplete": "off"},
    )

    def to_draft(self, team_id: int) -> CandidateDraft:
        """Return what was typed as a value."""
        return CandidateDraft(
            team_id=team_id,
            name=self.name.data or "",
            email=self.email.data or "",
            zone=self.zone.data or "",
            member_email=self.member_email.data or "",
        )


EVERYBODY, ASKER = "everybody", "asker"


class AnswerForm(Form):
    """The answer to a question, and who reads it."""

    text = TextAreaField(
        "Answer",
        [
            InputRequired("Write the answer."),
            Length(max=ANSWER_LIMIT, message=f"Use up to {ANSWER_LIMIT:,} characters."),
        ],
        render_kw={"rows": 5},
    )
    readers = RadioField(
        "Who reads it",
        [InputRequired("Choose who reads the answer.")],
        choices=[
            SelectChoice(EVERYBODY, "Everybody, on the public page and on every candidate’s page"),
            SelectChoice(ASKER, "Only the one who asked"),
        ],
        validate_choice=False,
    )
    asked = TextAreaField(
        "The question, in your own words",
        [Length(max=ASKED_LIMIT, message=f"Use up to {ASKED_LIMIT:,} characters.")],
        description="For an answer to everybody. Nothing in it or in the answer may tell who asked: "
        "no name, no employer, no date of theirs, none of their wording.",
        render_kw={"rows": 2},
    )

    def to_draft(self) -> AnswerDraft:
        """Return what was typed as a value; an unknown choice of readers is the narrower one."""
        return AnswerDraft(self.text.data or "", self.readers.data == EVERYBODY, self.asked.data or "")
