"""Pack files: read, linted with the line of every finding, and parsed; the packs that come with hiringkit."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from hiringkit.foundation.errors import InvalidError, NotFoundError
from hiringkit.foundation.yamltext import Located, YamlRefusedError, read_yaml, schema_findings
from hiringkit.library.rules.finding import printed_path
from hiringkit.library.rules.lint import lint_pack
from hiringkit.library.rules.pack import Pack
from hiringkit.library.rules.parsing import Plain, parse_pack

STARTER_PACK = "patient-access"
_LIBRARY = files("hiringkit.library")


@dataclass(frozen=True, slots=True)
class LintLine:
    """One line of the lint's answer: which file, where in it, and what."""

    file: str
    line: int
    path: str
    message: str

    def __str__(self) -> str:
        """Return it as a terminal prints it: file, line, path, message."""
        place = f" {self.path}:" if self.path else ""
        return f"{self.file}:{self.line}:{place} {self.message}"


class PackRefusedError(InvalidError):
    """A pack that does not lint clean; `lines` holds every finding."""

    title = "This pack cannot be taken"

    def __init__(self, lines: list[LintLine]) -> None:
        super().__init__("\n".join(str(line) for line in lines))
        self.lines = lines


def lint_text(text: str, name: str) -> list[LintLine]:
    """Return every finding about a pack file in the order of its lines; an empty list may be imported.

    The checks across parts run only on data that passes the schema.
    """
    try:
        located = read_yaml(text, name)
    except YamlRefusedError as refusal:
        return [LintLine(name, refusal.line, "", refusal.message)]
    return _lint(located)


def load_pack(text: str, name: str) -> Pack:
    """Return the pack of a file that lints clean, or raise PackRefusedError with every finding."""
    return parse_pack(pack_data(text, name))


def pack_data(text: str, name: str) -> Plain:
    """Return the plain data of a pack file that lints clean, or raise PackRefusedError with every finding."""
    try:
        located = read_yaml(text, name)
    except YamlRefusedError as refusal:
        raise PackRefusedError([LintLine(name, refusal.line, "", refusal.message)]) from refusal
    if lines := _lint(located):
        raise PackRefusedError(lines)
    data: Plain = located.data
    return data


def _lint(located: Located) -> list[LintLine]:
    found = schema_findings(located.data, pack_schema())
    if not found:
        found = [(finding.path, finding.message) for finding in lint_pack(located.data)]
    lines = [LintLine(located.name, located.line(path), printed_path(path), message) for path, message in found]
    return sorted(lines, key=lambda one: (one.line, one.path, one.message))


@cache
def pack_schema() -> dict[str, Any]:
    """Return the published JSON Schema of the pack format."""
    schema: dict[str, Any] = json.loads((_LIBRARY / "pack.schema.json").read_text(encoding="utf-8"))
    return schema


def shipped_packs() -> list[str]:
    """Return the keys of the packs that come with hiringkit."""
    return sorted(
        entry.name.removesuffix(".yaml") for entry in (_LIBRARY / "packs").iterdir() if entry.name.endswith(".yaml")
    )


def shipped_pack_text(key: str = STARTER_PACK) -> str:
    """Return the text of a pack that comes with hiringkit, or raise NotFoundError."""
    if key not in shipped_packs():
        raise NotFoundError(f"There is no pack “{key}” here.")
    return (_LIBRARY / "packs" / f"{key}.yaml").read_text(encoding="utf-8")
