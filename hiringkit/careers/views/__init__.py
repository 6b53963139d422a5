"""Public pages, gathered."""

from hiringkit.careers.views import interviews, listing, machines, pages, questions, versions
from hiringkit.careers.views.blueprint import bp

__all__ = ["bp", "interviews", "listing", "machines", "pages", "questions", "versions"]
