"""The one shape in which an opened debrief is read: gates, what to talk about, all ratings, the score."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hiringkit.debriefs.queries.shapes import DebriefView, GateView
from hiringkit.debriefs.rules.gates import GateFinding, GateState
from hiringkit.debriefs.rules.matrix import MatrixRow
from hiringkit.debriefs.rules.telling import FINDINGS, apart_words, letters, outcome_sentence, short_names
from hiringkit.foundation.words import and_list
from hiringkit.loops.rules.content import LoopCompetency, LoopContent
from hiringkit.scorecards.queries import RatingView, ScorecardView

WORTH_TALKING = 2
"""Ratings that lie this many points apart are on the agenda."""
BEYOND = 99
"""Where ratings without a point stand among those with one."""
WAIVED = "Waived: outside every score"


@dataclass(frozen=True)
class Voice:
    """One rating with who gave it, in which stage, and what sets it apart from those that count."""

    name: str
    letter: str
    stage: str
    value: str | int
    evidence: str
    mark: str | None
    place: str

    @property
    def counts(self) -> bool:
        """Whether it enters the score."""
        return self.mark is None

    @property
    def cell(self) -> dict[str, Any]:
        """Return it as the matrix takes it."""
        return {"value": self.value, "url": f"#{self.place}", "outside": not self.counts}

    @property
    def dot(self) -> dict[str, Any]:
        """Return it as the chart of dots takes it."""
        return {"letter": self.letter, "name": self.name, "value": self.value}


@dataclass(frozen=True)
class Topic:
    """One competency of the debrief; `cells`: its rating in each column, None where that stage does not rate it."""

    competency: LoopCompetency
    row: MatrixRow
    cells: Sequence[Voice | None]
    gate: GateView | None

    @property
    def voices(self) -> list[Voice]:
        """Return the ratings, lowest first, those without a point last."""
        given = [voice for voice in self.cells if voice is not None]
        return sorted(given, key=lambda voice: voice.value if isinstance(voice.value, int) else BEYOND)

    @property
    def counted(self) -> list[Voice]:
        """Return the ratings that enter the score."""
        return [voice for voice in self.voices if voice.counts]

    @property
    def told(self) -> str:
        """Return who rated what, person by person, the lowest first."""
        by_name: dict[str, list[str]] = {}
        for voice in self.voices:
            by_name.setdefault(voice.name, []).append(str(voice.value).replace("-", " "))
        return ", ".join(f"{name} rated {and_list(values)}" for name, values in by_name.items()) + "."

    @property
    def apart(self) -> str:
        """Return how far the counted ratings lie apart, or nothing where there are none."""
        return "" if self.row.spread is None else apart_words(self.row.spread)

    @property
    def finding_sentence(self) -> str:
        """Return what the finding means."""
        return FINDINGS[self.row.finding] if self.row.finding is not None else ""


@dataclass(frozen=True)
class OpenedView:
    """A debrief in the order in which it is talked about."""

    content: LoopContent
    topics: Sequence[Topic]
    raters: Sequence[dict[str, str]]
    cards: Sequence[ScorecardView]
    outcome: str
    sentence: str
    score: float | None
    se: float | None
    people: int
    missing: Sequence[str]

    @classmethod
    def of(cls, shown: DebriefView) -> "OpenedView | None":
        """Lay an opened debrief out; None where no loop version says how to judge."""
        opened, content = shown.opened, shown.content
        if opened is None or opened.judgement is None or content is None:
            return None
        judgement, rule = opened.judgement, content.rule
        names = {one.version: one for one in content.competencies}
        cards = {card.scorecard.id: card for card in opened.cards}
        columns = [cards[number] for number in judgement.matrix.scorecards]
        people = _people(opened.cards)
        topics = [
            Topic(
                names[row.competency],
                row,
                [_voice(row, card, people) for card in columns],
                opened.gates.get(row.competency),
            )
            for row in judgement.matrix.rows
        ]
        return cls(
            content,
            topics,
            _raters(columns, people),
            opened.cards,
            judgement.outcome.value,
            outcome_sentence(judgement.outcome, judgement.score.value, rule.bar),
            judgement.score.value,
            judgement.score.se,
            judgement.score.raters,
            [names[version].name for version in judgement.score.missing],
        )

    @staticmethod
    def place_of(card: ScorecardView, competency_version: int) -> str:
        """Return the place on the page where the evidence for one rating stands."""
        return f"evidence-{card.assignment.public_id}-{competency_version}"

    @staticmethod
    def mark_of(card: ScorecardView) -> str | None:
        """Return what sets the ratings of a scorecard apart, or None where they count."""
        return WAIVED if card.is_waived else None

    @property
    def weights_words(self) -> str:
        """Return how the competencies weigh in the score."""
        weights = set(self.content.weights.values())
        if len(weights) == 1:
            return f"All {len(self.content.competencies)} competencies weigh the same."
        told = and_list([f"{one.name} {one.weight:g}" for one in self.content.competencies])
        return f"Weights: {told}. {self.content.rule.weights_reason}".strip()

    @property
    def gates(self) -> list[Topic]:
        """Return the competencies with a gate: open ones first."""
        return [topic for topic in self.topics if topic.gate is not None]

    @property
    def findings(self) -> list[Topic]:
        """Return the safety-critical competencies without a gate."""
        return [topic for topic in self.topics if topic.gate is None and topic.row.finding is not None]

    @property
    def agenda(self) -> list[Topic]:
        """Return the other competencies on which people lie apart, most disagreement first."""
        return [topic for topic in self.topics if topic.gate is None and (topic.row.spread or 0) >= WORTH_TALKING]

    @property
    def close(self) -> int:
        """Return on how many competencies the counted ratings lie within a point of each other."""
        return sum(
            topic.gate is None and topic.row.spread is not None and topic.row.spread < WORTH_TALKING
            for topic in self.topics
        )

    @property
    def open_gates(self) -> int:
        """Return the number of gates that are open."""
        return sum(topic.gate is not None and topic.gate.state is GateState.OPEN for topic in self.topics)

    @property
    def needs_third(self) -> bool:
        """Tell whether an open gate asks for a third rater."""
        return any(
            topic.row.finding is GateFinding.REVIEW and topic.gate is not None and topic.gate.state is GateState.OPEN
            for topic in self.topics
        )

    @property
    def line(self) -> dict[str, Any] | None:
        """Return the score as the interval picture takes it: one standard error either way."""
        if self.score is None or self.se is None:
            return None
        low, high = self.score - self.se, self.score + self.se
        return {"label": "Score", "mean": self.score, "low": low, "high": high, "kind": "own"}

    @property
    def matrix(self) -> list[dict[str, Any]]:
        """Return the rows of the debrief matrix as its picture takes them."""
        return [
            {
                "name": topic.competency.name,
                "safety_critical": topic.competency.safety_critical,
                "cells": [None if voice is None else voice.cell for voice in topic.cells],
                "mean": None if topic.row.mean is None else f"{topic.row.mean:.1f}",
                "apart": topic.row.spread,
                "hot": topic.gate is not None and topic.gate.state is GateState.OPEN,
            }
            for topic in self.topics
        ]


def _people(cards: Sequence[ScorecardView]) -> dict[int, tuple[str, str]]:
    """Return a short name and a letter for everybody who handed in a scorecard, by member."""
    names = {card.member.id: card.member.name for card in cards}
    short, letter = short_names(list(names.values())), letters(list(names.values()))
    return dict(zip(names, zip(short, letter, strict=True), strict=True))


def _raters(columns: Sequence[ScorecardView], people: dict[int, tuple[str, str]]) -> list[dict[str, str]]:
    """Return the columns of the matrix; who sat in several stages is told apart by the stage's number."""
    several = len({card.member.id for card in columns}) < len(columns)
    return [
        {
            "name": people[card.member.id][0] + (f" {card.stage.position}" if several else ""),
            "letter": people[card.member.id][1] + (f"{card.stage.position}" if several else ""),
        }
        for card in columns
    ]


def _voice(row: MatrixRow, card: ScorecardView, people: dict[int, tuple[str, str]]) -> Voice | None:
    one = rating_of(card, row.competency)
    if one is None:
        return None
    name, letter = people[card.member.id]
    value = one.value if isinstance(one.value, int) else one.value.replace(" ", "-")
    return Voice(
        name,
        letter,
        card.stage.name,
        value,
        one.evidence,
        OpenedView.mark_of(card),
        OpenedView.place_of(card, row.competency),
    )


def rating_of(card: ScorecardView, competency_version: int) -> RatingView | None:
    """Return a scorecard's rating of one competency version, or None where its stage does not rate it."""
    return next((one for one in card.ratings if one.rating.competency_version_id == competency_version), None)
