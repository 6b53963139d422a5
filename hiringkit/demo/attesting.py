"""Who of the demo does this work now, and what they say of the published disclosure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from importlib.resources import files
from typing import Any

from hiringkit.demo.agenda import Agenda
from hiringkit.demo.opening import OPENS, Role
from hiringkit.demo.people import DANA
from hiringkit.disclosures import operations, queries
from hiringkit.disclosures.rules.attesting import AttestationWord
from hiringkit.disclosures.rules.saying import WordDraft
from hiringkit.foundation.yamltext import read_yaml

MARKED = (OPENS - 4, "08:45")


@dataclass(frozen=True)
class _Voice:
    """One person in the role: when they answer, and what."""

    who: str
    at: tuple[int, str]
    words: Mapping[str, WordDraft]


def plan_attestations(agenda: Agenda, role: Role) -> None:
    """Plan how people are marked as being in the role, and what each of them says."""
    for voice in _voices():
        agenda.plan(MARKED, partial(_mark, role, voice.who))
        agenda.plan(voice.at, partial(_attest, role, voice))


def _voices() -> list[_Voice]:
    name = "texts/attestations.yaml"
    stored: dict[str, Any] = read_yaml(files("hiringkit.demo").joinpath(name).read_text("utf-8"), name).data
    return [_voice(one) for one in stored["people"]]


def _voice(stored: Mapping[str, Any]) -> _Voice:
    ago, clock = stored["at"]
    words = {key: WordDraft(AttestationWord.CONFIRMED.value) for key in stored["confirms"]}
    for key, one in stored.get("disputes", {}).items():
        words[key] = WordDraft(AttestationWord.DISPUTED.value, one["field"], one["note"].strip())
    return _Voice(stored["who"], (int(ago), str(clock)), words)


def _mark(role: Role, who: str, at: datetime) -> None:
    member = role.cast.member(who)
    operations.mark_incumbent(role.opening, member.public_id, by=role.cast.actor(DANA), at=at)


def _attest(role: Role, voice: _Voice, at: datetime) -> None:
    by = role.cast.actor(voice.who)
    seen = queries.own_attesting(by, role.opening.public_id).seen
    operations.attest(role.disclosure, voice.words, seen, by=by, at=at)
