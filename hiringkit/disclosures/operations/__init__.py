"""The only writer of disclosures, gathered: drafts, versions, and what people in the role say."""

from hiringkit.disclosures.operations.attesting import (
    attest,
    end_incumbency,
    mark_incumbent,
    take_up_incumbency,
)
from hiringkit.disclosures.operations.drafts import save_section, start_draft
from hiringkit.disclosures.operations.publishing import publish_disclosure, withdraw_disclosure

__all__ = [
    "attest",
    "end_incumbency",
    "mark_incumbent",
    "publish_disclosure",
    "save_section",
    "start_draft",
    "take_up_incumbency",
    "withdraw_disclosure",
]
