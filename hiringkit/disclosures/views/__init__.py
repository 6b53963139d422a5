"""Pages of disclosures, gathered: overview, starting, sections, reviews, publishing, and the versions so far."""

from hiringkit.disclosures.views import history, overview, publishing, reviewing, sections, starting, typing
from hiringkit.disclosures.views.blueprint import bp

__all__ = ["bp", "history", "overview", "publishing", "reviewing", "sections", "starting", "typing"]
