"""The only writer of disclosures, gathered: drafts, then versions."""

from hiringkit.disclosures.operations.drafts import save_section, start_draft
from hiringkit.disclosures.operations.publishing import publish_disclosure, withdraw_disclosure

__all__ = [
    "publish_disclosure",
    "save_section",
    "start_draft",
    "withdraw_disclosure",
]
