"""Forms of the library."""

from wtforms import TextAreaField
from wtforms.validators import InputRequired

from hiringkit.foundation.forms import Form


class PackForm(Form):
    """The text of a pack file."""

    text = TextAreaField(
        "The text of the pack",
        [InputRequired("Paste the text of a pack file.")],
        description="All of the file, from its first line. Nothing is stored before every check has passed.",
        render_kw={"spellcheck": "false"},
    )
