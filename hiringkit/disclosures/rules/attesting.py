"""What incumbents say of a published disclosure, section by section."""

from enum import StrEnum


class AttestationWord(StrEnum):
    """An incumbent's word on one section."""

    CONFIRMED = "confirmed"
    DISPUTED = "disputed"
