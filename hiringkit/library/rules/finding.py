"""One finding of a check: where in the pack, and what."""

from dataclasses import dataclass

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """A place, as the keys and indexes that lead to it, and a sentence about it."""

    path: Path
    message: str


def printed_path(path: Path) -> str:
    """Return the path as people write it.

    >>> printed_path(("scenarios", 2, "listen_for", "accuracy"))
    'scenarios[2].listen_for.accuracy'
    """
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text
