"""Public pages, gathered."""

from hiringkit.careers.views import pages, questions
from hiringkit.careers.views.blueprint import bp

__all__ = ["bp", "pages", "questions"]
