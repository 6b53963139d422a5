"""Pages of disclosures, gathered: the overview of a draft, its sections, publishing, and those in the role."""

from hiringkit.disclosures.views import attesting, incumbents, overview, publishing, sections
from hiringkit.disclosures.views.blueprint import bp

__all__ = ["attesting", "bp", "incumbents", "overview", "publishing", "sections"]
