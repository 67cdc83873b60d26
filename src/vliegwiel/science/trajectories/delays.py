"""How late starts become known, and how many have happened that are not known yet.

A start is told afterwards. Those of the last weeks are known in part, and short delays are seen
more often than long ones, because long ones have not come in yet (right truncation). The
distribution is therefore estimated backwards in time (Kalbfleisch and Lawless 1989; Lawless 1994,
Canadian Journal of Statistics 22:15-31), which is the chain ladder of insurers by day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
from scipy.special import bdtrc

from .choices import Choices
from .deliveries import Standing
from .spans import plus
from .survival import Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Delay:
    """The distribution of the delay of starts.

    ``known_share[d]`` is the share that is known d days after the start, of those that become known
    within ``delay_most`` days. ``count`` is how many starts it rests on. ``late_share`` is the
    share told more than 7 days after.
    """

    known: date
    known_share: Floats
    count: int
    late_share: float | None

    def days_until(self, share: float) -> int | None:
        """Days after which a share of starts is known; None when it rests on no start."""
        if self.count == 0:
            return None
        return int(np.argmax(self.known_share >= share - 1e-12))

    def share_known(self, day: date) -> float:
        """Share of the starts of a day that is known; 0 for days to come."""
        age = (self.known - day).days
        if age < 0:
            return 0.0
        return float(self.known_share[min(age, len(self.known_share) - 1)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """Starts in a period: those that are known, and how many there will be with an interval."""

    known: int
    expected: float | None
    low: int | None
    high: int | None


def delay_of(starts: Iterable[Standing], *, known: date, choices: Choices) -> Delay:
    """The delay of the starts begun in the last ``delay_window`` days.

    Each step backwards compares the starts told with exactly d days of delay with those told with
    at most d, among days old enough to tell (``known`` at least d days later). A delay below zero
    (a start told beforehand, which the standard forbids) counts as none; one above ``delay_most``
    is not used.
    """
    first = plus(known, -choices.delay_window)
    ages: Counter[tuple[int, int]] = Counter()
    for start in starts:
        if first <= start.begin <= known and start.known <= known:
            delay = max((start.known - start.begin).days, 0)
            if delay <= choices.delay_most:
                ages[(known - start.begin).days, delay] += 1
    most = choices.delay_most
    table = np.zeros((max(choices.delay_window, most) + 1, most + 1))
    for (age, delay), count in ages.items():
        table[age, delay] = count
    # Starts at least so old, by delay; on the diagonal those that are old enough to tell it.
    old_enough = table[::-1].cumsum(axis=0)[::-1][: most + 1]
    exact, told = np.diagonal(old_enough), np.diagonal(old_enough.cumsum(axis=1))
    step = 1.0 - np.divide(exact, told, out=np.zeros(most + 1), where=told > 0.0)
    share = np.ones(most + 1)
    share[:-1] = step[:0:-1].cumprod()[::-1]
    total = int(table.sum())
    late = 1.0 - float(share[min(7, most)]) if total else None
    return Delay(known=known, known_share=share, count=total, late_share=late)


def corrected(delay: Delay, days: Iterable[date], *, level: float = 0.95) -> Corrected:
    """How many starts there will be when all have been told, given the first days of those known.

    Every known start of a day stands for one divided by the share that is known of that day. The
    interval is that of the number still unknown, negative binomial around it with the shares as
    given: the uncertainty of the shares themselves is not in it. When less than half is known by
    this reckoning, or it rests on nothing, there is no expectation: it would be a guess.
    """
    counts = Counter(days)
    known = sum(counts.values())
    shares = {day: delay.share_known(day) for day in counts}
    if delay.count == 0 or any(share <= 0.0 for share in shares.values()):
        return Corrected(known=known, expected=None, low=None, high=None)
    expected = sum(count / shares[day] for day, count in counts.items())
    if known < expected / 2.0:
        return Corrected(known=known, expected=None, low=None, high=None)
    if known == 0:
        return Corrected(known=0, expected=0.0, low=0, high=0)
    share = known / expected
    unknown = [_unknown(known, share, p) for p in ((1 - level) / 2, (1 + level) / 2)]
    return Corrected(
        known=known, expected=expected, low=known + unknown[0], high=known + unknown[1]
    )


def _unknown(known: int, share: float, probability: float) -> int:
    """Quantile of the number not told when ``known`` are, each told with the same chance.

    More than k are unknown when, of the first known + k, fewer than ``known`` are told.
    """
    if share >= 1.0:
        return 0
    number = 0
    while 1.0 - bdtrc(known - 1, known + number, share) > 1.0 - probability:
        number += 1
    return number
