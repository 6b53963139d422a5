"""Pages of disclosures, gathered: the overview of a draft, its sections, publishing and withdrawing."""

from hiringkit.disclosures.views import overview, pasting, publishing, sections
from hiringkit.disclosures.views.blueprint import bp

__all__ = ["bp", "overview", "pasting", "publishing", "sections"]
