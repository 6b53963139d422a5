"""Pages of the library, gathered: packs and guides, and role profiles."""

from hiringkit.library.views import guides, profiles
from hiringkit.library.views.blueprint import bp

__all__ = ["bp", "guides", "profiles"]
