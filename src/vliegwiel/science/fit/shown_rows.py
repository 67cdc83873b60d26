"""A test of a fit as far as it may be told: without counts of fewer than ten youths."""

from __future__ import annotations

from dataclasses import replace

from vliegwiel.science.yardstick import LEAST_SHOWN

from .backtest import BackTest, BackTestRow
from .small_counts import digits_of, rounded_count

_DIGITS = 2


def shown_back_test(tested: BackTest) -> BackTest:
    """The same test as far as it may be told: without rows that have a small count in any month.

    Such a row goes as a whole, for its scores beside the forecast would tell the count. It still
    counts in what holds of all rows.
    """
    small = tuple(row for row in tested.rows if min(row.happened) < LEAST_SHOWN)
    shown = (row for row in tested.rows if min(row.happened) >= LEAST_SHOWN)
    return replace(tested, rows=tuple(_row(row) for row in shown), hidden=(*tested.hidden, *small))


def _row(row: BackTestRow) -> BackTestRow:
    scores = {
        name: replace(score, error=_rounded(score.error), crps=_rounded(score.crps))
        for name, score in row.scores.items()
    }
    return replace(
        row, happened=tuple(float(rounded_count(c)) for c in row.happened), scores=scores
    )


def _rounded(value: float) -> float:
    return digits_of(value, _DIGITS)
