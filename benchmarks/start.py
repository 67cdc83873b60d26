"""How long somebody waits for a first forecast: the whole process, compiling included.

python -m benchmarks.start [--rounds 3]

Cold is with an empty cache of compiled code, as right after installation; warm is every time after
that. The forecast is that of the shipped region, as short as the command allows: what is measured
is starting, not simulating.
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

from .findings import Finding, as_table

Say = Callable[[str], None]
FORECAST = (
    "forecast", "--region", "ijsselland", "--scenario", "finite-trajectories", "--replications",
    "20", "--json",
)  # fmt: skip


def whole_process(cache: Path, *arguments: str) -> float:
    """Seconds on the clock of one command in a process of its own, with this cache."""
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(cache)}
    begin = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "vliegwiel.cli", *arguments],
        env=environment, check=True, capture_output=True,
    )  # fmt: skip
    return time.perf_counter() - begin


def measured(rounds: int, say: Say) -> Iterator[Finding]:
    """Seconds of a first forecast, cold once or twice and warm in every round."""
    cold, warm = [], []
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(1, rounds + 1):
            cache = Path(folder) / str(min(turn, 2))
            if not cache.exists():
                cold.append(whole_process(cache, *FORECAST))
                say(f"start, round {turn}: cold {cold[-1]:.1f} s")
            warm.append(whole_process(cache, *FORECAST))
            say(f"start, round {turn}: warm {warm[-1]:.1f} s")
    what = "a forecast of 20 replications, whole process"
    yield Finding(f"{what}, nothing compiled yet", tuple(cold), "s", 8.0, most=True)
    yield Finding(f"{what}, compiled before", tuple(warm), "s", 1.5, most=True)


def main() -> None:
    """Time starts and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    print(as_table(list(measured(parser.parse_args().rounds, print))))


if __name__ == "__main__":
    main()
