"""Pages of members, teams and invitations."""

from typing import Any

from flask import current_app, flash, render_template, request, url_for

from hiringkit.foundation.access import Capacity, actor, may, requires
from hiringkit.foundation.clock import now
from hiringkit.foundation.forms import SelectChoice, answer
from hiringkit.foundation.paging import page_number
from hiringkit.foundation.settings import Settings
from hiringkit.people import operations, queries
from hiringkit.people.forms import (
    InvitationForm,
    ReviewForm,
    TeamForm,
)
from hiringkit.people.policy import PeoplePermission
from hiringkit.people.rules import Reveal
from hiringkit.people.views.blueprint import bp


@bp.get("/people")
@requires(PeoplePermission.LIST)
def members() -> Any:
    """List all members."""
    page = queries.member_page(page_number())
    return render_template(
        "people/members.html",
        page=page,
        capacities=queries.capacities_of(page.rows),
        may_disable=may(actor(), PeoplePermission.ADMINISTER),
    )


@bp.post("/people/members/<member_id>/disabling")
@requires(PeoplePermission.ADMINISTER)
def disable_member(member_id: str) -> Any:
    """Shut a member out."""
    row = queries.member(member_id)
    return answer(lambda: operations.disable_member(row, by=actor(), at=now()), to=lambda _: url_for(".members"))


@bp.post("/people/members/<member_id>/enabling")
@requires(PeoplePermission.ADMINISTER)
def enable_member(member_id: str) -> Any:
    """Let a member in again."""
    row = queries.member(member_id)
    return answer(lambda: operations.enable_member(row, by=actor(), at=now()), to=lambda _: url_for(".members"))


@bp.get("/people/teams")
@requires(PeoplePermission.READ_TEAM)
def teams() -> Any:
    """List the teams that the viewer may read."""
    may_create = may(actor(), PeoplePermission.EDIT_TEAM)
    return render_template(
        "people/teams.html", page=queries.teams(actor(), page_number()), form=TeamForm(), may_create=may_create
    )


@bp.post("/people/teams")
@requires(PeoplePermission.EDIT_TEAM)
def create_team() -> Any:
    """Make a team."""
    form = TeamForm()
    if form.validate():
        done = answer(
            lambda: operations.create_team(form.name.data or "", by=actor(), at=now()),
            to=lambda team: url_for(".team", team_id=team.public_id),
            form=form,
        )
        if done:
            return done
    return render_template("people/teams.html", page=queries.teams(actor(), 1), form=form, may_create=True), form.status


@bp.get("/people/teams/<team_id>")
@requires(PeoplePermission.READ_TEAM)
def team(team_id: str) -> Any:
    """Show a team and who is in it."""
    row = queries.team(actor(), team_id)
    return _team_page(row, TeamForm(name=row.name, reveal=row.reveal.value, version=row.version))


def _team_page(row: Any, form: TeamForm, review: ReviewForm | None = None) -> Any:
    review = review or ReviewForm(formdata=None, review="yes" if row.wants_review else "no", version=row.version)
    body = render_template(
        "people/team.html",
        team=row,
        form=form,
        review=review,
        page=queries.team_members(row.id, page_number()),
        may_edit=may(actor(), PeoplePermission.EDIT_TEAM, row.id),
        may_invite=may(actor(), PeoplePermission.INVITE, row.id),
        may_set_review=may(actor(), PeoplePermission.SET_REVIEW, row.id),
    )
    return body, max(form.status, review.status)


@bp.post("/people/teams/<team_id>")
@requires(PeoplePermission.EDIT_TEAM)
def edit_team(team_id: str) -> Any:
    """Change a team."""
    row, form = queries.team(actor(), team_id), TeamForm()
    if form.validate():
        done = answer(
            lambda: operations.edit_team(
                row, form.name.data or "", Reveal(form.reveal.data), form.edited_version, by=actor(), at=now()
            ),
            to=lambda _: url_for(".team", team_id=team_id),
            form=form,
        )
        if done:
            flash("Saved.")
            return done
    return _team_page(row, form)


@bp.post("/people/teams/<team_id>/review")
@requires(PeoplePermission.SET_REVIEW)
def set_review(team_id: str) -> Any:
    """Say whether disclosures of this team are reviewed before they are published."""
    row, form = queries.team(actor(), team_id), ReviewForm()
    if form.validate():
        wanted = form.review.data == "yes"
        done = answer(
            lambda: operations.set_review(row, form.edited_version, wanted=wanted, by=actor(), at=now()),
            to=lambda _: url_for(".team", team_id=team_id),
            form=form,
        )
        if done:
            flash("Saved.")
            return done
    shown = TeamForm(formdata=None, name=row.name, reveal=row.reveal.value, version=row.version)
    return _team_page(row, shown, form)


@bp.post("/people/memberships/<membership_id>/end")
@requires(PeoplePermission.INVITE)
def end_membership(membership_id: str) -> Any:
    """Take a capacity in a team away."""
    row = queries.membership(actor(), membership_id)
    return answer(lambda: operations.end_membership(row, by=actor(), at=now()), to=lambda _: url_for(".teams"))


@bp.get("/people/invitations")
@requires(PeoplePermission.INVITE)
def invitations() -> Any:
    """List invitations and offer to send one."""
    return _invitations_page(_invitation_form(InvitationForm(team=request.args.get("team"))))


def _invitation_form(form: InvitationForm) -> InvitationForm:
    choices = [SelectChoice(t.public_id, t.name) for t in queries.teams_to_invite_to(actor())]
    return form.offer(choices, site=Capacity.ADMINISTRATOR in actor().site)


def _invitations_page(form: InvitationForm) -> Any:
    settings: Settings = current_app.extensions["hiringkit.settings"]
    page = queries.invitations(actor(), page_number(), now())
    return render_template(
        "people/invitations.html", form=form, page=page, sends_mail=bool(settings.smtp_host)
    ), form.status


@bp.post("/people/invitations")
@requires(PeoplePermission.INVITE)
def invite() -> Any:
    """Send an invitation; without a mail server the link is shown once, on the next page."""
    form = _invitation_form(InvitationForm())
    if form.validate():
        team_id = queries.team(actor(), form.team.data).id if form.team.data else None
        sent: list[str] = []

        def send() -> None:
            _, token = operations.invite(form.to_draft(team_id), by=actor(), at=now())
            sent.append(token)

        done = answer(send, to=lambda _: url_for(".invitations"), form=form)
        if done:
            _tell_link(sent)
            return done
    return _invitations_page(form)


def _tell_link(sent: list[str]) -> None:
    settings: Settings = current_app.extensions["hiringkit.settings"]
    if settings.smtp_host:
        flash("The invitation is on its way.")
    elif sent:
        flash(settings.base_url.rstrip("/") + url_for(".invitation", token=sent[0]), "link")


@bp.post("/people/invitations/<invitation_id>/revocation")
@requires(PeoplePermission.INVITE)
def revoke_invitation(invitation_id: str) -> Any:
    """End an invitation."""
    row = queries.invitation(actor(), invitation_id)
    return answer(lambda: operations.revoke_invitation(row, by=actor(), at=now()), to=lambda _: url_for(".invitations"))
