"""Forms of people."""

from wtforms import PasswordField, RadioField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from hiringkit.foundation.access import Capacity
from hiringkit.foundation.forms import Form, SelectChoice
from hiringkit.people.rules import InvitationDraft, Reveal, zone_names

ZONES = [SelectChoice(zone, zone) for zone in zone_names()]
# A name of spaces is none, so what is asked for here is data and not only input.
NAME = [DataRequired("Enter a name."), Length(max=120, message="Use up to 120 characters.")]
ADDRESS = [DataRequired("Enter a mail address."), Length(max=250, message="Use up to 250 characters.")]
PASSWORD = [InputRequired("Enter a password."), Length(max=128, message="Use up to 128 characters.")]


class SignInForm(Form):
    """Address and password."""

    email = StringField("Mail address", ADDRESS, render_kw={"autocomplete": "username", "type": "email"})
    password = PasswordField("Password", PASSWORD, render_kw={"autocomplete": "current-password"})


class SetUpForm(Form):
    """The first administrator and the organisation."""

    code = StringField(
        "One-time code",
        [InputRequired("Enter the code that `hiringkit init` printed.")],
        render_kw={"autocomplete": "one-time-code"},
    )
    organisation = StringField("Organisation", NAME, description="The employer, as candidates know it.")
    contact = StringField(
        "Public mail address",
        [Length(max=250, message="Use up to 250 characters.")],
        description="Printed on public pages for applications and questions. Left empty, it is your own.",
        render_kw={"type": "email", "autocomplete": "off"},
    )
    name = StringField("Your name", NAME, render_kw={"autocomplete": "name"})
    email = StringField("Your mail address", ADDRESS, render_kw={"autocomplete": "username", "type": "email"})
    zone = SelectField("Time zone", choices=ZONES, default="UTC")
    password = PasswordField(
        "Password",
        PASSWORD,
        description="12 characters or more. A few words in a row are fine.",
        render_kw={"autocomplete": "new-password"},
    )


class AcceptForm(Form):
    """An invited person's name and password."""

    name = StringField("Your name", NAME, render_kw={"autocomplete": "name"})
    zone = SelectField("Your time zone", choices=ZONES, default="UTC")
    password = PasswordField(
        "Password",
        PASSWORD,
        description="12 characters or more. A few words in a row are fine.",
        render_kw={"autocomplete": "new-password"},
    )


class InvitationForm(Form):
    """Whom to invite, where and as what."""

    name = StringField("Name", NAME)
    email = StringField("Mail address", ADDRESS, render_kw={"type": "email"})
    capacity = SelectField("Capacity", choices=[])
    team = SelectField("Team", choices=[])

    def offer(self, teams: list[SelectChoice], *, site: bool) -> "InvitationForm":
        """Fill in the choices of this inviter."""
        self.team.choices = [*teams, *([SelectChoice("", "None: the whole site")] if site else [])]
        own = [Capacity.INTERVIEWER, Capacity.COORDINATOR, Capacity.MANAGER]
        everywhere = [Capacity.AUDITOR, Capacity.ADMINISTRATOR] if site else []
        self.capacity.choices = [SelectChoice(c.value, c.value.capitalize()) for c in [*own, *everywhere]]
        return self

    def to_draft(self, team_id: int | None) -> InvitationDraft:
        """Return what was typed as a value."""
        return InvitationDraft(self.email.data or "", self.name.data or "", team_id, self.capacity.data)


class TeamForm(Form):
    """A team's name, and when its scorecards open."""

    name = StringField("Name of the team", NAME)
    reveal = SelectField(
        "When may an interviewer read the others' scorecards of an application?",
        choices=[
            SelectChoice(Reveal.ALL_EXPECTED.value, "When every expected scorecard is in"),
            SelectChoice(Reveal.OWN_IN.value, "When all of one's own for this application are in"),
        ],
        default=Reveal.ALL_EXPECTED.value,
    )


class ReviewForm(Form):
    """Whether a second person approves a disclosure before it is published."""

    review = RadioField(
        "Who has to look at a disclosure before candidates do?",
        choices=[
            SelectChoice("no", "A manager of this team publishes a disclosure alone."),
            SelectChoice("yes", "A manager publishes only what a second person has approved, word for word."),
        ],
        validators=[InputRequired("Choose one of the two.")],
    )


class AccountForm(Form):
    """One's own name and time zone."""

    name = StringField("Name", NAME)
    zone = SelectField("Time zone", choices=ZONES)


class PasswordForm(Form):
    """A new password of one's own, with the present one."""

    present_password = PasswordField("Present password", PASSWORD, render_kw={"autocomplete": "current-password"})
    password = PasswordField(
        "New password",
        PASSWORD,
        description="12 characters or more. A few words in a row are fine.",
        render_kw={"autocomplete": "new-password"},
    )
