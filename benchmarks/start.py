"""How long somebody waits for a first forecast: the whole process, compiling included.

python -m benchmarks.start [--rounds 3]

Cold is with an empty cache of compiled code, as right after installation; warm is every time after
that. The forecast is that of the shipped region with 20 replications: what is measured is starting,
not simulating. It is asked in Python, and with the command. The command prints the forecast, which
is what the clock of the first numbers stops at, and then goes on to which assumptions matter most
(330 replications more) and how long who waits today has yet to wait (100 more).
"""

from __future__ import annotations

import argparse
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from vliegwiel import reference
from vliegwiel.science.caresystem import forecast, read_scenario

from .findings import Finding, as_table
from .shipped import ijsselland

Say = Callable[[str], None]
SCENARIO = "finite-trajectories"
PYTHON = ("benchmarks.start", "--child")
COMMAND = (
    "vliegwiel.cli", "forecast", "--region", "ijsselland", "--scenario", SCENARIO,
    "--replications", "20", "--language", "en",
)  # fmt: skip
#: How the last line of the forecast itself begins, after all its tables.
FORECAST_IS_THERE = "Outcome of a model"
#: What was asked, with the seconds in which it should be there cold and warm, if any.
GOALS: Mapping[str, tuple[float, float] | None] = {
    "in Python, whole process": (8.0, 1.5),
    "with the command, until its numbers are printed": (8.0, 1.5),
    "with the command, whole process: 430 replications more": None,
}


def child() -> None:
    """A first forecast of a scenario in Python."""
    whole = ijsselland()
    shipped = (read_scenario(file.content, whole) for file in reference.scenario_files(whole.id))
    change = next(scenario for scenario in shipped if scenario.id == SCENARIO)
    forecast(whole, change, months=60, replications=20, threads=2)


def seconds(cache: Path, arguments: Sequence[str]) -> tuple[float, float]:
    """Seconds on the clock of a module in a process of its own, with this cache.

    Until the forecast is printed (not a number when it never is), and until the process has ended.
    """
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(cache)}
    printed = math.nan
    begin = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", *arguments],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith(FORECAST_IS_THERE):
                printed = time.perf_counter() - begin
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, arguments)
    return printed, time.perf_counter() - begin


def measured(rounds: int, say: Say) -> Iterator[Finding]:
    """Seconds of a first forecast, cold once or twice and warm in every round."""
    cold: dict[str, list[float]] = {what: [] for what in GOALS}
    warm: dict[str, list[float]] = {what: [] for what in GOALS}
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(1, rounds + 1):
            caches = [Path(folder) / f"{way}-{min(turn, 2)}" for way in ("python", "command")]
            if turn <= 2:
                _round(caches, cold, say, f"start, round {turn}, cold")
            _round(caches, warm, say, f"start, round {turn}, warm")
    for what, goals in GOALS.items():
        asked = f"a forecast of 20 replications {what}"
        when_cold, when_warm = goals or (None, None)
        yield Finding(
            f"{asked}, nothing compiled yet", tuple(cold[what]), "s", when_cold, most=True
        )
        yield Finding(f"{asked}, compiled before", tuple(warm[what]), "s", when_warm, most=True)


def _round(caches: Sequence[Path], found: dict[str, list[float]], say: Say, name: str) -> None:
    """One start of each, the one after the other."""
    _never, python = seconds(caches[0], PYTHON)
    first, whole = seconds(caches[1], COMMAND)
    for times, took in zip(found.values(), (python, first, whole), strict=True):
        times.append(took)
    say(f"{name}: {python:.2f} s in Python; the command {first:.2f} s, whole {whole:.2f} s")


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
