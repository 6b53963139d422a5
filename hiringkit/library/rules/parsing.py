"""From the plain data of a pack file to the dataclasses; the data has passed the schema before."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from hiringkit.library.rules.pack import (
    Artefact,
    Competency,
    CompetencySet,
    Demographics,
    DisclosureTemplate,
    Exercise,
    Gold,
    LoopTemplate,
    Pack,
    PreparationItem,
    Response,
    RoleProfile,
    Scenario,
    Share,
    Stage,
    Track,
    YearsOfExperience,
)

Plain = Mapping[str, Any]


def parse_pack(data: Plain) -> Pack:
    """Return the pack; raises KeyError or ValueError on data that the schema would refuse."""
    return Pack(
        key=data["key"],
        name=data["name"],
        version=data["version"],
        language=data["language"],
        summary=_text(data["summary"]),
        source=_text(data["source"]),
        tracks=tuple(Track(**_texts(one)) for one in data["tracks"]),
        competencies=tuple(_competency(one) for one in data["competencies"]),
        competency_sets=tuple(
            CompetencySet(one["key"], one["name"], tuple(one["competencies"])) for one in data["competency_sets"]
        ),
        scenarios=tuple(_scenario(one) for one in data["scenarios"]),
        red_flags=_lines(data["red_flags"]),
        artefacts=tuple(Artefact(**_texts(one)) for one in data["artefacts"]),
        loop_template=_loop_template(data["loop_template"]),
        disclosure_template=_disclosure_template(data["disclosure_template"]),
        preparation=tuple(
            PreparationItem(one["key"], _text(one["text"]), tuple(one["stages"])) for one in data["preparation"]
        ),
        role_profiles=tuple(parse_role_profile(one) for one in data["role_profiles"]),
        demographics=MappingProxyType(
            {one["key"]: _demographics(one["demographics"]) for one in data["role_profiles"]}
        ),
        exercises=tuple(_exercise(one) for one in data["exercises"]),
    )


def _competency(one: Plain) -> Competency:
    return Competency(
        key=one["key"],
        name=one["name"],
        definition=_text(one["definition"]),
        is_safety_critical=one["safety_critical"],
        points=one["points"],
        anchors=MappingProxyType({int(point): _text(text) for point, text in one["anchors"].items()}),
        positive_signals=_lines(one["positive_signals"]),
        red_flags=_lines(one["red_flags"]),
        proof=_lines(one["proof"]),
    )


def _scenario(one: Plain) -> Scenario:
    return Scenario(
        key=one["key"],
        name=one["name"],
        minutes=one["minutes"],
        context=_text(one["context"]),
        prompt=_text(one["prompt"]),
        twist=_text(one["twist"]),
        probes=_lines(one["probes"]),
        listen_for=MappingProxyType({key: _lines(lines) for key, lines in one["listen_for"].items()}),
        red_flags=_lines(one["red_flags"]),
        positive_signals=_lines(one["positive_signals"]),
    )


def _loop_template(one: Plain) -> LoopTemplate:
    return LoopTemplate(
        key=one["key"],
        name=one["name"],
        bar=Decimal(str(one["bar"])),
        gate_level=one["gate_level"],
        stages=tuple(_stage(stage) for stage in one["stages"]),
    )


def _stage(one: Plain) -> Stage:
    return Stage(
        key=one["key"],
        name=one["name"],
        minutes=one["minutes"],
        mode=one["mode"],
        panel=one["panel"],
        scenarios=tuple(one["scenarios"]),
        competencies=tuple(one["competencies"]),
        artefacts=tuple(one["artefacts"]),
        candidate_brief=_text(one["candidate_brief"]),
    )


def _disclosure_template(one: Plain) -> DisclosureTemplate:
    return DisclosureTemplate(one["key"], one["name"], MappingProxyType(dict(one["claims"])))


def parse_role_profile(one: Plain) -> RoleProfile:
    """Return a role profile of a pack, or one that was stored; its demographics stay where they are."""
    pay, education = one["pay"], one["education"]
    return RoleProfile(
        key=one["key"],
        name=one["name"],
        source=_text(one["source"]),
        looked_up=one["looked_up"],
        summary=_text(one["summary"]),
        pay_average=_number(pay["average"]),
        pay_minimum=_number(pay["minimum"]),
        pay_maximum=_number(pay["maximum"]),
        currency=pay["currency"],
        hourly=_number(one["hourly"]),
        growth_percent=_number(one["growth_percent"]),
        jobs=_number(one["jobs"]),
        job_satisfaction=_number(one.get("job_satisfaction")),
        highest_paying=MappingProxyType(dict(one.get("highest_paying", {}))),
        experience_years=tuple(
            YearsOfExperience(years["label"], _number(years["low"]), _number(years["high"]))
            for years in one["experience_years"]
        ),
        degree=education["degree"],
        degree_share=_number(education["degree_share"]),
        major=education["major"],
        college=education["college"],
        responsibilities=_lines(one["responsibilities"]),
        skills=tuple(Share(skill["name"], _number(skill["share"])) for skill in one["skills"]),
    )


def _demographics(one: Plain) -> Demographics:
    return Demographics(
        average_age=_number(one["average_age"]),
        gender=_group_shares(one["gender"]),
        race=_group_shares(one["race"]),
        lgbt_percent=_number(one["lgbt_percent"]),
    )


def _group_shares(groups: Sequence[Plain]) -> tuple[Share, ...]:
    return tuple(Share(one["group"], _number(one["percent"])) for one in groups)


def _exercise(one: Plain) -> Exercise:
    return Exercise(
        key=one["key"],
        set=one["set"],
        form=one["form"],
        title=one["title"],
        gold_basis=one["gold_basis"],
        gold_note=_text(one["gold_note"]),
        minutes_per_response=one["minutes_per_response"],
        responses=tuple(_response(response) for response in one["responses"]),
    )


def _response(one: Plain) -> Response:
    return Response(
        key=one["key"],
        block=one["block"],
        scenario=one["scenario"],
        prompt=_text(one["prompt"]),
        response=_text(one["response"]),
        gold=MappingProxyType(
            {key: Gold(cell["rating"], _text(cell["rationale"])) for key, cell in one["gold"].items()}
        ),
    )


def _text(written: str) -> str:
    """Drop the line end that a folded YAML text carries."""
    return written.strip()


def _texts(one: Plain) -> dict[str, str]:
    return {key: _text(written) for key, written in one.items()}


def _lines(written: Sequence[str]) -> tuple[str, ...]:
    return tuple(_text(line) for line in written)


def _number(plain: float | None) -> Decimal | None:
    """Turn a number of the file into an exact one; "not stated" stays None and never becomes 0."""
    return None if plain is None else Decimal(str(plain))
