"""The candidate's own pages behind a personal link: reading changes nothing, and no other page opens with it."""

from hiringkit.portal.views import accommodations, pages, questions, truth
from hiringkit.portal.views.blueprint import bp

__all__ = ["accommodations", "bp", "pages", "questions", "truth"]
