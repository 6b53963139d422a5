"""Reads of where people stand on their paths: their own steps, what they were credited with, and what they sat in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hiringkit.audit.queries import keyring_for
from hiringkit.calibration import queries as calibration
from hiringkit.calibration.policy import CalibrationPermission
from hiringkit.calibration.queries import PathRecordView, Rater, Record
from hiringkit.calibration.rules.path import CREDITABLE, Path, PathStep, Proof, path_of
from hiringkit.foundation.access import Actor, may
from hiringkit.foundation.paging import Page, paged
from hiringkit.foundation.sealing import Keyring
from hiringkit.interviews.rules.assigning import AssignmentRole
from hiringkit.library.models import CompetencySetVersion
from hiringkit.people.models import Member, Team
from hiringkit.scorecards.queries import Sitting, sittings

STEP_OF = {
    AssignmentRole.SHADOW: PathStep.SHADOW,
    AssignmentRole.REVERSE_SHADOW: PathStep.REVERSE_SHADOW,
    AssignmentRole.LEAD: PathStep.LEAD,
}


@dataclass(frozen=True)
class SetPath:
    """One person's path on one competency set in force."""

    competency_set: CompetencySetVersion
    path: Path

    @property
    def creditable(self) -> list[PathStep]:
        """Return the open steps for which past work may be credited."""
        return [line.step for line in self.path.lines if line.proof is None and line.step in CREDITABLE]


@dataclass(frozen=True)
class MemberPaths:
    """One person with their path on every set."""

    member: Member
    paths: Sequence[SetPath]


@dataclass(frozen=True)
class TeamPaths:
    """The paths of a team's people; `shows_steps`: the viewer may read who, when and why."""

    team: Team
    sets: Sequence[CompetencySetVersion]
    page: Page[MemberPaths]
    shows_steps: bool


def own_paths(viewer: Actor) -> list[SetPath]:
    """Return the viewer's own paths, in at most five statements."""
    return _paths(viewer, [viewer.member_id or 0], with_reasons=True)[viewer.member_id or 0]


def member_paths(viewer: Actor, rater: Rater) -> list[SetPath]:
    """Return the paths of somebody of a team with who, when and why, in at most five statements."""
    return _paths(viewer, [rater.member.id], with_reasons=True)[rater.member.id]


def team_paths(viewer: Actor, team_id: str, number: int) -> TeamPaths:
    """Return one page of the paths of a team's people, or raise NotFoundError; in seven statements."""
    team = calibration.team_to_read(viewer, team_id)
    page = paged(calibration.raters(team), number)
    found = _paths(viewer, [member.id for member in page.rows], with_reasons=False)
    rows = [MemberPaths(member, found[member.id]) for member in page.rows]
    sets = [one.competency_set for one in rows[0].paths] if rows else []
    shows_steps = may(viewer, CalibrationPermission.READ_ATTEMPTS, team.id)
    return TeamPaths(team, sets, Page(rows, page.number, page.pages, page.total), shows_steps)


def _paths(viewer: Actor, member_ids: Sequence[int], *, with_reasons: bool) -> dict[int, list[SetPath]]:
    sets = calibration.unscoped_path_sets()
    attempts = calibration.unscoped_records(member_ids)
    records = calibration.unscoped_path_records(member_ids)
    sat = sittings(viewer, member_ids)
    sealed = [one.row.reason for own in records.values() for one in own] + [one.reason for one in sat]
    ring = keyring_for(sealed) if with_reasons and any(sealed) else Keyring({})
    return {
        number: [
            SetPath(
                one,
                path_of(
                    {
                        **_credits(records[number], one.key, ring),
                        **_practice(attempts[number], one.id),
                        **_sat(sat, number, keys, ring),
                    }
                ),
            )
            for one, keys in sets.items()
        ]
        for number in member_ids
    }


def _credits(records: Iterable[PathRecordView], set_key: str, ring: Keyring) -> dict[PathStep, Proof]:
    """Return what was noted on a set: the guide that was read, and the credits with their reasons."""
    return {
        one.row.step: Proof(
            one.row.at, by=one.by if one.is_credit else "", why=ring.open(one.row.reason), is_credit=one.is_credit
        )
        for one in records
        if one.set_key == set_key
    }


def _practice(attempts: Iterable[Record], set_version_id: int) -> dict[PathStep, Proof]:
    """Return the first attempt on a set version that was submitted."""
    for one in attempts:
        if one.form.set_version_id == set_version_id and one.attempt.submitted_at is not None:
            return {PathStep.PRACTISE: Proof(one.attempt.submitted_at)}
    return {}


def _sat(sat: Iterable[Sitting], member_id: int, keys: frozenset[str], ring: Keyring) -> Mapping[PathStep, Proof]:
    """Return the first interview of each kind whose stage rates something of a set."""
    found: dict[PathStep, Proof] = {}
    for one in sat:
        if one.member_id == member_id and one.competency_key in keys:
            found.setdefault(STEP_OF[one.role], Proof(one.at, one.stage, one.by, ring.open(one.reason)))
    return found
