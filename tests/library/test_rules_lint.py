"""Every check across the parts of a pack finds the fault that is planted for it, at its place."""

from collections.abc import Callable
from typing import Any

import pytest

from hiringkit.foundation.yamltext import schema_findings
from hiringkit.library.packs import pack_schema
from hiringkit.library.rules.finding import printed_path
from hiringkit.library.rules.lint import lint_pack, rated_competencies, raters_of
from hiringkit.library.rules.parsing import parse_pack
from tests.library import made

Pack = dict[str, Any]
Fault = Callable[[Pack], object]


def test_the_small_pack_is_clean() -> None:
    assert schema_findings(made.pack(), pack_schema()) == []
    assert lint_pack(made.pack()) == []


def _five_points(one: Pack) -> None:
    one["points"] = 5
    del one["anchors"]["7"]


def _on_five_points(pack: Pack) -> Pack:
    for one in pack["competencies"]:
        _five_points(one)
    return pack


def _stage(pack: Pack) -> Pack:
    stage: Pack = pack["loop_template"]["stages"][0]
    return stage


FAULTS: dict[str, tuple[Fault, str, str]] = {
    "a repeated key": (
        lambda pack: pack["tracks"].append(dict(pack["tracks"][0])), "tracks[1].key", "“only” is used twice",
    ),
    "a repeated response": (
        lambda pack: pack["exercises"][0]["responses"][4].update(key="r1"),
        "exercises[0].responses[4].key", "“r1” is used twice",
    ),
    "a missing anchor": (
        lambda pack: pack["competencies"][3]["anchors"].pop("7"),
        "competencies[3].anchors", "anchored at exactly 1, 3, 5, 7",
    ),
    "one anchor too many": (
        lambda pack: pack["competencies"][3]["anchors"].update({"4": "Half."}),
        "competencies[3].anchors", "anchored at exactly 1, 3, 5, 7",
    ),
    "anchors of seven on five points": (
        lambda pack: pack["competencies"][3].update(points=5),
        "competencies[3].anchors", "anchored at exactly 1, 3, 5",
    ),
    "a safety-critical 1 that is not called unsafe": (
        lambda pack: pack["competencies"][0]["anchors"].update({"1": "Poor."}),
        "competencies[0].anchors.1", "says what is unsafe",
    ),
    "a set with an unknown competency": (
        lambda pack: pack["competency_sets"][0]["competencies"].append("speed"),
        "competency_sets[0].competencies[5]", "no competency “speed”",
    ),
    "a set over two scales": (
        lambda pack: _five_points(pack["competencies"][3]), "competency_sets[0].competencies", "share one scale",
    ),
    "a listen-for of nothing": (
        lambda pack: pack["scenarios"][0]["listen_for"].update(speed=["It."]),
        "scenarios[0].listen_for.speed", "no competency “speed”",
    ),
    "a stage with an unknown scenario": (
        lambda pack: _stage(pack)["scenarios"].append("rush"),
        "loop_template.stages[0].scenarios[1]", "no scenario “rush”",
    ),
    "a stage with an unknown artefact": (
        lambda pack: _stage(pack)["artefacts"].append("film"),
        "loop_template.stages[0].artefacts[1]", "no artefact “film”",
    ),
    "a stage that rates too little": (
        lambda pack: _stage(pack).update(competencies=["safety", "rules"]),
        "loop_template.stages[0].competencies", "rates 3 to 5 competencies; this one rates 2",
    ),
    "a stage that rates too much": (
        lambda pack: _stage(pack)["competencies"].append("speed"),
        "loop_template.stages[0].competencies", "this one rates 6",
    ),
    "a rated competency that no scenario shows": (
        lambda pack: pack["scenarios"][0]["listen_for"].pop("words"),
        "loop_template.stages[0].competencies[4]", "what to listen for on “words”",
    ),
    "scenarios longer than their stage": (
        lambda pack: _stage(pack).update(minutes=19), "loop_template.stages[0].minutes", "take 20 minutes",
    ),
    "one rater for a safety-critical competency": (
        lambda pack: _stage(pack).update(panel=1), "loop_template.stages", "“rules” is safety-critical",
    ),
    "a rated competency that no set covers": (
        lambda pack: pack["competency_sets"][0]["competencies"].remove("words"),
        "competency_sets", "rates “words”, and no competency set covers it",
    ),
    "a loop over two scales": (
        lambda pack: _five_points(pack["competencies"][3]), "loop_template", "one bar needs one scale",
    ),
    "a bar above the scale": (
        lambda pack: (_on_five_points(pack), pack["loop_template"].update(bar=5.5)),
        "loop_template.bar", "above the scale, which has 5 points",
    ),
    "a gate at the bar": (
        lambda pack: pack["loop_template"].update(bar=2), "loop_template.gate_level", "not below the bar",
    ),
    "preparation for no stage": (
        lambda pack: pack["preparation"][0]["stages"].append("test"),
        "preparation[0].stages[1]", "no stage “test”",
    ),
    "a claim with two answers": (
        lambda pack: pack["disclosure_template"]["claims"]["workload.people"].update(none="No."),
        "disclosure_template.claims.workload.people", "exactly one of",
    ),
    "a forbidden probe": (
        lambda pack: pack["scenarios"][0]["probes"].append("Do you have any disability?"),
        "scenarios[0].probes[1]", "before an offer",
    ),
    "a forbidden prompt": (
        lambda pack: pack["scenarios"][0].update(prompt="What is your current salary?"),
        "scenarios[0].prompt", "what this job pays",
    ),
    "a forbidden preparation": (
        lambda pack: pack["preparation"][0].update(text="Bring your last three payslips."),
        "preparation[0].text", "what this job pays",
    ),
    "a forbidden artefact": (
        lambda pack: pack["artefacts"][0].update(ask="Please attach your salary history."),
        "artefacts[0].ask", "432.3",
    ),
    "a forbidden brief": (
        lambda pack: _stage(pack).update(candidate_brief="We talk about your work. Do you have small children?"),
        "loop_template.stages[0].candidate_brief", "pregnancy or family",
    ),
    "a forbidden context": (
        lambda pack: pack["scenarios"][0].update(context="A queue. Are you often ill?"),
        "scenarios[0].context", "before an offer",
    ),
    "a forbidden first question": (
        lambda pack: pack["tracks"][0].update(first_question="What did you earn before?"),
        "tracks[0].first_question", "what this job pays",
    ),
    "a forbidden claim of the template": (
        lambda pack: pack["disclosure_template"]["claims"].update(
            {"pay.extras": {"rows": [{"what": "Sign-on", "worth": "What was your last bonus?"}]}}
        ),
        "disclosure_template.claims.pay.extras.rows[0].worth", "what this job pays",
    ),
    "a forbidden prompt of an exercise": (
        lambda pack: pack["exercises"][0]["responses"][2].update(prompt="How many sick days did you have?"),
        "exercises[0].responses[2].prompt", "before an offer",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found_at_its_place(name: str) -> None:
    plant, place, words = FAULTS[name]
    pack = made.pack()
    plant(pack)
    found = [(printed_path(one.path), one.message) for one in lint_pack(pack)]
    assert any(path == place and words in message for path, message in found), found


def test_every_safety_critical_competency_is_named_and_no_other() -> None:
    pack = made.pack()
    _stage(pack).update(panel=1)
    assert [one.message.split("”")[0] for one in lint_pack(pack)] == ["“safety", "“rules", "“records"]


def test_two_stages_with_one_rater_each_are_two_raters() -> None:
    pack = made.pack()
    _stage(pack).update(panel=1)
    pack["loop_template"]["stages"].append({**_stage(pack), "key": "second-talk"})
    assert lint_pack(pack) == []
    template = parse_pack(pack).loop_template
    assert raters_of(template, "safety") == 2
    assert raters_of(template, "speed") == 0
    assert rated_competencies(template) == list(made.KEYS)


def test_a_pack_on_five_points_can_be_clean() -> None:
    pack = _on_five_points(made.pack())
    pack["loop_template"]["bar"] = 3.5
    for response in pack["exercises"][0]["responses"]:
        for gold in response["gold"].values():
            gold["rating"] = {1: 1, 3: 2, 4: 3, 6: 4, 7: 5}[gold["rating"]]
    assert schema_findings(pack, pack_schema()) == []
    assert lint_pack(pack) == []
