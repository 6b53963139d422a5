"""Pages of disclosures, gathered: overview, starting, sections, reviews, publishing, versions, those in the role."""

from hiringkit.disclosures.views import (
    attesting,
    history,
    incumbents,
    overview,
    pasting,
    publishing,
    reviewing,
    sections,
    starting,
    typing,
)
from hiringkit.disclosures.views.blueprint import bp

__all__ = [
    "attesting",
    "bp",
    "history",
    "incumbents",
    "overview",
    "pasting",
    "publishing",
    "reviewing",
    "sections",
    "starting",
    "typing",
]
