"""Print how often somebody who looks every month is fooled, and what not being fooled costs.

python -m benchmarks.monitoring [--pilots 5000] [--months 36] [--only NAME]

Every pilot is followed for three years and looked at every month. Without an effect a rule that
promises 5 false alarms in 100 should give no more, however often somebody looks; an ordinary test
that is repeated does. With an effect that an ordinary test at the end would find in 80 of 100
pilots, the table tells how often each rule finds it, and after how many months.
"""

from __future__ import annotations

import argparse
import math
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from vliegwiel.science.evidence.judging import Share, share
from vliegwiel.science.evidence.monitoring import (
    Monitored,
    boundaries,
    monitor_clusters,
    monitor_difference,
    monitor_rate,
    monitor_rate_ratio,
    monitor_share,
)

Floats = NDArray[np.float64]
#: Effect at which an ordinary test at the end has a power of 80 per cent, in standard errors.
NOTICEABLE = 2.802
ALPHA = 0.05


@dataclass(frozen=True)
class Followed:
    """One simulated pilot: the product's intervals, and the ordinary statistic by month."""

    monitored: Monitored
    z: Floats
    limit: float


@dataclass(frozen=True)
class Setting:
    """A kind of outcome. ``draw`` takes the random numbers, the months, and the size of the effect.

    ``claims`` is False where the product itself says not to decide on the interval alone.
    """

    name: str
    draw: Callable[[np.random.Generator, int, float], Followed]
    claims: bool = True


def share_of_successes(random: np.random.Generator, months: int, effect: float) -> Followed:
    """Four finished trajectories a month against a norm of 60 per cent."""
    trials = 4.0 * np.arange(1, months + 1)
    chance = 0.6 + effect * math.sqrt(0.24 / trials[-1])
    found = random.binomial(4, chance, months).cumsum()
    z = (found / trials - 0.6) / np.sqrt(0.24 / trials)
    return Followed(monitor_share(found, trials, null=0.6, tuning_size=trials[-1]), z, 1.959964)


def rate_of_events(random: np.random.Generator, months: int, effect: float) -> Followed:
    """Six events a month as a norm."""
    expected = 6.0 * np.arange(1, months + 1)
    rate = 6.0 + effect * 6.0 / math.sqrt(expected[-1])
    found = random.poisson(rate, months).cumsum()
    z = (found - expected) / np.sqrt(expected)
    exposure = np.arange(1.0, months + 1)
    return Followed(monitor_rate(found, exposure, null=6.0, tuning_size=months), z, 1.959964)


def two_rates(random: np.random.Generator, months: int, effect: float) -> Followed:
    """Two groups with eight events a month each."""
    ratio = math.exp(effect * math.sqrt(2.0 / (8.0 * months)))
    one, other = (
        random.poisson(8.0 * r, months).cumsum() for r in (math.sqrt(ratio), 1 / math.sqrt(ratio))
    )
    z = (one - other) / np.sqrt(np.maximum(one + other, 1.0))
    found = monitor_rate_ratio(one, other, exposure_ratio=1.0, tuning_size=16.0 * months)
    return Followed(found, z, 1.959964)


def two_arms(skewed: bool, by_month: int) -> Callable[[np.random.Generator, int, float], Followed]:
    """Persons of both arms each month; skewed values are lognormal, as waits and costs are."""

    def draw(random: np.random.Generator, months: int, effect: float) -> Followed:
        count = by_month * months
        values = random.normal(size=(2, count))
        spread = 1.0
        if skewed:
            values, spread = np.exp(values), math.sqrt((math.e - 1) * math.e)
        treated, control = values[0] + effect * spread * math.sqrt(2.0 / count), values[1]
        looks = by_month * np.arange(1, months + 1)
        found = monitor_difference(treated, control, looks, looks, tuning_size=2 * count)
        return Followed(found, _z(treated, looks, control), 1.959964)

    return draw


def sites(
    by_arm: int, *, skewed: bool = False
) -> Callable[[np.random.Generator, int, float], Followed]:
    """Sites by lot, which differ for good (a few of them much, when skewed) and by month."""

    def draw(random: np.random.Generator, months: int, effect: float) -> Followed:
        count = 2 * by_arm
        lasting, monthly = random.normal(0, 1, count), random.normal(0, 1, (months, count))
        if skewed:
            lasting = (np.exp(lasting) - math.exp(0.5)) / math.sqrt((math.e - 1) * math.e)
        lasting *= 0.3
        size = np.arange(1, months + 1)
        means = lasting + monthly.cumsum(axis=0) / size[:, None]
        arm = np.arange(count) < by_arm
        means[:, arm] += effect * math.sqrt((0.09 + 1.0 / months) * 2 / by_arm)
        found = monitor_clusters(means, arm, size, tuning_size=months)
        sides = means[:, arm], means[:, ~arm]
        error = np.sqrt(sum(side.var(axis=1, ddof=1) for side in sides) / by_arm)
        z = (sides[0].mean(axis=1) - sides[1].mean(axis=1)) / error
        return Followed(found, z, float(stdtrit(count - 2, 1 - ALPHA / 2)))

    return draw


SETTINGS = (
    Setting("share against a norm, 4 a month", share_of_successes),
    Setting("rate against a norm, 6 a month", rate_of_events),
    Setting("two rates, 8 a month each", two_rates),
    Setting("two arms, 5 a month each", two_arms(skewed=False, by_month=5)),
    Setting("two arms, skewed, 5 a month each", two_arms(skewed=True, by_month=5)),
    Setting("sites by lot, 16 an arm", sites(16)),
    Setting("sites by lot, 8 an arm", sites(8)),
    Setting("sites by lot, 4 an arm", sites(4), claims=False),
    Setting("sites by lot, 4 an arm, skewed", sites(4, skewed=True), claims=False),
)


@dataclass(frozen=True)
class Tally:
    """What each rule did in many pilots: any look, ordinary every month, at the end, yearly."""

    any_look: Share
    every_month: Share
    at_the_end: Share
    yearly: Share
    months_any_look: float
    months_yearly: float


def tally(setting: Setting, pilots: int, months: int, effect: float, seed: int) -> Tally:
    """Follow pilots with an effect of so many standard errors at the end."""
    plan = boundaries(3, "obrien_fleming", ALPHA)
    years = np.array([months // 3, 2 * months // 3, months]) - 1
    first = np.zeros(pilots)
    yearly = np.zeros(pilots)
    repeated = at_end = 0
    for number in range(pilots):
        one = setting.draw(np.random.default_rng([seed, number]), months, effect)
        when = one.monitored.first_excluding
        first[number] = np.inf if when is None else when + 1
        crossed = plan.crossed(tuple(one.z[years] * 1.959964 / one.limit))
        yearly[number] = np.inf if crossed is None else years[crossed] + 1
        # An ordinary test is not done on a handful.
        repeated += bool(np.any(np.abs(one.z[2:]) > one.limit))
        at_end += bool(abs(one.z[-1]) > one.limit)
    return Tally(
        share(int(np.isfinite(first).sum()), pilots),
        share(repeated, pilots),
        share(at_end, pilots),
        share(int(np.isfinite(yearly).sum()), pilots),
        float(np.minimum(first, months).mean()),
        float(np.minimum(yearly, months).mean()),
    )


def _z(treated: Floats, looks: NDArray[np.int64], control: Floats) -> Floats:
    means, errors = [], []
    for values in (treated, control):
        mean = values.cumsum()[looks - 1] / looks
        square = (values**2).cumsum()[looks - 1] / looks - mean**2
        means.append(mean)
        errors.append(square * looks / (looks - 1) / looks)
    z: Floats = (means[0] - means[1]) / np.sqrt(errors[0] + errors[1])
    return z


def _shown(part: Share) -> str:
    return f"{100 * part.value:4.1f} ({100 * part.low:3.1f}-{100 * part.high:3.1f})"


def main() -> None:
    """Print one line for each kind of outcome."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--pilots", type=int, default=5000)
    parser.add_argument("--months", type=int, default=36)
    parser.add_argument("--only", choices=[one.name for one in SETTINGS], action="append")
    asked = parser.parse_args()
    print(f"{asked.pilots} pilots each, looked at every month for {asked.months} months; per cent")
    print(
        "| outcome | false alarms: any look | ordinary test every month | yearly boundaries "
        "| found: any look | after months | yearly | after months | at the end only |"
    )
    print("| --- " * 9 + "|")
    for setting in SETTINGS:
        if asked.only and setting.name not in asked.only:
            continue
        begun = time.perf_counter()
        none = tally(setting, asked.pilots, asked.months, 0.0, 1)
        some = tally(setting, max(asked.pilots // 2, 1), asked.months, NOTICEABLE, 2)
        name = setting.name + ("" if setting.claims else " (marked)")
        print(
            f"| {name} | {_shown(none.any_look)} | {_shown(none.every_month)} "
            f"| {_shown(none.yearly)} | {100 * some.any_look.value:.0f} "
            f"| {some.months_any_look:.0f} | {100 * some.yearly.value:.0f} "
            f"| {some.months_yearly:.0f} | {100 * some.at_the_end.value:.0f} |"
            f" <!-- {time.perf_counter() - begun:.0f} s -->",
            flush=True,
        )


if __name__ == "__main__":
    main()
