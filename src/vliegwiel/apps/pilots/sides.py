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

    A value of fewer persons than may be shown is None.
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
        return _expected(effect, measured)
    treated = np.array(measured.treated, dtype=bool)[measured.group]
    least = LEAST_SHOWN if persons else 1
    sides = (
        _side("with", measured, treated, least),
        _side("without", measured, ~treated, least),
    )
    return tuple(side for side in sides if side.months)


def counts_of(measured: Measured) -> tuple[tuple[str, bool, int, int], ...]:
    """Of each group: its name in files, whether it has the initiative, units and measurements."""
    found = []
    for number, name in enumerate(measured.names):
        rows = measured.group == number
        units = len(set(measured.unit[rows].tolist()))
        found.append((name, measured.treated[number], units, int(rows.sum())))
    return tuple(found)


def _side(name: SideName, measured: Measured, rows: NDArray[np.bool_], least: int) -> Side:
    months, at = np.unique(measured.moment[rows].astype("datetime64[M]"), return_inverse=True)
    counts = np.bincount(at, minlength=len(months))
    sums = np.bincount(at, weights=measured.value[rows], minlength=len(months))
    return Side(
        name,
        tuple(map(_first_day, months)),
        tuple(
            float(total / count) if count >= least else None
            for total, count in zip(sums, counts, strict=True)
        ),
        tuple(int(count) for count in counts),
    )


def _expected(effect: Effect, measured: Measured) -> tuple[Side, ...]:
    """The series of the effect, whose periods are months, with what was to be expected."""
    treated = np.array(measured.treated, dtype=bool)[measured.group]
    months, counts = np.unique(measured.moment[treated].astype("datetime64[M]"), return_counts=True)
    units = dict(zip(map(_first_day, months), map(int, counts), strict=True))
    found: list[Side] = []
    for code, name in (("observed", "with"), ("without", "expected")):
        series = next(one for one in effect.series if one.name == code)
        days = tuple(_first_day(np.datetime64(str(x), "M")) for x in series.x)
        found.append(
            Side(cast(SideName, name), days, series.y, tuple(units.get(day, 0) for day in days))
        )
    return tuple(found)


def _first_day(month: np.datetime64) -> date:
    return cast(date, month.astype("datetime64[D]").astype(object))
