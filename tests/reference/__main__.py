"""`python -m tests.reference FILE…`: a line per stat; exit 1 on a failure, else 3 for an uncovered kind, else 0."""

import sys
from pathlib import Path

from tests.reference.runner import run


def main(names: list[str]) -> int:
    """Run the files and print their lines; without a file, say how to call it."""
    if not names:
        print("Name at least one reference case: python -m tests.reference FILE…", file=sys.stderr)
        return 2
    report = run([Path(name) for name in names])
    print("\n".join(report.lines))
    return report.exit_code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
