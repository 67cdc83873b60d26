"""Speed of the kernel beside SimPy on the shared benchmark models, in turn in one run.

python -m benchmarks.kernel [--model b] [--rounds 5]

Events are arrivals, starts, ends and youths who stop waiting. Compilation and building the model
are reported apart. Ratios are taken within a round: a shared machine changes speed all the time.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time

from vliegwiel.science.caresystem.workspace import Workspace
from vliegwiel.science.kernel import child_key

from .bench_models import BENCH, load

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


def main() -> None:
    """Time both in turn and print medians and the ratio within rounds."""
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
    kernel, peer = [], []
    for turn in range(arguments.rounds):
        kernel.append(ours(workspace, initial, turn * RUNS))
        peer.append(simpy(arguments.model, turn + 1))
        ratio = kernel[-1] / peer[-1]
        print(f"round {turn + 1}: {kernel[-1]:12,.0f} {peer[-1]:10,.0f} events/s, {ratio:6.0f} x")
    ratios = [a / b for a, b in zip(kernel, peer, strict=True)]
    print(
        f"model {arguments.model}: kernel {statistics.median(kernel):,.0f} events/s, "
        f"SimPy {statistics.median(peer):,.0f}, median ratio {statistics.median(ratios):.0f} x"
    )


if __name__ == "__main__":
    main()
