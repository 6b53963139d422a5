"""Plain data becomes a pack: exact numbers, trimmed texts, absent figures absent, demographics apart."""

from dataclasses import fields
from decimal import Decimal

import pytest

from hiringkit.library.rules.pack import RoleProfile
from hiringkit.library.rules.parsing import parse_pack
from tests.library import made


def test_a_parsed_pack_holds_what_the_file_says() -> None:
    pack = parse_pack(made.pack())
    assert (pack.key, pack.version, pack.language) == ("small", "1", "en")
    assert pack.loop_template.bar == Decimal("4.5")
    assert pack.loop_template.stages[0].competencies == made.KEYS
    assert dict(pack.competency("safety").anchors) == {
        1: "Unsafe: it is not so.", 3: "A little.", 5: "Mostly.", 7: "Wholly.",
    }  # fmt: skip
    assert pack.competency("safety").is_safety_critical
    assert pack.scenario("queue").listen_for["flow"] == ("It.",)
    assert pack.competency_set("all").competencies == made.KEYS
    assert pack.artefact("note").ask == "Bring a note."
    assert pack.exercises[0].responses[0].gold["rules"].rating == 6
    assert pack.disclosure_template.claims["workload.people"] == {"value": 6}
    assert pack.preparation[0].stages == ("talk",)


def test_folded_texts_lose_their_line_end() -> None:
    data = made.pack()
    data["scenarios"][0]["prompt"] = "What do you do?\n"
    assert parse_pack(data).scenario("queue").prompt == "What do you do?"


def test_figures_are_exact_and_absent_ones_are_none_and_never_zero() -> None:
    profile = parse_pack(made.pack()).role_profiles[0]
    assert (profile.hourly, profile.growth_percent) == (Decimal("20.98"), Decimal(-4))
    assert (profile.pay_minimum, profile.jobs, profile.degree, profile.highest_paying["city"]) == (None,) * 4
    text, table = profile.experience_years
    assert (text.label, text.low, text.high) == ("text", Decimal(2), Decimal(4))
    assert (table.label, table.low, table.high) == ("table", Decimal(4), Decimal(4))


def test_demographics_stand_apart_from_the_profile() -> None:
    pack = parse_pack(made.pack())
    assert not {"demographics", "gender", "race", "average_age", "lgbt_percent"} & {
        one.name for one in fields(RoleProfile)
    }
    assert pack.demographics["clerk"].average_age == 40
    assert pack.demographics["clerk"].gender[0].percent == Decimal("79.2")


def test_an_unknown_key_is_a_key_error() -> None:
    pack = parse_pack(made.pack())
    for look_up in (pack.competency, pack.scenario, pack.competency_set, pack.artefact):
        with pytest.raises(KeyError):
            look_up("nothing")
