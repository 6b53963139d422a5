"""A parsed pack, as frozen dataclasses in the order of the file; the schema is `pack.schema.json`."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Plain = Mapping[str, Any]
Lines = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Track:
    """A variant of the role that a loop may assume."""

    key: str
    name: str
    summary: str
    first_question: str


@dataclass(frozen=True, slots=True)
class Competency:
    """What is rated: `anchors` maps a rating to the acts that earn it."""

    key: str
    name: str
    definition: str
    is_safety_critical: bool
    points: int
    anchors: Mapping[int, str]
    positive_signals: Lines
    red_flags: Lines
    proof: Lines


@dataclass(frozen=True, slots=True)
class CompetencySet:
    """Competencies, by key and in order, that one exercise calibrates together."""

    key: str
    name: str
    competencies: Lines


@dataclass(frozen=True, slots=True)
class Scenario:
    """A work situation: `listen_for` maps a competency key to what to listen for."""

    key: str
    name: str
    minutes: int
    context: str
    prompt: str
    twist: str
    probes: Lines
    listen_for: Mapping[str, Lines]
    red_flags: Lines
    positive_signals: Lines


@dataclass(frozen=True, slots=True)
class Artefact:
    """A work sample that a stage may ask for."""

    key: str
    name: str
    ask: str


@dataclass(frozen=True, slots=True)
class Stage:
    """One interview of the template; `panel` counts the people who rate, without shadows."""

    key: str
    name: str
    minutes: int
    mode: str
    panel: int
    scenarios: Lines
    competencies: Lines
    artefacts: Lines
    candidate_brief: str


@dataclass(frozen=True, slots=True)
class LoopTemplate:
    """The stages, the bar and the gate level that a new loop starts with."""

    key: str
    name: str
    bar: Decimal
    gate_level: int
    stages: tuple[Stage, ...]


@dataclass(frozen=True, slots=True)
class DisclosureTemplate:
    """A draft disclosure; `claims` is plain, because its fields belong to the room disclosures."""

    key: str
    name: str
    claims: Mapping[str, Plain]


@dataclass(frozen=True, slots=True)
class PreparationItem:
    """One line of the candidate's checklist; no stages means the loop as a whole."""

    key: str
    text: str
    stages: Lines


@dataclass(frozen=True, slots=True)
class YearsOfExperience:
    """One figure of a source, with where it stood; two of them may contradict each other."""

    label: str
    low: Decimal | None
    high: Decimal | None


@dataclass(frozen=True, slots=True)
class Share:
    """A named share in per cent; None is "not stated"."""

    name: str
    percent: Decimal | None


@dataclass(frozen=True, slots=True)
class Demographics:
    """Shares of people by group, for the fairness report alone."""

    average_age: Decimal | None
    gender: tuple[Share, ...]
    race: tuple[Share, ...]
    lgbt_percent: Decimal | None


@dataclass(frozen=True, slots=True)
class RoleProfile:
    """A role as published elsewhere, without its demographics; None is "not stated"."""

    key: str
    name: str
    source: str
    looked_up: str
    summary: str
    pay_average: Decimal | None
    pay_minimum: Decimal | None
    pay_maximum: Decimal | None
    currency: str
    hourly: Decimal | None
    growth_percent: Decimal | None
    jobs: Decimal | None
    job_satisfaction: Decimal | None
    highest_paying: Mapping[str, str | None]
    experience_years: tuple[YearsOfExperience, ...]
    degree: str | None
    degree_share: Decimal | None
    major: str | None
    college: str | None
    responsibilities: Lines
    skills: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Gold:
    """A reference rating and what in the answer earns it."""

    rating: int
    rationale: str


@dataclass(frozen=True, slots=True)
class Response:
    """One written answer of an exercise; block 2 is the reserve."""

    key: str
    block: int
    scenario: str
    prompt: str
    response: str
    gold: Mapping[str, Gold]


@dataclass(frozen=True, slots=True)
class Exercise:
    """One form of a calibration exercise; `set` is the key of its competency set."""

    key: str
    set: str
    form: str
    title: str
    gold_basis: str
    gold_note: str
    minutes_per_response: int
    responses: tuple[Response, ...]


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything of one file; `demographics` stands apart, by role profile key."""

    key: str
    name: str
    version: str
    language: str
    summary: str
    source: str
    tracks: tuple[Track, ...]
    competencies: tuple[Competency, ...]
    competency_sets: tuple[CompetencySet, ...]
    scenarios: tuple[Scenario, ...]
    red_flags: Lines
    artefacts: tuple[Artefact, ...]
    loop_template: LoopTemplate
    disclosure_template: DisclosureTemplate
    preparation: tuple[PreparationItem, ...]
    role_profiles: tuple[RoleProfile, ...]
    demographics: Mapping[str, Demographics]
    exercises: tuple[Exercise, ...]

    def competency(self, key: str) -> Competency:
        """Return the competency of that key, or raise KeyError."""
        return {one.key: one for one in self.competencies}[key]

    def scenario(self, key: str) -> Scenario:
        """Return the scenario of that key, or raise KeyError."""
        return {one.key: one for one in self.scenarios}[key]

    def competency_set(self, key: str) -> CompetencySet:
        """Return the competency set of that key, or raise KeyError."""
        return {one.key: one for one in self.competency_sets}[key]

    def artefact(self, key: str) -> Artefact:
        """Return the artefact of that key, or raise KeyError."""
        return {one.key: one for one in self.artefacts}[key]
