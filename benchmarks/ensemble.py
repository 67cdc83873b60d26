"""What a replication takes outside the kernel, and what the second core brings.

python -m benchmarks.ensemble [--rounds 3] [--replications 100]

The shipped region over five years, without a scenario. Shares are of processor time on one thread;
the second core is the time on the clock of one thread over that of two, in the same round.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator

from vliegwiel.science.caresystem import ForecastPlan, run_chunk
from vliegwiel.science.caresystem.compiling import compile_many
from vliegwiel.science.caresystem.measuring import keep
from vliegwiel.science.caresystem.workspace import Workspace

from .findings import Finding, as_table
from .shipped import ijsselland

Say = Callable[[str], None]
MONTHS = 60
#: Replications that are compiled together, as in a piece of work.
TOGETHER = 50


def plan_of(replications: int) -> ForecastPlan:
    """The shipped region for five years."""
    return ForecastPlan(ijsselland(), None, MONTHS, replications)


def parts(plan: ForecastPlan) -> dict[str, float]:
    """Milliseconds of processor time for a replication, by part."""
    numbers, spent = range(min(TOGETHER, plan.replications)), [time.process_time()]

    def lap() -> None:
        spent.append(time.process_time())

    drawn = plan.draws_of(numbers)
    values = plan.derivations.values_of_many(drawn, len(numbers))
    lap()
    compiled = compile_many(plan.system, plan.scenario, plan.frame, values)
    lap()
    simulating = keeping = 0.0
    for number, (arm, _) in zip(numbers, compiled, strict=True):
        begin = time.process_time()
        counts = Workspace(arm.network).simulate(plan.key(number), room=0)
        between = time.process_time()
        keep([(arm, counts)], plan.limited, plan.spans, plan.by_municipality)
        simulating += between - begin
        keeping += time.process_time() - between
    taken = {
        "drawing": spent[1] - spent[0], "compiling": spent[2] - spent[1],
        "simulating": simulating, "keeping": keeping,
    }  # fmt: skip
    return {name: 1000 * seconds / len(numbers) for name, seconds in taken.items()}


def second_core(plan: ForecastPlan) -> tuple[float, float]:
    """Seconds on the clock for all replications, on one thread and on two."""
    found = []
    for threads in (1, 2):
        begin = time.perf_counter()
        for first in range(0, plan.replications, TOGETHER):
            run_chunk(plan, first, min(first + TOGETHER, plan.replications), threads)
        found.append(time.perf_counter() - begin)
    return found[0], found[1]


def measured(rounds: int, say: Say, replications: int = 100) -> Iterator[Finding]:
    """The parts of a replication, the share outside the kernel, and the second core."""
    plan = plan_of(replications)
    run_chunk(plan, 0, 1)  # the kernel is loaded, or compiled, once
    laps, cores = [], []
    for turn in range(1, rounds + 1):
        laps.append(parts(plan))
        cores.append(second_core(plan))
        one, two = cores[-1]
        shown = ", ".join(f"{name} {value:.2f} ms" for name, value in laps[-1].items())
        say(f"ensemble, round {turn}: {shown}; 1 thread {one:.1f} s, 2 threads {two:.1f} s")
    for name in laps[0]:
        each = tuple(lap[name] for lap in laps)
        yield Finding(f"{name}, a replication of five years of the region", each, "ms", most=True)
    outside = tuple(1 - lap["simulating"] / sum(lap.values()) for lap in laps)
    yield Finding("part of a replication outside the kernel", outside, "", most=True)
    gained = tuple(one / two for one, two in cores)
    yield Finding("second core, whole replications of the region", gained, "x", 1.9)


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--replications", type=int, default=100)
    arguments = parser.parse_args()
    print(as_table(list(measured(arguments.rounds, print, arguments.replications))))


if __name__ == "__main__":
    main()
