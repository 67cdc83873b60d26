"""What a test with exact counts tells: how good the fit is, and no small count of anybody."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from vliegwiel.science.fit import MODEL, BackTest, back_test, shown_back_test
from vliegwiel.science.fit import backtest as testing
from vliegwiel.science.fit.backtest import BackTestRow, Measure, row_of
from vliegwiel.science.fit.fitting import exact_estimates
from vliegwiel.science.kernel import Check, Outcome

from .test_small_counts import background, visits

Floats = NDArray[np.float64]


class Parts(NamedTuple):
    """What a row is scored from."""

    measure: Measure
    care_type: str
    happened: Floats
    past: Floats
    model: Floats
    exact: Floats

    def row(self, happened: Floats) -> BackTestRow:
        return row_of(
            self.measure, self.care_type, happened, self.past, model=self.model, exact=self.exact
        )


@pytest.fixture(scope="module")
def scored() -> tuple[BackTest, list[Parts]]:
    """A test of a small region, and what each of its rows was scored from."""
    parts: list[Parts] = []

    def kept(
        measure: Measure,
        care_type: str,
        happened: Floats,
        past: Floats,
        *,
        model: Floats,
        exact: Floats,
    ) -> BackTestRow:
        parts.append(Parts(measure, care_type, happened, past, model, exact))
        return parts[-1].row(happened)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(testing, "row_of", kept)
        raw = back_test(visits(0.1), background(), months=6, replications=60)
    return raw, [one for one in parts if one.row(one.happened).tells]


def told(rows: list[BackTestRow], raw: BackTest) -> dict[str, dict[str, float | str]]:
    """All that is told of all rows together."""
    shown = shown_back_test(replace(raw, rows=tuple(rows)))
    return {check.code: dict(check.params) for check in shown.checks}


def test_what_is_told_is_rough_and_of_all_rows_together(
    scored: tuple[BackTest, list[Parts]],
) -> None:
    raw, _parts = scored
    shown = shown_back_test(raw)
    assert len(shown.hidden) > 2
    assert all(row.exact is not None for row in raw.rows)
    assert all(row.exact is None for row in shown.every)
    percent = {c.code: c.params["percent"] for c in shown.checks if "percent" in c.params}
    assert set(percent) == {"told_errors", "exact_errors", "errors_of_few"}
    assert all(value % 10 == 0 for value in percent.values())
    simple = sum(row.best_simple for row in raw.rows)
    exact = sum(row.exact.crps for row in raw.rows if row.exact is not None)
    model = sum(row.scores[MODEL].crps for row in raw.rows)
    assert percent["exact_errors"] == pytest.approx(100 * exact / simple, abs=5)
    assert percent["told_errors"] == pytest.approx(100 * model / simple, abs=5)


@pytest.mark.parametrize(
    ("share", "outcome"),
    [(0.8, Outcome.PASSED), (0.97, Outcome.INFORMATIVE), (1.2, Outcome.FAILED)],
)
def test_errors_as_large_as_those_of_a_simple_forecast_are_no_failure(
    scored: tuple[BackTest, list[Parts]], share: float, outcome: Outcome
) -> None:
    raw, _parts = scored
    rows = []
    for row in raw.rows:
        score = replace(row.scores[MODEL], crps=share * row.best_simple)
        rows.append(replace(row, scores={**row.scores, MODEL: score}))
    checks = testing.with_checks(replace(raw, rows=tuple(rows), hidden=())).checks
    assert [c.outcome for c in checks if c.code == "told_errors"] == [outcome]


def test_who_knows_all_large_counts_finds_no_small_one(
    scored: tuple[BackTest, list[Parts]],
) -> None:
    """Each small count may have been any other, by all that is told."""
    raw, parts = scored
    rows = [one.row(one.happened) for one in parts]
    small = [at for at, row in enumerate(rows) if max(row.happened) < 10]
    assert len(small) >= 3
    truth = told(rows, raw)
    draws = np.random.default_rng(1)
    for at, month, count in itertools.product(small, (0, 5), (0, 4, 9)):
        happened = parts[at].happened.copy()
        happened[month] = count
        for tried in range(300):
            other = list(rows)
            other[at] = parts[at].row(happened)
            # Somebody else's small counts, which nobody knows either.
            for which in draws.choice([one for one in small if one != at], tried % 6):
                moved = parts[which].happened + draws.integers(-3, 4, 6)
                other[which] = parts[which].row(np.clip(moved, 0, 9).astype(np.float64))
            if told(other, raw) == truth:
                break
        else:
            pytest.fail(f"{parts[at].measure} {parts[at].care_type} in {month} was not {count}")


@pytest.mark.parametrize("number", [1, 2])
def test_one_or_two_small_rows_change_nothing_that_is_told(
    scored: tuple[BackTest, list[Parts]], number: int
) -> None:
    raw, parts = scored
    large = [row for row in raw.rows if not row.small]
    few = [one for one in parts if max(one.happened) < 10][:number]
    as_it_was = [one.row(one.happened) for one in few]
    otherwise = [one.row(9.0 - one.happened) for one in few]
    found = [
        shown_back_test(replace(raw, rows=(*large, *small))) for small in (as_it_was, otherwise)
    ]
    assert found[0] == found[1]
    assert found[0].left_out == number
    assert found[0].hidden == ()


@pytest.mark.slow
@pytest.mark.parametrize("count", [0, 9])
def test_nor_a_small_count_from_which_the_exact_forecast_began(
    count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever it was, with others that nobody knows the same could have been told."""
    every = visits(0.1)
    true = exact_estimates(every.before(every.months[-6].first_day))
    small = [name for name, care in true.care_types.items() if care.in_care < 10]

    def told_with(counts: dict[str, int]) -> tuple[Check, ...]:
        changed = {n: replace(true.care_types[n], in_care=c) for n, c in counts.items()}
        found = replace(true, care_types={**true.care_types, **changed})
        monkeypatch.setattr(testing, "exact_estimates", lambda *_given, **_more: found)
        raw = back_test(every, background(), months=6, replications=20)
        return shown_back_test(raw).checks

    truth = told_with({})
    assert len(small) > 1
    for at, name in enumerate(small):
        other = small[at - 1]
        assert any(told_with({name: count, other: value}) == truth for value in range(10)), name


def test_beside_what_is_told_no_small_count_of_before_counts(
    scored: tuple[BackTest, list[Parts]],
) -> None:
    """The error of the last value beside months that are told would tell that value."""
    _raw, parts = scored
    large = next(one for one in parts if min(one.happened) >= 10)
    few = next(one for one in parts if max(one.happened) < 10)
    pasts = [np.array([*large.past[:-2], *last]) for last in ((1.0, 7.0), (8.0, 2.0))]
    rows = [large._replace(past=past).row(large.happened) for past in pasts]
    assert rows[0] == rows[1]
    assert large._replace(past=pasts[0]).row(few.happened) != rows[0]
    assert len({few._replace(past=past).row(few.happened).best_simple for past in pasts}) == 2
