"""What a network may have beyond the plain: several providers, budgets, classes of priority,
ages, success.

A network without any of them is simulated by a kernel that knows nothing of them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vliegwiel.science.kernel import steps_below

from ._layout import BY_SHARE, ONE_QUEUE, SHORTEST_QUEUE
from .choices import Choice

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: How the providers of a care type share its youths -> number in the kernel.
QUEUE_RULES = {"one_queue": ONE_QUEUE, "by_share": BY_SHARE, "shortest_queue": SHORTEST_QUEUE}


@dataclass(frozen=True, slots=True)
class Providers:
    """Stations: the providers of each care type in its order, one station for a type without.

    Attributes:
        form_of: care type of each station, not decreasing, shape (m,).
        rule: how the stations of a care type share its youths, shape (n,); see QUEUE_RULES.
        share: cumulative over the stations of a care type, per row of parameters, shape (R, m).
    """

    form_of: Ints
    rule: Ints
    share: Floats


@dataclass(frozen=True, slots=True)
class Budgets:
    """Ceilings of a calendar year, and the prices that count towards them.

    Attributes:
        ceiling: euro in the year of each month, infinite where there is none, shape (M, m).
        new_year: 1 in the months in which the spending starts again, shape (M,).
        price_per_day, price_per_start: euro by month, group and care type, shape (M, G, n).
    """

    ceiling: Floats
    new_year: Ints
    price_per_day: Floats
    price_per_start: Floats


@dataclass(frozen=True, slots=True)
class Priorities:
    """Classes of priority, the most urgent first.

    Attributes:
        share: cumulative over classes, per row of parameters and source; the last source stands for
            who is there at the start; shape (R, S + 1, C).
    """

    share: Floats


@dataclass(frozen=True, slots=True)
class Ages:
    """How old youths are, and until when they can be in a care type.

    Attributes:
        share: cumulative over years of life, per source, then per care type for who is in care or
            waits there at the start, then for who is on the way back; shape (A, S + n + 1, years),
            where A is R, or 1 when all rows of parameters are alike.
        until_days: age in days at which a youth has to leave, shape (R, n).
        class_from, class_to: ages in days between which a youth is at least of a class of priority,
            shape (C,).
    """

    share: Floats
    until_days: Floats
    class_from: Floats
    class_to: Floats


@dataclass(frozen=True, slots=True)
class Moving:
    """Youths move between groups of municipalities; seen when they come to a next care type.

    Attributes:
        rate: moves a day, shape (1,).
        to: cumulative over the groups, per group that is left, shape (G, G).
    """

    rate: Floats
    to: Floats


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Success or not decides what comes next.

    Attributes:
        success: probability of success, above 1 where the model does not know, shape (R, n).
        following: choice of n + 2 outcomes, of n owners after success and n after none.
        return_without_success: of youths who left care without success, shape (R,).
    """

    success: Floats
    following: Choice
    return_without_success: Floats


@dataclass(frozen=True, slots=True)
class Observed:
    """Stays as they were observed: points of the distribution, straight lines between them.

    Attributes:
        share: share of the stays not longer than each point, from 0 to 1, shape (n, K).
        length: length at each point, with mean 1, shape (n, K).
        weight: share of the days in care spent in stays not longer than each point, shape (n, K).
    """

    share: Floats
    length: Floats
    weight: Floats


def observed(shares: Sequence[Sequence[float]], lengths: Sequence[Sequence[float]]) -> Observed:
    """Tables of observed stays, one per care type; an empty one for a care type without.

    Args:
        shares: share of the stays not longer than each length, increasing from 0 to 1.
        lengths: the lengths, not decreasing.
    """
    points = max(2, *(len(share) for share in shares))
    tables = np.zeros((3, len(shares), points))
    tables[:, :, -1] = 1.0
    for i, (share, length) in enumerate(zip(shares, lengths, strict=True)):
        if not share:
            continue
        s, x = np.array(share), np.array(length)
        days = np.diff(s) * (x[1:] + x[:-1]) / 2
        weight = np.append(0.0, np.cumsum(days) / days.sum())
        # Points that are not needed lie at the end, at the greatest length.
        for table, values in zip(tables, (s, x / days.sum(), weight), strict=True):
            table[i] = np.append(values, np.full(points - len(s), values[-1]))
        tables[0, i, -1] = tables[2, i, -1] = 1.0
    return Observed(*tables)


@dataclass(frozen=True, slots=True)
class Features:
    """Everything beyond the plain; None where a network does without.

    ``leaving`` is the choice of n + 2 outcomes of who stops waiting, per care type.
    """

    providers: Providers | None = None
    budgets: Budgets | None = None
    priorities: Priorities | None = None
    ages: Ages | None = None
    outcomes: Outcomes | None = None
    leaving: Choice | None = None
    observed: Observed | None = None
    moving: Moving | None = None

    @property
    def plain(self) -> bool:
        """Whether there is nothing beyond the plain."""
        return self == PLAIN


PLAIN = Features()


def feature_numbers(found: Features, kinds: int) -> dict[str, int]:
    """The single numbers of the kernel for these features."""
    rows, origins, bands = (1, 0, 0) if found.ages is None else found.ages.share.shape
    return {
        "age_bands": bands,
        "age_stride": 8 * origins * bands if rows > 1 else 0,
        "following_owners": kinds if found.outcomes is None else 2 * kinds,
        "quantiles": 2 if found.observed is None else found.observed.share.shape[1],
    }


def feature_tables(
    found: Features, *, rows: int, months: int, groups: int, kinds: int, stations: int
) -> dict[str, NDArray[np.generic]]:
    """The tables of the kernel for these features, neutral for those that are not there.

    Args:
        rows: rows of parameters; kinds: care types; stations: as in :class:`Providers`.
    """
    providers = found.providers or Providers(
        np.arange(kinds), np.zeros(kinds, dtype=np.int64), np.ones((rows, kinds))
    )
    budgets = found.budgets or Budgets(
        np.full((months, stations), math.inf), np.zeros(months, dtype=np.int64),
        np.zeros((months, groups, kinds)), np.zeros((months, groups, kinds)),
    )  # fmt: skip
    classes = np.ones((1, 1, 1)) if found.priorities is None else found.priorities.share
    never = np.full(classes.shape[2], math.inf)
    ages = found.ages or Ages(np.ones((1, 1, 1)), np.full((rows, kinds), math.inf), never, -never)
    moving = found.moving or Moving(np.zeros(1), np.ones((1, 1)))
    stays = found.observed or observed([()] * kinds, [()] * kinds)
    success, without = np.full((rows, kinds), 2.0), np.zeros(rows)
    choices = {"leaving": found.leaving}
    if found.outcomes is not None:
        success, without = found.outcomes.success, found.outcomes.return_without_success
        choices["following"] = found.outcomes.following
    floats = {
        "ceiling": budgets.ceiling,
        "price_per_day": budgets.price_per_day, "price_per_start": budgets.price_per_start,
        "age_cum": ages.share, "until_days": ages.until_days, "class_from": ages.class_from,
        "class_to": ages.class_to, "success": success,
        "observed_share": stays.share, "observed_length": stays.length,
        "observed_weight": stays.weight, "moving_rate": moving.rate,
    }  # fmt: skip
    chances = {
        "provider_cum": providers.share, "class_cum": classes, "return_without_success": without,
        "moving_to": moving.to,
    }  # fmt: skip
    for name, made in choices.items():
        chances[f"{name}_reference"] = made.reference if made else np.ones(1)
        floats[f"{name}_keep"] = made.keep if made else np.ones(1)
        floats[f"{name}_change"] = made.change if made else np.ones(1)
    whole = {
        "form_of": providers.form_of, "queue_rule": providers.rule, "new_year": budgets.new_year,
        "first_station": np.searchsorted(providers.form_of, np.arange(kinds + 1)),
    }  # fmt: skip
    return as_tables(floats, whole, chances)


def as_tables(
    floats: Mapping[str, NDArray[np.float64]],
    whole: Mapping[str, NDArray[np.int64]],
    chances: Mapping[str, NDArray[np.float64]],
) -> dict[str, NDArray[np.generic]]:
    """These by name as the kernel reads them, contiguous; chances in steps (`steps_below`)."""
    return {
        **{name: np.ascontiguousarray(table, dtype=np.float64) for name, table in floats.items()},
        **{name: np.ascontiguousarray(table, dtype=np.int64) for name, table in whole.items()},
        **{name: np.ascontiguousarray(steps_below(table)) for name, table in chances.items()},
    }
