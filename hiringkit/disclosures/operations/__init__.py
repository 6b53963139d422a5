"""The only writer of disclosures, gathered: drafts and what is typed into them, reviews, versions."""

from hiringkit.disclosures.operations.copying import copy_disclosure
from hiringkit.disclosures.operations.drafts import save_section, start_draft
from hiringkit.disclosures.operations.publishing import publish_disclosure, withdraw_disclosure
from hiringkit.disclosures.operations.reviewing import answer_review, ask_for_review, demand_reviewer
from hiringkit.disclosures.operations.typing import discard_typing, keep_typing

__all__ = [
    "answer_review",
    "ask_for_review",
    "copy_disclosure",
    "demand_reviewer",
    "discard_typing",
    "keep_typing",
    "publish_disclosure",
    "save_section",
    "start_draft",
    "withdraw_disclosure",
]
