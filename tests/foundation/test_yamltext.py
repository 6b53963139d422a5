"""YAML is read as plain data with lines; whatever a reader would not see in it is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.foundation.yamltext import YamlRefusedError, read_yaml, schema_findings

TEXT = """\
name: Zoë
when: 2025-05-03
list:
  - one: 1
  - two: -2.5
    more: [true, null, "yes"]
"""


def test_data_is_what_json_could_hold_and_dates_stay_text() -> None:
    assert read_yaml(TEXT, "a.yaml").data == {
        "name": "Zoë", "when": "2025-05-03", "list": [{"one": 1}, {"two": -2.5, "more": [True, None, "yes"]}],
    }  # fmt: skip


def test_keys_are_text_as_in_json() -> None:
    assert read_yaml("1: a\n7: b\ntrue: c", "a.yaml").data == {"1": "a", "7": "b", "true": "c"}


@pytest.mark.parametrize(
    ("path", "line"),
    [((), 1), (("when",), 2), (("list",), 3), (("list", 1), 5), (("list", 1, "more", 2), 6), (("list", 9, "x"), 3)],
)
def test_a_path_has_the_line_on_which_it_stands_or_that_of_what_holds_it(
    path: tuple[str | int, ...], line: int
) -> None:
    assert read_yaml(TEXT, "a.yaml").line(path) == line


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\nb: 2\na: 3", 3, "the key “a” stands here again, first on line 1"),
        ("a: [1, 2\nb: 3", 2, "expected"),
        ("a: 1\n\tb: 2", 2, "found character"),
        ("a: &x 1\nb: *x", 1, "anchors"),
        ("a: &x {b: 1}\nc:\n  <<: *x", 1, "anchors"),
        ("<<: {b: 1}", 1, "merges"),
        ("a: *x", 1, "undefined alias"),
        ("? [a, b]\n: 1", 1, "a key is one plain word"),
        ("", 1, "empty"),
        ("# only a comment\n", 1, "empty"),
        ("a: 1\n---\nb: 2", 2, "document"),
        ("a: .nan", 1, "not a number"),
        ("a: .inf", 1, "not a number"),
        ("a: " + "9" * 5_000, 1, "not a number"),
        ("a: 1\nb: \x07", 1, "not YAML"),
        ("[" * 30_000, 1, "nested too deeply"),
        ("[" * 60 + "]" * 60, 1, "nested too deeply"),
        ("a: '" + "x" * 2_000_000 + "'", 1, "at most 2,000,000"),
    ],
)
def test_what_is_not_read_is_one_sentence_with_its_line(text: str, line: int, words: str) -> None:
    with pytest.raises(YamlRefusedError) as refusal:
        read_yaml(text, "bad.yaml")
    assert (refusal.value.name, refusal.value.line) == ("bad.yaml", line)
    assert words in refusal.value.message
    assert refusal.value.sentence.startswith(f"bad.yaml, line {line}: ")


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_and_nothing_else_happens(text: str) -> None:
    try:
        line = read_yaml(text, "any.yaml").line(())
    except YamlRefusedError as refusal:
        line = refusal.line
    assert 1 <= line <= len(text) + 1


SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name", "size"],
    "properties": {
        "name": {"type": "string", "minLength": 1, "maxLength": 5, "pattern": "^[a-z]*$"},
        "size": {"type": "integer", "minimum": 1, "maximum": 7},
        "kind": {"enum": ["a", "b"]},
        "note": {"type": ["string", "null"]},
        "list": {"type": "array", "minItems": 1, "maxItems": 2, "uniqueItems": True},
        "map": {"type": "object", "minProperties": 1, "maxProperties": 1, "propertyNames": {"pattern": "^[1-7]$"}},
        "format": {"const": 1},
    },
}
FINE = {"name": "x", "size": 1}


@pytest.mark.parametrize(
    ("data", "path", "words"),
    [
        ({**FINE, "colour": 1}, ("colour",), "not a key that belongs here"),
        ({"name": "x"}, (), "“size” is missing"),
        ({**FINE, "size": "1"}, ("size",), "this is not a whole number"),
        ({**FINE, "note": 1}, ("note",), "this is not a text or null"),
        ({**FINE, "size": 0}, ("size",), "0 is below 1"),
        ({**FINE, "size": 8}, ("size",), "8 is above 7"),
        ({**FINE, "name": ""}, ("name",), "this is empty"),
        ({**FINE, "name": "abcdef"}, ("name",), "longer than 5 characters"),
        ({**FINE, "name": "A"}, ("name",), "“A” is not written as it should be"),
        ({**FINE, "kind": "c"}, ("kind",), "“c” is not one of: a, b"),
        ({**FINE, "format": 2}, ("format",), "“2” is not one of: 1"),
        ({**FINE, "list": []}, ("list",), "at least 1 are needed"),
        ({**FINE, "list": [1, 2, 3]}, ("list",), "at most 2 are allowed"),
        ({**FINE, "list": [1, 1]}, ("list",), "twice"),
        ({**FINE, "map": {}}, ("map",), "at least 1 are needed"),
        ({**FINE, "map": {"8": 1}}, ("map",), "“8” is not written as it should be"),
        ([], (), "this is not a mapping"),
    ],
)
def test_a_break_of_the_schema_is_said_in_plain_words(data: object, path: tuple[str, ...], words: str) -> None:
    found = schema_findings(data, SCHEMA)
    assert [one for one, _ in found] == [path]
    assert words in found[0][1]


def test_every_break_is_found_and_none_where_there_is_none() -> None:
    assert schema_findings(FINE, SCHEMA) == []
    assert [path for path, _ in schema_findings({"size": 9, "b": 1, "a": 1}, SCHEMA)] == [(), ("a",), ("b",), ("size",)]
