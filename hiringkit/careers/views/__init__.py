"""Public pages, gathered."""

from hiringkit.careers.views import pages
from hiringkit.careers.views.blueprint import bp

__all__ = ["bp", "pages"]
