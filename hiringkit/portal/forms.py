"""Forms of the portal: a question on the disclosure, and something to be different."""

from collections.abc import Sequence

from wtforms import SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from hiringkit.candidates.rules.accommodations import REQUEST_LIMIT
from hiringkit.candidates.rules.questions import QUESTION_LIMIT
from hiringkit.foundation.forms import Form, SelectChoice

EVERYTHING = SelectChoice("", "The whole description, or something it does not say")


class QuestionForm(Form):
    """A question on one answer of the disclosure, or on all of it."""

    field = SelectField("About", choices=[], validate_choice=False)
    text = TextAreaField(
        "Your question",
        [
            InputRequired("Write your question."),
            Length(max=QUESTION_LIMIT, message=f"Use up to {QUESTION_LIMIT:,} characters."),
        ],
        render_kw={"rows": 5},
    )

    def offer(self, fields: Sequence[tuple[str, str]]) -> "QuestionForm":
        """Fill in what can be asked about, as pairs of key and label."""
        self.field.choices = [EVERYTHING, *(SelectChoice(key, label) for key, label in fields)]
        return self


class AccommodationForm(Form):
    """What the candidate asks to be different."""

    text = TextAreaField(
        "What should be different?",
        [
            InputRequired("Write what should be different."),
            Length(max=REQUEST_LIMIT, message=f"Use up to {REQUEST_LIMIT:,} characters."),
        ],
        description="What helps you is enough. You need not say why, and nobody here may ask for a diagnosis.",
        render_kw={"rows": 5},
    )
