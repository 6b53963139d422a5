"""Steps of people: setting the site up, inviting, joining, signing in and out."""

import re
from collections.abc import Callable

from tests.journeys.site import Site
from tests.journeys.visitor import Visitor

PASSWORD = "green kettle on the hill"
ZONE = "America/Chicago"
ORGANISATION = "Larkmere Home Supplies"
TEAM = "Patient Access"


def set_the_site_up(admin: Visitor, site: Site) -> None:
    """Become the first administrator with the code that `hiringkit init` prints."""
    said = site.command("init")
    code = re.search(r"one-time code: (\S+)", said)
    assert code, said
    admin.open("/setup")
    answers = {
        "One-time code": "not-the-code",
        "Organisation": ORGANISATION,
        "Your name": admin.name,
        "Your mail address": address_of(admin.name),
        "Time zone": ZONE,
        "Password": PASSWORD,
    }
    admin.fill(answers)
    admin.press("Set up and sign in", status=422)
    admin.fill({"One-time code": code.group(1), "Password": PASSWORD})
    admin.press("Set up and sign in")
    admin.open("/setup", status=404)
    admin.follow("Go to your home page")


def make_a_team(admin: Visitor) -> None:
    """Make the hiring team."""
    admin.follow("People")
    admin.fill({"Name of the team": TEAM})
    admin.press("Create the team")
    assert admin.heading == TEAM


def invite(admin: Visitor, name: str, capacity: str, team: str = TEAM) -> str:
    """Invite somebody and return the path of the link, which is shown this once."""
    admin.open("/people/invitations")
    admin.fill({"Name": name, "Mail address": address_of(name), "Team": team, "Capacity": capacity})
    admin.press("Invite")
    link = admin.link_shown
    admin.open("/people/invitations")
    admin.does_not_read(link)
    admin.reads(name, "Sent")
    return link


def join(visitor: Visitor, link: str) -> None:
    """Accept an invitation; looking at it twice uses nothing up, accepting it does."""
    visitor.open(link)
    visitor.open(link)
    visitor.fill({"Your name": visitor.name, "Your time zone": ZONE, "Password": PASSWORD})
    visitor.press("Join and sign in")
    assert visitor.heading
    visitor.open(link)
    visitor.reads("This invitation is used")


def sign_out_and_in(visitor: Visitor) -> None:
    """Leave, be refused with a wrong password, and come back to the page that was asked for."""
    visitor.open("/")
    visitor.press("Sign out")
    visitor.open("/account")
    assert visitor.heading == "Sign in"
    visitor.fill({"Mail address": address_of(visitor.name), "Password": "a wrong password"})
    visitor.press("Sign in", status=422)
    visitor.fill({"Mail address": address_of(visitor.name), "Password": PASSWORD})
    visitor.press("Sign in")
    assert visitor.heading == "Your account"


def everybody_joins(admin: Visitor, visit: Callable[[str], Visitor], capacities: dict[str, str]) -> dict[str, Visitor]:
    """Invite people by name and capacity, and let each join at a browser of their own."""
    people = {}
    for name, capacity in capacities.items():
        link = invite(admin, name, capacity)
        people[name] = visit(name)
        join(people[name], link)
    return people


def revoke_an_invitation(admin: Visitor, visitor: Visitor) -> None:
    """Take an invitation back; its link then opens nothing."""
    link = invite(admin, visitor.name, "Interviewer")
    admin.press(f"Revoke the invitation of {visitor.name}")
    admin.reads("Revoked")
    visitor.open(link)
    visitor.reads("This invitation is revoked")


def look_at_the_team(manager: Visitor) -> None:
    """Read, as a manager, who is in the team and when its scorecards open."""
    manager.open("/people/teams")
    manager.follow(TEAM)
    manager.reads("Scorecards of an application open", manager.name)
    manager.follow("Invite somebody")


def address_of(name: str) -> str:
    """Return somebody's mail address."""
    return f"{name.casefold().replace(' ', '.')}@larkmere.example"
