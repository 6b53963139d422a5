"""A role profile as the one text that is stored, and the hash that tells two states of it apart."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from hiringkit.library.rules.pack import Demographics, Pack, RoleProfile
from hiringkit.library.rules.parsing import parse_role_profile
from hiringkit.library.rules.versions import version_hash


@dataclass(frozen=True, slots=True)
class SortedProfile:
    """A profile to be stored, and beside it the demographic figures that must never be part of it."""

    profile: RoleProfile
    demographics: Mapping[str, str]
    as_of: date | None = None


def of_pack(pack: Pack) -> list[SortedProfile]:
    """Return the role profiles of a pack, which may say the day on which they were looked up, or only the year."""
    return [
        SortedProfile(one, demographic_figures(pack.demographics[one.key]), _day(one.looked_up))
        for one in pack.role_profiles
    ]


def _day(looked_up: str) -> date | None:
    try:
        return date.fromisoformat(looked_up)
    except ValueError:
        return None


def profile_text(one: RoleProfile) -> str:
    """Return a profile as canonical JSON, in the shape that packs use; numbers are text, absent ones null.

    Equal profiles give equal text. Demographics are no part of it, because a RoleProfile has none.
    """
    content: dict[str, Any] = {
        "key": one.key,
        "name": one.name,
        "source": one.source,
        "looked_up": one.looked_up,
        "summary": one.summary,
        "pay": {
            "average": _plain(one.pay_average),
            "minimum": _plain(one.pay_minimum),
            "maximum": _plain(one.pay_maximum),
            "currency": one.currency,
        },
        "hourly": _plain(one.hourly),
        "growth_percent": _plain(one.growth_percent),
        "jobs": _plain(one.jobs),
        "job_satisfaction": _plain(one.job_satisfaction),
        "highest_paying": dict(one.highest_paying),
        "experience_years": [
            {"label": years.label, "low": _plain(years.low), "high": _plain(years.high)}
            for years in one.experience_years
        ],
        "education": {
            "degree": one.degree,
            "degree_share": _plain(one.degree_share),
            "major": one.major,
            "college": one.college,
        },
        "responsibilities": list(one.responsibilities),
        "skills": [{"name": skill.name, "share": _plain(skill.percent)} for skill in one.skills],
    }
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def read_profile(text: str) -> RoleProfile:
    """Return the profile of a stored text; the opposite of `profile_text`."""
    return parse_role_profile(json.loads(text))


def profile_hash(text: str, demographics: Mapping[str, str], number: int) -> str:
    """Return the SHA-256 of the `number`-th state of a profile: its text and its demographics.

    The number belongs to it, as for every version of the library, so that going back to earlier
    figures is a state of its own.

    >>> profile_hash("{}", {}, 1) == profile_hash("{}", {}, 2)
    False
    """
    return version_hash({"profile": text, "demographics": dict(demographics)}, number)


def demographics_text(shares: Mapping[str, str]) -> str:
    """Return demographic figures as the text that is stored for the fairness report."""
    return json.dumps(dict(shares), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def demographic_figures(one: Demographics) -> dict[str, str]:
    """Return a pack's demographics as label and figure; what is not stated is left out.

    >>> from hiringkit.library.rules.pack import Share
    >>> demographic_figures(Demographics(None, (Share("Female", Decimal("79.2")),), (), Decimal(7)))
    {'Gender: Female': '79.2', 'LGBT': '7'}
    """
    named = [("Average age", one.average_age)]
    named += [(f"Gender: {share.name}", share.percent) for share in one.gender]
    named += [(f"Race: {share.name}", share.percent) for share in one.race]
    named += [("LGBT", one.lgbt_percent)]
    return {label: str(figure) for label, figure in named if figure is not None}


def _plain(number: Decimal | None) -> str | None:
    """Spell a number in the one way: no exponent and no zeros at its end."""
    if number is None:
        return None
    spelled = format(number, "f")
    return spelled.rstrip("0").rstrip(".") if "." in spelled else spelled
