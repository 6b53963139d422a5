"""Forms of openings."""

from collections.abc import Sequence

from wtforms import IntegerField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired

from hiringkit.foundation.forms import CheckboxesField, Form, SelectChoice
from hiringkit.openings.rules import POSTING_PLACES, OpeningDetails, OpeningDraft, OpeningState
from hiringkit.people.rules import zone_names

ALL_STATES = ""


class PostsField(IntegerField):
    """A number of people, with a sentence of our own for what is no number."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read a whole number, or say what one looks like."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError("Enter a whole number, such as 1.") from None


class OpeningForm(Form):
    """What may change about an opening as long as it lives."""

    title = StringField("Title", [InputRequired("Enter a title.")], description="The role as candidates search for it.")
    place = StringField(
        "Place",
        [InputRequired("Enter where the work is done.")],
        description="Where the work is done: a town, a building, or remote and from where.",
    )
    zone = SelectField(
        "Time zone",
        choices=[SelectChoice(zone, zone) for zone in zone_names()],
        description="Deadlines and interview times of this opening are in it.",
        validate_choice=False,
    )
    posts = PostsField("Posts", [InputRequired("Enter how many people you want to hire.")], default=1)
    posting_places = CheckboxesField(
        "Which places’ posting rules hold for this opening?",
        choices=[SelectChoice(code, name) for code, name in POSTING_PLACES.items()],
        description="For remote work, tick every place from which it can be done. The disclosure then says what a "
        "posting must contain there, and is published once it does. Other places may have rules that are not known "
        "here. This is not legal advice.",
        validate_choice=False,
    )

    def to_details(self) -> OpeningDetails:
        """Return what was typed as a value."""
        return OpeningDetails(
            title=self.title.data or "",
            place=self.place.data or "",
            zone=self.zone.data or "",
            posts=self.posts.data or 0,
            posting_places=tuple(self.posting_places.data or ()),
        )


class NewOpeningForm(OpeningForm):
    """The same, with the team and with the pack and track that the opening starts from."""

    team = SelectField("Team", choices=[], validate_choice=False)
    track = RadioField("Track", [InputRequired("Choose a track.")], choices=[], validate_choice=False)

    def offer(self, teams: Sequence[tuple[str, str]], tracks: Sequence[tuple[str, str]]) -> "NewOpeningForm":
        """Fill in the choices of this manager, as pairs of value and label."""
        self.team.choices = [SelectChoice(value, label) for value, label in teams]
        self.track.choices = [SelectChoice(value, label) for value, label in tracks]
        return self

    def to_draft(self, team_id: int, pack_id: int, track_key: str) -> OpeningDraft:
        """Return what was typed as a value, with the ids that team and track stand for."""
        typed = self.to_details()
        return OpeningDraft(
            title=typed.title,
            place=typed.place,
            zone=typed.zone,
            posts=typed.posts,
            posting_places=typed.posting_places,
            team_id=team_id,
            pack_id=pack_id,
            track_key=track_key,
        )


class StateForm(Form):
    """Which openings to list."""

    state = SelectField(
        "State",
        choices=[SelectChoice(ALL_STATES, "All"), *(SelectChoice(s.value, s.value.capitalize()) for s in OpeningState)],
    )

    @property
    def chosen(self) -> OpeningState | None:
        """Return the state that was asked for; nonsense is all of them."""
        return OpeningState(self.state.data) if self.state.data in set(OpeningState) else None
