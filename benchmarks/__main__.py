"""Every benchmark in turn, and one table at the end: `make bench`.

python -m benchmarks [--rounds 5] [--only speed start memory messages] [--brief] [--out FILE]

Quote the medians of ratios, measured in the same rounds on an idle machine; a single speed says
little. With the default settings it takes about twenty minutes on two cores.
"""

from __future__ import annotations

import argparse
import os
import platform
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from . import memory, messages, speed, start
from .bench_models import BENCH
from .findings import Finding, as_table

Say = Callable[[str], None]


def _speed(rounds: int, say: Say, *, brief: bool) -> Iterator[Finding]:
    if not BENCH.is_dir():
        say("skipped: the benchmark models do not stand beside this checkout")
        return
    yield from speed.measured(rounds, say, brief=brief)


def _start(rounds: int, say: Say, *, brief: bool) -> Iterator[Finding]:
    yield from start.measured(1 if brief else min(rounds, 3), say)


def _memory(rounds: int, say: Say, *, brief: bool) -> Iterator[Finding]:
    yield from memory.measured(1 if brief else min(rounds, 3), say)


def _messages(rounds: int, say: Say, *, brief: bool) -> Iterator[Finding]:
    yield from messages.measured(1 if brief else rounds, say)


PARTS: dict[str, Callable[..., Iterator[Finding]]] = {
    "start": _start, "memory": _memory, "messages": _messages, "speed": _speed,
}  # fmt: skip


def main() -> None:
    """Do the parts asked for and print their findings as one table."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", nargs="*", choices=list(PARTS), default=list(PARTS))
    parser.add_argument("--brief", action="store_true", help="without the slow libraries")
    parser.add_argument("--out", type=Path, help="write the table to this file too")
    arguments = parser.parse_args()
    begin, found = time.perf_counter(), []
    for name in arguments.only:
        found += PARTS[name](arguments.rounds, _say, brief=arguments.brief)
    load = f"load {os.getloadavg()[0]:.1f}"
    head = (
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {load}"
    )
    table = f"{head}, {time.perf_counter() - begin:.0f} s\n\n{as_table(found)}\n"
    print(f"\n{table}")
    if arguments.out is not None:
        arguments.out.write_text(table, encoding="utf-8")


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main()
