"""Pack files are linted by line, and the starter pack lints clean."""

import json
import re
from decimal import Decimal

import pytest
from jsonschema import Draft202012Validator

from hiringkit.foundation.errors import InvalidError, NotFoundError
from hiringkit.library.packs import (
    STARTER_PACK,
    LintLine,
    PackRefusedError,
    lint_text,
    load_pack,
    pack_schema,
    shipped_pack_text,
    shipped_packs,
)
from hiringkit.library.rules.lint import rated_competencies, raters_of
from hiringkit.library.rules.pack import Pack
from tests.library import made


@pytest.fixture(scope="module")
def text() -> str:
    return shipped_pack_text()


@pytest.fixture(scope="module")
def starter(text: str) -> Pack:
    return load_pack(text, "patient-access.yaml")


def test_the_schema_is_a_valid_schema_and_says_what_each_thing_is() -> None:
    Draft202012Validator.check_schema(pack_schema())
    for name, part in pack_schema()["$defs"].items():
        if part["type"] == "object":
            assert part["description"], name
            assert part["additionalProperties"] is False or "propertyNames" in part, name


@pytest.mark.parametrize("key", shipped_packs())
def test_every_shipped_pack_lints_clean(key: str) -> None:
    assert lint_text(shipped_pack_text(key), f"{key}.yaml") == []


def test_the_starter_pack_has_the_content_of_the_product(starter: Pack) -> None:
    counts = (len(starter.tracks), len(starter.competencies), len(starter.scenarios), len(starter.artefacts))
    assert counts == (5, 9, 8, 9)
    assert [one.key for one in starter.competency_sets] == ["judgement", "operations"]
    assert {one.key for one in starter.competencies if one.is_safety_critical} == {
        "safety-first-judgement", "compliance", "documentation-habits",
    }  # fmt: skip
    assert len(starter.red_flags) == 4
    assert len(starter.role_profiles) == 2


def test_the_starter_loop_rates_everything_and_the_safety_critical_by_two(starter: Pack) -> None:
    template = starter.loop_template
    assert len(template.stages) == 4
    assert set(rated_competencies(template)) == {one.key for one in starter.competencies}
    assert all(stage.panel == 2 for stage in template.stages)
    assert all(raters_of(template, one.key) >= 2 for one in starter.competencies if one.is_safety_critical)
    assert {key for stage in template.stages for key in stage.scenarios} == {one.key for one in starter.scenarios}


def test_one_or_two_standings_cover_every_stage(starter: Pack) -> None:
    judgement, operations = (set(one.competencies) for one in starter.competency_sets)
    rated = {stage.key: set(stage.competencies) for stage in starter.loop_template.stages}
    assert rated["process-improvement"] <= operations
    assert rated["communication-and-documentation"] <= judgement
    assert all(stage <= judgement | operations for stage in rated.values())


def test_scenarios_have_a_twist_three_or_four_probes_and_two_to_four_listen_fors(starter: Pack) -> None:
    for scenario in starter.scenarios:
        assert 3 <= len(scenario.probes) <= 4, scenario.key
        assert 2 <= len(scenario.listen_for) <= 4, scenario.key
        assert scenario.twist, scenario.key


def test_each_set_has_two_forms_of_eight_and_four_whose_gold_says_that_it_is_drafted(starter: Pack) -> None:
    forms = sorted((one.set, one.form, one.title) for one in starter.exercises)
    assert forms == [
        (one.key, letter, f"{one.name}, form {letter}") for one in starter.competency_sets for letter in "AB"
    ]
    for exercise in starter.exercises:
        assert [one.block for one in exercise.responses] == [1] * 8 + [2] * 4
        assert exercise.gold_basis == "drafted"
        assert "no expert panel" in exercise.gold_note


def test_role_profiles_keep_contradictions_with_their_labels_and_leave_out_what_is_not_stated(starter: Pack) -> None:
    relations, accounts = starter.role_profiles
    years = [(one.low, one.high) for role in (relations, accounts) for one in role.experience_years]
    assert years == [(Decimal(low), Decimal(high)) for low, high in ((2, 4), (4, 4), (4, 6), (6, 6))]
    assert {relations.job_satisfaction, accounts.job_satisfaction} == {None}
    assert set(starter.demographics) == {"patient-relations-manager", "patient-account-manager"}


def test_a_pack_that_is_json_is_a_pack() -> None:
    assert load_pack(json.dumps(made.pack()), "small.json").key == "small"


def _line_of(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "path", "words"),
    [
        ("panel: 2", "panel: two", "loop_template.stages[0].panel", "not a whole number"),
        ("mode: video", "mode: carrier-pigeon", "loop_template.stages[0].mode", "not one of: video, phone, on-site"),
        ("  gate_level: 2\n", "  gate_level: 2\n  colour: red\n", "loop_template.colour", "“colour” is not a key"),
        ("  gate_level: 2\n", "", "loop_template", "“gate_level” is missing"),
        ("scenarios: [handoff, ", "scenarios: [handover, ", "loop_template.stages[3].scenarios[0]", "no scenario"),
        ('looked_up: "2025"', "looked_up: 2025", "role_profiles[0].looked_up", "not a text"),
    ],
)
def test_a_fault_is_reported_with_its_line_and_path(text: str, old: str, new: str, path: str, words: str) -> None:
    assert old in text
    broken = text.replace(old, new, 1)
    found = lint_text(broken, "broken.yaml")
    line = _line_of(broken, new.strip().splitlines()[-1]) if new else _line_of(broken, "loop_template:")
    assert any((one.path, one.line) == (path, line) and words in one.message for one in found), found


def test_a_repeated_key_and_a_syntax_error_are_one_clear_line(text: str) -> None:
    twice = lint_text(text + "\nname: Again\n", "twice.yaml")
    assert len(twice) == 1
    assert re.fullmatch(r"twice\.yaml:\d+: the key “name” stands here again, first on line 3", str(twice[0]))
    assert len(lint_text("key: [1, 2", "cut.yaml")) == 1


def test_a_finding_is_printed_with_file_line_and_path() -> None:
    assert str(LintLine("a.yaml", 3, "tracks[0].name", "this is empty")) == "a.yaml:3: tracks[0].name: this is empty"


def test_a_pack_with_findings_is_refused_with_all_of_them() -> None:
    data = made.pack()
    data["preparation"][0]["stages"] = ["gone"]
    data["loop_template"]["bar"] = 2
    with pytest.raises(PackRefusedError) as refusal:
        load_pack(json.dumps(data), "small.json")
    assert len(refusal.value.lines) == 2
    assert isinstance(refusal.value, InvalidError)
    with pytest.raises(PackRefusedError):
        load_pack("- [", "small.yaml")


def test_the_starter_pack_is_shipped_and_another_is_not() -> None:
    assert STARTER_PACK in shipped_packs()
    with pytest.raises(NotFoundError):
        shipped_pack_text("../pack.schema")
