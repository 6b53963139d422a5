"""Names say what a thing is, and nothing unfinished or dangerous is left in the files."""

import re
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import TemplateError

from tests.house.tree import ROOT, project_files, shown

# A drawer for everything is where features go to be forgotten.
DRAWERS = re.compile(r"_?(utils?|helpers?|common|managers?|services?|data|info|misc|stuff)", re.IGNORECASE)
# Brackets keep each of these patterns from finding itself.
UNFINISHED = re.compile(r"\b(TO[D]O|FIX[M]E|XX[X])\b")
PROMISED = re.compile(r"coming[ ]soon|not[ ]implemented|lorem[ ]ipsum", re.IGNORECASE)
UNESCAPED = re.compile(r"\|\s*safe\b|\bMarkup[(]|\brender_template_string\b|\bautoescape\s+false\b")
INLINE = re.compile(r"<[^<>]*?\s(style|on[a-z]+)\s*=", re.DOTALL | re.IGNORECASE)
JINJA = re.compile(r"\{#.*?#\}", re.DOTALL)

TEMPLATES = project_files("templates")


def test_no_file_is_a_drawer() -> None:
    paths = [path for path in project_files("hiringkit", "migrations", "templates", "tests") if path.suffix != ".json"]
    drawers = [
        shown(path)
        for path in paths
        if any(DRAWERS.fullmatch(part.split(".")[0]) for part in path.relative_to(ROOT).parts)
    ]
    assert drawers == []


def test_nothing_is_left_to_be_done() -> None:
    assert _found(UNFINISHED, _texts()) == []


def test_no_page_promises_what_is_not_there() -> None:
    assert _found(PROMISED, project_files("hiringkit", "migrations", "templates")) == []


def test_everything_on_a_page_is_escaped() -> None:
    assert _found(UNESCAPED, project_files("hiringkit", "templates", suffixes=(".py", ".html"))) == []


@pytest.mark.parametrize(
    "fault",
    ["{{ name|safe }}", "{{ name | safe }}", "Markup" + "('<b>')", "{% autoescape false %}"],
)
def test_an_unescaped_value_would_be_found(fault: str) -> None:
    assert UNESCAPED.search(fault)


def test_templates_hold_no_inline_style_or_script() -> None:
    # The content security policy drops both, so the page would silently not do what it says.
    inline = [
        f"{shown(path)}: {found.group(1)}="
        for path in TEMPLATES
        if path.suffix == ".html"
        for found in INLINE.finditer(JINJA.sub("", path.read_text(encoding="utf-8")))
    ]
    assert inline == []


@pytest.mark.parametrize("fault", ['<p style="x">', '<a href="#"\n   onclick = "x">', "<div class='a' ONLOAD='b'>"])
def test_an_inline_style_or_script_would_be_found(fault: str) -> None:
    assert INLINE.search(fault)


def test_a_class_or_a_word_is_not_taken_for_one() -> None:
    assert not INLINE.search('<p class="style" data-once="1">style = on the page</p>')


def test_every_template_compiles(sqlite_app: Flask) -> None:
    failures = {}
    for path in TEMPLATES:
        name = path.relative_to(ROOT / "templates").as_posix()
        try:
            sqlite_app.jinja_env.get_template(name)
        except TemplateError as error:
            failures[name] = str(error)
    assert failures == {}


def _texts() -> list[Path]:
    """Every file of the project that is text and no lock."""
    binary = {".png", ".ico", ".woff2", ".jpg"}
    return [path for path in project_files() if path.suffix not in binary and path.parent.name != "requirements"]


def _found(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    """Where a pattern occurs, as file, line and what was found."""
    return [
        f"{shown(path)}:{number}: {found.group(0)}"
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        for found in pattern.finditer(line)
    ]
