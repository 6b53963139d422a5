"""The only writer of people: setting up, inviting, signing in and out, teams and memberships."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app
from sqlalchemy import delete, select, update

from hiringkit.audit.operations import Recorded, new_subject, operation
from hiringkit.foundation.access import TEAM_CAPACITIES, Actor, Capacity, demand
from hiringkit.foundation.db import db, new_public_id, outside
from hiringkit.foundation.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError, StaleEditError
from hiringkit.foundation.mail import queue_mail
from hiringkit.foundation.settings import Settings
from hiringkit.people import queries
from hiringkit.people.models import Invitation, Member, Membership, Organisation, SetupCode, SignIn, Team
from hiringkit.people.policy import PeoplePermission
from hiringkit.people.rules import (
    INVITATION_DAYS,
    SETUP_CODE_HOURS,
    InvitationDraft,
    InvitationState,
    Reveal,
    check_password,
    check_zone,
    normal_address,
)

REFUSED_SIGN_IN = "The address or the password is not right."
ASK_AGAIN = "Ask the person who invited you for a new one."
REMEDIES = {
    InvitationState.USED: "If it was you who used it, sign in. If it was not, tell an administrator.",
    InvitationState.EXPIRED: ASK_AGAIN,
    InvitationState.REVOKED: ASK_AGAIN,
}
TOKEN_BYTES = 32


@dataclass(frozen=True)
class NewMember:
    """A member about to be made; the password is hashed already, outside every transaction."""

    name: str
    email: str
    zone: str
    password_hash: str


def hash_password(password: str, *, about: tuple[str, ...]) -> str:
    """Check a new password and hash it with argon2id, holding no transaction meanwhile."""
    check_password(password, about=about)
    with outside():
        return _hasher().hash(password)


def check_credentials(address: str, password: str) -> Member:
    """Return the member, or raise InvalidError with one sentence and one duration for every reason."""
    found = queries.unscoped_member_by_address(address)
    stored = found.password_hash if found else current_app.extensions["hiringkit.decoy_hash"]
    with outside():
        right = _is_right(stored, password)
    if found is None or not right or found.disabled_at is not None:
        raise InvalidError(REFUSED_SIGN_IN)
    return found


def _is_right(stored: str, password: str) -> bool:
    try:
        return _hasher().verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


def upgraded_hash(member: Member, password: str) -> str | None:
    """Return a new hash when the stored one was made with older costs."""
    if not _hasher().check_needs_rehash(member.password_hash):
        return None
    with outside():
        return _hasher().hash(password)


def _hasher() -> PasswordHasher:
    settings: Settings = current_app.extensions["hiringkit.settings"]
    return PasswordHasher(time_cost=settings.argon2_passes, memory_cost=settings.argon2_memory_kib, parallelism=1)


@operation("setup_code:made")
def make_setup_code(*, by: Actor, at: datetime) -> Recorded[str]:
    """Return a one-time code for the first administrator; earlier codes end."""
    if queries.unscoped_has_members():
        message = "There is a member already; ask an administrator for an invitation."
        raise ConflictError(message)
    db.session.execute(delete(SetupCode))
    code = "-".join(secrets.token_hex(2) for _ in range(6))
    row = SetupCode(
        code_hash=queries.token_hash(code), created_at=at, expires_at=at + timedelta(hours=SETUP_CODE_HOURS)
    )
    db.session.add(row)
    db.session.flush()
    return Recorded(code, about=f"setup-code-{row.id}")


@operation("organisation:set_up")
def set_up(
    code: str, organisation: str, first: NewMember, contact: str = "", *, by: Actor, at: datetime
) -> Recorded[Member]:
    """Use the one-time code: the organisation and its first administrator come to be, once.

    `contact` is the address that public pages print; without one it is the administrator's.
    """
    row = queries.unscoped_held_setup_code(code.strip())
    if row is None or row.used_at is not None or at >= row.expires_at or queries.unscoped_has_members():
        raise InvalidError(problems={"code": "This code is not valid. Run `hiringkit init` for a new one."})
    row.used_at = at
    db.session.add(
        Organisation(
            id=1,
            name=organisation.strip(),
            zone=check_zone(first.zone),
            contact=normal_address(contact or first.email, field="contact"),
            created_at=at,
        )
    )
    member = _add_member(first, at)
    member.is_administrator = True
    db.session.flush()
    return Recorded(member, about=member, values={"by_code": row.id})


def _add_member(new: NewMember, at: datetime) -> Member:
    subject, _ = new_subject("member", at)
    member = Member(
        public_id=new_public_id(),
        subject_id=subject.id,
        name=new.name.strip(),
        email=normal_address(new.email),
        zone=check_zone(new.zone),
        password_hash=new.password_hash,
        created_at=at,
    )
    db.session.add(member)
    db.session.flush()
    return member


@operation("team:created")
def create_team(name: str, *, by: Actor, at: datetime) -> Recorded[Team]:
    """Make a hiring team."""
    demand(by, PeoplePermission.EDIT_TEAM)
    _check_team_name(name)
    team = Team(public_id=new_public_id(), name=name.strip(), created_at=at)
    db.session.add(team)
    return Recorded(team, about=team)


@operation("team:edited")
def edit_team(team: Team, name: str, reveal: Reveal, version: int, *, by: Actor, at: datetime) -> Recorded[Team]:
    """Rename a team or change when its scorecards open."""
    demand(by, PeoplePermission.EDIT_TEAM)
    _check_team_name(name, team.id)
    changed = db.session.execute(
        update(Team)
        .where(Team.id == team.id, Team.version == version)
        .values(name=name.strip(), reveal=reveal, version=version + 1)
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]  # An UPDATE's result has a rowcount.
        db.session.refresh(team)
        raise StaleEditError(team.version, {"name": team.name, "reveal": team.reveal.value})
    db.session.refresh(team)
    return Recorded(team, about=team, values={"reveal": reveal.value})


@operation("team:review_set")
def set_review(team: Team, version: int, *, wanted: bool, by: Actor, at: datetime) -> Recorded[Team]:
    """Say whether a second person approves a disclosure of this team before it is published."""
    demand(by, PeoplePermission.SET_REVIEW, team.id)
    changed = db.session.execute(
        update(Team).where(Team.id == team.id, Team.version == version).values(wants_review=wanted, version=version + 1)
    )
    db.session.refresh(team)
    if changed.rowcount != 1:  # type: ignore[attr-defined]  # An UPDATE's result has a rowcount.
        raise StaleEditError(team.version, {"review": "yes" if team.wants_review else "no"})
    return Recorded(team, about=team, values={"review": wanted})


def _check_team_name(name: str, own_id: int | None = None) -> None:
    if db.session.scalar(select(Team.id).where(Team.name == name.strip(), Team.id != (own_id or 0))) is not None:
        raise InvalidError(problems={"name": "There is a team of that name already."})


@operation("membership:added")
def add_membership(member: Member, team: Team, capacity: Capacity, *, by: Actor, at: datetime) -> Recorded[Membership]:
    """Give a member a capacity in a team; only an administrator does this without an invitation."""
    demand(by, PeoplePermission.EDIT_TEAM)
    return _add_membership(member, team, capacity, at)


def _add_membership(member: Member, team: Team, capacity: Capacity, at: datetime) -> Recorded[Membership]:
    if capacity not in TEAM_CAPACITIES:
        raise InvalidError(problems={"capacity": "Choose manager, coordinator or interviewer."})
    known = db.session.scalar(
        select(Membership).where(
            Membership.member_id == member.id, Membership.team_id == team.id, Membership.capacity == capacity
        )
    )
    if known is not None:
        message = f"{member.name} is {capacity.value} in this team already."
        raise ConflictError(message)
    row = Membership(public_id=new_public_id(), member_id=member.id, team_id=team.id, capacity=capacity, created_at=at)
    db.session.add(row)
    return Recorded(row, about=member, values={"team": team.public_id, "capacity": capacity.value})


@operation("membership:ended")
def end_membership(membership: Membership, *, by: Actor, at: datetime) -> Recorded[None]:
    """Take a capacity in a team away."""
    demand(by, PeoplePermission.INVITE, membership.team_id)
    member, team = db.session.get_one(Member, membership.member_id), db.session.get_one(Team, membership.team_id)
    ended = db.session.execute(delete(Membership).where(Membership.id == membership.id))
    if ended.rowcount != 1:  # type: ignore[attr-defined]  # A DELETE's result has a rowcount.
        raise ConflictError("This capacity was taken away already.")
    return Recorded(None, about=member, values={"team": team.public_id, "capacity": membership.capacity.value})


@operation("invitation:sent")
def invite(draft: InvitationDraft, *, by: Actor, at: datetime) -> Recorded[tuple[Invitation, str]]:
    """Invite somebody by link; returns the invitation and the link's token, which is never stored."""
    capacity = Capacity(draft.capacity)
    if draft.team_id is None or capacity not in TEAM_CAPACITIES:
        demand(by, PeoplePermission.INVITE_SITE, sentence="Only an administrator invites to site-wide capacities.")
        if draft.team_id is not None or capacity not in {Capacity.ADMINISTRATOR, Capacity.AUDITOR}:
            raise InvalidError(problems={"capacity": "A team's capacity needs a team; a site-wide one has none."})
    else:
        demand(by, PeoplePermission.INVITE, draft.team_id)
    subject, ring = new_subject("invitation", at)
    address, token = normal_address(draft.email), secrets.token_urlsafe(TOKEN_BYTES)
    row = Invitation(
        public_id=new_public_id(),
        token_hash=queries.token_hash(token),
        subject_id=subject.id,
        address=ring.seal(subject.id, address),
        name=ring.seal(subject.id, draft.name.strip()),
        team_id=draft.team_id,
        capacity=capacity,
        inviter_id=by.member_id,
        created_at=at,
        expires_at=at + timedelta(days=INVITATION_DAYS),
    )
    db.session.add(row)
    queue_mail(
        "invitation",
        ring,
        subject.id,
        to=address,
        values={"name": draft.name.strip(), "path": f"/invitations/{token}"},
        at=at,
    )
    return Recorded((row, token), about=row, values={"capacity": capacity.value})


@operation("invitation:revoked")
def revoke_invitation(invitation: Invitation, *, by: Actor, at: datetime) -> Recorded[Invitation]:
    """End an invitation that nobody has used."""
    if invitation.team_id is None:
        demand(by, PeoplePermission.INVITE_SITE)
    else:
        demand(by, PeoplePermission.INVITE, invitation.team_id)
    db.session.refresh(invitation, with_for_update=True)
    if invitation.used_at is not None or invitation.revoked_at is not None:
        message = "This invitation was used or revoked already."
        raise ConflictError(message)
    invitation.revoked_at = at
    return Recorded(invitation, about=invitation)


@operation("invitation:used")
def accept_invitation(token: str, new: NewMember | None, *, by: Actor, at: datetime) -> Recorded[Member]:
    """Make the holder of the link a member, or give the member who holds it the new capacity."""
    view = queries.invitation_by_token(token, at, held=True)
    if view.state is not InvitationState.SENT:
        raise ConflictError(f"This invitation is {view.state.value}.", remedy=REMEDIES[view.state])
    known = queries.unscoped_member_by_address(view.address)
    if known is not None and by.member_id != known.id:
        message = "You have an account already: sign in first, then open the link again."
        raise ForbiddenError(message)
    if known is None and new is None:
        raise NotFoundError
    member = known or _add_member(_addressed(new, view.address), at)
    if view.team is not None:
        _add_membership(member, view.team, view.row.capacity, at)
    elif view.row.capacity is Capacity.ADMINISTRATOR:
        member.is_administrator = True
    else:
        member.is_auditor = True
    view.row.used_at, view.row.used_by_id = at, member.id
    return Recorded(
        member, about=member, values={"invitation": view.row.public_id, "capacity": view.row.capacity.value}
    )


def _addressed(new: NewMember | None, address: str) -> NewMember:
    """Return the new member with the invitation's own address, whatever a form may say."""
    assert new is not None  # noqa: S101  # Checked by the caller.
    return NewMember(new.name, address, new.zone, new.password_hash)


@operation("sign_in:started")
def start_sign_in(member: Member, device: str, new_hash: str | None, *, by: Actor, at: datetime) -> Recorded[str]:
    """Open a sign-in for a member whose password was right; returns its token, which is never stored."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    if new_hash is not None:
        member.password_hash = new_hash
    row = SignIn(
        public_id=new_public_id(),
        token_hash=queries.token_hash(token),
        member_id=member.id,
        device=device[:80],
        created_at=at,
        seen_at=at,
    )
    db.session.add(row)
    return Recorded(token, about=member, values={"sign_in": row.public_id})


@operation("sign_in:ended")
def end_sign_in(sign_in: SignIn, *, by: Actor, at: datetime) -> Recorded[None]:
    """Sign one browser of one's own out."""
    if by.member_id != sign_in.member_id:
        raise ForbiddenError
    db.session.execute(delete(SignIn).where(SignIn.id == sign_in.id))
    return Recorded(None, about=by.id, values={"sign_in": sign_in.public_id})


@operation("sign_in:all_ended")
def end_all_sign_ins(member: Member, *, by: Actor, at: datetime) -> Recorded[int]:
    """Sign a member out everywhere; the member does it, or an administrator."""
    if by.member_id != member.id:
        demand(by, PeoplePermission.ADMINISTER)
    ended = db.session.execute(delete(SignIn).where(SignIn.member_id == member.id)).rowcount  # type: ignore[attr-defined]  # A DELETE has one.
    return Recorded(ended, about=member, values={"ended": ended})


@operation("member:password_changed")
def change_password(member: Member, password_hash: str, *, by: Actor, at: datetime) -> Recorded[Member]:
    """Store a new password of one's own and end every sign-in, this one as well: its cookie may have been copied."""
    if by.member_id != member.id:
        raise ForbiddenError
    member.password_hash = password_hash
    db.session.execute(delete(SignIn).where(SignIn.member_id == member.id))
    return Recorded(member, about=member)


@operation("member:edited")
def edit_account(member: Member, name: str, zone: str, version: int, *, by: Actor, at: datetime) -> Recorded[Member]:
    """Change one's own name and time zone."""
    if by.member_id != member.id:
        raise ForbiddenError
    changed = db.session.execute(
        update(Member)
        .where(Member.id == member.id, Member.version == version)
        .values(name=name.strip(), zone=check_zone(zone), version=version + 1)
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]  # As above.
        db.session.refresh(member)
        raise StaleEditError(member.version, {"name": member.name, "zone": member.zone})
    return Recorded(member, about=member)


@operation("member:disabled")
def disable_member(member: Member, *, by: Actor, at: datetime) -> Recorded[Member]:
    """Shut a member out and end every sign-in at once."""
    demand(by, PeoplePermission.ADMINISTER)
    if member.id == by.member_id:
        message = "You cannot disable yourself; another administrator can."
        raise ConflictError(message)
    _demand_other_administrator(member)
    member.disabled_at = at
    db.session.execute(delete(SignIn).where(SignIn.member_id == member.id))
    return Recorded(member, about=member)


def _demand_other_administrator(member: Member) -> None:
    """Refuse to shut the last administrator out, also when two of them shut each other out at once."""
    held = select(Member).where(Member.is_administrator).order_by(Member.id).with_for_update()
    administrators = db.session.scalars(held.execution_options(populate_existing=True)).all()
    if not any(one.disabled_at is None and one.id != member.id for one in administrators):
        raise ConflictError("There would be no administrator left.")


@operation("member:enabled")
def enable_member(member: Member, *, by: Actor, at: datetime) -> Recorded[Member]:
    """Let a disabled member sign in again."""
    demand(by, PeoplePermission.ADMINISTER)
    member.disabled_at = None
    return Recorded(member, about=member)
