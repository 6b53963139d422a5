"""Commands of the library: lint and import a pack file, or one that comes with hiringkit, by its name."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from hiringkit.foundation.access import Actor
from hiringkit.foundation.errors import InvalidError
from hiringkit.library.operations import import_pack
from hiringkit.library.packs import PackRefusedError, lint_text, shipped_pack_text, shipped_packs

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
