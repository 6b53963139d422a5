"""Reads of disclosures, gathered: drafts and what is typed into them, sources, reviews, published versions."""

from hiringkit.disclosures.queries.drafts import (
    DisclosureView,
    disclosure,
    unscoped_claims,
    unscoped_draft,
    unscoped_sections,
)
from hiringkit.disclosures.queries.history import VersionLine, unscoped_claims_of, unscoped_numbers, versions
from hiringkit.disclosures.queries.reviews import (
    ReviewStanding,
    ReviewView,
    review,
    review_standing,
    unscoped_review,
    unscoped_reviewers,
)
from hiringkit.disclosures.queries.sources import Source, source, sources
from hiringkit.disclosures.queries.typing import own_typing
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
)

__all__ = [
    "DisclosureView",
    "ReviewStanding",
    "ReviewView",
    "Source",
    "VersionLine",
    "disclosure",
    "document_of",
    "is_current",
    "is_standing",
    "leaflet",
    "own_typing",
    "published_version",
    "review",
    "review_standing",
    "source",
    "sources",
    "unscoped_claims",
    "unscoped_claims_of",
    "unscoped_current_version",
    "unscoped_current_versions",
    "unscoped_draft",
    "unscoped_is_withdrawn",
    "unscoped_newest_number",
    "unscoped_numbers",
    "unscoped_review",
    "unscoped_reviewers",
    "unscoped_sections",
    "unscoped_version",
    "versions",
]
