"""Every table of every room, imported in one place for migrations and tests."""

from hiringkit.audit import models as audit
from hiringkit.calibration import models as calibration
from hiringkit.candidates import models as candidates
from hiringkit.debriefs import models as debriefs
from hiringkit.disclosures import models as disclosures
from hiringkit.foundation import forms, mail, throttle
from hiringkit.interviews import models as interviews
from hiringkit.library import models as library
from hiringkit.loops import models as loops
from hiringkit.openings import models as openings
from hiringkit.people import models as people
from hiringkit.scorecards import models as scorecards

ALL = (
    forms, mail, throttle, audit, people, library, openings, disclosures, calibration,
    loops, candidates, interviews, scorecards, debriefs,
)  # fmt: skip
