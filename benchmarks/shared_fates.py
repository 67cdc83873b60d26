"""What sharing fates is worth: the variance of scenario less baseline, with and without.

python -m benchmarks.shared_fates [--replications 200] [--months 60]

For each shipped scenario two ways of comparing. Shared: both arms with the same random numbers, as
every forecast does. Independent: the scenario with the seed of other replications. The ratio of
the variances is how many times as many replications independent seeds need for the same precision.
Assumed numbers are fixed at their likeliest value, or drawn anew in every replication; with
independent seeds the two arms then also differ in what was drawn.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from vliegwiel import reference
from vliegwiel.science.caresystem import CareSystem, ForecastPlan, read_scenario
from vliegwiel.science.caresystem.measuring import MEASURED

from .shipped import ijsselland

Floats = NDArray[np.float64]

SEEDS = (1, 2)
#: Months at the end that are looked at.
PERIOD = 12
_BOOTSTRAPS = 2000


@dataclass(frozen=True, slots=True)
class Comparison:
    """One outcome of one scenario: its differences by replication, shared and independent."""

    scenario: str
    outcome: str
    drawn: bool
    shared: Floats
    independent: Floats

    @property
    def ratio(self) -> float:
        """Variance of the independent differences over that of the shared ones."""
        return float(self.independent.var(ddof=1) / self.shared.var(ddof=1))

    def interval(self) -> tuple[float, float]:
        """Where the ratio lies, 95 per cent: percentiles over resampled replications."""
        random = np.random.Generator(np.random.Philox(7))
        count = len(self.shared)
        picked = random.integers(count, size=(_BOOTSTRAPS, count))
        found = self.independent[picked].var(axis=1) / self.shared[picked].var(axis=1)
        low, high = np.quantile(found, (0.025, 0.975))
        return float(low), float(high)


def plans(months: int, replications: int) -> Iterator[ForecastPlan]:
    """A plan for each scenario that ships on the care system of IJsselland."""
    system = ijsselland()
    for shipped in reference.scenario_files(system.id):
        scenario = read_scenario(shipped.content, system)
        yield ForecastPlan(system, scenario, months, replications, SEEDS[0])


def compare(plan: ForecastPlan, *, drawn: bool) -> list[Comparison]:
    """Waiting time in the focus of the scenario and total cost, in the last months."""
    scenario = plan.scenario
    if scenario is None or scenario.focus is None:
        raise ValueError("a scenario with a focus is needed")
    here, elsewhere = (
        _outcomes(replace(plan, seed=seed), scenario.focus, drawn=drawn) for seed in SEEDS
    )
    return [
        Comparison(
            scenario.id, name, drawn, here[:, 1, k] - here[:, 0, k],
            elsewhere[:, 1, k] - here[:, 0, k],
        )
        for k, name in enumerate(("waiting time", "cost"))
    ]  # fmt: skip


def _outcomes(plan: ForecastPlan, focus: str, *, drawn: bool) -> Floats:
    """Waiting time and cost by replication and arm, shape (replications, 2, 2)."""
    column = _column(plan.system, focus)
    found = []
    for r in range(plan.replications):
        measured = plan.simulate(r, plan.draws(r) if drawn else {}).measured.astype(np.float64)
        last = measured[:, :, -PERIOD:].sum(axis=2)
        named = {name: last[:, MEASURED.index(name)] for name in ("wait_sum", "starts", "cost")}
        wait = named["wait_sum"][:, column] / named["starts"][:, column]
        found.append(np.stack([wait, named["cost"].sum(axis=1)], axis=-1))
    return np.stack(found)


def _column(system: CareSystem, focus: str) -> int:
    return system.care_type_ids.index(focus)


def main() -> None:
    """Simulate and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--replications", type=int, default=200)
    parser.add_argument("--months", type=int, default=60)
    arguments = parser.parse_args()
    count = arguments.replications
    print(f"| scenario | outcome, last {PERIOD} months | assumed numbers | ratio of variances "
          f"| 95 per cent | {count} shared are worth, independent |\n"
          "| --- | --- | --- | ---: | ---: | ---: |")  # fmt: skip
    for plan in plans(arguments.months, count):
        for drawn in (False, True):
            for found in compare(plan, drawn=drawn):
                low, high = found.interval()
                numbers, worth = "drawn" if drawn else "fixed", count * found.ratio
                print(f"| {found.scenario} | {found.outcome} | {numbers} | {found.ratio:.1f} "
                      f"| {low:.1f} to {high:.1f} | {worth:,.0f} |", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
