"""The only writer of disclosures, gathered: drafts, then versions."""

from hiringkit.disclosures.operations.drafts import save_section, start_draft
from hiringkit.disclosures.operations.pasting import fill_from_posting, start_from_posting
from hiringkit.disclosures.operations.publishing import publish_disclosure, withdraw_disclosure

__all__ = [
    "fill_from_posting",
    "publish_disclosure",
    "save_section",
    "start_draft",
    "start_from_posting",
    "withdraw_disclosure",
]
