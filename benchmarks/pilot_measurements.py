"""Measurements of a pilot by the hundred thousand: how long, how much memory, and what is said.

python -m benchmarks.pilot_measurements [--rows 10000 100000 1000000]

On a PostgreSQL of its own, for each number of rows: taking a file with as many, taking it once more
(nothing is new), correcting one row in a hundred, a file in which every row is wrong, and computing
the evidence. Beside the seconds stands how many times as long that is as a bare COPY of the same
rows into a table without checks, which says more on a shared machine. Memory is the largest that
the process ever had in use, beside what it had before the first row. Nothing is left behind.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Sequence
from typing import TYPE_CHECKING

from vliegwiel.cli.environment import start

if TYPE_CHECKING:
    from .pilot_measurements_kept import Measured


def as_table(found: Sequence[Measured]) -> str:
    """A Markdown table."""
    lines = [
        "| rows | what | seconds | times a COPY | memory (MB) |",
        "| ---: | --- | ---: | ---: | ---: |",
    ]
    lines += [
        f"| {one.rows:,} | {one.what} | {one.seconds:.2f} | {one.ratio:.1f} | {one.megabytes:.0f} |"
        for one in found
    ]
    return "\n".join(lines)


def main() -> None:
    """Make the pilot, measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pilot-measurements-") as folder:
        os.environ |= {"VLIEGWIEL_DATA": folder, "VLIEGWIEL_MODE": "demo"}
        os.environ.pop("DATABASE_URL", None)
        start()
        # Late: models need Django set up, and Django the address of the database.
        from . import pilot_measurements_kept as kept  # noqa: PLC0415

        found = [line for rows in asked.rows for line in kept.measured(rows)]
        print(as_table(found), flush=True)
        print("\nWhat is said of a file in which every row is wrong:", flush=True)
        for sentence in kept.sentences():
            print(f"- {sentence}", flush=True)
        kept.leave()


if __name__ == "__main__":
    main()
