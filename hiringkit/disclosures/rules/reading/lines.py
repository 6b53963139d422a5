"""A pasted text as plain lines: entities, tags, bullets and wraps resolved, every word and line number kept."""

import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from hiringkit.disclosures.rules.values import clean_text

WRAP_WIDTH = 45
"""A line shorter than this was not broken by a window's edge."""
WIDEST = 200
"""Neither was a line longer than this: no window is so wide."""
HEADING_WORDS = 8
_BREAKS = re.compile(r"[\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_BLOCK_TAG = re.compile(r"</?(?:p|br|div|li|ul|ol|tr|table|section|article|blockquote|pre)\b[^<>]*>", re.IGNORECASE)
_HEADING_TAG = re.compile(r"<h[1-6]\b[^<>]*>", re.IGNORECASE)
_CELL_TAG = re.compile(r"</?t[dh]\b[^<>]*>", re.IGNORECASE)
_INLINE_TAG = re.compile(
    r"</?(?:h[1-6]|span|strong|b|em|i|u|a|font|hr|tbody|thead|header|footer|main|small)\b[^<>]*>", re.IGNORECASE
)
_NO_WIDTH = re.compile("[\u00ad\u200b\u2060\ufeff\ufe0e\ufe0f]")
_SPACES = re.compile(r"[^\S\t]{1,9}")
_TABS = re.compile(r" ?\t[ \t]*")
_NUMBERED = re.compile(r"\(?(?:[0-9]{1,3}|[a-z]|[ivx]{2,4})[.)]\s", re.IGNORECASE)
_DOT = re.compile(r"[•‣◦▪▫●○■□·∙⁃➢➤►▶✓✔✅☑→»◆◇★☆]\s?|[-–—*+o]\s|[§Øüvq]\t")  # noqa: RUF001  # These are bullets.
_MARKDOWN = re.compile(r"#{1,6}\s?")
_CONTINUES = re.compile(r"(?:\b(?:a|an|and|as|at|by|for|from|in|of|on|or|the|to|with|our|your)|,)$", re.IGNORECASE)
_END = re.compile(r"[.!?]['\")\]]{0,2}\s")
_ABBREVIATED = re.compile(
    r"(?:\b(?:e\.g|i\.e|approx|hrs?|yrs?|mins?|incl|max|min|st|mr|mrs|ms|dr|inc|ltd|vs|p\.a|a\.m|p\.m|u\.s"
    r"|[A-Z]))\.$",
    re.IGNORECASE,
)
_QUOTES = "\u2018\u2019\u201b\u0060\u00b4"
_DOUBLE_QUOTES = "\u201c\u201d\u201e\u00ab\u00bb"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2212"
_FOLDS = {
    ord(sign): plain
    for signs, plain in ((_QUOTES, "'"), (_DOUBLE_QUOTES, '"'), (_DASHES, "-"), ("\t", " "), ("\u2044", "/"))
    for sign in signs
}
"""Typographic signs and the plain one that stands for each, letter for letter."""


class Mark(StrEnum):
    """What stood before the first word of a line."""

    NONE = ""
    DOT = "dot"
    NUMBER = "number"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Line:
    """One line to read: its number in the pasted text, its words, and what it looks like.

    `weight` is how strongly it looks like a heading: 0 not at all, 1 by a colon, 2 by capitals, bold or an
    underline, 3 by a heading's own mark. `last` is the number of the last line joined to it.
    """

    number: int
    text: str
    mark: Mark = Mark.NONE
    weight: int = 0
    last: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """A line or a sentence of one; `folded` has the same length, with plain quotes, dashes and spaces."""

    number: int
    text: str

    @property
    def folded(self) -> str:
        """Return the words with typographic signs made plain, letter for letter."""
        return folded(self.text)


def folded(text: str) -> str:
    r"""Return a text of the same length with plain quotes, dashes and spaces.

    >>> folded("“9–5” isn’t")
    '"9-5" isn\'t'
    """
    return text.translate(_FOLDS)


def normalised(pasted: str) -> str:
    """Return the pasted text as plain lines; the claims' words are all found in it.

    >>> normalised("<li>Pay:&nbsp;&pound;18</li>")
    'Pay: £18'
    """
    return "\n".join(text for _, text in _plain_lines(pasted))


def _plain_lines(pasted: str) -> Iterator[tuple[int, str]]:
    """Yield every line with something to read in it, with its number; rules and boxes drawn of signs are not read."""
    text = unicodedata.normalize("NFC", pasted.replace("\r\n", "\n").replace("\r", "\n"))
    for number, raw in enumerate(_BREAKS.split(text), start=1):
        for line in _without_tags(raw).split("\n"):
            plain = _tidy(line)
            if is_drawn(plain) or has_words(plain):
                yield number, plain


def _without_tags(raw: str) -> str:
    if "<" in raw:
        raw = _HEADING_TAG.sub("\n# ", raw)
        raw = _INLINE_TAG.sub("", _CELL_TAG.sub("\t", _BLOCK_TAG.sub("\n", raw)))
    return html.unescape(raw) if "&" in raw else raw


def _tidy(line: str) -> str:
    """Return a line in one spelling of its spaces, without controls, emphasis and the bars of a table."""
    text = clean_text(_NO_WIDTH.sub("", line)).replace("**", "\x02").replace("__", "\x02")
    text = " ".join(text.split("\n"))
    if text.startswith("|") or text.endswith("|"):
        text = text.strip("|").replace("|", "\t")
    is_bold = text.startswith("\x02") and text.rstrip(":").endswith("\x02") and len(text.split()) <= HEADING_WORDS
    text = _TABS.sub("\t", _SPACES.sub(" ", text.replace("\x02", ""))).strip()
    return f"# {text}" if is_bold and has_words(text) else text.removeprefix("> ")


def has_words(text: str) -> bool:
    """Tell whether there is a letter or a digit in it."""
    return any(letter.isalnum() for letter in text)


def is_drawn(text: str) -> bool:
    """Tell whether a line is an underline, as under a heading in plain text."""
    return len(text) > 2 and not text.strip("=-–—_~ ")  # noqa: PLR2004  # Two dashes underline nothing.


def read_lines(pasted: str) -> list[Line]:
    """Return the lines with something to read, wrapped lines joined again."""
    made: list[Line] = []
    width = 0
    for number, text in _plain_lines(pasted):
        if is_drawn(text):
            if made and made[-1].last == number - 1 and _is_short(made[-1].text) and made[-1].mark is Mark.NONE:
                made[-1] = replace(made[-1], weight=max(made[-1].weight, 2))
            continue
        line = _line(number, text)
        if made and width <= WIDEST and _continues(made[-1], line, number):
            made[-1] = replace(made[-1], text=f"{made[-1].text} {line.text}", last=number)
        else:
            made.append(line)
        width = len(text)
    return made


def _continues(before: Line, line: Line, number: int) -> bool:
    if line.mark is not Mark.NONE or line.weight or before.weight or "\t" in before.text + line.text:
        return False
    if number > before.last + 1 or len(before.text) < WRAP_WIDTH or before.text[-1] in ".!?:;":
        return False
    return line.text[0].islower() or line.text[0] in "(&" or _CONTINUES.search(before.text[-12:]) is not None


def _line(number: int, text: str) -> Line:
    mark, weight, rest = Mark.NONE, 0, text
    for _ in range(3):
        before = rest
        if found := _MARKDOWN.match(rest):
            weight, rest = 3, rest[found.end() :]
        elif found := _DOT.match(rest):
            mark, rest = Mark.DOT, rest[found.end() :]
        elif found := _NUMBERED.match(rest):
            mark, rest = mark or Mark.NUMBER, rest[found.end() :]
        elif unicodedata.category(rest[0]) in {"So", "Sk"}:
            mark, rest = mark or Mark.PICTURE, rest[1:]
        rest = rest.lstrip()
        if not has_words(rest):
            rest = before
            break
        if rest == before:
            break
    return Line(number, rest, mark, weight if weight and _is_short(rest) else _weight(rest, mark), number)


def _is_short(text: str) -> bool:
    return len(text.split()) <= HEADING_WORDS + 2


def _weight(text: str, mark: Mark) -> int:
    if not _is_short(text) or mark is Mark.DOT:
        return int(text.endswith(":") and _is_short(text))
    letters = [letter for letter in text if letter.isalpha()]
    if len(letters) >= 4 and all(letter.isupper() for letter in letters) and text[-1] not in ".,;":  # noqa: PLR2004
        return 2
    return int(text.endswith(":"))


def sentences(line: Line) -> list[Piece]:
    """Return a line sentence by sentence.

    >>> [one.text for one in sentences(Line(1, "You work 8 hrs. a day. No weekends."))]
    ['You work 8 hrs. a day.', 'No weekends.']
    """
    start, found = 0, list[Piece]()
    for end in _END.finditer(folded(line.text)):
        follows = line.text[end.end() : end.end() + 1]
        if follows.islower() or _ABBREVIATED.search(line.text[max(start, end.start() - 8) : end.start() + 1]):
            continue
        found.append(Piece(line.number, line.text[start : end.end()].strip()))
        start = end.end()
    found.append(Piece(line.number, line.text[start:].strip()))
    return joined(found)


def joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces that have words; signs between two sentences go with the one before."""
    return [one for one in pieces if has_words(one.text)]
