"""Print whether fits of a care system are true, on generated regions of which the truth is known.

python -m benchmarks.fit [--regions 50] [--months 36] [--held-back 12] [--scale 0.1] [--threads 2]

The truth is a care system that was itself fitted to a simulated IJsselland, so that nothing in it
is of a form that a fit could not find; each region is that one with other chances. Printed is, by
kind of number, how often the 95 per cent interval held the truth and how far estimates are off in
standard errors (mean 0 and deviation 1 when all is well), and for months that were held back how
often the 80 per cent band held what happened and how the scores compare with simple forecasts: of
the care system that is told, without small counts, and of the same fit with exact counts.
"""

from __future__ import annotations

import argparse
import math
import time
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from vliegwiel.science.caresystem import (
    CareSystem,
    Text,
    entries,
    histories,
)
from vliegwiel.science.fit import (
    MODEL,
    Background,
    BackTest,
    FittedSystem,
    back_test,
    background_of,
    estimate,
    visits_of_histories,
    write_system,
)

from .shipped import ijsselland

#: What is left of an address without ids -> how it is called here.
_KINDS = {
    "rate": "youths a month",
    "trend": "growth a year",
    "destinations": "where referred to",
    "mean": "mean stay or patience",
    "cv": "spread of stays",
    "places": "places",
    "next": "what follows care",
    "leave_to": "where who gives up goes",
    "reentry": "coming back",
    "municipalities": "municipalities",
}


def background(system: CareSystem) -> Background:
    """What visits do not tell."""
    return background_of(
        system,
        name="fitted",
        version="1",
        title=Text(nl="geschat", en="fitted"),
        data="a simulation",
        publisher="the benchmarks",
    )


def truth(months: int) -> CareSystem:
    """A care system of which every part is of a form that a fit knows."""
    shipped = ijsselland()
    visits = visits_of_histories(histories(shipped, months, seed=1000))
    return write_system(estimate(visits), background(shipped))[0]


def kind_of(address: str) -> str:
    """The line on which a number is counted."""
    parts = address.split(".")
    if parts[0] in {"reentry", "municipalities"}:
        return _KINDS[parts[0]]
    return next((_KINDS[part] for part in reversed(parts) if part in _KINDS), "other")


def true_values(system: CareSystem, months: int, scale: float) -> Mapping[str, float]:
    """What is true of every number when the observation ends, in a region of this scale."""
    found = {entry.address: entry.quantity.value for entry in entries(system)}
    for referrer in system.referrers:
        growth = referrer.trend.value if referrer.trend is not None else 0.0
        found[f"referrers.{referrer.id}.rate"] *= scale * math.pow(1.0 + growth, months / 12)
    for care in system.care_types:
        address = f"care_types.{care.id}.places"
        if address in found:
            found[address] = math.floor(max(found[address] * scale, 1.0) + 0.5)
    return found


@dataclass
class Tally:
    """What came of all regions."""

    held: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    off: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    families: Counter[tuple[str, str]] = field(default_factory=Counter)
    covered: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wins: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    scores: dict[str, list[tuple[float, float, float]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def fit(self, found: FittedSystem, true: Mapping[str, float]) -> None:
        """Count the intervals of a fit."""
        for part in found.parts:
            if part.address not in true or part.address.endswith("returning_at_start"):
                continue
            value, kind = true[part.address], kind_of(part.address)
            self.held[kind].append(part.low - 1e-6 <= value <= part.high + 1e-6)
            if part.error > 0:
                self.off[kind].append((part.value - value) / part.error)

    def test(self, found: BackTest) -> None:
        """Count the months that were held back."""
        for row in found.rows:
            score, exact = row.scores[MODEL], row.exact
            size = "few" if row.small else "ten or more"
            for line in (row.measure, f"{row.measure}, {size}"):
                self.covered[line].append(score.covered or 0.0)
                self.wins[line].append(row.closer)
                known = math.nan if exact is None else exact.crps
                self.scores[line].append((score.crps, known, row.best_simple))


def show(tally: Tally) -> None:
    """Print both tables."""
    print(
        f"\n{'kind of number':26s}{'numbers':>8s}{'held':>8s}{'off, mean':>11s}{'deviation':>11s}"
    )
    for kind, held in tally.held.items():
        off = np.array(tally.off[kind] or [0.0])
        print(
            f"{kind:26s}{len(held):8d}{100 * np.mean(held):7.1f}%"
            f"{off.mean():11.2f}{off.std():11.2f}"
        )
    every = [one for held in tally.held.values() for one in held]
    print(f"{'all':26s}{len(every):8d}{100 * np.mean(every):7.1f}%")
    print(
        f"\n{'held back':26s}{'numbers':>8s}{'covered':>8s}{'better':>8s}{'score':>8s}{'exact':>8s}"
    )
    for measure, covered in sorted(tally.covered.items()):
        ours, exact, simple = np.array(tally.scores[measure]).sum(axis=0)
        print(
            f"{measure:26s}{len(covered):8d}{100 * np.mean(covered):7.1f}%"
            f"{100 * np.mean(tally.wins[measure]):7.0f}%{ours / simple:8.2f}{exact / simple:8.2f}"
        )
    print("covered: months within the 80 per cent band; better: closer than every simple forecast;")
    print(
        "score: CRPS summed over that of the best simple forecast of each number; exact: the same"
    )
    print("with exact counts; few: fewer than ten in some month")


def main() -> None:
    """Fit and test every region, and print what came of it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--regions", type=int, default=50)
    parser.add_argument("--months", type=int, default=36)
    parser.add_argument("--held-back", type=int, default=12)
    parser.add_argument("--scale", type=float, default=0.1)
    parser.add_argument("--threads", type=int, default=2)
    asked = parser.parse_args()
    system = truth(asked.months)
    names = background(system)
    true = true_values(system, asked.months, asked.scale)
    tally, begun = Tally(), time.process_time()
    for seed in range(asked.regions):
        longer = asked.months + asked.held_back
        told = histories(system, longer, seed=seed, scale=asked.scale)
        visits = visits_of_histories(told)
        tested = back_test(
            visits, names, months=asked.held_back, seed=seed, threads=asked.threads
        )  # fmt: skip
        tally.fit(tested.fitted, true)
        tally.test(tested)
    spent = (time.process_time() - begun) / asked.regions
    print(
        f"{asked.regions} regions at {asked.scale} of IJsselland, {asked.months} months observed,"
    )
    print(f"{asked.held_back} held back; {spent:.1f} s of processor time a region")
    show(tally)


if __name__ == "__main__":
    main()
