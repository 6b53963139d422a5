"""Whether both lock files were made from the dependencies that pyproject.toml names now.

`python -m tests.house.lock --write` notes a hash of pyproject's dependency tables in both locks,
`--check` compares it. Neither needs a network.
"""

import argparse
import hashlib
import json
import sys
import tomllib
from pathlib import Path

from tests.house.tree import ROOT

LOCKS = (Path("requirements/run.txt"), Path("requirements/dev.txt"))
MARK = "# pyproject dependencies: sha256 "


def main(argv: list[str] | None = None) -> int:
    """Write or check the note, and say what to do when it differs."""
    parser = argparse.ArgumentParser(prog="python -m tests.house.lock", description=__doc__)
    parser.add_argument("--root", type=Path, default=ROOT, help="the checkout to look at (default: this one)")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--check", action="store_true", help="exit 1 if a lock is older than pyproject.toml")
    what.add_argument("--write", action="store_true", help="note the hash in both locks (make lock does it)")
    chosen = parser.parse_args(argv)
    if chosen.write:
        write(chosen.root)
        return 0
    stale = stale_locks(chosen.root)
    if stale:
        print(f"{', '.join(stale)}: not made from pyproject.toml as it is now. Run: make lock", file=sys.stderr)
        return 1
    print("The lock files are up to date.")
    return 0


def stale_locks(root: Path) -> list[str]:
    """The locks whose note is missing or is of other dependencies than pyproject.toml names."""
    wanted = MARK + dependency_hash(root)
    return [lock.as_posix() for lock in LOCKS if _first_line(root / lock) != wanted]


def write(root: Path) -> None:
    """Put the hash of pyproject's dependency tables at the top of both locks."""
    mark = MARK + dependency_hash(root)
    for lock in LOCKS:
        lines = (root / lock).read_text(encoding="utf-8").splitlines(keepends=True)
        rest = [line for line in lines if not line.startswith(MARK)]
        (root / lock).write_text("".join([mark + "\n", *rest]), encoding="utf-8")


def dependency_hash(root: Path) -> str:
    """SHA-256 over the tables of pyproject.toml that decide what a lock holds, in one canonical form."""
    pyproject = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    project = pyproject["project"]
    tables = {
        "dependencies": project.get("dependencies", []),
        "optional-dependencies": project.get("optional-dependencies", {}),
        "dependency-groups": pyproject.get("dependency-groups", {}),
        "requires-python": project.get("requires-python"),
    }
    canonical = json.dumps(tables, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _first_line(path: Path) -> str:
    """The first line of a file, or nothing where there is no file or no line."""
    if not path.is_file():
        return ""
    return next(iter(path.read_text(encoding="utf-8").splitlines()), "")


if __name__ == "__main__":
    sys.exit(main())
