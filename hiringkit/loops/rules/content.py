"""What a loop version says: its competencies, stages, decision rule and reveal, and its hash."""

import hashlib
import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from hiringkit.people.rules import Reveal


class Mode(StrEnum):
    """How a stage is held."""

    VIDEO = "video"
    ON_SITE = "on site"
    PHONE = "phone"


@dataclass(frozen=True)
class LoopCompetency:
    """One competency version that the loop rates; `weight` is relative, `points` its scale 1..points."""

    version: int
    key: str
    name: str
    safety_critical: bool
    points: int = 7
    weight: float = 1.0


@dataclass(frozen=True)
class Artefact:
    """Something that a stage asks the candidate to show, and how: redacted or simulated, say."""

    name: str
    request: str


@dataclass(frozen=True)
class Stage:
    """One interview of the loop; `panel` counts lead and second, never shadows.

    `competencies` and `scenarios` are version ids; `minutes` is the candidate's time; `brief` tells
    people what the stage is for.
    """

    key: str
    name: str
    minutes: int
    mode: Mode
    panel: int
    competencies: tuple[int, ...]
    scenarios: tuple[int, ...] = ()
    artefacts: tuple[Artefact, ...] = ()
    brief: str = ""


@dataclass(frozen=True)
class DecisionRule:
    """The rule that is fixed before the first interview (PRODUCT rule 7).

    `bar`: lowest weighted mean that meets it; `gate_level`: highest rating that is low on a
    safety-critical competency; `weights_reason`: why weights are not equal, empty when they are.
    """

    points: int
    bar: float
    gate_level: int
    weights_reason: str = ""


@dataclass(frozen=True)
class LoopContent:
    """Everything that a loop version freezes; `competencies` in the order of the debrief."""

    competencies: tuple[LoopCompetency, ...]
    stages: tuple[Stage, ...]
    rule: DecisionRule
    reveal: Reveal = Reveal.ALL_EXPECTED

    @property
    def weights(self) -> dict[int, float]:
        """Weight by competency version."""
        return {competency.version: competency.weight for competency in self.competencies}

    @property
    def safety_critical(self) -> frozenset[int]:
        """Versions of the safety-critical competencies."""
        return frozenset(c.version for c in self.competencies if c.safety_critical)

    def stage(self, key: str) -> Stage:
        """Return the stage with this key, or raise KeyError."""
        for stage in self.stages:
            if stage.key == key:
                return stage
        raise KeyError(key)

    def to_json(self) -> str:
        """Write the content as canonical JSON: sorted keys, no spaces; equal content, equal text.

        >>> LoopContent.from_json(EXAMPLE.to_json()) == EXAMPLE
        True
        """
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)

    @classmethod
    def from_json(cls, text: str) -> "LoopContent":
        """Read what `to_json` wrote; raise ValueError on a missing or an unknown field."""
        try:
            stored: dict[str, Any] = json.loads(text)
            return cls(
                competencies=tuple(LoopCompetency(**one) for one in stored.pop("competencies")),
                stages=tuple(_stage(one) for one in stored.pop("stages")),
                rule=DecisionRule(**stored.pop("rule")),
                reveal=Reveal(stored.pop("reveal")),
                **stored,
            )
        except (TypeError, KeyError, AttributeError) as fault:
            raise ValueError(f"This is not the content of a loop: {fault}.") from fault


def _stage(stored: dict[str, Any]) -> Stage:
    return Stage(
        mode=Mode(stored.pop("mode")),
        competencies=tuple(stored.pop("competencies")),
        scenarios=tuple(stored.pop("scenarios")),
        artefacts=tuple(Artefact(**one) for one in stored.pop("artefacts")),
        **stored,
    )


def content_hash(content: LoopContent) -> str:
    """SHA-256 of the canonical JSON in UTF-8, as 64 hexadecimal digits.

    >>> len(content_hash(EXAMPLE)), content_hash(EXAMPLE) == content_hash(EXAMPLE)
    (64, True)
    """
    return hashlib.sha256(content.to_json().encode()).hexdigest()


def default_rule(points: int) -> DecisionRule:
    """Rule of a new loop: bar 4.5 of 7 with gate level 2 (PRODUCT rule 7).

    On 1-5 the bar is the same place of the scale, rounded: 1 + 3.5 x 4/6 = 3.3; the gate level
    stays at 2, the rating below a miss. Raises ValueError on any other scale.

    >>> default_rule(7).bar, default_rule(5).bar
    (4.5, 3.3)
    """
    if points not in DEFAULT_BARS:
        raise ValueError(f"There is no default rule for a scale of 1 to {points}.")
    return DecisionRule(points=points, bar=DEFAULT_BARS[points], gate_level=2)


DEFAULT_BARS = {7: 4.5, 5: 3.3}

EXAMPLE = LoopContent(
    competencies=(LoopCompetency(1, "accuracy", "Accuracy", safety_critical=False),),
    stages=(Stage("case", "Case walk-through", 45, Mode.VIDEO, 2, (1,), (8,)),),
    rule=default_rule(7),
)
