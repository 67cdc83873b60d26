"""Time and memory of a whole process with few and with many replications of five years.

python -m benchmarks.memory [--rounds 3]

Each measurement is a process of its own that reads a region, simulates its care system without a
scenario on two threads, and summarises it. Memory is the largest that the process ever had in use.
The region is that of benchmark model B, to which the goals belong, and IJsselland as it ships: a
quarter more events, a third of them dearer, and 78 assumed numbers that each replication draws.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

from vliegwiel.science.caresystem import CareSystem, forecast

from . import bench_documents
from .bench_models import BENCH
from .findings import Finding, as_table, ratios
from .peak import peak_megabytes
from .shipped import ijsselland

Say = Callable[[str], None]
FEW, MANY = 100, 1000
IJSSELLAND, MODEL_B = "IJsselland", "model B"


def _system(region: str) -> CareSystem:
    return bench_documents.model_b() if region == MODEL_B else ijsselland()


def child(region: str, replications: int) -> None:
    """Simulate and print the megabytes that this process came to."""
    forecast(_system(region), months=60, replications=replications, threads=2)
    print(json.dumps({"megabytes": peak_megabytes()}))


def whole_process(region: str, replications: int) -> tuple[float, float]:
    """Seconds on the clock and megabytes of a process with so many replications."""
    begin = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.memory", "--region", region,
         "--child", str(replications)],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return time.perf_counter() - begin, float(json.loads(done.stdout)["megabytes"])


def measured(rounds: int, say: Say) -> Iterator[Finding]:
    """Seconds and megabytes of many replications, and what they take more than few."""
    if BENCH.is_dir():
        yield from _of(MODEL_B, rounds, say, (6.0, 250.0))
    yield from _of(IJSSELLAND, rounds, say, (None, None))


def _of(
    region: str, rounds: int, say: Say, goals: tuple[float | None, float | None]
) -> Iterator[Finding]:
    few, many, seconds = [], [], []
    for turn in range(1, rounds + 1):
        few.append(whole_process(region, FEW)[1])
        took, size = whole_process(region, MANY)
        seconds.append(took)
        many.append(size)
        say(f"memory, {region}, round {turn}: {FEW} {few[-1]:.0f} MB, {MANY} {size:.0f} MB, "
            f"{took:.1f} s")  # fmt: skip
    what = f"{region}: {MANY:,} x 5 years, whole process, warm, 2 threads"
    yield Finding(what, tuple(seconds), "s", goals[0], most=True)
    yield Finding(what, tuple(many), "MB", goals[1], most=True)
    each = [1000 * (a - b) / (MANY - FEW) for a, b in zip(many, few, strict=True)]
    yield Finding(f"{region}: memory of one more replication, between {FEW} and {MANY:,}",
                  tuple(each), "kB")  # fmt: skip
    growth = ratios(many, few)
    yield Finding(f"{region}: memory with {MANY:,} replications over that with {FEW}", growth,
                  goal=1.1, most=True)  # fmt: skip


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--child", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--region", default=MODEL_B, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        child(arguments.region, arguments.child)
    else:
        print(as_table(list(measured(arguments.rounds, print))))


if __name__ == "__main__":
    main()
