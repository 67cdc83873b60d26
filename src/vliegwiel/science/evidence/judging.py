"""How often the test of a design sees an effect, at each duration of a pilot.

The search looks at half of the simulated pilots and picks a duration; since what is picked for
being best looks better than it is, only the other half says how good the answer is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtr, betaincinv

from .designs import Seen, Tested
from .designs.seen import ratio
from .piloting import PilotPiece, seen
from .planning import PilotPlan

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

#: Two-sided error of a test.
ERROR = 0.05
#: A test gives more false alarms than promised when chance makes as many in 1 of 100 searches.
_SURE = 0.99


@dataclass(frozen=True, slots=True)
class Share:
    """A share of simulated pilots with its 95 per cent interval (Clopper and Pearson 1934)."""

    value: float
    low: float
    high: float


def share(hits: int, of: int, level: float = 0.95) -> Share:
    """The share of so many hits, with its exact interval.

    Raises:
        ValueError: when there is nothing to take a share of.
    """
    if of < 1:
        raise ValueError("there must be at least one pilot")
    tail = (1.0 - level) / 2.0
    low = float(betaincinv(hits, of - hits + 1, tail)) if hits > 0 else 0.0
    high = float(betaincinv(hits + 1, of - hits, 1.0 - tail)) if hits < of else 1.0
    return Share(hits / of, low, high)


@dataclass(frozen=True, slots=True)
class Limits:
    """Between which statistics no effect is seen, whatever the test says, by duration."""

    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True)
class Rule:
    """When an effect is seen: by the test itself, and beyond limits when there are any.

    Limits come from a number of simulated pilots: ``looser`` and ``stricter`` are as far from the
    middle ones as that number leaves open (95 per cent).
    """

    middle: Limits | None = None
    looser: Limits | None = None
    stricter: Limits | None = None


@dataclass(frozen=True, slots=True)
class Effects:
    """What the change does in the model, mean over pilots, by duration.

    ``without`` and ``within`` are the outcome at the pilot sites without and with the change,
    ``elsewhere`` the difference that the change makes to those who are compared with, ``chance``
    how far the estimate strays without an effect (half the width of its middle 95 per cent).
    """

    without: Floats
    within: Floats
    elsewhere: Floats
    chance: Floats
    youths: Floats
    youths_compared: Floats

    @property
    def inside(self) -> Floats:
        """The difference at the pilot sites."""
        return self.within - self.without


@dataclass(frozen=True, slots=True)
class Half:
    """The tests of half of the simulated pilots, by duration: statistic and p, shape (D, R).

    ``alarms`` are those without an effect, ``effects`` those with the pilot.
    """

    alarms: tuple[Floats, Floats]
    effects: tuple[Floats, Floats]
    estimates: Floats

    @property
    def pilots(self) -> int:
        """How many there are."""
        return int(self.alarms[0].shape[1])


def durations(plan: PilotPlan) -> range:
    """The numbers of months that are tried."""
    return range(plan.method.least_after, plan.longest + 1)


def judge(plan: PilotPlan, piece: PilotPiece, span: slice) -> Half:
    """Do the test at every duration, on the data that each pilot would have by then."""
    without, within = (seen(plan, piece, arm, span) for arm in (0, 1))
    none = [plan.method.examine(without.until(after)) for after in durations(plan)]
    some = [plan.method.examine(within.until(after)) for after in durations(plan)]
    return Half(
        alarms=_stacked(none),
        effects=_stacked(some),
        estimates=np.stack([tested.estimate for tested in none]),
    )


def _stacked(tests: Sequence[Tested]) -> tuple[Floats, Floats]:
    return np.stack([test.statistic for test in tests]), np.stack([test.p for test in tests])


def own_limits(half: Half) -> Rule:
    """Limits between which 95 per cent of the pilots without an effect lie, at each duration.

    They are order statistics, and so are the intervals of them (Conover, Practical Nonparametric
    Statistics, section 3.2).
    """
    ordered = np.sort(half.alarms[0], axis=1)
    last, tail = half.pilots - 1, ERROR / 2

    def at(beyond: int) -> Limits:
        place = min(max(beyond, 0), last // 2)
        return Limits(ordered[:, place], ordered[:, last - place])

    up_to = bdtr(np.arange(half.pilots + 1), half.pilots, tail)
    few, many = (int(np.searchsorted(up_to, end)) for end in (0.025, 0.975))
    return Rule(at(int(half.pilots * tail)), at(many), at(few - 1))


def found(tests: tuple[Floats, Floats], limits: Limits | None) -> Flags:
    """Whether an effect is seen, in whatever direction; shape (D, R)."""
    statistic, p = tests
    by_test: Flags = p < ERROR
    if limits is None:
        return by_test
    beyond: Flags = (statistic < limits.low[:, None]) | (statistic > limits.high[:, None])
    return by_test & beyond


def _right(half: Half, limits: Limits | None, sign: float) -> Flags:
    """Whether the effect is seen in its right direction; shape (D, R)."""
    right: Flags = found(half.effects, limits) & (np.sign(half.effects[0]) == sign)
    return right


def power(half: Half, limits: Limits | None, sign: float) -> Floats:
    """Share of pilots in which the effect is seen, by duration."""
    by_duration: Floats = _right(half, limits, sign).mean(axis=1)
    return by_duration


def hits(half: Half, rule: Rule, sign: float, k: int) -> Share:
    """The same at one duration, with an interval that holds what limits leave open as well."""
    middle, looser, stricter = (
        share(int(_right(half, limits, sign)[k].sum()), half.pilots)
        for limits in (rule.middle, rule.looser, rule.stricter)
    )
    return Share(middle.value, stricter.low, looser.high)


def false_alarms(half: Half, limits: Limits | None, k: int) -> Share:
    """Share of pilots without an effect in which one is seen, at one duration."""
    return share(int(found(half.alarms, limits)[k].sum()), half.pilots)


def promises_too_much(half: Half) -> bool:
    """Whether the test gives more false alarms than promised, at the duration where most are.

    Durations are looked at side by side, so each must stand out by itself (Bonferroni).
    """
    alarms = found(half.alarms, None).sum(axis=1)
    level = 1.0 - 2.0 * (1.0 - _SURE) / len(alarms)
    return share(int(alarms.max()), half.pilots, level).low > ERROR


def shortest(power_by_duration: Floats, certainty: float) -> int | None:
    """First duration at which the power, taken never to fall with time, is what was asked."""
    # Late, because it takes a second to load, and most commands never ask.
    from scipy.optimize import isotonic_regression  # noqa: PLC0415

    smooth = isotonic_regression(power_by_duration).x
    reached = np.flatnonzero(smooth >= certainty)
    return int(reached[0]) if len(reached) else None


def effects(plan: PilotPlan, piece: PilotPiece, half: Half, span: slice) -> Effects:
    """What the change does in the model, and how far chance goes, by duration."""
    without, within = seen(plan, piece, 0, span), seen(plan, piece, 1, span)
    youths = piece.youths[1, span].astype(np.float64)
    rows = []
    for k, after in enumerate(durations(plan)):
        one, other = without.until(after), within.until(after)
        on, off = one.cells()
        inside = [_outcome(arm, on) for arm in (one, other)]
        elsewhere = _outcome(other, off) - _outcome(one, off)
        strayed = half.estimates[k][np.isfinite(half.estimates[k])]
        middle = np.quantile(strayed, (0.025, 0.975)) if strayed.size else np.full(2, np.nan)
        counted = [float((youths[:, : one.months] * cells).sum(axis=(1, 2)).mean())
                   for cells in (on, off)]  # fmt: skip
        means = [_mean(values) for values in (*inside, elsewhere)]
        rows.append((*means, float(middle[1] - middle[0]) / 2, *counted))
    return Effects(*np.array(rows).T)


def _outcome(arm: Seen, cells: Flags) -> Floats:
    """The outcome in some months of some groups, of each pilot."""
    above, below = ((part * cells).sum(axis=(1, 2)) for part in (arm.above, arm.below))
    return ratio(above, below)


def _mean(values: Floats) -> float:
    known = values[np.isfinite(values)]
    return float(known.mean()) if known.size else float("nan")
