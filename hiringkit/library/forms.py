"""Forms of the library."""

from datetime import date

from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired

from hiringkit.foundation.forms import DayField, Form
from hiringkit.library.rules.profiling.reading import ProfilesDraft


class PackForm(Form):
    """The text of a pack file."""

    text = TextAreaField(
        "The text of the pack",
        [InputRequired("Paste the text of a pack file.")],
        description="All of the file, from its first line. Nothing is stored before every check has passed.",
        render_kw={"spellcheck": "false"},
    )


class ProfilesForm(Form):
    """A pasted table of role profiles, with what holds for all of it; `checked` names what its sender was shown."""

    text = TextAreaField(
        "The table",
        [InputRequired("Paste a table with its headings.")],
        description="With its headings, parted by commas, semicolons or tabs; a role in each line or in each column.",
        render_kw={"spellcheck": "false"},
    )
    source = StringField(
        "Where the figures come from",
        [InputRequired("Say where the figures come from.")],
        description="A reader must be able to find them: who published them, and what the page or table is called.",
    )
    as_of = DayField(
        "Looked up on",
        [InputRequired("Give the day on which the figures were looked up.")],
        description="The day on which the source said so.",
    )
    currency = StringField(
        "Currency", description="Three letters, for amounts without a currency of their own.", render_kw={"size": "5"}
    )
    checked = HiddenField()

    def to_draft(self) -> ProfilesDraft:
        """Return what was typed."""
        source, currency = (" ".join((field.data or "").split()) for field in (self.source, self.currency))
        return ProfilesDraft(self.text.data or "", source, self.as_of.data or date.min, currency)
