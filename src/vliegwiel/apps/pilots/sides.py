"""What was measured on either side through time, for a picture beside the effect.

No models here: the arrays are those of the analysis.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, cast

import numpy as np
from numpy.typing import NDArray

from vliegwiel.science.evidence.effects import Effect
from vliegwiel.science.yardstick import LEAST_SHOWN

from .analysis import Measured
from .vocabulary import ASKS, DesignId

SideName = Literal["with", "without", "expected"]
#: Designs whose picture is the series itself beside what was to be expected.
_EXPECTED = (DesignId.INTERRUPTED, DesignId.SYNTHETIC)


@dataclass(frozen=True, slots=True)
class Side:
    """Values of one side by month; `count` is how many units a value is of.

    A value of fewer persons than may be shown is None, whether units are persons or the sizes of
    places tell how many there were.
    """

    name: SideName
    months: tuple[date, ...]
    values: tuple[float | None, ...]
    counts: tuple[int, ...]


def sides_of(
    design: str, measured: Measured, effect: Effect | None, *, persons: bool
) -> tuple[Side, ...]:
    """The mean of each side by month, or the series beside what was to be expected without.

    Empty where the design does not follow units, and before anything was measured.

    Args:
        persons: whether a unit is a youth, so that a mean of few of them stays hidden.
    """
    if not ASKS[DesignId(design)].by_month or not len(measured.value):
        return ()
    if effect is not None and design in _EXPECTED:
        return _expected(effect, measured, persons=persons)
    treated = np.array(measured.treated, dtype=bool)[measured.group]
    sides = (
        _side("with", measured, treated, persons=persons),
        _side("without", measured, ~treated, persons=persons),
    )
    return tuple(side for side in sides if side.months)


def counts_of(measured: Measured) -> tuple[tuple[str, bool, int, int], ...]:
    """Of each group: its name in files, whether it has the initiative, units and measurements."""
    found = []
    for number, name in enumerate(measured.names):
        rows = measured.group == number
        units = len(np.unique(measured.unit.at[rows]))
        found.append((name, measured.treated[number], units, int(rows.sum())))
    return tuple(found)


def _side(name: SideName, measured: Measured, rows: NDArray[np.bool_], *, persons: bool) -> Side:
    months, at = np.unique(measured.moment[rows].astype("datetime64[M]"), return_inverse=True)
    counts = np.bincount(at, minlength=len(months))
    sums = np.bincount(at, weights=measured.value[rows], minlength=len(months))
    few = _few_by_month(measured, rows, persons=persons)
    days = tuple(map(_first_day, months))
    return Side(
        name,
        days,
        tuple(
            None if day in few else float(total / count)
            for day, total, count in zip(days, sums, counts, strict=True)
        ),
        tuple(int(count) for count in counts),
    )


def _expected(effect: Effect, measured: Measured, *, persons: bool) -> tuple[Side, ...]:
    """The series of the effect, whose periods are months, with what was to be expected.

    What was to be expected is hidden where the series is, and where it may rest on a group of few.
    """
    treated = np.array(measured.treated, dtype=bool)[measured.group]
    months, counts = np.unique(measured.moment[treated].astype("datetime64[M]"), return_counts=True)
    units = dict(zip(map(_first_day, months), map(int, counts), strict=True))
    few = _few_by_month(measured, treated, persons=persons)
    behind = set(few)
    if effect.design == DesignId.SYNTHETIC:
        for number, with_it in enumerate(measured.treated):
            if not with_it:
                behind |= _few_by_month(measured, measured.group == number, persons=persons)
    found: list[Side] = []
    for code, name, hidden in (("observed", "with", few), ("without", "expected", behind)):
        series = next(one for one in effect.series if one.name == code)
        days = tuple(_first_day(np.datetime64(str(x), "M")) for x in series.x)
        values = tuple(None if day in hidden else y for day, y in zip(days, series.y, strict=True))
        found.append(
            Side(cast(SideName, name), days, values, tuple(units.get(day, 0) for day in days))
        )
    return tuple(found)


def _few_by_month(measured: Measured, rows: NDArray[np.bool_], *, persons: bool) -> set[date]:
    """Months in which rows are of fewer persons than may be shown, as far as is known.

    Of places only their sizes tell that: without any size in a month it is not known.
    """
    months, at = np.unique(measured.moment[rows].astype("datetime64[M]"), return_inverse=True)
    if persons:
        few = np.bincount(at, minlength=len(months)) < LEAST_SHOWN
    else:
        size = measured.size[rows]
        known = np.isfinite(size)
        people = np.bincount(at, weights=np.where(known, size, 0.0), minlength=len(months))
        few = (people < LEAST_SHOWN) & (np.bincount(at, weights=known, minlength=len(months)) > 0)
    return {_first_day(month) for month in months[few]}


def _first_day(month: np.datetime64) -> date:
    return cast(date, month.astype("datetime64[D]").astype(object))
