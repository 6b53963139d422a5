"""Reads of disclosures, gathered: the draft of an opening, and the versions that were published."""

from hiringkit.disclosures.queries.drafts import (
    DisclosureView,
    disclosure,
    unscoped_claims,
    unscoped_draft,
    unscoped_drafted_claims,
    unscoped_sections,
)
from hiringkit.disclosures.queries.versions import (
    document_of,
    is_current,
    is_standing,
    leaflet,
    published_version,
    unscoped_current_version,
    unscoped_current_versions,
    unscoped_is_withdrawn,
    unscoped_newest_number,
    unscoped_version,
    unscoped_version_of,
    unscoped_versions,
)

__all__ = [
    "DisclosureView",
    "disclosure",
    "document_of",
    "is_current",
    "is_standing",
    "leaflet",
    "published_version",
    "unscoped_claims",
    "unscoped_current_version",
    "unscoped_current_versions",
    "unscoped_draft",
    "unscoped_drafted_claims",
    "unscoped_is_withdrawn",
    "unscoped_newest_number",
    "unscoped_sections",
    "unscoped_version",
    "unscoped_version_of",
    "unscoped_versions",
]
