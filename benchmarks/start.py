"""How long somebody waits for a first forecast: the whole process, compiling included.

python -m benchmarks.start [--rounds 3]

Cold is with an empty cache of compiled code, as right after installation; warm is every time after
that. The forecast is that of the shipped region with 20 replications: what is measured is starting,
not simulating. It is asked in Python, and with the command, which then also tells which assumptions
matter most (330 replications more) and how long who waits today has yet to wait (100 more).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from vliegwiel import reference
from vliegwiel.science.caresystem import forecast, read_scenario

from .findings import Finding, as_table
from .shipped import ijsselland

Say = Callable[[str], None]
SCENARIO = "finite-trajectories"
WAYS = {
    "in Python": ("benchmarks.start", "--child"),
    "with the command": (
        "vliegwiel.cli", "forecast", "--region", "ijsselland", "--scenario", SCENARIO,
        "--replications", "20", "--json",
    ),
}  # fmt: skip


def child() -> None:
    """A first forecast of a scenario in Python."""
    whole = ijsselland()
    shipped = (read_scenario(file.content, whole) for file in reference.scenario_files(whole.id))
    change = next(scenario for scenario in shipped if scenario.id == SCENARIO)
    forecast(whole, change, months=60, replications=20, threads=2)


def whole_process(cache: Path, *arguments: str) -> float:
    """Seconds on the clock of a module in a process of its own, with this cache."""
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(cache)}
    begin = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", *arguments],
        env=environment, check=True, capture_output=True,
    )  # fmt: skip
    return time.perf_counter() - begin


def measured(rounds: int, say: Say) -> Iterator[Finding]:
    """Seconds of a first forecast, cold once or twice and warm in every round."""
    for way, arguments in WAYS.items():
        yield from _one_way(way, arguments, rounds, say)


def _one_way(way: str, arguments: tuple[str, ...], rounds: int, say: Say) -> Iterator[Finding]:
    cold, warm = [], []
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(1, rounds + 1):
            cache = Path(folder) / str(min(turn, 2))
            if not cache.exists():
                cold.append(whole_process(cache, *arguments))
                say(f"start {way}, round {turn}: cold {cold[-1]:.1f} s")
            warm.append(whole_process(cache, *arguments))
            say(f"start {way}, round {turn}: warm {warm[-1]:.1f} s")
    what = f"a forecast of 20 replications {way}, whole process"
    yield Finding(f"{what}, nothing compiled yet", tuple(cold), "s", 8.0, most=True)
    yield Finding(f"{what}, compiled before", tuple(warm), "s", 1.5, most=True)


def main() -> None:
    """Time starts and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        child()
    else:
        print(as_table(list(measured(arguments.rounds, print))))


if __name__ == "__main__":
    main()
