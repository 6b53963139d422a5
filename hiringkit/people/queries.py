"""Reads of people: who is signed in, members, teams, invitations."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_login import UserMixin
from sqlalchemy import func, select, true

from hiringkit.audit.queries import keyring_for
from hiringkit.foundation.access import Actor, ActorKind, Capacity, scope
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import NotFoundError
from hiringkit.foundation.paging import Page, paged
from hiringkit.people.models import Invitation, Member, Membership, Organisation, SetupCode, SignIn, Team
from hiringkit.people.policy import PeoplePermission
from hiringkit.people.rules import InvitationState, SignInLimits, invitation_state, sign_in_ends


def token_hash(token: str) -> bytes:
    """Return the form in which a secret link or sign-in is stored."""
    return hashlib.sha256(token.encode()).digest()


@dataclass(frozen=True)
class SignedIn(UserMixin):
    """The viewer of a request: sign-in, member, memberships and organisation, from one statement."""

    token: str
    sign_in: SignIn
    member: Member
    memberships: tuple[Membership, ...]
    teams: tuple[Team, ...]
    organisation: Organisation

    def get_id(self) -> str:
        """Return what Flask-Login keeps in the cookie: the sign-in's token."""
        return self.token

    @property
    def actor(self) -> Actor:
        """Return the viewer as an actor."""
        site = {Capacity.ADMINISTRATOR} if self.member.is_administrator else set()
        if self.member.is_auditor:
            site.add(Capacity.AUDITOR)
        return Actor(
            ActorKind.MEMBER,
            self.member.public_id,
            member_id=self.member.id,
            sign_in_id=self.sign_in.id,
            site=frozenset(site),
            teams=frozenset((m.team_id, m.capacity) for m in self.memberships),
        )


def signed_in(token: str, at: datetime, limits: SignInLimits) -> SignedIn | None:
    """Return who holds this sign-in token now, or None when it ended or its member is disabled."""
    rows = db.session.execute(
        select(SignIn, Member, Organisation, Membership, Team)
        .join(Member, Member.id == SignIn.member_id)
        .join(Organisation, true())
        .outerjoin(Membership, Membership.member_id == Member.id)
        .outerjoin(Team, Team.id == Membership.team_id)
        .where(SignIn.token_hash == token_hash(token), Member.disabled_at.is_(None))
        .order_by(Membership.id)
    ).all()
    if not rows:
        return None
    sign_in, member, organisation = rows[0][:3]
    if at >= sign_in_ends(
        started=sign_in.created_at, seen=sign_in.seen_at, limits=limits, is_administrator=member.is_administrator
    ):
        return None
    memberships = tuple(row[3] for row in rows if row[3] is not None)
    teams = {row[4].id: row[4] for row in rows if row[4] is not None}
    return SignedIn(token, sign_in, member, memberships, tuple(teams.values()), organisation)


def unscoped_organisation() -> Organisation | None:
    """Return the organisation, or None before the first administrator has set it up."""
    return db.session.get(Organisation, 1)


def unscoped_member_by_address(address: str) -> Member | None:
    """Return the member with this normalised address."""
    return db.session.scalar(select(Member).where(Member.email == address))


def unscoped_has_members() -> bool:
    """Tell whether anybody has a login yet."""
    return db.session.scalar(select(func.count()).select_from(Member)) != 0


def unscoped_held_setup_code(code: str) -> SetupCode | None:
    """Return the one-time code, used or not, and hold it: of two who use it at once, the second finds it used."""
    wanted = select(SetupCode).where(SetupCode.code_hash == token_hash(code)).with_for_update()
    return db.session.scalar(wanted.execution_options(populate_existing=True))


def member_page(number: int) -> Page[Member]:
    """Return one page of all members, by name; the route's permission covers who asks."""
    return paged(select(Member).order_by(Member.name, Member.id), number)


def capacities_of(members: Sequence[Member]) -> dict[int, list[tuple[Team, Capacity]]]:
    """Return for each of these members the teams and capacities, in one statement."""
    found: dict[int, list[tuple[Team, Capacity]]] = {m.id: [] for m in members}
    rows = db.session.execute(
        select(Membership, Team)
        .join(Team, Team.id == Membership.team_id)
        .where(Membership.member_id.in_(list(found)))
        .order_by(Team.name, Membership.capacity)
    )
    for membership, team in rows:
        found[membership.member_id].append((team, membership.capacity))
    return found


def teams(viewer: Actor, number: int) -> Page[Team]:
    """Return one page of the teams that the viewer may read."""
    seen = scope(viewer, PeoplePermission.READ_TEAM)
    return paged(select(Team).where(seen.limits(Team.id)).order_by(Team.name), number)


def teams_to_invite_to(viewer: Actor) -> Sequence[Team]:
    """Return the teams that the viewer may invite people to."""
    seen = scope(viewer, PeoplePermission.INVITE)
    return db.session.scalars(select(Team).where(seen.limits(Team.id)).order_by(Team.name).limit(200)).all()


def team(viewer: Actor, public_id: str) -> Team:
    """Return a team that the viewer may read, or raise NotFoundError."""
    seen = scope(viewer, PeoplePermission.READ_TEAM)
    found = db.session.scalar(select(Team).where(Team.public_id == public_id, seen.limits(Team.id)))
    if found is None:
        raise NotFoundError
    return found


def team_members(team_id: int, number: int) -> Page[Membership]:
    """Return one page of (membership, member) of a team that the caller has loaded for its viewer."""
    wanted = (
        select(Membership, Member)
        .join(Member, Member.id == Membership.member_id)
        .where(Membership.team_id == team_id)
        .order_by(Member.name, Membership.capacity)
    )
    return paged(wanted, number, scalars=False)


def unscoped_members_with(team_id: int, *capacities: Capacity) -> Sequence[Member]:
    """Return the active members of a team in one of the capacities, by name."""
    return db.session.scalars(
        select(Member)
        .where(
            Member.id.in_(
                select(Membership.member_id).where(Membership.team_id == team_id, Membership.capacity.in_(capacities))
            ),
            Member.disabled_at.is_(None),
        )
        .order_by(Member.name, Member.id)
    ).all()


def unscoped_names(public_ids: Sequence[str]) -> dict[str, str]:
    """Return the names of members by public id, for the record's pages."""
    rows = db.session.execute(select(Member.public_id, Member.name).where(Member.public_id.in_(list(public_ids))))
    return {row[0]: row[1] for row in rows}


def member(public_id: str) -> Member:
    """Return a member by address for an administrator, or raise NotFoundError."""
    found = db.session.scalar(select(Member).where(Member.public_id == public_id))
    if found is None:
        raise NotFoundError
    return found


def membership(viewer: Actor, public_id: str) -> Membership:
    """Return a membership in a team that the viewer may invite to, or raise NotFoundError."""
    seen = scope(viewer, PeoplePermission.INVITE)
    found = db.session.scalar(
        select(Membership).where(Membership.public_id == public_id, seen.limits(Membership.team_id))
    )
    if found is None:
        raise NotFoundError
    return found


@dataclass(frozen=True)
class InvitationView:
    """An invitation as its inviter and its holder see it."""

    row: Invitation
    address: str
    name: str
    team: Team | None
    state: InvitationState


def invitations(viewer: Actor, number: int, at: datetime) -> Page[InvitationView]:
    """Return one page of the invitations to teams that the viewer may invite to, newest first."""
    seen = scope(viewer, PeoplePermission.INVITE)
    wanted = (
        select(Invitation, Team)
        .outerjoin(Team, Team.id == Invitation.team_id)
        .where(seen.limits(Invitation.team_id))  # type: ignore[arg-type]  # A nullable column scopes as well.
        .order_by(Invitation.id.desc())
    )
    page = paged(wanted, number, scalars=False)
    ring = keyring_for(row.address for row, _ in page.rows)
    views = [_view(row, team, ring.open(row.address), ring.open(row.name), at) for row, team in page.rows]
    return Page(views, page.number, page.pages, page.total)


def invitation(viewer: Actor, public_id: str) -> Invitation:
    """Return an invitation that the viewer may revoke, or raise NotFoundError."""
    seen = scope(viewer, PeoplePermission.INVITE)
    found: Invitation | None = db.session.scalar(
        select(Invitation).where(Invitation.public_id == public_id, seen.limits(Invitation.team_id))  # type: ignore[arg-type]  # As above.
    )
    if found is None:
        raise NotFoundError
    return found


def invitation_by_token(token: str, at: datetime, *, held: bool = False) -> InvitationView:
    """Return the invitation whose link this is, or raise NotFoundError.

    `held` keeps it as it is until the transaction ends, so that of two who use it at once the second finds it used.
    """
    wanted = (
        select(Invitation, Team)
        .outerjoin(Team, Team.id == Invitation.team_id)
        .where(Invitation.token_hash == token_hash(token))
    )
    if held:
        wanted = wanted.with_for_update(of=Invitation).execution_options(populate_existing=True)
    found = db.session.execute(wanted).one_or_none()
    if found is None:
        raise NotFoundError
    row, team_row = found
    ring = keyring_for([row.address])
    return _view(row, team_row, ring.open(row.address), ring.open(row.name), at)


def _view(row: Invitation, team_row: Team | None, address: str, name: str, at: datetime) -> InvitationView:
    state = invitation_state(
        at=at, expires=row.expires_at, used=row.used_at is not None, revoked=row.revoked_at is not None
    )
    return InvitationView(row, address, name, team_row, state)


def own_sign_ins(viewer: Actor, at: datetime, limits: SignInLimits) -> Sequence[SignIn]:
    """Return the viewer's own sign-ins that have not ended by themselves, newest first."""
    longest = limits.longest(is_administrator=Capacity.ADMINISTRATOR in viewer.site)
    return db.session.scalars(
        select(SignIn)
        .where(
            SignIn.member_id == viewer.member_id,
            SignIn.seen_at > at - limits.idle,
            SignIn.created_at > at - longest,
        )
        .order_by(SignIn.seen_at.desc(), SignIn.id.desc())
        .limit(100)
    ).all()


def own_sign_in(viewer: Actor, public_id: str) -> SignIn:
    """Return one of the viewer's own sign-ins, or raise NotFoundError."""
    found = db.session.scalar(select(SignIn).where(SignIn.public_id == public_id, SignIn.member_id == viewer.member_id))
    if found is None:
        raise NotFoundError
    return found
