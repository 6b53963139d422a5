"""Forms of the candidate's own pages: a question, something to be different, and what was true."""

from collections.abc import Sequence

from wtforms import BooleanField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from hiringkit.candidates.rules.accommodations import REQUEST_LIMIT
from hiringkit.candidates.rules.questions import QUESTION_LIMIT
from hiringkit.candidates.rules.truth import TruthWord
from hiringkit.disclosures.rules.leaflet import LeafletSection
from hiringkit.foundation.forms import Form, SelectChoice
from hiringkit.foundation.word_forms import WordsForm, words_form

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


WORDS = [
    SelectChoice(TruthWord.TRUE.value, "It was true"),
    SelectChoice(TruthWord.PARTLY.value, "Partly"),
    SelectChoice(TruthWord.UNTRUE.value, "It was not true"),
]


class TruthForm(WordsForm):
    """One word on each section of the version that was shown."""

    is_shared = BooleanField("Managers may read my answers now, although they will know that they are mine")


def truth_form(sections: Sequence[LeafletSection]) -> TruthForm:
    """Return the form for these sections, holding what was sent."""
    things = {one.key: (f"Was “{one.title}” true?", one.questions) for one in sections}
    return words_form(TruthForm, things, WORDS, {})
