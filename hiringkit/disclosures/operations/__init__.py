"""The only writer of disclosures, gathered: drafts, reviews, versions, and what people in the role say."""

from hiringkit.disclosures.operations.attesting import (
    attest,
    end_incumbency,
    mark_incumbent,
    take_up_incumbency,
)
from hiringkit.disclosures.operations.copying import copy_disclosure
from hiringkit.disclosures.operations.drafts import save_section, start_draft
from hiringkit.disclosures.operations.pasting import fill_from_posting, start_from_posting
from hiringkit.disclosures.operations.publishing import publish_disclosure, withdraw_disclosure
from hiringkit.disclosures.operations.reviewing import answer_review, ask_for_review, demand_reviewer
from hiringkit.disclosures.operations.typing import discard_typing, keep_typing

__all__ = [
    "answer_review",
    "ask_for_review",
    "attest",
    "copy_disclosure",
    "demand_reviewer",
    "discard_typing",
    "end_incumbency",
    "fill_from_posting",
    "keep_typing",
    "mark_incumbent",
    "publish_disclosure",
    "save_section",
    "start_draft",
    "start_from_posting",
    "take_up_incumbency",
    "withdraw_disclosure",
]
