"""Pages of setting up, signing in and out, joining by invitation, and one's own account."""

from typing import Any

from flask import flash, g, redirect, render_template, request, session, url_for
from flask_login import current_user, login_user, logout_user

from hiringkit.foundation import throttle
from hiringkit.foundation.access import Actor, ActorKind, actor, public, requires
from hiringkit.foundation.clock import now
from hiringkit.foundation.errors import InvalidError, NotFoundError
from hiringkit.foundation.forms import answer
from hiringkit.people import operations, queries, sessions
from hiringkit.people.forms import (
    AcceptForm,
    AccountForm,
    PasswordForm,
    SetUpForm,
    SignInForm,
)
from hiringkit.people.models import Member
from hiringkit.people.policy import PeoplePermission
from hiringkit.people.rules import normal_address
from hiringkit.people.views.blueprint import bp

TRIES = 10
TRIES_FROM_ONE_PLACE = 100
"""Many people may sit behind one address, so a place has more tries in a minute than an account."""
SLOW_DOWN = "There were too many tries from here or for this address. Wait a minute, then try again."


@bp.get("/sign-in")
@public
def sign_in() -> Any:
    """Show the sign-in form."""
    return _sign_in_page(SignInForm())


@bp.post("/sign-in")
@public
def start_sign_in() -> Any:
    """Check address and password, counting the try before the slow hash, and open a sign-in."""
    form = SignInForm()
    if not form.validate():
        return _sign_in_page(form)
    address, password = _in_one_form(form.email.data or ""), form.password.data or ""
    bucket = f"sign-in:{queries.token_hash(address).hex()}"
    # The place comes first: one that has had its tries cannot use up those of other people's accounts.
    _count(f"sign-in-from:{request.remote_addr}", TRIES_FROM_ONE_PLACE)
    _count(bucket, TRIES)
    try:
        member = operations.check_credentials(address, password)
    except InvalidError:
        form.refuse(InvalidError(operations.REFUSED_SIGN_IN))
        return _sign_in_page(form)
    throttle.forget(bucket)
    _open(member, operations.upgraded_hash(member, password))
    return redirect(_next_page(), 303)


def _in_one_form(typed: str) -> str:
    """Return an address as it is stored; one that can be nobody's is counted and checked as it was typed."""
    try:
        return normal_address(typed)
    except InvalidError:
        return typed.strip().casefold()


def _count(bucket: str, limit: int) -> None:
    throttle.take(bucket, limit=limit, seconds=60, at=now(), sentence=SLOW_DOWN)


def _open(member: Member, new_hash: str | None = None) -> None:
    """Sign a member in here; whoever was signed in here before is signed out."""
    if current_user.is_authenticated:
        _close()
    by = Actor(ActorKind.MEMBER, member.public_id, member_id=member.id)
    agent = request.user_agent.string
    device = next((name for name in ("Firefox", "Edg", "Chrome", "Safari") if name in agent), "Another browser")
    system = next(
        (name for name in ("Windows", "Android", "iPhone", "iPad", "Mac", "Linux") if name in agent),
        "an unknown system",
    )
    token = operations.start_sign_in(member, f"{device.replace('Edg', 'Edge')} on {system}", new_hash, by=by, at=now())
    login_user(queries.signed_in(token, now(), sessions.limits()))
    g.pop("actor", None)


def _close() -> None:
    """Sign out here, and leave nothing in the cookie for whoever uses this browser next."""
    operations.end_sign_in(current_user.sign_in, by=actor(), at=now())
    _forget()


def _forget() -> None:
    logout_user()
    session.clear()
    g.pop("actor", None)


def _next_page() -> str:
    wanted = request.form.get("next", "")
    plain = (
        wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and wanted.isascii() and wanted.isprintable()
    )
    return wanted if plain and len(wanted) < 300 else url_for("home.show")  # noqa: PLR2004  # Our own addresses are far shorter.


def _sign_in_page(form: SignInForm) -> Any:
    return render_template("people/sign_in.html", form=form, next=request.values.get("next", "")), form.status


@bp.post("/sign-out")
@public
def sign_out() -> Any:
    """End this sign-in; where it has ended already, as by a double click, there is nothing to do."""
    if current_user.is_authenticated:
        _close()
    return redirect(url_for(".sign_in"), 303)


@bp.get("/setup")
@public
def set_up() -> Any:
    """Show the form of the first administrator, as long as there is none."""
    if queries.unscoped_has_members():
        raise NotFoundError
    return render_template("people/set_up.html", form=SetUpForm())


@bp.post("/setup")
@public
def use_setup_code() -> Any:
    """Use the one-time code."""
    form = SetUpForm()
    _count(f"setup:{request.remote_addr}", TRIES)
    if queries.unscoped_has_members():
        raise NotFoundError
    if form.validate():
        try:
            first = _new_member(form, form.email.data or "")
            member = operations.set_up(
                form.code.data or "",
                form.organisation.data or "",
                first,
                (form.contact.data or "").strip(),
                by=Actor(ActorKind.ANYBODY, "setup"),
                at=now(),
            )
        except InvalidError as error:
            form.refuse(error)
        else:
            _open(member)
            return redirect(url_for("home.show"), 303)
    return render_template("people/set_up.html", form=form), form.status


def _new_member(form: Any, address: str) -> operations.NewMember:
    about = tuple(normal_address(address).replace("@", ".").split("."))
    hashed = operations.hash_password(form.password.data or "", about=about)
    return operations.NewMember(form.name.data or "", address, form.zone.data, hashed)


@bp.get("/invitations/<token>")
@public
def invitation(token: str) -> Any:
    """Show what the invitation is for; opening it uses nothing."""
    view = queries.invitation_by_token(token, now())
    form = AcceptForm(name=view.name)
    return render_template("people/invitation.html", form=form, view=view, known=_known(view.address))


@bp.post("/invitations/<token>")
@public
def accept_invitation(token: str) -> Any:
    """Use the invitation."""
    _count(f"link:{request.remote_addr}", TRIES_FROM_ONE_PLACE)
    view = queries.invitation_by_token(token, now())
    if known := _known(view.address):
        operations.accept_invitation(token, None, by=actor(), at=now())
        flash(f"Your new capacity is in force, {known.name}.")
        return redirect(url_for("home.show"), 303)
    form = AcceptForm()
    if form.validate():
        try:
            new = _new_member(form, view.address)
            _open(operations.accept_invitation(token, new, by=Actor(ActorKind.ANYBODY, "invitation"), at=now()))
            return redirect(url_for("home.show"), 303)
        except InvalidError as error:
            form.refuse(error)
    return render_template("people/invitation.html", form=form, view=view, known=None), form.status


def _known(address: str) -> Member | None:
    return queries.unscoped_member_by_address(address)


@bp.get("/account")
@requires(PeoplePermission.READ_OWN_ACCOUNT)
def account() -> Any:
    """Show one's own name, zone, capacities and sign-ins."""
    member = current_user.member
    return _account_page(AccountForm(name=member.name, zone=member.zone, version=member.version), PasswordForm(), 200)


def _account_page(form: AccountForm, password_form: PasswordForm, status: int) -> Any:
    body = render_template(
        "people/account.html",
        form=form,
        password_form=password_form,
        email=current_user.member.email,
        sign_ins=queries.own_sign_ins(actor(), now(), sessions.limits()),
        here=current_user.sign_in.id,
    )
    return body, status


@bp.post("/account")
@requires(PeoplePermission.READ_OWN_ACCOUNT)
def edit_account() -> Any:
    """Change one's own name and zone."""
    form = AccountForm()
    if form.validate():
        done = answer(
            lambda: operations.edit_account(
                current_user.member, form.name.data or "", form.zone.data, form.edited_version, by=actor(), at=now()
            ),
            to=lambda _: url_for(".account"),
            form=form,
        )
        if done:
            flash("Saved.")
            return done
    return _account_page(form, PasswordForm(), form.status)


@bp.post("/account/password")
@requires(PeoplePermission.READ_OWN_ACCOUNT)
def change_password() -> Any:
    """Change one's own password; other browsers are signed out, and this one gets a new sign-in."""
    form, member = PasswordForm(), current_user.member
    _count(f"password:{member.id}", TRIES)
    if form.validate():
        try:
            operations.check_credentials(member.email, form.present_password.data or "")
        except InvalidError:
            form.refuse(InvalidError(problems={"present_password": "This is not your present password."}))
        else:
            done = _store_password(form, member)
            if done:
                return done
    return _account_page(AccountForm(name=member.name, zone=member.zone, version=member.version), form, form.status)


def _store_password(form: PasswordForm, member: Member) -> Any:
    try:
        hashed = operations.hash_password(
            form.password.data or "", about=tuple(member.email.replace("@", ".").split("."))
        )
    except InvalidError as error:
        form.refuse(error)
        return None
    done = answer(
        lambda: operations.change_password(member, hashed, by=actor(), at=now()), to=lambda _: url_for(".account")
    )
    _forget()
    _open(member)
    flash("Your password is changed, and other browsers are signed out.")
    return done


@bp.post("/account/sign-ins/<sign_in_id>/end")
@requires(PeoplePermission.READ_OWN_ACCOUNT)
def end_sign_in(sign_in_id: str) -> Any:
    """Sign another browser of one's own out."""
    row = queries.own_sign_in(actor(), sign_in_id)
    return answer(lambda: operations.end_sign_in(row, by=actor(), at=now()), to=lambda _: url_for(".account"))


@bp.post("/account/sign-ins/end")
@requires(PeoplePermission.READ_OWN_ACCOUNT)
def end_all_sign_ins() -> Any:
    """Sign out everywhere, here as well."""
    operations.end_all_sign_ins(current_user.member, by=actor(), at=now())
    _forget()
    return redirect(url_for(".sign_in"), 303)
