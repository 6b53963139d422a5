"""A pasted posting, sorted: claims for what it says, and a list with reasons of all it says besides."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from hiringkit.disclosures.rules.claims import Claim
from hiringkit.disclosures.rules.fields import FIELDS
from hiringkit.disclosures.rules.reading.cues import REASONS, Cue, cue_of, helps_others, is_set_aside
from hiringkit.disclosures.rules.reading.dates import deadline_finds
from hiringkit.disclosures.rules.reading.facts import fact_finds, volume_finds, why_finds
from hiringkit.disclosures.rules.reading.finds import Absent, Find, Found, Refused
from hiringkit.disclosures.rules.reading.gathering import Announced, Placed, Sheet, Unplaced
from hiringkit.disclosures.rules.reading.headings import Label, heading_topic, label_of
from hiringkit.disclosures.rules.reading.lines import Line, Mark, Piece, read_lines, sentences
from hiringkit.disclosures.rules.reading.money import Dollar, dollar_of, pay_finds
from hiringkit.disclosures.rules.reading.topics import (
    DATES,
    HOURS,
    LINES,
    NO_HEADING,
    PAY,
    PLACE,
    UNKNOWN,
    VOLUMES,
    WHY,
    Topic,
    Way,
)
from hiringkit.disclosures.rules.reading.working import is_about_time, place_finds, travel_finds, working_finds
from hiringkit.disclosures.rules.shapes import Kind
from hiringkit.disclosures.rules.values import TEXT_LIMIT
from hiringkit.foundation.errors import InvalidError

LONGEST = 30_000
MOST_LINES = 1_500
TITLE_WORDS = 14
REST_WORDS = 4
TITLE = "It reads like the title, which is kept with the opening."
HEADING = "It reads like a heading, and matches no section of a disclosure."
LEAD_IN = "It only leads over to the lines below."
REST = "The rest of a line of which one part was placed."
TOO_LONG = f"It is longer than the {TEXT_LIMIT} characters that a line of the answer holds."
_CUE_FIELDS = {
    Cue.DUTY: ("scope.owns", "what"),
    Cue.HELP: ("scope.contributes", "what"),
    Cue.PROBLEM: ("why.problem", "value"),
    Cue.ERRORS: ("quality.errors", "value"),
    Cue.ONBOARDING: ("support.onboarding", "value"),
    Cue.TRAINING: ("support.training", "value"),
    Cue.EXTRA: ("pay.extras", "what"),
}
_PREMIUM = re.compile(
    r"\b(?:differentials?|premium pay|shift (?:premium|allowance)|time and a half|double time)\b", re.IGNORECASE
)
_WINDOW = re.compile(
    r"(?:in |by )?weeks? (?P<window>1 ?(?:-|to|and) ?2|3 ?(?:-|to) ?6|7 ?(?:-|to) ?12)\b[:,. -]{0,3}", re.IGNORECASE
)
_WINDOWS = {"1": "weeks-1-2", "3": "weeks-3-6", "7": "weeks-7-12"}
_WORTH = re.compile(
    r"(?:up to )?(?:(?:US\$|\$|£|€)[0-9][0-9,.]{0,9}k?(?: (?:a|per) (?:year|month))?|[0-9]{1,3}(?:\.[0-9])? ?%"
    r"|[0-9]{1,3} (?:paid )?(?:days?|weeks?|hours?))(?= )",
    re.IGNORECASE,
)
_SPLIT = re.compile(r" ?[:\t] ?| - ")
_REST = re.compile(r"[A-Za-z0-9'$£€%]{1,40}")
_SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "by",
        "for",
        "from",
        "in",
        "is",
        "it",
        "of",
        "on",
        "or",
        "our",
        "per",
        "plus",
        "position",
        "range",
        "role",
        "salary",
        "pay",
        "paid",
        "compensation",
        "base",
        "the",
        "this",
        "to",
        "we",
        "will",
        "with",
        "you",
        "your",
        "job",
        "work",
        "offer",
        "you'll",
        "we're",
        "annual",
        "hourly",
        "rate",
        "between",
        "starting",
        "full",
        "time",
        "part",
    ]
)


@dataclass(frozen=True, slots=True)
class Posting:
    """A pasted posting as it was read.

    `claims` are the answers, all to be checked; `placed` says where their words stand, `unplaced` lists all
    other words with a reason, `announced` the headings that were understood.
    """

    claims: tuple[Claim, ...]
    placed: tuple[Placed, ...]
    unplaced: tuple[Unplaced, ...]
    announced: tuple[Announced, ...]

    @property
    def fields(self) -> frozenset[str]:
        """Return the keys of the questions that it answers."""
        return frozenset(claim.field for claim in self.claims)


def read_posting(pasted: str) -> Posting:
    """Return what a pasted posting says, or raise InvalidError when there is nothing to read or too much.

    >>> read_posting("Reports to: Shift manager").claims[0].values["value"]
    'Shift manager'
    """
    if len(pasted) > LONGEST:
        message = (
            f"Paste at most {LONGEST:,} characters; this has {len(pasted):,}. Take out what is not about this job."
        )
        raise InvalidError(problems={"text": message})
    lines = read_lines(pasted)
    if not lines:
        raise InvalidError(problems={"text": "Paste the words of a posting. There is nothing to read in this."})
    if len(lines) > MOST_LINES:
        message = f"Paste at most {MOST_LINES:,} lines; this has {len(lines):,}. Take out what is not about this job."
        raise InvalidError(problems={"text": message})
    reader = _Reader(Sheet(), dollar_of(pasted))
    for place, line in enumerate(lines):
        reader.read(line, is_first=place == 0)
    sheet = reader.sheet
    return Posting(sheet.claims(), tuple(sheet.placed), tuple(sheet.unplaced), tuple(sheet.announced))


def fingerprint(pasted: str) -> str:
    r"""Return what names a text, whatever a browser does to its line ends.

    >>> fingerprint("a\r\nb") == fingerprint("a\nb")
    True
    """
    return hashlib.sha256(" ".join(pasted.split()).encode("utf-8", "replace")).hexdigest()[:32]


@dataclass(slots=True)
class _Reader:
    """Goes through the lines; remembers under which heading it is."""

    sheet: Sheet
    dollar: Dollar
    topic: Topic = NO_HEADING
    weight: int = 0
    label: str = ""

    def read(self, line: Line, *, is_first: bool) -> None:
        """Read one line: a heading, a label with its words, or words."""
        topic = heading_topic(line if not is_first else replace(line, weight=0))
        if topic is not None:
            self.topic, self.weight, self.label = topic, line.weight, line.text
            self.sheet.announced.append(Announced(line.number, line.text, topic.key))
        elif is_first and _is_title(line):
            self.sheet.leave(Piece(line.number, line.text), TITLE)
        elif line.weight:
            self._unknown(line)
        else:
            self._words(line)

    def _unknown(self, line: Line) -> None:
        """A heading of its own ends what the one before announced; a weaker one under it only leads over."""
        piece = Piece(line.number, line.text)
        if line.weight < self.weight or line.mark is Mark.DOT:
            self.sheet.leave(piece, LEAD_IN)
        else:
            self.sheet.leave(piece, HEADING)
            self.topic = replace(UNKNOWN, reason=UNKNOWN.reason.format(line.text.rstrip(":")))
            self.weight, self.label = line.weight, line.text

    def _words(self, line: Line) -> None:
        label = label_of(line.text)
        piece = Piece(line.number, line.text)
        if (
            label is not None
            and label.topic is not self.topic
            and (len(line.text) <= TEXT_LIMIT or label.topic.way is Way.ASIDE)
        ):
            self._labelled(piece, label)
        elif label is not None and label.topic is not self.topic:
            self._prose(line, label.topic)
        elif len(line.text) <= self._room() and (
            line.mark is not Mark.NONE or (self.topic.way is Way.ROWS and len(sentences(line)) == 1)
        ):
            self._sort(piece, self.topic)
        else:
            self._prose(line, self.topic)

    def _prose(self, line: Line, topic: Topic) -> None:
        """A label inside a paragraph holds for its sentence; what follows goes by the heading and its own wording."""
        for piece in sentences(line):
            label = label_of(piece.text)
            if label is None or label.topic is self.topic:
                self._sort(piece, topic)
            else:
                self._labelled(piece, label)
                topic = topic if label.topic is topic else self.topic

    def _room(self) -> int:
        """Return how many characters one line of the present question holds."""
        if not self.topic.field:
            return TEXT_LIMIT
        kind = FIELDS[self.topic.field].column(self.topic.column).kind
        return TEXT_LIMIT if kind is Kind.TEXT else TEXT_LIMIT * 4

    def _labelled(self, piece: Piece, label: Label) -> None:
        if label.topic.way is Way.ASIDE:
            self._sort(piece, label.topic)
            return
        self.sheet.announced.append(Announced(piece.number, piece.text[: label.rest].strip(), label.topic.key))
        words = piece.text if label.topic.key in _WITH_LABEL else piece.text[label.rest :].strip()
        for part in (
            sentences(Line(piece.number, words)) if label.topic.way is Way.SORT else [Piece(piece.number, words)]
        ):
            self._sort(part, label.topic)

    def _sort(self, piece: Piece, topic: Topic) -> None:
        """Put one piece where it belongs: what its wording says comes before what its heading says."""
        if (cue := is_set_aside(piece.folded)) is not None and topic.key != "place":
            self.sheet.leave(piece, REASONS[cue])
            return
        finds = self._finds(piece, topic)
        is_whole = any(isinstance(one, Found) and one.start == 0 and one.end == len(piece.text) for one in finds)
        keeps = topic.way in {Way.ROWS, Way.WORDS} and not any(_is_own(one) for one in finds)
        self._take(piece, finds, is_placed=keeps or is_whole)
        if keeps:
            self._under_heading(piece, topic)
        elif finds and not is_whole:
            self._rest(piece, finds)
        elif not finds:
            self._by_cue(piece, topic)

    def _finds(self, piece: Piece, topic: Topic) -> list[Find]:
        text, reads = piece.folded, topic.reads
        found: list[Find] = []
        if PAY in reads and not (_PREMIUM.search(text) and topic.key != "pay"):
            found += pay_finds(text, self.dollar, is_pay=topic.key == "pay")
        if DATES in reads:
            found += deadline_finds(text, is_deadline=topic.key == "deadline")
        if topic.key == "travel":
            found += travel_finds(text)
        elif HOURS in reads and (topic.way is Way.SORT or is_about_time(text) or topic.key == "place"):
            found += [one for one in working_finds(text) if topic.key != "place" or not _is_own_hours(one)]
        if PLACE in reads and topic.way is Way.SORT:
            found += place_finds(text)
        if LINES in reads:
            found += fact_finds(text, with_volumes=VOLUMES in reads, with_why=WHY in reads)
        elif VOLUMES in reads:
            found += volume_finds(text)
        elif WHY in reads:
            found += why_finds(text)
        return found

    def _take(self, piece: Piece, finds: Sequence[Find], *, is_placed: bool) -> None:
        """Put each find in its place; of a line that is placed as a whole, only the refused words are listed."""
        for one in finds:
            if isinstance(one, Refused):
                self.sheet.leave(piece, one.reason, piece.text[one.start : one.end] if is_placed else piece.text)
            elif isinstance(one, Absent):
                self.sheet.place_none(piece, one.field, piece.text[one.start : one.end])
            else:
                self.sheet.place(piece, one.field, _own_words(piece, one), one.note)

    def _rest(self, piece: Piece, finds: Sequence[Find]) -> None:
        """List what is left of a sentence around the words that were placed, if it says anything by itself."""
        if any(isinstance(one, Refused) for one in finds):
            return
        kept = list(piece.text)
        for one in finds:
            kept[one.start : one.end] = "\n" * (one.end - one.start)
        for part in "".join(kept).split("\n"):
            words = [word for word in _REST.findall(part.lower()) if word not in _SMALL]
            if len(words) >= REST_WORDS:
                self.sheet.leave(piece, REST, part.strip(" ,;.–—-"))

    def _under_heading(self, piece: Piece, topic: Topic) -> None:
        text = piece.text.rstrip(";,")
        key, column = topic.field, topic.column
        if key == "scope.owns" and helps_others(piece.folded):
            self.sheet.place(piece, "scope.contributes", {"what": text})
        elif topic.way is Way.WORDS:
            self.sheet.place(piece, key, {column: text})
        elif len(text) > TEXT_LIMIT and FIELDS[key].column(column).kind is Kind.TEXT:
            self.sheet.leave(piece, TOO_LONG)
        elif key in {"pay.extras", "pay.differentials"}:
            self._worth(piece, key, text)
        else:
            self.sheet.place(piece, key, {column: text})

    def _worth(self, piece: Piece, key: str, text: str) -> None:
        """An extra and what it is worth, where the line says both."""
        if key == "pay.extras" and _PREMIUM.search(text):
            key = "pay.differentials"
        first = FIELDS[key].columns[0].key
        split, amount = _SPLIT.search(piece.folded), _WORTH.match(piece.folded)
        if split and split.start() and split.end() < len(text):
            what, worth = text[: split.start()], text[split.end() :]
            if amount and amount.end() == split.start():
                what, worth = worth, what
            self.sheet.place(piece, key, {first: what, "worth": worth})
        elif amount:
            self.sheet.place(piece, key, {first: text, "worth": text[: amount.end()]})
        else:
            self.sheet.place(piece, key, {first: text})

    def _by_cue(self, piece: Piece, topic: Topic) -> None:
        if topic.way is Way.SORT and _PREMIUM.search(piece.folded):
            self._worth(piece, "pay.differentials", piece.text)
        elif topic.way is Way.ASIDE or topic.key in _ANSWERED:
            self.sheet.leave(piece, topic.reason)
        elif topic.key == "first-90-days":
            self._window(piece, topic)
        elif (cue := cue_of(piece.folded)) in REASONS and cue is not None:
            self.sheet.leave(piece, REASONS[cue])
        elif cue in _CUE_FIELDS:
            key, column = _CUE_FIELDS[cue]
            if len(piece.text) > TEXT_LIMIT and FIELDS[key].column(column).kind is Kind.TEXT:
                self.sheet.leave(piece, TOO_LONG)
            else:
                self.sheet.place(piece, key, {column: piece.text})
        else:
            self.sheet.leave(piece, topic.reason)

    def _window(self, piece: Piece, topic: Topic) -> None:
        found = _WINDOW.match(piece.folded)
        if found is None or found.end() >= len(piece.text):
            self.sheet.leave(piece, topic.reason)
        else:
            window = _WINDOWS[found["window"][0]]
            self.sheet.place(piece, "first-90-days.windows", {"window": window, "outcome": piece.text[found.end() :]})


_WITH_LABEL = frozenset({"travel", "on-call", "weekends", "after-hours"})
"""Questions whose answer says too little without its label, such as "Weekends: none"."""
_ANSWERED = frozenset({"pay", "deadline", "travel", "quality"})
"""Headings that ask for a value of one kind: a sentence without it is not sorted by its wording."""


_BESIDE = frozenset({"workload.units", "workload.staffing-ratio", "why.kind", "why.in-role"})
"""Questions that a line may answer beside the one that its heading asks."""


def _is_title(line: Line) -> bool:
    return len(line.text.split()) <= TITLE_WORDS and line.text[-1] not in ".!?:" and label_of(line.text) is None


def _is_own(one: Find) -> bool:
    """Tell whether a find is the whole point of its line, which is then no row of the heading above it."""
    return not (isinstance(one, Found) and one.field in _BESIDE) and not (isinstance(one, Refused) and one.start > 0)


def _is_own_hours(one: Find) -> bool:
    return isinstance(one, Found) and one.field in {"workload.after-hours", "workload.weekends"}


def _own_words(piece: Piece, one: Found) -> dict[str, str]:
    """Return values in the letters of the posting, where they are words of it and not figures or keys."""
    folded = piece.folded
    return {
        key: piece.text[at : at + len(value)] if (at := folded.find(value)) >= 0 else value
        for key, value in one.values.items()
    }
