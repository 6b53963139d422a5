"""Commands of the library: lint and import a pack file, or one that comes with hiringkit; import role profiles."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from hiringkit.foundation.access import Actor
from hiringkit.foundation.errors import InvalidError
from hiringkit.library.operations import check_profiles, import_pack, import_profiles
from hiringkit.library.packs import PackRefusedError, lint_text, shipped_pack_text, shipped_packs
from hiringkit.library.rules.profiling.reading import ProfilesDraft

Say = Callable[[str], object]
CLEAN, FOUND = 0, 1


def lint_file(file: str, *, say: Say) -> int:
    """Say every finding about a pack as `file:line: path: message`; return the exit status, 0 when there is none."""
    lines = lint_text(_text(file), file)
    for line in lines:
        say(str(line))
    if not lines:
        say(f"{file}: nothing to find fault with.")
    return FOUND if lines else CLEAN


def import_file(file: str, *, by: Actor, at: datetime, say: Say) -> None:
    """Import a pack and say what came of it; the findings of a refused one are said line by line."""
    try:
        row = import_pack(_text(file), file, by=by, at=at)
    except PackRefusedError as refusal:
        for line in refusal.lines:
            say(str(line))
        count = len(refusal.lines)
        message = f"{file} was not loaded: {count} finding{'' if count == 1 else 's'}."
        raise InvalidError(message) from refusal
    if row.imported_at == at:
        say(f"The pack “{row.name}”, version {row.version}, is loaded.")
    else:
        say(f"The pack “{row.name}”, version {row.version}, was loaded before; nothing has changed.")


def import_profile_file(
    file: str, *, source: str, as_of: date, currency: str, by: Actor, at: datetime, say: Say
) -> None:
    """Import role profiles from a table and say what came of it; every finding is said with its line and column."""
    draft = ProfilesDraft(_text(file), " ".join(source.split()), as_of, currency.strip())
    reading = check_profiles(draft, at=at)
    for one in reading.findings:
        column = f" column {one.column}:" if one.column else ""
        say(f"{file}:{one.line}:{column} {one.message}")
    if not reading.is_importable:
        count = sum(one.stops for one in reading.findings)
        message = f"{file} was not imported: {count} finding{'' if count == 1 else 's'}."
        raise InvalidError(message)
    if reading.demographic:
        say(f"Kept for the fairness report, never shown with the role: {', '.join(reading.demographic)}.")
    if reading.not_taken:
        say(f"Not taken: {', '.join(reading.not_taken)}.")
    new = {row.key for row in import_profiles(draft, by=by, at=at)}
    for role in reading.roles:
        words = (
            "imported" if role.profile.key in new else "in the library before with exactly this; nothing has changed"
        )
        say(f"“{role.profile.name}”: {words}.")


def _text(file: str) -> str:
    path = Path(file)
    if file in shipped_packs() and not path.exists():
        return shipped_pack_text(file)
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        message = f"{file} cannot be read: {error.strerror or error}."
        raise InvalidError(message) from error
    except UnicodeDecodeError as error:
        message = f"{file} cannot be read: it is not text in UTF-8."
        raise InvalidError(message) from error
