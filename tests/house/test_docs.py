"""README keeps up: every setting stands in its table, and the two commands are the ones that exist."""

from dataclasses import fields
from pathlib import Path

from hiringkit.foundation.settings import Settings

ROOT = Path(__file__).resolve().parents[2]


def test_every_setting_is_documented_with_its_sentence() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for setting in fields(Settings):
        line = next((row for row in readme.splitlines() if f"`HIRINGKIT_{setting.name.upper()}`" in row), "")
        assert setting.metadata["sentence"] in line, setting.name


def test_no_secret_has_a_default() -> None:
    for setting in fields(Settings):
        if "password" in setting.name or "secret" in setting.name:
            assert setting.default == ""


def test_readme_shows_commands_that_the_makefile_has() -> None:
    readme, makefile = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "Makefile"))
    for command in ("demo", "test", "check", "lock"):
        assert f"make {command}" in readme
        assert f"\n{command}:" in makefile


def test_every_room_is_on_the_map() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rooms = [p.name for p in (ROOT / "hiringkit").iterdir() if (p / "__init__.py").is_file()]
    for room in set(rooms) - {"cli", "demo"}:
        assert f"`{room}`" in readme, room
