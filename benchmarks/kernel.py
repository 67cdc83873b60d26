"""Speed of the kernel beside SimPy and C on the shared benchmark models, in turn in one run.

python -m benchmarks.kernel [--model b] [--rounds 5]

Events are arrivals, starts, ends and youths who stop waiting. The program in C runs with random
numbers one after another and with those that shared fates need, by youth and purpose. Compilation
and building the model are reported apart. Ratios are taken within a round: a shared machine changes
speed all the time.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from vliegwiel.science.caresystem.workspace import Workspace
from vliegwiel.science.kernel import child_key

from .bench_models import BENCH, load
from .c_reference import Program

#: Runs of the kernel in a round: one alone is too short to time.
RUNS = 40


def ours(workspace: Workspace, initial: int, first: int) -> float:
    """Events a second of processor time over some runs."""
    begin, events = time.process_time(), 0
    for run in range(first, first + RUNS):
        # Youths present at time 0 count as one arrival and one start each.
        events += workspace.simulate(int(child_key(1, 0, run))).events + 2 * initial
    return events / (time.process_time() - begin)


def simpy(model: str, seed: int) -> float:
    """Events a second of processor time of one run of SimPy, in a process of its own."""
    command = [sys.executable, "simpy_model.py", "--model", model, "--years", "5"]
    done = subprocess.run(
        [*command, "--seed", str(seed)],
        cwd=BENCH / "peers", capture_output=True, text=True, check=True,
    )  # fmt: skip
    line = json.loads(done.stdout.splitlines()[-1])
    return float(line["events"]) / float(line["cpu_seconds"])


def in_turn(
    arguments: argparse.Namespace,
    workspace: Workspace,
    initial: int,
    yardsticks: dict[str, Program],
) -> dict[str, list[float]]:
    """Events a second of each, by round."""
    speeds: dict[str, list[float]] = {
        "kernel": [],
        "SimPy": [],
        **{name: [] for name in yardsticks},
    }
    for turn in range(arguments.rounds):
        speeds["kernel"].append(ours(workspace, initial, turn * RUNS))
        speeds["SimPy"].append(simpy(arguments.model, turn + 1))
        for name, yardstick in yardsticks.items():
            speeds[name].append(yardstick.run(arguments.model, runs=RUNS, seed=turn + 1).speed)
        last = ", ".join(f"{name} {values[-1]:,.0f}" for name, values in speeds.items() if values)
        print(f"round {turn + 1}: {last} events/s")
    return speeds


def main() -> None:
    """Time all in turn and print medians and the ratio within rounds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", choices=["a", "b"], default="b")
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    if not BENCH.is_dir():
        raise SystemExit(f"The benchmark models are not there: {BENCH} does not exist.")
    network = load(arguments.model)
    workspace = Workspace(network)
    begin = time.perf_counter()
    workspace.simulate(1)
    print(f"first run, with loading or compiling: {time.perf_counter() - begin:.1f} s")
    initial = int(network.in_care.sum())
    with tempfile.TemporaryDirectory() as folder:
        speeds = in_turn(arguments, workspace, initial, compiled(folder))
    for name, found in speeds.items():
        if name != "kernel":
            ratios = [a / b for a, b in zip(speeds["kernel"], found, strict=True)]
            span = f"{min(ratios):.2f} to {max(ratios):.2f}"
            print(f"model {arguments.model}: {statistics.median(ratios):.2f} x {name} ({span})")


def compiled(folder: str) -> dict[str, Program]:
    """The program in C both ways, or nothing (and a line that says why) without a compiler."""
    try:
        return {
            "C": Program(Path(folder)),
            "C with shared fates": Program(Path(folder), shared_fates=True),
        }
    except RuntimeError as problem:
        print(f"without C: {problem}")
        return {}


if __name__ == "__main__":
    main()
