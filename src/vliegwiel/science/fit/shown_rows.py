"""A test of a fit as far as it may be told: without counts of fewer than ten youths."""

from __future__ import annotations

from dataclasses import replace

from .backtest import BackTest, BackTestRow, told_score, with_checks
from .small_counts import rounded_count

#: With fewer rows than this among the small ones, what holds of all would tell of each of them.
_SMALL_TOLD = 3


def shown_back_test(tested: BackTest) -> BackTest:
    """The same test as far as it may be told: without rows that have a small count in any month.

    Such a row goes as a whole, for its scores beside the forecast would tell the count. It still
    counts in what holds of all rows, unless there are only one or two of them. What was scored with
    exact counts is told of all rows together, and of no row.
    """
    small = tuple(row for row in tested.rows if row.small)
    shown = tuple(row for row in tested.rows if not row.small)
    hidden = small if len(small) >= _SMALL_TOLD else ()
    counted = with_checks(
        replace(tested, rows=shown, hidden=hidden, left_out=len(small) - len(hidden))
    )
    return replace(
        counted, rows=tuple(_row(row) for row in shown), hidden=tuple(map(_bare, hidden))
    )


def _bare(row: BackTestRow) -> BackTestRow:
    return replace(row, exact=None)


def _row(row: BackTestRow) -> BackTestRow:
    scores = {
        name: replace(score, error=told_score(score.error), crps=told_score(score.crps))
        for name, score in row.scores.items()
    }
    happened = tuple(float(rounded_count(count)) for count in row.happened)
    return replace(_bare(row), happened=happened, scores=scores)
