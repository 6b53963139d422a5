"""The shapes of the field registry: sections, fields, columns, choices and their constructors."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

VALUE = "value"
MEASURED_DAYS = 180
STATED_DAYS = 365


class Kind(StrEnum):
    """What an answer is made of; months are twelve numbers, a record is one row of several columns, a table many."""

    TEXT = "text"
    LONGTEXT = "longtext"
    NUMBER = "number"
    MONEY = "money"
    CHOICE = "choice"
    DATE = "date"
    BOOLEAN = "boolean"
    MINUTES = "minutes"
    PERCENT = "percent"
    MONTHS = "months"
    CURRENCY = "currency"
    RECORD = "record"
    TABLE = "table"


NUMERIC = frozenset({Kind.NUMBER, Kind.MONEY, Kind.MINUTES, Kind.PERCENT, Kind.MONTHS})


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers of a choice: the stored key and the words on the page."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Column:
    """One typed value of a field; `minimum` and `maximum` are inclusive and in `unit`."""

    key: str
    label: str
    kind: Kind = Kind.TEXT
    required: bool = True
    unit: str = ""
    hint: str = ""
    choices: tuple[Choice, ...] = ()
    minimum: int = 0
    maximum: int = 1_000_000
    whole: bool = False

    @property
    def is_numeric(self) -> bool:
        """Tell whether the value is one number or several."""
        return self.kind in NUMERIC

    def choice_label(self, key: str) -> str:
        """Return the words of a stored choice, or the key itself when it is not one of them."""
        return next((choice.label for choice in self.choices if choice.key == key), key)


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a disclosure.

    `question` is what a candidate would ask while it is open. `unique` names the column that no
    two rows may share. `none_label` is what "none" means here. `shelf_life_days` is how long an
    answer may stand before it counts as stale.
    """

    key: str
    label: str
    question: str
    hint: str
    kind: Kind
    columns: tuple[Column, ...]
    section: str = ""
    required: bool = False
    needs_basis: bool = False
    min_rows: int = 1
    max_rows: int = 1
    unique: str = ""
    none_label: str = "None"
    shelf_life_days: int = STATED_DAYS

    @property
    def is_table(self) -> bool:
        """Tell whether the answer may have more than one row."""
        return self.kind is Kind.TABLE

    @property
    def is_single(self) -> bool:
        """Tell whether the answer is one value, stored under the column key `value`."""
        return self.kind not in {Kind.TABLE, Kind.RECORD}

    def column(self, key: str) -> Column:
        """Return the column of that key, or raise KeyError."""
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(key)


@dataclass(frozen=True, slots=True)
class Section:
    """A page of the disclosure: its fields in the order in which they are asked and printed."""

    key: str
    title: str
    intro: str
    fields: tuple[Field, ...] = field(default=())

    def __post_init__(self) -> None:
        """Write the section's key into each of its fields."""
        object.__setattr__(self, "fields", tuple(replace(one, section=self.key) for one in self.fields))


def choices(**labels: str) -> tuple[Choice, ...]:
    """Return choices from keyword arguments; an underscore in a name stands for a hyphen.

    >>> [choice.key for choice in choices(on_site="On site", remote="Remote")]
    ['on-site', 'remote']
    """
    return tuple(Choice(key.replace("_", "-"), label) for key, label in labels.items())


def single(  # noqa: PLR0913 - a field has this many properties; each is named at the call
    key: str,
    label: str,
    question: str,
    *,
    kind: Kind = Kind.TEXT,
    hint: str = "",
    required: bool = False,
    needs_basis: bool | None = None,
    unit: str = "",
    options: tuple[Choice, ...] = (),
    minimum: int = 0,
    maximum: int = 1_000_000,
    whole: bool = False,
    none_label: str = "None",
) -> Field:
    """Return a field with one value; a number needs a basis unless told otherwise."""
    column = Column(VALUE, label, kind, True, unit, hint, options, minimum, maximum, whole)
    basis = column.is_numeric if needs_basis is None else needs_basis
    return Field(
        key, label, question, hint, kind, (column,), required=required, needs_basis=basis, none_label=none_label,
        shelf_life_days=MEASURED_DAYS if basis else STATED_DAYS,
    )  # fmt: skip


def several(  # noqa: PLR0913 - a field has this many properties; each is named at the call
    key: str,
    label: str,
    question: str,
    columns: Iterable[Column],
    *,
    hint: str = "",
    required: bool = False,
    needs_basis: bool | None = None,
    min_rows: int = 1,
    max_rows: int = 30,
    unique: str = "",
    none_label: str = "None",
) -> Field:
    """Return a table, or a record when at most one row is allowed; a numeric column asks for a basis."""
    held = tuple(columns)
    basis = any(column.is_numeric for column in held) if needs_basis is None else needs_basis
    return Field(
        key, label, question, hint, Kind.RECORD if max_rows == 1 else Kind.TABLE, held, required=required,
        needs_basis=basis, min_rows=min_rows, max_rows=max_rows, unique=unique, none_label=none_label,
        shelf_life_days=MEASURED_DAYS if basis else STATED_DAYS,
    )  # fmt: skip
