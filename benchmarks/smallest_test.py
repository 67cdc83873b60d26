"""Print whether answers of the smallest useful test are true: power at the answer with new pilots.

python -m benchmarks.smallest_test [--pilots 2000] [--threads 2] [--design clusters]

For every design the same question about region IJsselland: from when on can be seen that with the
scenario "deliberate entry" more youths come to the local team? Half of the pilots search, the other
half, which the search has not seen, tell what the answer is worth. Durations come in whole months,
so the power at the answer is what was asked or above, and one month shorter it is below.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from typing import Any

from vliegwiel import reference
from vliegwiel.science.caresystem import read_scenario
from vliegwiel.science.evidence import DESIGNS, PilotPlan, Share, SmallestTest, smallest_test

from .shipped import ijsselland

ZWOLLE, DEVENTER = "0193", "0150"


def question() -> PilotPlan:
    """Whether referrers who steer bring more youths to the local team."""
    system = ijsselland()
    files = {file.name: file.content for file in reference.scenario_files(system.id)}
    return PilotPlan(
        system,
        read_scenario(files["deliberate-entry.json"], system),
        outcome="arrivals",
        care_type="local_team",
        given=(ZWOLLE, DEVENTER),
        months_before=24,
        longest=48,
        certainty=0.8,
    )


def plans(pilots: int) -> dict[str, PilotPlan]:
    """The question for each design, with the sites that suit it."""
    asked = replace(question(), replications=pilots // 2)
    other: dict[str, dict[str, Any]] = {
        "before_after": {"given": (), "numbers": (11,), "months_before": 48},
        "clusters": {"given": (), "numbers": (5,)},
        "stepped": {"given": (), "numbers": (11,), "step_months": 6, "longest": 72},
    }
    return {name: replace(asked, design=name, **other.get(name, {})) for name in DESIGNS}


def shown(part: Share) -> str:
    return f"{100 * part.value:5.1f} ({100 * part.low:4.1f} to {100 * part.high:4.1f})"


def line(test: SmallestTest, seconds: float) -> str:
    told = test.told
    point = told.at(told.months or told.points[-1].months)
    shorter = next((p for p in told.points if p.months == point.months - 1), None)
    months = f"{told.months:3d}" if told.months is not None else " no"
    limits = (told.months_low, told.months_high) if told.months else ()
    between = "-".join(str(m) if m else f">{test.asked.longest}" for m in limits)
    between = f"({between})" if between else ""
    return (
        f"{test.asked.design:13s}{told.sites:6d}{months:>8s} {between:>9s}"
        f"{point.youths:8.0f}  {shown(point.power):>22s}"
        f"  {shown(shorter.power) if shorter else '':>22s}"
        f"  {shown(point.false_alarms):>20s}{' *' if told.stricter else '  '}{seconds:7.0f} s"
        f"  {told.reason or ''}"
    )


def main() -> None:
    """Answer the question with every design and print one line for each."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--pilots", type=int, default=2000)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--design", choices=list(DESIGNS), action="append")
    asked = parser.parse_args()
    print(f"{asked.pilots} simulated pilots for each design; in per cent, new pilots only")
    print(
        f"{'design':13s}{'sites':>6s}{'months':>8s} {'(95 %)':>9s}{'youths':>8s}"
        f"  {'seen at the answer':>22s}  {'a month shorter':>22s}  {'false alarms':>20s}"
    )
    for name, plan in plans(asked.pilots).items():
        if asked.design and name not in asked.design:
            continue
        begun = time.perf_counter()
        test = smallest_test(plan, threads=asked.threads)
        print(line(test, time.perf_counter() - begun), flush=True)
    print("* the design's own test gives more false alarms than the 5 it promises; corrected")


if __name__ == "__main__":
    main()
