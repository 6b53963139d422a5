"""Reads of all versions of an opening's disclosure, as its team sees them, and of what differs between two."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from hiringkit.audit.queries import keyring_for
from hiringkit.disclosures.models import DisclosureVersion, DisclosureWithdrawal
from hiringkit.disclosures.policy import DisclosurePermission
from hiringkit.disclosures.queries.drafts import DisclosureView
from hiringkit.disclosures.queries.reviews import unscoped_approvers
from hiringkit.disclosures.queries.versions import document_of
from hiringkit.disclosures.rules.claims import Claim
from hiringkit.disclosures.rules.lifecycle import DisclosureState, state_of_version
from hiringkit.foundation.access import Actor, may
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import NotFoundError
from hiringkit.foundation.paging import Page, paged
from hiringkit.people.models import Member

MOST_NUMBERS = 200
SHORT_HASH = 12


@dataclass(frozen=True)
class VersionLine:
    """One published version: who published and who approved it, and its withdrawal; `reason` is for managers."""

    version: DisclosureVersion
    publisher: str
    approver: str
    withdrawal: DisclosureWithdrawal | None
    withdrawn_by: str
    reason: str
    state: DisclosureState

    @property
    def short_hash(self) -> str:
        """Return as much of the fingerprint as people compare by eye."""
        return self.version.content_hash[:SHORT_HASH]


def versions(viewer: Actor, view: DisclosureView, number: int) -> Page[VersionLine]:
    """Return one page of the versions of a disclosure that the viewer may read, the newest first."""
    publisher, taker = aliased(Member), aliased(Member)
    wanted = (
        select(DisclosureVersion, publisher.name, DisclosureWithdrawal, taker.name)
        .join(publisher, publisher.id == DisclosureVersion.published_by_id)
        .outerjoin(DisclosureWithdrawal, DisclosureWithdrawal.version_id == DisclosureVersion.id)
        .outerjoin(taker, taker.id == DisclosureWithdrawal.by_id)
        .where(DisclosureVersion.opening_id == view.opening.id)
        .order_by(DisclosureVersion.number.desc())
    )
    page = paged(wanted, number, scalars=False)
    approvers = unscoped_approvers(view.opening.id, {row[0].content_hash for row in page.rows})
    reads = may(viewer, DisclosurePermission.PUBLISH, view.opening.team_id)
    reasons = _reasons([row[2] for row in page.rows if row[2] is not None]) if reads else {}
    current = view.current.number if view.current else None
    lines = [_line(row, approvers, reasons, current) for row in page.rows]
    return Page(lines, page.number, page.pages, page.total)


def _reasons(withdrawals: Sequence[DisclosureWithdrawal]) -> Mapping[int, str]:
    ring = keyring_for([one.reason for one in withdrawals])
    return {one.id: ring.open(one.reason) for one in withdrawals}


def _line(row: Any, approvers: Mapping[str, Any], reasons: Mapping[int, str], current: int | None) -> VersionLine:
    version, publisher, withdrawal, taker = row
    answer, approver = approvers.get(version.content_hash, (None, ""))
    return VersionLine(
        version,
        publisher,
        approver if answer is not None and answer.at <= version.published_at else "",
        withdrawal,
        taker or "",
        reasons.get(withdrawal.id, "") if withdrawal else "",
        state_of_version(version.number, current, is_withdrawn=withdrawal is not None),
    )


def unscoped_numbers(opening_id: int) -> Sequence[int]:
    """Return the numbers of the newest versions, at most 200 of them."""
    newest = select(DisclosureVersion.number).where(DisclosureVersion.opening_id == opening_id)
    return db.session.scalars(newest.order_by(DisclosureVersion.number.desc()).limit(MOST_NUMBERS)).all()


def unscoped_claims_of(opening_id: int, numbers: Sequence[int]) -> Mapping[int, Sequence[Claim]]:
    """Return what these versions say, by number, in one statement; NotFoundError where one does not exist."""
    wanted = select(DisclosureVersion).where(
        DisclosureVersion.opening_id == opening_id, DisclosureVersion.number.in_(sorted(set(numbers)))
    )
    found: dict[int, Sequence[Claim]] = {row.number: document_of(row).claims for row in db.session.scalars(wanted)}
    if set(found) != set(numbers):
        raise NotFoundError
    return found
