"""Who may do what with calibration: ratings of an attempt are for the member who made them, and for nobody else."""

from hiringkit.foundation.access import Capacity, Permission, PolicyTable, allow


class CalibrationPermission(Permission):
    """Acts of this room."""

    READ = "calibration:read"
    RATE = "calibration:rate"
    READ_TEAM = "calibration:read standings of a team"
    READ_ATTEMPTS = "calibration:read number of attempts of a team"
    CREDIT = "calibration:credit past work"
    INVITE = "calibration:invite to a refresh"
    ADOPT_POLICY = "calibration:adopt policy"
    IMPORT = "calibration:import exercises"
    AUTHOR = "calibration:write forms and ask experts"
    RATE_AS_EXPERT = "calibration:rate a form as an expert"


TABLE: PolicyTable = {
    CalibrationPermission.READ: allow(Capacity.MANAGER, Capacity.COORDINATOR, Capacity.INTERVIEWER, Capacity.AUDITOR),
    CalibrationPermission.RATE: allow(Capacity.MANAGER, Capacity.INTERVIEWER),
    CalibrationPermission.READ_TEAM: allow(Capacity.MANAGER, Capacity.COORDINATOR, Capacity.AUDITOR),
    CalibrationPermission.READ_ATTEMPTS: allow(Capacity.MANAGER, Capacity.AUDITOR),
    CalibrationPermission.CREDIT: allow(Capacity.MANAGER),
    CalibrationPermission.INVITE: allow(Capacity.MANAGER, Capacity.COORDINATOR),
    CalibrationPermission.ADOPT_POLICY: allow(Capacity.ADMINISTRATOR),
    # Nobody imports exercises by hand: they come with a pack, as a reaction to its import.
    CalibrationPermission.IMPORT: allow(),
    # As with packs: what people are judged by is for managers and administrators to bring in.
    CalibrationPermission.AUTHOR: allow(Capacity.MANAGER, Capacity.ADMINISTRATOR),
    # Any member may be asked to; each sees only the forms that they were asked to rate.
    CalibrationPermission.RATE_AS_EXPERT: allow(Capacity.MEMBER),
}
