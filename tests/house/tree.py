"""The project's own files, as a checkout holds them, with or without git."""

from collections.abc import Iterator
from pathlib import Path

from pathspec import GitIgnoreSpec

ROOT = Path(__file__).resolve().parents[2]


def project_files(*folders: str, suffixes: tuple[str, ...] = ()) -> list[Path]:
    """Every file that .gitignore does not name, in the folders given (default: all) and with one of the suffixes."""
    ignored = GitIgnoreSpec.from_lines((ROOT / ".gitignore").read_text().splitlines())
    tops = [ROOT / folder for folder in folders] or [ROOT]
    found = (path for top in tops for path in _walk(top, ignored))
    return sorted(path for path in found if not suffixes or path.suffix in suffixes)


def shown(path: Path) -> str:
    """A path as a reader names it, from the top of the project."""
    return path.relative_to(ROOT).as_posix()


def _walk(folder: Path, ignored: GitIgnoreSpec) -> Iterator[Path]:
    """The files below a folder, never entering an ignored folder (a virtual environment is large)."""
    for path in folder.iterdir():
        name = shown(path)
        if path.name == ".git" or ignored.match_file(f"{name}/" if path.is_dir() else name):
            continue
        if path.is_dir():
            yield from _walk(path, ignored)
        else:
            yield path
