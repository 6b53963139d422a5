"""`make bench`: the times of public pages, beside a bare Flask view and one with one query, and of statistics."""

import argparse
import sys

from tests.bench.report import Counts, report


def main(words: list[str]) -> int:
    """Measure and print the table."""
    asked = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    asked.add_argument("--rounds", type=int, default=300, help="Requests of each kind.")
    asked.add_argument("--openings", type=int, default=5_000, help="Openings in the public list.")
    asked.add_argument("--candidates", type=int, default=10_000, help="Candidates in the database.")
    asked.add_argument("--ratings", type=int, default=10_000, help="Ratings in the statistics.")
    asked.add_argument("--no-http", action="store_true", help="Leave out what goes through the server.")
    given = asked.parse_args(words)
    for line in report(
        Counts(given.rounds, given.openings, given.candidates, given.ratings), over_http=not given.no_http
    ):
        print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
