"""Pure decisions about people: addresses, passwords, how long a sign-in or an invitation lasts."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from zoneinfo import available_timezones

from hiringkit.foundation.errors import InvalidError

INVITATION_DAYS = 7
SETUP_CODE_HOURS = 1
PASSWORD_LENGTHS = (12, 128)
REFUSED_WORDS = (
    "hiringkit", "password", "passwort", "qwertz", "qwerty", "123456", "letmein", "welcome",
    "administrator", "changeme", "iloveyou", "1q2w3e4r", "1qaz2wsx", "zaq12wsx", "asdfgh", "abcdef", "sunshine",
)  # fmt: skip
NO_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff]")
"""Controls but for tabs and line ends, halves of letters, and marks that turn the direction of what follows."""
ADDRESS = re.compile(r"[^@\s<>,;\"]{1,64}@[^@\s<>,;\"]{1,180}\.[^@\s<>,;\".]{2,60}")
UNSEEN = frozenset({"Cc", "Cf", "Cs"})
"""Controls, marks without width and halves of letters: in an address nobody could see or type them."""


class InvitationState(StrEnum):
    """Where an invitation stands; derived, never stored."""

    SENT = "sent"
    USED = "used"
    EXPIRED = "expired"
    REVOKED = "revoked"


class Reveal(StrEnum):
    """When a team's scorecards of an application may be opened (PRODUCT rule 2)."""

    ALL_EXPECTED = "when every expected scorecard is in"
    OWN_IN = "when all of one's own are in"


@dataclass(frozen=True)
class InvitationDraft:
    """An invitation as typed."""

    email: str
    name: str
    team_id: int | None
    capacity: str


def clean_line(raw: str) -> str:
    r"""Return a name or a title as it is stored: cleaned like any text, on one line, with single spaces.

    >>> clean_line(" Patient\n Access\x00 "), clean_line("\u200b")
    ('Patient Access', '')
    """
    return " ".join(clean_text(raw).split())


def clean_text(raw: str) -> str:
    r"""Return the text in NFC, trimmed, with plain line ends and without invisible control characters.

    Direction overrides go too: they can make a published line read as something else.

    >>> clean_text("  two\r\nlines\x00 ")
    'two\nlines'
    """
    if raw.isascii() and raw.isprintable():
        return raw.strip()  # Nothing below would change it, and most of a document is like this.
    lines = raw.replace("\r\n", "\n").replace("\r", "\n")
    text = unicodedata.normalize("NFC", NO_TEXT.sub("", lines)).strip()
    return text if any(_is_visible(letter) for letter in text) else ""


def _is_visible(letter: str) -> bool:
    """Joiners and marks without width belong inside words, but are no answer by themselves."""
    return unicodedata.category(letter) != "Cf" and not letter.isspace()


def normal_address(typed: str, field: str = "email") -> str:
    """Return a mail address in its one stored form, or raise InvalidError at the form's field.

    >>> normal_address("  Ana.Ruiz@Example.ORG ")
    'ana.ruiz@example.org'
    """
    address = unicodedata.normalize("NFC", typed).strip().casefold()
    if not ADDRESS.fullmatch(address) or any(unicodedata.category(letter) in UNSEEN for letter in address):
        raise InvalidError(problems={field: "Enter an address such as name@example.org."})
    return address


def check_password(password: str, *, about: tuple[str, ...]) -> None:
    """Raise InvalidError unless the password is long enough and not built on a word anybody would try.

    `about` are words about the person, such as parts of the address.
    """
    shortest, longest = PASSWORD_LENGTHS
    if not shortest <= len(password) <= longest:
        raise InvalidError(
            problems={"password": f"Use {shortest} to {longest} characters. A few words in a row are fine."}
        )
    plain = re.sub(r"[\W_]+", "", password.casefold())
    for word in (*REFUSED_WORDS, *(w for w in about if len(w) > 3)):  # noqa: PLR2004  # Shorter words are in every sentence.
        rest = plain.replace(word.casefold(), "")
        if len(rest) < shortest // 2 and rest != plain:
            raise InvalidError(
                problems={"password": f"Leave out “{word}”: it is among the first that anybody would try."}
            )
    if len(set(plain)) < 5:  # noqa: PLR2004  # Fewer different characters is one key held down.
        raise InvalidError(problems={"password": "Use more different characters."})


def check_zone(zone: str) -> str:
    """Return the name of a time zone, or raise InvalidError."""
    if zone not in known_zones():
        raise InvalidError(problems={"zone": "Choose a time zone from the list."})
    return zone


@cache
def known_zones() -> frozenset[str]:
    """Return the names of all time zones; reading them takes 15 ms, so it is done once."""
    return frozenset(available_timezones())


def zone_names() -> tuple[str, ...]:
    """Return the time zones to choose from: UTC, then those named after a region and a place.

    >>> zone_names()[0], "America/Chicago" in zone_names(), "Etc/GMT+1" in zone_names()
    ('UTC', True, False)
    """
    places = (zone for zone in known_zones() if "/" in zone)
    return ("UTC", *sorted(zone for zone in places if not zone.startswith(("Etc/", "posix/", "right/"))))


@dataclass(frozen=True)
class SignInLimits:
    """How long a sign-in lasts: minutes without a request, hours in any case, hours for administrators.

    >>> limits = SignInLimits(idle_minutes=60, hours=12, admin_hours=8)
    >>> limits.longest(is_administrator=True).total_seconds() / 3600
    8.0
    """

    idle_minutes: int
    hours: int
    admin_hours: int

    @property
    def idle(self) -> timedelta:
        """Return how long a sign-in may lie unused."""
        return timedelta(minutes=self.idle_minutes)

    def longest(self, *, is_administrator: bool) -> timedelta:
        """Return how long a sign-in may last in any case."""
        return timedelta(hours=min(self.hours, self.admin_hours) if is_administrator else self.hours)


def sign_in_ends(*, started: datetime, seen: datetime, limits: SignInLimits, is_administrator: bool) -> datetime:
    """Return when a sign-in ends: idle since `seen`, or too old since `started`, whichever comes first.

    >>> from datetime import UTC
    >>> nine = datetime(2026, 5, 4, 9, tzinfo=UTC)
    >>> sign_in_ends(started=nine, seen=nine, limits=SignInLimits(60, 12, 8), is_administrator=False).hour
    10
    """
    return min(seen + limits.idle, started + limits.longest(is_administrator=is_administrator))


def invitation_state(*, at: datetime, expires: datetime, used: bool, revoked: bool) -> InvitationState:
    """Return the state of an invitation at a moment; a revoked one stays revoked."""
    if used:
        return InvitationState.USED
    if revoked:
        return InvitationState.REVOKED
    return InvitationState.EXPIRED if at >= expires else InvitationState.SENT
