"""Pages of calibration, gathered: attempts and standings, rating as an expert, and the forms that authors bring."""

from hiringkit.calibration.views import attempts, drafts, experts
from hiringkit.calibration.views.blueprint import bp

__all__ = ["attempts", "bp", "drafts", "experts"]
