"""What a network may have beyond the plain: several providers, budgets, classes of priority.

A network without any of them is simulated by a kernel that knows nothing of them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ._layout import BY_SHARE, ONE_QUEUE, SHORTEST_QUEUE

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
class Features:
    """Everything beyond the plain; None where a network does without."""

    providers: Providers | None = None
    budgets: Budgets | None = None
    priorities: Priorities | None = None

    @property
    def plain(self) -> bool:
        """Whether there is nothing beyond the plain."""
        return self == PLAIN


PLAIN = Features()


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
    first = np.searchsorted(providers.form_of, np.arange(kinds + 1))
    classes = found.priorities.share if found.priorities is not None else np.ones(1)
    floats = {
        "provider_cum": providers.share, "class_cum": classes, "ceiling": budgets.ceiling,
        "price_per_day": budgets.price_per_day, "price_per_start": budgets.price_per_start,
    }  # fmt: skip
    whole = {
        "form_of": providers.form_of, "first_station": first, "queue_rule": providers.rule,
        "new_year": budgets.new_year,
    }  # fmt: skip
    tables: dict[str, NDArray[np.generic]] = {}
    for name, table in floats.items():
        tables[name] = np.array(table, dtype=np.float64, order="C")
    for name, numbers in whole.items():
        tables[name] = np.array(numbers, dtype=np.int64, order="C")
    return tables
