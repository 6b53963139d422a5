"""The people of the demo: who they are, and how they came to be members."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from hiringkit.demo.agenda import Agenda
from hiringkit.demo.days import ZONE, Day
from hiringkit.foundation.access import Actor, ActorKind, Capacity
from hiringkit.people import operations
from hiringkit.people.models import Member, Team
from hiringkit.people.operations import NewMember
from hiringkit.people.rules import InvitationDraft

ORGANISATION = "Larkmere Home Supplies"
CONTACT = "hiring@larkmere.example"
TEAM = "Patient Access"
DOMAIN = "larkmere.example"
OPERATOR = Actor.operator("demo")

ADMINISTRATOR, AUDITOR, COORDINATOR = "Judith Vale", "Paul Nkemelu", "Rosa Lindgren"
DANA, INES = "Dana Whitlock", "Ines Moreau"

SET_UP: Day = (112, "09:00")
PACK: Day = (112, "09:20")
MANAGERS: Day = (112, "10:00")
OLD_HANDS: Day = (111, "10:00")
NEWCOMERS: Day = (15, "10:00")


@dataclass(frozen=True)
class Person:
    """Somebody with an account: since when, in which capacity, and what the list of accounts says."""

    name: str
    capacity: Capacity
    who: str
    invited: Day = OLD_HANDS

    @property
    def email(self) -> str:
        """Return the address to sign in with."""
        return f"{self.name.lower().replace(' ', '.')}@{DOMAIN}"


def _interviewer(name: str, standing: str, invited: Day = OLD_HANDS) -> Person:
    return Person(name, Capacity.INTERVIEWER, f"{name}, interviewer, {standing}", invited)


ROSTER = (
    Person(DANA, Capacity.MANAGER, f"{DANA}, hiring manager: start here", MANAGERS),
    Person(INES, Capacity.MANAGER, f"{INES}, the second manager", MANAGERS),
    _interviewer("Ana Ruiz", "calibrated, with a scorecard half-written"),
    _interviewer("Ben Okafor", "calibrated"),
    _interviewer("Chi Nguyen", "calibrated, with a scorecard due"),
    _interviewer("Devi Rao", "calibrated"),
    _interviewer("Elias Holm", "calibrated"),
    _interviewer("Fay Lindqvist", "calibration lapsed"),
    _interviewer("Gil Ortega", "in training", NEWCOMERS),
    _interviewer("Hana Sato", "in training, shadows", NEWCOMERS),
    Person(COORDINATOR, Capacity.COORDINATOR, f"{COORDINATOR}, coordinator"),
    Person(ADMINISTRATOR, Capacity.ADMINISTRATOR, f"{ADMINISTRATOR}, administrator"),
    Person(AUDITOR, Capacity.AUDITOR, f"{AUDITOR}, auditor"),
)
ACCOUNTS = tuple((person.email, person.who) for person in ROSTER)


@dataclass
class Cast:
    """The members of the demo as they come to be, by name, and their one team."""

    hashes: dict[str, str]
    members: dict[str, Member] = field(default_factory=dict)
    _teams: list[Team] = field(default_factory=list)
    _tokens: dict[str, str] = field(default_factory=dict)

    @property
    def team(self) -> Team:
        """Return the team that everything belongs to."""
        return self._teams[0]

    def member(self, name: str) -> Member:
        """Return a member by name."""
        return self.members[name]

    def actor(self, name: str) -> Actor:
        """Return a member as an actor, with the capacity that the roster gives them."""
        member = self.members[name]
        capacity = next(person.capacity for person in ROSTER if person.name == name)
        is_site = capacity in {Capacity.ADMINISTRATOR, Capacity.AUDITOR}
        return Actor(
            ActorKind.MEMBER,
            member.public_id,
            member_id=member.id,
            site=frozenset({capacity} if is_site else ()),
            teams=frozenset() if is_site else frozenset({(self.team.id, capacity)}),
        )

    def set_up(self, at: datetime) -> None:
        """Make the organisation and its administrator with a one-time code, and then the team."""
        code = operations.make_setup_code(by=OPERATOR, at=at)
        first = self._new(next(one for one in ROSTER if one.name == ADMINISTRATOR))
        nobody = Actor(ActorKind.ANYBODY, "setup")
        self.members[ADMINISTRATOR] = operations.set_up(code, ORGANISATION, first, CONTACT, by=nobody, at=at)
        self._teams.append(operations.create_team(TEAM, by=self.actor(ADMINISTRATOR), at=at))

    def invite(self, person: Person, at: datetime) -> None:
        """Invite a person: the manager invites the interviewers, the administrator everybody else."""
        is_site = person.capacity is Capacity.AUDITOR
        inviter = DANA if person.capacity is Capacity.INTERVIEWER else ADMINISTRATOR
        draft = InvitationDraft(person.email, person.name, None if is_site else self.team.id, person.capacity.value)
        _, self._tokens[person.name] = operations.invite(draft, by=self.actor(inviter), at=at)

    def accept(self, person: Person, at: datetime) -> None:
        """Let the person follow the link and become a member."""
        nobody = Actor(ActorKind.ANYBODY, "invitation")
        token = self._tokens.pop(person.name)
        self.members[person.name] = operations.accept_invitation(token, self._new(person), by=nobody, at=at)

    def _new(self, person: Person) -> NewMember:
        return NewMember(person.name, person.email, ZONE, self.hashes[person.name])


def plan_people(agenda: Agenda, cast: Cast) -> None:
    """Plan how the organisation is set up and how everybody is invited and comes in."""
    agenda.plan(SET_UP, cast.set_up)
    for number, person in enumerate(one for one in ROSTER if one.name != ADMINISTRATOR):
        invited = agenda.days.moment(person.invited) + timedelta(minutes=number)
        agenda.plan_at(invited, partial(cast.invite, person))
        agenda.plan_at(invited + timedelta(minutes=25, seconds=37 * number), partial(cast.accept, person))
