"""Whether a second person stands behind a draft, and what is to be done where nobody does."""

from dataclasses import dataclass

from hiringkit.disclosures.rules.lifecycle import DisclosureState

ASK_FIRST = "This team publishes only what a second person has approved, and nobody has looked at it yet."
STILL_ASKED = "This team publishes only what a second person has approved, and the review is not answered yet."
NOT_YET = "The review says “not yet”."
CHANGED_SINCE = "What was approved is not what the draft says now: somebody saved a change afterwards."
OWN_APPROVAL = "You approved it yourself, and this team wants two people behind it."


@dataclass(frozen=True, slots=True)
class AskedReview:
    """A review of one text, named by its hash, and its answer; `approves` is None before there is one.

    `asked_by` and `answered_by` are the numbers of members.
    """

    content_hash: str
    asked_by: int
    approves: bool | None = None
    answered_by: int | None = None

    def is_of(self, content_hash: str) -> bool:
        """Tell whether it is a review of this very text."""
        return self.content_hash == content_hash

    def is_waiting(self, content_hash: str) -> bool:
        """Tell whether it is a review of this very text that nobody has answered."""
        return self.is_of(content_hash) and self.approves is None

    def approves_of(self, content_hash: str) -> bool:
        """Tell whether somebody approved this very text."""
        return self.is_of(content_hash) and self.approves is True


def state_of_draft(asked: AskedReview | None, content_hash: str) -> DisclosureState:
    """Return the state of a draft that says this now: any change that is saved ends a review.

    >>> asked = AskedReview("a" * 64, asked_by=1)
    >>> state_of_draft(asked, "a" * 64).value, state_of_draft(asked, "b" * 64).value
    ('in review', 'draft')
    """
    if asked is None or not asked.is_of(content_hash) or asked.approves is False:
        return DisclosureState.DRAFT
    return DisclosureState.IN_REVIEW


def publishing_refusal(asked: AskedReview | None, content_hash: str, publisher: int) -> tuple[str, str]:
    """Return why a team that wants a review does not publish this text yet, and what to do; two empty texts if it may.

    >>> publishing_refusal(AskedReview("a" * 64, 1, approves=True, answered_by=2), "a" * 64, publisher=1)
    ('', '')
    """
    if asked is None:
        return ASK_FIRST, "Ask for a review on the page of the disclosure."
    if not asked.is_of(content_hash):
        sentence = CHANGED_SINCE if asked.approves else ASK_FIRST
        return sentence, "Ask for a review of what it says now, on the page of the disclosure."
    if asked.approves is None:
        return STILL_ASKED, "Another manager, or somebody marked as being in the role, answers it."
    if not asked.approves:
        return NOT_YET, "Read the note, change what it names, and ask again."
    if asked.answered_by == publisher:
        return OWN_APPROVAL, "Let another manager publish it."
    return "", ""
