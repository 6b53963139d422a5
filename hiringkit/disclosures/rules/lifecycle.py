"""The states of a disclosure version and the moves between them."""

from enum import StrEnum

from hiringkit.foundation.lifecycle import Lifecycle, Move


class DisclosureState(StrEnum):
    """PRODUCT's words for a disclosure version; derived from its rows, never stored."""

    DRAFT = "draft"
    IN_REVIEW = "in review"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


DISCLOSURE_VERSION = Lifecycle(
    "disclosure version",
    (
        Move("ask for review", frozenset({DisclosureState.DRAFT}), DisclosureState.IN_REVIEW),
        # "Not yet", or any change that is saved, ends the review.
        Move("send back", frozenset({DisclosureState.IN_REVIEW}), DisclosureState.DRAFT),
        Move("publish", frozenset({DisclosureState.DRAFT, DisclosureState.IN_REVIEW}), DisclosureState.PUBLISHED),
        Move("supersede", frozenset({DisclosureState.PUBLISHED}), DisclosureState.SUPERSEDED),
        Move(
            "withdraw",
            frozenset({DisclosureState.PUBLISHED, DisclosureState.SUPERSEDED}),
            DisclosureState.WITHDRAWN,
        ),
        # When the newest version is withdrawn, the one before it is what candidates read again.
        Move("return", frozenset({DisclosureState.SUPERSEDED}), DisclosureState.PUBLISHED),
    ),
)


def state_of_version(number: int, newest: int | None, *, is_withdrawn: bool) -> DisclosureState:
    """Return the state of a version; `newest` is the number of the newest one that is not withdrawn.

    >>> state_of_version(1, 2, is_withdrawn=False).value, state_of_version(2, 2, is_withdrawn=False).value
    ('superseded', 'published')
    """
    if is_withdrawn:
        return DisclosureState.WITHDRAWN
    return DisclosureState.PUBLISHED if number == newest else DisclosureState.SUPERSEDED
