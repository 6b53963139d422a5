"""Checks across the parts of a pack: unknown keys, coverage, two raters, anchors and refused questions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from hiringkit.library.rules.exercises import exercise_findings
from hiringkit.library.rules.finding import Finding, Path
from hiringkit.library.rules.pack import Competency, LoopTemplate, Pack, Stage
from hiringkit.library.rules.parsing import Plain, parse_pack
from hiringkit.library.rules.phrases import refused_phrases

ANCHORED_AT = {5: (1, 3, 5), 7: (1, 3, 5, 7)}
FEWEST_RATED = 3
MOST_RATED = 5
FEWEST_RATERS = 2
UNSAFE_WORD = "Unsafe:"


def lint_pack(data: Plain) -> list[Finding]:
    """Return every finding about data that has passed the schema; an empty list may be imported."""
    pack = parse_pack(data)
    return [
        *_repeated_keys(pack),
        *_competency_findings(pack),
        *_set_findings(pack),
        *_scenario_findings(pack),
        *_loop_findings(pack),
        *_preparation_findings(pack),
        *_template_findings(pack),
        *exercise_findings(pack),
        *_phrase_findings(pack),
    ]


def _repeated_keys(pack: Pack) -> list[Finding]:
    lists: dict[Path, Iterable[str]] = {
        ("tracks",): (one.key for one in pack.tracks),
        ("competencies",): (one.key for one in pack.competencies),
        ("competency_sets",): (one.key for one in pack.competency_sets),
        ("scenarios",): (one.key for one in pack.scenarios),
        ("artefacts",): (one.key for one in pack.artefacts),
        ("loop_template", "stages"): (one.key for one in pack.loop_template.stages),
        ("preparation",): (one.key for one in pack.preparation),
        ("role_profiles",): (one.key for one in pack.role_profiles),
        ("exercises",): (one.key for one in pack.exercises),
    }
    for place, exercise in enumerate(pack.exercises):
        lists["exercises", place, "responses"] = (one.key for one in exercise.responses)
    return [finding for path, keys in lists.items() for finding in _repeats(path, keys)]


def _repeats(path: Path, keys: Iterable[str]) -> list[Finding]:
    seen: set[str] = set()
    found: list[Finding] = []
    for place, key in enumerate(keys):
        if key in seen:
            found.append(Finding((*path, place, "key"), f"the key “{key}” is used twice"))
        seen.add(key)
    return found


def _unknown(path: Path, what: str, keys: Sequence[str], known: Iterable[str]) -> list[Finding]:
    held = set(known)
    return [
        Finding((*path, place), f"there is no {what} “{key}” in this pack")
        for place, key in enumerate(keys)
        if key not in held
    ]


def _competency_findings(pack: Pack) -> list[Finding]:
    found: list[Finding] = []
    for place, one in enumerate(pack.competencies):
        path: Path = ("competencies", place, "anchors")
        if tuple(sorted(one.anchors)) != ANCHORED_AT[one.points]:
            wanted = ", ".join(str(point) for point in ANCHORED_AT[one.points])
            found.append(Finding(path, f"a scale of {one.points} points is anchored at exactly {wanted}"))
        elif one.is_safety_critical and not one.anchors[1].startswith(UNSAFE_WORD):
            text = f"the anchor of 1 on a safety-critical competency says what is unsafe: begin it with “{UNSAFE_WORD}”"
            found.append(Finding((*path, "1"), text))
    return found


def _set_findings(pack: Pack) -> list[Finding]:
    points = {one.key: one.points for one in pack.competencies}
    found: list[Finding] = []
    for place, one in enumerate(pack.competency_sets):
        path: Path = ("competency_sets", place, "competencies")
        found += _unknown(path, "competency", one.competencies, points)
        if len({points[key] for key in one.competencies if key in points}) > 1:
            found.append(Finding(path, "the competencies of a set share one scale; these have five and seven points"))
    return found


def _scenario_findings(pack: Pack) -> list[Finding]:
    known = {one.key for one in pack.competencies}
    return [
        Finding(("scenarios", place, "listen_for", key), f"there is no competency “{key}” in this pack")
        for place, one in enumerate(pack.scenarios)
        for key in one.listen_for
        if key not in known
    ]


def _loop_findings(pack: Pack) -> list[Finding]:
    template = pack.loop_template
    found: list[Finding] = []
    for place, stage in enumerate(template.stages):
        found += _stage_findings(pack, stage, ("loop_template", "stages", place))
    competencies = {one.key: one for one in pack.competencies}
    rated = [competencies[key] for key in rated_competencies(template) if key in competencies]
    return [*found, *_rater_findings(template, rated), *_coverage_findings(pack, rated), *_rule_findings(pack, rated)]


def _stage_findings(pack: Pack, stage: Stage, path: Path) -> list[Finding]:
    scenarios = {one.key: one for one in pack.scenarios}
    found = [
        *_unknown((*path, "scenarios"), "scenario", stage.scenarios, scenarios),
        *_unknown((*path, "competencies"), "competency", stage.competencies, (one.key for one in pack.competencies)),
        *_unknown((*path, "artefacts"), "artefact", stage.artefacts, (one.key for one in pack.artefacts)),
    ]
    if not FEWEST_RATED <= len(stage.competencies) <= MOST_RATED:
        text = f"a stage rates {FEWEST_RATED} to {MOST_RATED} competencies; this one rates {len(stage.competencies)}"
        found.append(Finding((*path, "competencies"), text))
    used = [scenarios[key] for key in stage.scenarios if key in scenarios]
    heard = {key for scenario in used for key in scenario.listen_for}
    found += [
        Finding((*path, "competencies", place), f"no scenario of this stage says what to listen for on “{key}”")
        for place, key in enumerate(stage.competencies)
        if key not in heard
    ]
    asked = sum(scenario.minutes for scenario in used)
    if asked > stage.minutes:
        text = f"its scenarios take {asked} minutes, the stage has {stage.minutes}"
        found.append(Finding((*path, "minutes"), text))
    return found


def rated_competencies(template: LoopTemplate) -> list[str]:
    """Return the keys of everything that the loop rates, each once, in the order of the stages."""
    return list(dict.fromkeys(key for stage in template.stages for key in stage.competencies))


def raters_of(template: LoopTemplate, competency: str) -> int:
    """Return how many ratings of a competency one candidate gets over the loop: the panels of its stages."""
    return sum(stage.panel for stage in template.stages if competency in stage.competencies)


def _rater_findings(template: LoopTemplate, rated: Sequence[Competency]) -> list[Finding]:
    path: Path = ("loop_template", "stages")
    return [
        Finding(path, f"“{one.key}” is safety-critical and is rated by {raters_of(template, one.key)} person, not two")
        for one in rated
        if one.is_safety_critical and raters_of(template, one.key) < FEWEST_RATERS
    ]


def _coverage_findings(pack: Pack, rated: Sequence[Competency]) -> list[Finding]:
    covered = {key for one in pack.competency_sets for key in one.competencies}
    return [
        Finding(("competency_sets",), f"the loop rates “{one.key}”, and no competency set covers it")
        for one in rated
        if one.key not in covered
    ]


def _rule_findings(pack: Pack, rated: Sequence[Competency]) -> list[Finding]:
    """The bar is a mean over one scale, and a gate lies below it."""
    template, scales = pack.loop_template, {one.points for one in rated}
    found: list[Finding] = []
    if len(scales) > 1:
        found.append(Finding(("loop_template",), "the loop rates on five and on seven points; one bar needs one scale"))
    elif scales and template.bar > max(scales):
        found.append(Finding(("loop_template", "bar"), f"the bar is above the scale, which has {max(scales)} points"))
    if template.gate_level >= template.bar:
        found.append(Finding(("loop_template", "gate_level"), "the gate level is not below the bar"))
    return found


def _preparation_findings(pack: Pack) -> list[Finding]:
    stages = [stage.key for stage in pack.loop_template.stages]
    return [
        finding
        for place, one in enumerate(pack.preparation)
        for finding in _unknown(("preparation", place, "stages"), "stage", one.stages, stages)
    ]


def _template_findings(pack: Pack) -> list[Finding]:
    """Which fields exist is known to the room disclosures, which checks its own part of a pack."""
    return [
        Finding(("disclosure_template", "claims", key), "give exactly one of value, rows and none")
        for key, claim in pack.disclosure_template.claims.items()
        if sum(word in claim for word in ("value", "rows", "none")) != 1
    ]


def _phrase_findings(pack: Pack) -> list[Finding]:
    return [
        Finding(path, refused.sentence)
        for path, text in _texts_for_candidates(pack)
        for refused in refused_phrases(text, pack.language)
    ]


def _texts_for_candidates(pack: Pack) -> Iterator[tuple[Path, str]]:
    """Yield whatever is put to a candidate or read by one, with its place."""
    for place, scenario in enumerate(pack.scenarios):
        path: Path = ("scenarios", place)
        yield from (((*path, key), getattr(scenario, key)) for key in ("context", "prompt", "twist"))
        yield from (((*path, "probes", number), probe) for number, probe in enumerate(scenario.probes))
    yield from ((("tracks", place, "first_question"), one.first_question) for place, one in enumerate(pack.tracks))
    yield from ((("artefacts", place, "ask"), one.ask) for place, one in enumerate(pack.artefacts))
    yield from ((("preparation", place, "text"), one.text) for place, one in enumerate(pack.preparation))
    for place, stage in enumerate(pack.loop_template.stages):
        yield ("loop_template", "stages", place, "candidate_brief"), stage.candidate_brief
    for place, exercise in enumerate(pack.exercises):
        for number, response in enumerate(exercise.responses):
            yield ("exercises", place, "responses", number, "prompt"), response.prompt
    for key, claim in pack.disclosure_template.claims.items():
        yield from _texts_of(claim, ("disclosure_template", "claims", key))


def _texts_of(content: object, path: Path) -> Iterator[tuple[Path, str]]:
    """Yield every text inside a claim of the disclosure template, which candidates read."""
    if isinstance(content, str):
        yield path, content
    elif isinstance(content, Mapping):
        for key, inner in content.items():
            yield from _texts_of(inner, (*path, key))
    elif isinstance(content, list | tuple):
        for place, inner in enumerate(content):
            yield from _texts_of(inner, (*path, place))
