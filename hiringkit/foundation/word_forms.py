"""A form that asks for one word on each of several things, and where something is wrong for its part and a note."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from wtforms import Field as Control
from wtforms import RadioField, SelectField, TextAreaField

from hiringkit.foundation.forms import Form, SelectChoice, form_with

Draft = TypeVar("Draft")
NO_PART = SelectChoice("", "No single one")


class WordControls(NamedTuple):
    """The controls of one thing."""

    word: Control
    field: Control
    note: Control

    @property
    def is_open(self) -> bool:
        """Tell whether what is wrong with it lies open."""
        return any(one.data or one.errors for one in (self.field, self.note))


class WordsForm(Form):
    """One word on each thing; the controls are attributes that `words_form` adds."""

    keys: Sequence[str]

    @property
    def words(self) -> dict[str, WordControls]:
        """Return the controls by thing."""
        return {key: WordControls(*(self[f"{key}-{part}"] for part in WordControls._fields)) for key in self.keys}

    def to_drafts(self, draft: Callable[[str, str, str], Draft]) -> dict[str, Draft]:
        """Return by thing the draft that is made of word, part and note as they were typed."""
        return {key: draft(*(one.data or "" for one in controls)) for key, controls in self.words.items()}


Made = TypeVar("Made", bound=WordsForm)
Things = Mapping[str, tuple[str, Sequence[tuple[str, str]]]]
"""By key: the question, and what in the thing can be named, as pairs of key and label."""


def words_form(
    kind: type[Made], things: Things, words: Sequence[SelectChoice], said: Mapping[str, Sequence[str]], **values: Any
) -> Made:
    """Return the form of a kind for these things, holding what was sent, else what was `said` before."""
    controls: dict[str, Any] = {}
    for key, (question, parts) in things.items():
        word, part, note = said.get(key, ("", "", ""))
        choices = [NO_PART, *(SelectChoice(*one) for one in parts)]
        controls |= {
            f"{key}-word": RadioField(question, choices=words, default=word or None, validate_choice=False),
            f"{key}-field": SelectField("Which question is it?", choices=choices, default=part, validate_choice=False),
            f"{key}-note": TextAreaField("What is it like?", default=note, render_kw={"rows": 2}),
        }
    made = form_with(kind, controls, **values)
    made.keys = list(things)
    return made
