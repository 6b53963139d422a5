"""Forms of scorecards: the scorecard itself is made from what its stage rates."""

from collections.abc import Mapping

from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired, Length

from hiringkit.foundation.forms import Form, SelectChoice
from hiringkit.scorecards.rules.evidence import NotRated, RatedCompetency, RatingDraft, ScorecardDraft, Value
from hiringkit.scorecards.rules.learning import SignOffDraft

NOTE = "note"


class ScorecardForm(Form):
    """The version that the sender started from; ratings and evidence are read by `draft_of`."""


def draft_of(typed: Mapping[str, str], competencies: tuple[RatedCompetency, ...]) -> ScorecardDraft:
    """Return what was typed for a stage's competencies; nonsense counts as nothing chosen.

    Fields are `r<version>-rating` (a point, "not-observed" or "not-asked"), `r<version>-evidence` and `note`.
    """
    ratings = tuple(
        RatingDraft(
            one.version,
            _value(typed.get(f"r{one.version}-rating", "")),
            _lines(typed.get(f"r{one.version}-evidence", "")),
        )
        for one in competencies
    )
    return ScorecardDraft(ratings, _lines(typed.get(NOTE, "")))


def _value(typed: str) -> Value | None:
    words = typed.replace("-", " ")
    if words in set(NotRated):
        return NotRated(words)
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 1 else None


def _lines(typed: str) -> str:
    """Return text with the line ends that are stored; browsers send those of another age."""
    return typed.replace("\r\n", "\n")


def _reason() -> TextAreaField:
    return TextAreaField(
        "Reason", [InputRequired("Give a reason."), Length(max=4000, message="Use up to 4,000 characters.")]
    )


class ReasonForm(Form):
    """A reason for an act."""

    reason = _reason()


class AmendmentForm(Form):
    """A dated addition to one's own sealed scorecard."""

    text = TextAreaField(
        "What you want to add",
        [InputRequired("Write what you want to add."), Length(max=20_000, message="Use up to 20,000 characters.")],
    )


class SignOffForm(Form):
    """Whether a reverse shadow may lead, and why; in the order of the page, which is that of its problems."""

    ready = RadioField(
        "May they lead?",
        [InputRequired("Choose yes or not yet.")],
        choices=[SelectChoice("yes", "Yes, they may lead"), SelectChoice("not-yet", "Not yet")],
    )
    reason = _reason()

    def to_draft(self) -> SignOffDraft:
        """Return what was typed as a value."""
        known = {"yes": True, "not-yet": False}
        return SignOffDraft(known.get(self.ready.data or ""), self.reason.data or "")
