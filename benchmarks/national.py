"""How long the whole country takes and how much memory, by measuring a part of it.

python -m benchmarks.national [--rounds 1] [--replications 50] [--whole]
                            [--model-b]

Each measurement is `vliegwiel national` itself, as a process of its own, on regions of different
size. Time goes by the number of youths: what a process takes before its first replication is
measured apart and counted once. `--whole` does the whole country instead, which takes minutes.
`--model-b` simulates benchmark model B in the place of every region, a fiftieth of it.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from vliegwiel.science.caresystem import ForecastPlan, run_chunk, summarise
from vliegwiel.science.country import country_regions

from . import bench_documents
from .findings import Finding, as_table

Say = Callable[[str], None]
YEARS, REPLICATIONS = 10, 1000
GOAL_SECONDS = 360.0
#: A small, a middle and a large region.
PART = ("JZ10", "JZ17", "JZ18")
#: Memory goes by the number of replications, not by youths: a small region with many tells it.
SMALLEST = "JZ10"


def run(replications: int, *codes: str) -> tuple[float, float]:
    """Seconds on the clock and megabytes of one calculation, all regions when none is named."""
    only = [option for code in codes for option in ("--only", code)]
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable, "-m", "vliegwiel.cli", "national", "--folder", str(Path(folder) / "n"),
            "--months", str(12 * YEARS), "--replications", str(replications), *only,
        ]  # fmt: skip
        begin = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _pid, status, used = os.wait4(process.pid, 0)
        process.returncode = status
    if status:
        raise SystemExit(f"the calculation failed with status {status}")
    unit = 1 if sys.platform == "darwin" else 1024
    return time.perf_counter() - begin, _most(used) * unit / 1e6


def _most(used: resource.struct_rusage) -> int:
    return int(used.ru_maxrss)


def measured(rounds: int, say: Say, replications: int = 50) -> Iterator[Finding]:
    """Seconds for the country from a part of it, and megabytes with many replications."""
    youths = {region.code: region.youths for region in country_regions()}
    part = sum(youths[code] for code in PART)
    seconds, memory = [], []
    for turn in range(1, rounds + 1):
        few, many = run(20, *PART)[0], run(20 + replications, *PART)[0]
        one = (many - few) / replications / part
        start = max(0.0, few - 20 * part * one) / len(PART)
        seconds.append(REPLICATIONS * sum(youths.values()) * one + len(youths) * start)
        memory.append(run(REPLICATIONS, SMALLEST)[1])
        say(f"national, round {turn}: {many:.1f} s for a part, {seconds[-1]:.0f} s for the whole, "
            f"{memory[-1]:.0f} MB")  # fmt: skip
    what = f"the country, {len(youths)} regions x {YEARS} years x {REPLICATIONS:,}"
    cores = os.cpu_count() or 1
    yield Finding(f"{what}, {cores} cores, from a part of it", tuple(seconds), "s", GOAL_SECONDS,
                  most=True)  # fmt: skip
    yield Finding(f"{what}: memory", tuple(memory), "MB", most=True)


def model_b(rounds: int, say: Say) -> Iterator[Finding]:
    """Seconds for as many regions of model B, from a fiftieth of their replications."""
    regions, threads = len(country_regions()), os.cpu_count() or 1
    few = REPLICATIONS // 50
    plan = ForecastPlan(bench_documents.model_b(), None, 12 * YEARS, few)
    run_chunk(plan, 0, 1)  # the kernel is loaded, or compiled, once
    seconds = []
    for turn in range(1, rounds + 1):
        begin = time.perf_counter()
        for _ in range(regions):
            chunk = run_chunk(plan, 0, few, threads)
        simulating = time.perf_counter() - begin
        begin = time.perf_counter()
        summarise(plan, [chunk])
        summarising = time.perf_counter() - begin
        seconds.append(REPLICATIONS / few * simulating + regions * summarising)
        say(f"national, model B, round {turn}: {simulating:.1f} s for a fiftieth")
    what = f"{regions} regions of model B x {YEARS} years x {REPLICATIONS:,}, {threads} cores"
    yield Finding(f"{what}, from a fiftieth", tuple(seconds), "s", GOAL_SECONDS, most=True)


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--replications", type=int, default=50)
    parser.add_argument("--whole", action="store_true", help="the whole country, no estimate")
    parser.add_argument("--model-b", action="store_true", help="model B as every region")
    arguments = parser.parse_args()
    if arguments.model_b:
        print(as_table(list(model_b(arguments.rounds, print))))
    elif arguments.whole:
        seconds, memory = run(REPLICATIONS)
        found = [
            Finding("the country", (seconds,), "s", GOAL_SECONDS, most=True),
            Finding("the country: memory", (memory,), "MB", most=True),
        ]
        print(as_table(found))
    else:
        print(as_table(list(measured(arguments.rounds, print, arguments.replications))))


if __name__ == "__main__":
    main()
