"""The form that asks for openings in the public list; it only reads, so it needs no key and no cookie."""

from collections.abc import Sequence

from wtforms import Form, SearchField, SelectField

from hiringkit.careers.rules.searching import LABELS, PERIODS, UNTIL_LABELS, WHERE_LABELS, Asked
from hiringkit.foundation.forms import SelectChoice

ANY = SelectChoice("", "Any")


class SearchForm(Form):
    """Words and filters."""

    text = SearchField(LABELS["text"])
    place = SelectField(LABELS["place"])
    where = SelectField(
        LABELS["where"], choices=[ANY, *(SelectChoice(key.value, label) for key, label in WHERE_LABELS.items())]
    )
    period = SelectField(
        LABELS["period"], choices=[ANY, *(SelectChoice(one.key, one.label.capitalize()) for one in PERIODS)]
    )
    until = SelectField(
        LABELS["until"], choices=[ANY, *(SelectChoice(key.value, label) for key, label in UNTIL_LABELS.items())]
    )

    @classmethod
    def of(cls, asked: Asked, places: Sequence[str]) -> "SearchForm":
        """Return the form as it was sent, without what was ignored."""
        form = cls(
            data={
                "text": asked.text,
                "place": asked.place,
                "where": asked.where.value if asked.where else "",
                "period": asked.period,
                "until": asked.until.value if asked.until else "",
            }
        )
        form.place.choices = [ANY, *(SelectChoice(one, one) for one in places)]
        return form
