"""Forms of candidates."""

from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length

from hiringkit.candidates.rules.drafts import CandidateDraft
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
    zone = SelectField("Time zone", choices=ZONES, description="The person reads interview times in it.")
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
            zone=self.zone.data,
            member_email=self.member_email.data or "",
        )
