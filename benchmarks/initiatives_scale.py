"""Pages with 100 initiatives against the same pages with 10,000, over 42 regions.

python -m benchmarks.initiatives_scale [--few 100] [--many 10000] [--rounds 7] [--explain]

Two databases on one PostgreSQL of their own hold the same, but for how many initiatives there are
in the country (half of them in the region whose pages are asked) and as many observations in that
region. Every page is asked of both in turn, in the language of the site and as somebody of the
region; its number of queries has to be the same, and its time at most twice as long. Of a page
that takes longer `--explain` shows what the database does for its slowest query. Times are the
lowest of the rounds: a shared machine only ever adds to them. Nothing is left behind.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Sequence
from typing import TYPE_CHECKING

from vliegwiel.cli.environment import start

if TYPE_CHECKING:
    from .initiatives_scale_kept import Measured

#: How much longer a page may take with a hundred times as much.
GOAL = 2.0


def as_table(found: Sequence[Measured], *, few: int, many: int) -> str:
    """A Markdown table of pages, with what does not reach the goal in bold."""
    lines = [
        f"| page | queries at {few:,} | at {many:,} | ms at {few:,} | ms at {many:,} | ratio |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for one in found:
        queries = f"{one.queries[1]}" if one.is_constant else f"**{one.queries[1]}**"
        ratio = f"{one.ratio:.2f}" if one.ratio <= GOAL else f"**{one.ratio:.2f}**"
        small, large = (f"{1000 * seconds:.0f}" for seconds in one.seconds)
        cells = (one.page, str(one.queries[0]), queries, small, large, ratio)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> None:
    """Fill both databases, measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--few", type=int, default=100)
    parser.add_argument("--many", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--explain", action="store_true", help="what the database does when slow")
    parser.add_argument("--only", default="", help="pages with this in their name")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="initiatives-scale-") as folder:
        os.environ |= {"VLIEGWIEL_DATA": folder, "VLIEGWIEL_MODE": "demo"}
        os.environ.pop("DATABASE_URL", None)
        start()
        # Late: models need Django set up, and Django the address of the database.
        from . import initiatives_scale_kept as kept  # noqa: PLC0415

        both = kept.two_databases(few=asked.few, many=asked.many)
        found = kept.measured(both, rounds=asked.rounds, only=asked.only)
        print(as_table(found, few=asked.few, many=asked.many), flush=True)
        for one in found if asked.explain else ():
            if one.ratio > GOAL:
                print(f"\n{one.page}\n{kept.explained(both, one)}", flush=True)
        kept.leave()


if __name__ == "__main__":
    main()
