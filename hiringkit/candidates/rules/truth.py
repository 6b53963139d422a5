"""What somebody who was hired says of the disclosure after 30 and after 90 days."""

from enum import StrEnum


class TruthWord(StrEnum):
    """The answer to "was this true?", for one section."""

    TRUE = "true"
    PARTLY = "partly true"
    UNTRUE = "not true"
