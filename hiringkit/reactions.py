"""What must happen above when something happens below: one visible table from audit tag to operations."""

from collections.abc import Sequence

from hiringkit.calibration import operations as calibration
from hiringkit.candidates import operations as candidates
from hiringkit.debriefs import operations as debriefs
from hiringkit.foundation.reactions import Reaction
from hiringkit.interviews import operations as interviews

TABLE: dict[str, Sequence[Reaction]] = {
    "application:withdrawn": (interviews.cancel_interviews,),
    "disclosure:published": (candidates.deliver_changes,),
    "invitation:used": (candidates.mark_conflicts,),
    "pack:imported": (calibration.import_exercises,),
    "scorecard:submitted": (debriefs.open_gates,),
}
