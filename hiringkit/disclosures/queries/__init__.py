"""Reads of disclosures, gathered: the draft of an opening, its versions, and what people in the role say of them."""

from hiringkit.disclosures.queries.attested import (
    Attested,
    unscoped_attested,
    unscoped_attested_with_notes,
)
from hiringkit.disclosures.queries.drafts import (
    DisclosureView,
    disclosure,
    unscoped_claims,
    unscoped_draft,
    unscoped_sections,
)
from hiringkit.disclosures.queries.incumbents import (
    OwnAttesting,
    incumbent,
    is_to_attest,
    opening_to_mark,
    own_attesting,
    unscoped_attestations_of,
    unscoped_incumbency,
    unscoped_incumbents,
    unscoped_members_to_mark,
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
)

__all__ = [
    "Attested",
    "DisclosureView",
    "OwnAttesting",
    "disclosure",
    "document_of",
    "incumbent",
    "is_current",
    "is_standing",
    "is_to_attest",
    "leaflet",
    "opening_to_mark",
    "own_attesting",
    "published_version",
    "unscoped_attestations_of",
    "unscoped_attested",
    "unscoped_attested_with_notes",
    "unscoped_claims",
    "unscoped_current_version",
    "unscoped_current_versions",
    "unscoped_draft",
    "unscoped_incumbency",
    "unscoped_incumbents",
    "unscoped_is_withdrawn",
    "unscoped_members_to_mark",
    "unscoped_newest_number",
    "unscoped_sections",
    "unscoped_version",
]
