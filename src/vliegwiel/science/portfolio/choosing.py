"""Which initiatives to do together: the most worth within budget, people, risk and dependencies.

An integer programme, solved to the very best answer (HiGHS, by ``scipy.optimize.milp`` without a
gap). Of several portfolios that are worth the same the one that uses least of the limits is taken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vliegwiel.science.kernel import ScienceError

Floats = NDArray[np.float64]
#: Steps of more budget that are looked for at most.
MOST_STEPS = 12
_TINY = 1e-9
#: A portfolio is better when it is worth this part of the largest item more.
_BETTER = 1e-5


class NoPortfolio(ScienceError):
    """No set of initiatives keeps to all rules."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An initiative that may be chosen.

    Attributes:
        value: what it is worth, on any scale that adds up; more is better.
        uses: what it takes of each limit (euro, people, risk), 0 or more.
        kinds: groups it belongs to, such as a horizon or a theme.
    """

    id: str
    value: float
    uses: Mapping[str, float] = field(default_factory=dict)
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a portfolio must keep to.

    Attributes:
        most: limit -> how much may be used of it.
        requires: pairs (a, b): a only with b.
        excludes: pairs that do not go together.
        at_least, at_most: kind -> how many of it.
        always, never: initiatives that are in it or out of it whatever they are worth.
    """

    most: Mapping[str, float] = field(default_factory=dict)
    requires: tuple[tuple[str, str], ...] = ()
    excludes: tuple[tuple[str, str], ...] = ()
    at_least: Mapping[str, int] = field(default_factory=dict)
    at_most: Mapping[str, int] = field(default_factory=dict)
    always: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Portfolio:
    """What is chosen, in the order of the items, what it is worth and what it uses."""

    chosen: tuple[str, ...]
    value: float
    uses: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Step:
    """More of a limit, and what that adds.

    ``limit`` is the least that is enough, ``more`` how much that is above the limit now, ``gained``
    what the portfolio is then worth more than now.
    """

    limit: float
    more: float
    gained: float
    portfolio: Portfolio
    added: tuple[str, ...]
    dropped: tuple[str, ...]


def best_portfolio(items: Sequence[Item], rules: Rules) -> Portfolio:
    """The set of initiatives that is worth most within the rules.

    Raises:
        ValueError: for rules or items that cannot be meant: unknown or double ids, unknown limits,
            negative use, numbers that are not finite.
        NoPortfolio: when no set keeps to the rules.
    """
    return _Programme(items, rules).best()


def next_best(items: Sequence[Item], rules: Rules, than: Portfolio) -> Portfolio | None:
    """The best portfolio that is not the given one; None when there is no other.

    Raises:
        ValueError: as :func:`best_portfolio` does.
    """
    programme = _Programme(items, rules)
    inside = np.array([item.id in than.chosen for item in items])
    programme.add(np.where(inside, 1.0, -1.0), -np.inf, float(inside.sum()) - 1.0)
    try:
        return programme.best()
    except NoPortfolio:
        return None


def worth_of_more(
    items: Sequence[Item], rules: Rules, limit: str, *, up_to: float, steps: int = MOST_STEPS
) -> tuple[Step, ...]:
    """What more of one limit would add: every amount at which the best portfolio gets better.

    Args:
        limit: which one, such as euro.
        up_to: the largest amount that is thought of.
        steps: how many amounts are looked for at most.

    Raises:
        ValueError: for an unknown limit, or as :func:`best_portfolio` does.
        NoPortfolio: when no set keeps to the rules as they are.
    """
    if limit not in rules.most:
        raise ValueError(f"there is no limit {limit}")
    now = best_portfolio(items, rules)
    found: list[Step] = []
    value = now.value
    wider = replace(rules, most={**rules.most, limit: up_to})
    while len(found) < steps:
        programme = _Programme(items, wider)
        # On a scale of 1, so that the tolerance of the solver is far below what counts as better.
        scale = float(np.abs(programme.values).max()) or 1.0
        programme.add(programme.values / scale, value / scale + _BETTER, np.inf)
        cheapest = programme.least_use(limit)
        if cheapest is None:
            break
        enough = replace(rules, most={**rules.most, limit: cheapest})
        better = best_portfolio(items, enough)
        if better.value <= value:
            break
        found.append(
            Step(
                cheapest,
                cheapest - rules.most[limit],
                better.value - now.value,
                better,
                tuple(one for one in better.chosen if one not in now.chosen),
                tuple(one for one in now.chosen if one not in better.chosen),
            )
        )
        value = better.value
    return tuple(found)


def chosen_share(items: Sequence[Item], rules: Rules, values: ArrayLike) -> Mapping[str, float]:
    """How often each initiative belongs to the best portfolio, when worth is uncertain.

    Near 1 it is in whatever its worth turns out to be, near 0 it is out; in between more knowledge
    may change the choice (the core index of Liesiö, Mild and Salo 2007, *European Journal of
    Operational Research* 181:1488-1505).

    Args:
        values: possible worths of the items, shape (samples, items).

    Raises:
        ValueError: for values of another shape, or as :func:`best_portfolio` does.
        NoPortfolio: when no set keeps to the rules.
    """
    drawn = np.asarray(values, dtype=np.float64)
    if drawn.ndim != 2 or drawn.shape[1] != len(items) or not len(drawn):
        raise ValueError("values have a row for each sample and a column for each item")
    counts = dict.fromkeys([item.id for item in items], 0)
    for row in drawn:
        tried = [replace(item, value=float(v)) for item, v in zip(items, row, strict=True)]
        for chosen in best_portfolio(tried, rules).chosen:
            counts[chosen] += 1
    return {name: count / len(drawn) for name, count in counts.items()}


class _Programme:
    """Items and rules as arrays."""

    def __init__(self, items: Sequence[Item], rules: Rules) -> None:
        _check(items, rules)
        self._items, self._rules = items, rules
        self._place = {item.id: number for number, item in enumerate(items)}
        self.values: Floats = np.array([item.value for item in items], dtype=np.float64)
        self._uses = {
            limit: np.array([item.uses.get(limit, 0.0) for item in items], dtype=np.float64)
            for limit in rules.most
        }
        self._rows: list[tuple[Floats, float, float]] = []
        for limit, most in rules.most.items():
            self.add(self._uses[limit], -np.inf, most)
        for one, other in rules.requires:
            self.add(self._row({one: 1.0, other: -1.0}), -np.inf, 0.0)
        for one, other in rules.excludes:
            self.add(self._row({one: 1.0, other: 1.0}), -np.inf, 1.0)
        for kind, least in rules.at_least.items():
            self.add(self._of(kind), float(least), np.inf)
        for kind, most in rules.at_most.items():
            self.add(self._of(kind), -np.inf, float(most))

    def add(self, row: Floats, low: float, high: float) -> None:
        self._rows.append((row, low, high))

    def best(self) -> Portfolio:
        """Most worth, then least use of the limits, each as a part of its limit."""
        found = self._solve(-self.values)
        if found is None:
            raise NoPortfolio("no set of initiatives keeps to all rules")
        worth = float(self.values @ found)
        load = np.zeros(len(self._items))
        for limit, most in self._rules.most.items():
            load += self._uses[limit] / most if most > 0 else 0.0
        self.add(self.values, worth - _TINY * max(1.0, abs(worth)), np.inf)
        lightest = self._solve(load)
        self._rows.pop()
        return self._portfolio(found if lightest is None else lightest)

    def least_use(self, limit: str) -> float | None:
        """The least use of a limit that keeps to all rows; None when nothing does."""
        found = self._solve(self._uses[limit])
        return None if found is None else float(self._uses[limit] @ found)

    def _portfolio(self, inside: Floats) -> Portfolio:
        chosen = [item for item, there in zip(self._items, inside, strict=True) if there > 0.5]
        return Portfolio(
            tuple(item.id for item in chosen),
            float(sum(item.value for item in chosen)),
            {limit: float(uses @ inside) for limit, uses in self._uses.items()},
        )

    def _solve(self, cost: Floats) -> Floats | None:
        # It takes long to load, and only who chooses needs it.
        from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415

        names = [item.id for item in self._items]
        lower = np.array([float(name in self._rules.always) for name in names])
        upper = np.array([float(name not in self._rules.never) for name in names])
        if np.any(lower > upper):
            return None
        rows, lows, highs = zip(*self._rows, strict=True) if self._rows else ((), (), ())
        solved = milp(
            cost,
            integrality=np.ones(len(names), dtype=np.int64),
            bounds=Bounds(lower, upper),
            constraints=[LinearConstraint(np.array(rows), lows, highs)] if rows else [],
            options={"mip_rel_gap": 0.0},
        )
        if solved.x is None:
            return None
        whole: Floats = np.rint(np.asarray(solved.x, dtype=np.float64)).astype(np.float64)
        return whole

    def _row(self, entries: Mapping[str, float]) -> Floats:
        row = np.zeros(len(self._items))
        for name, entry in entries.items():
            row[self._place[name]] += entry
        return row

    def _of(self, kind: str) -> Floats:
        return np.array([float(kind in item.kinds) for item in self._items])


def _check(items: Sequence[Item], rules: Rules) -> None:
    names = [item.id for item in items]
    if not names or len(set(names)) < len(names):
        raise ValueError("there is at least one item, and every item has an id of its own")
    named = {name for pair in (*rules.requires, *rules.excludes) for name in pair}
    unknown = (named | rules.always | rules.never) - set(names)
    if unknown:
        raise ValueError(f"no item is called {', '.join(sorted(unknown))}")
    if any(one == other for one, other in (*rules.requires, *rules.excludes)):
        raise ValueError("a rule about two items names two")
    numbers = [item.value for item in items] + list(rules.most.values())
    used = [amount for item in items for amount in item.uses.values()]
    if not np.all(np.isfinite(numbers + used)) or any(amount < 0 for amount in used):
        raise ValueError("values and limits are numbers, and uses are 0 or more")
    limits = {limit for item in items for limit in item.uses} - set(rules.most)
    if limits:
        raise ValueError(f"there is no limit for {', '.join(sorted(limits))}")
