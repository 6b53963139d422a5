"""What must happen above when something happens below: one visible table from audit tag to operations."""

from collections.abc import Sequence

from hiringkit.calibration import operations as calibration
from hiringkit.candidates import operations as candidates
from hiringkit.foundation.reactions import Reaction

TABLE: dict[str, Sequence[Reaction]] = {
    "invitation:used": (candidates.mark_conflicts,),
    "pack:imported": (calibration.import_exercises,),
}
