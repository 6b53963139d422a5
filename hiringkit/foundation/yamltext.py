"""YAML read as JSON-like data with the line of every path, and JSON Schema findings in plain words."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hiringkit.foundation.errors import InvalidError

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError
    from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

    Node = MappingNode | SequenceNode | ScalarNode

Path = tuple[str | int, ...]

SIZE_LIMIT = 2_000_000
DEPTH_LIMIT = 40
_SHOWN = 60
_NULL, _BOOL, _INT, _FLOAT = (f"tag:yaml.org,2002:{name}" for name in ("null", "bool", "int", "float"))
_TYPE_NAMES = {
    "object": "a mapping", "array": "a list", "string": "a text", "number": "a number",
    "integer": "a whole number", "boolean": "true or false", "null": "null",
}  # fmt: skip


class YamlRefusedError(InvalidError):
    """The text is no YAML that is read here; `name` and `line` say where."""

    title = "This file cannot be read"

    def __init__(self, name: str, line: int, message: str) -> None:
        super().__init__(f"{name}, line {line}: {message}")
        self.name = name
        self.line = line
        self.message = message


@dataclass(frozen=True)
class Located:
    """What a text holds, and the line on which each path of it starts."""

    data: Any
    lines: Mapping[Path, int]
    name: str

    def line(self, path: Sequence[str | int]) -> int:
        """Return the line of the path, or of the nearest part of it that is there."""
        steps = tuple(path)
        while steps and steps not in self.lines:
            steps = steps[:-1]
        return self.lines.get(steps, 1)


def read_yaml(text: str, name: str) -> Located:
    """Return the data of one YAML document, or raise YamlRefusedError with its line.

    Keys are text, as in JSON. Repeated keys, anchors, merges and tags are refused: a file means what
    a reader sees in it.
    """
    from ruamel.yaml import YAML  # noqa: PLC0415  # With JSON Schema 6 MB, for a worker whom nobody brings a pack.
    from ruamel.yaml.error import MarkedYAMLError, YAMLError  # noqa: PLC0415  # As above.

    if len(text) > SIZE_LIMIT:
        raise YamlRefusedError(name, 1, f"it has {len(text):,} characters; at most {SIZE_LIMIT:,} are read")
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        message = " ".join(part for part in (problem.context, problem.problem) if part)
        raise YamlRefusedError(name, mark.line + 1 if mark else 1, message or "this is not YAML") from problem
    except RecursionError as problem:
        raise YamlRefusedError(name, 1, "it is nested too deeply") from problem
    except (YAMLError, ValueError) as problem:
        raise YamlRefusedError(name, 1, f"this is not YAML: {str(problem).splitlines()[0]}") from problem
    if root is None:
        raise YamlRefusedError(name, 1, "it is empty")
    reader = _Reader(name)
    return Located(reader.read(root, ()), reader.lines, name)


class _Reader:
    """Walks the nodes of one document once, building its data and noting the lines."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[Path, int] = {}
        self._seen: set[int] = set()

    def read(self, node: "Node", path: Path) -> Any:
        """Return the data of a node; a node that is met twice came by an alias."""
        line = node.start_mark.line + 1
        self.lines.setdefault(path, line)
        if id(node) in self._seen or node.anchor:
            raise YamlRefusedError(self.name, line, "anchors and aliases are not read; write it out")
        if len(path) > DEPTH_LIMIT:
            raise YamlRefusedError(self.name, line, "it is nested too deeply")
        self._seen.add(id(node))
        if node.id == "mapping":
            return self._mapping(node, path)
        if node.id == "sequence":
            return [self.read(part, (*path, place)) for place, part in enumerate(node.value)]
        return self._scalar(node, line)

    def _mapping(self, node: "Node", path: Path) -> dict[str, Any]:
        held: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if key_node.id != "scalar" or key_node.anchor:
                raise YamlRefusedError(self.name, line, "a key is one plain word or text")
            key = str(key_node.value)
            if key == "<<":
                raise YamlRefusedError(self.name, line, "merges are not read; write it out")
            if key in held:
                first = self.lines[*path, key]
                raise YamlRefusedError(self.name, line, f"the key “{key}” stands here again, first on line {first}")
            self.lines[*path, key] = line
            held[key] = self.read(value_node, (*path, key))
        return held

    def _scalar(self, node: "Node", line: int) -> Any:
        """Dates and everything else that JSON lacks stay text."""
        tag, written = str(node.tag), str(node.value)
        try:
            if tag == _NULL:
                return None
            if tag == _BOOL:
                return written.casefold() == "true"
            if tag == _INT:
                return int(written.replace("_", ""), 0) if written[:1] == "0" and written != "0" else int(written)
            if tag == _FLOAT:
                return _finite(written)
        except ValueError as problem:
            raise YamlRefusedError(self.name, line, f"“{written[:_SHOWN]}” is not a number that is read") from problem
        return written


def _finite(written: str) -> float:
    number = float(written)
    if not math.isfinite(number):
        raise ValueError(written)
    return number


def schema_findings(data: Any, schema: Mapping[str, Any]) -> list[tuple[Path, str]]:
    """Return where the data breaks the schema and how, in the order of the paths."""
    from jsonschema import Draft202012Validator  # noqa: PLC0415  # As above.

    errors = Draft202012Validator(schema).iter_errors(data)
    found = [finding for error in errors for finding in _in_words(error)]
    return sorted(dict.fromkeys(found), key=lambda one: [str(step).zfill(6) for step in one[0]])


def _in_words(error: "ValidationError") -> list[tuple[Path, str]]:
    path: Path = tuple(error.absolute_path)
    held: Any = error.instance
    wanted: Any = error.validator_value
    if error.validator == "additionalProperties" and isinstance(held, Mapping):
        known = set(error.schema.get("properties", {})) if isinstance(error.schema, Mapping) else set()
        return [((*path, key), f"“{key}” is not a key that belongs here") for key in held if key not in known]
    if error.validator == "required" and isinstance(held, Mapping):
        return [(path, f"“{key}” is missing") for key in wanted if key not in held]
    return [(path, _sentence(error.validator, held, wanted) or error.message)]


def _sentence(validator: object, held: Any, wanted: Any) -> str:
    if validator == "type":
        names = [wanted] if isinstance(wanted, str) else wanted
        return f"this is not {' or '.join(_TYPE_NAMES[name] for name in names)}"
    if validator in {"enum", "const"}:
        values = [wanted] if validator == "const" else wanted
        return f"“{held}” is not one of: {', '.join(str(value) for value in values)}"
    sentences = {
        "minLength": "this is empty",
        "maxLength": f"this is longer than {wanted} characters",
        "pattern": f"“{str(held)[:_SHOWN]}” is not written as it should be: {wanted}",
        "minItems": f"at least {wanted} are needed",
        "maxItems": f"at most {wanted} are allowed",
        "minProperties": f"at least {wanted} are needed",
        "maxProperties": f"at most {wanted} are allowed",
        "uniqueItems": "something stands in this list twice",
        "minimum": f"{held} is below {wanted}",
        "maximum": f"{held} is above {wanted}",
    }
    return sentences.get(str(validator), "")
