"""Places over periods: what must come out, what may not matter, and what must be said."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.science.evidence.effects.tables import answered, panel
from vliegwiel.science.evidence.effects import Effect, Lot, Role, table_of
from vliegwiel.science.kernel import DocumentError


def codes(effect: Effect) -> list[str]:
    return [check.code for check in effect.checks]


def test_difference_of_mean_changes() -> None:
    columns = panel()
    effect = answered(table_of(columns), "differences")
    y = columns[Role.OUTCOME].reshape(20, 12)
    change = y[:, 6:].mean(axis=1) - y[:, :6].mean(axis=1)
    assert effect.estimate == pytest.approx(change[:10].mean() - change[10:].mean())
    spread = np.sqrt(change[:10].var(ddof=1) / 10 + change[10:].var(ddof=1) / 10)
    assert effect.error == pytest.approx(spread)
    assert effect.freedom == pytest.approx(18)
    assert (effect.arms[0].groups, effect.arms[1].groups) == (10, 10)
    assert (effect.arms[0].before, effect.arms[0].after) == (6, 6)


def test_a_panel_with_holes_gives_nearly_the_same_and_says_so() -> None:
    columns = panel()
    keep = np.random.default_rng(2).random(240) > 0.02
    whole = answered(table_of(columns), "differences")
    holes = answered(table_of({role: part[keep] for role, part in columns.items()}), "differences")
    assert holes.estimate == pytest.approx(whole.estimate, abs=0.3)
    assert "unbalanced" in holes.grading.broken
    assert "unbalanced" not in whole.grading.broken


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 1_000), st.sampled_from(["differences", "staggered", "stepped"]))
def test_levels_of_places_and_periods_do_not_matter(seed: int, design: str) -> None:
    step = 0 if design == "differences" else 1
    columns = panel(12, 10, 6, start=4, step=step)
    random = np.random.default_rng(seed)
    shift = random.normal(0, 30, 12)[columns[Role.UNIT]]
    wave = random.normal(0, 30, 10)[columns[Role.PERIOD]]
    moved = {**columns, Role.OUTCOME: columns[Role.OUTCOME] + shift + wave}
    one, other = (answered(table_of(part), design) for part in (columns, moved))
    assert other.estimate == pytest.approx(one.estimate)
    assert other.error == pytest.approx(one.error)


def test_one_cohort_is_a_difference_with_the_period_before_the_start() -> None:
    columns = panel()
    y = columns[Role.OUTCOME].reshape(20, 12)
    change = y[:, 6:].mean(axis=1) - y[:, 5]
    effect = answered(table_of(columns), "staggered")
    assert effect.estimate == pytest.approx(change[:10].mean() - change[10:].mean())
    error = np.sqrt(change[:10].var() / 10 + change[10:].var() / 10)
    assert effect.error == pytest.approx(error)


def test_sides_that_moved_apart_before_fail() -> None:
    columns = panel(noise=0.3)
    drift = np.where(columns[Role.UNIT] < 10, columns[Role.PERIOD], 0)
    effect = answered(
        table_of({**columns, Role.OUTCOME: columns[Role.OUTCOME] + drift}), "differences"
    )
    assert effect.weaknesses[0].code == "trends_apart"
    assert effect.quantity("trend_before").value == pytest.approx(1.0, abs=0.1)


@pytest.mark.parametrize(
    ("treated", "code"), [(2, "too_few_groups"), (5, "few_groups"), (9, "groups")]
)
def test_few_groups_are_said(treated: int, code: str) -> None:
    assert code in codes(answered(table_of(panel(20, 8, treated)), "differences"))


def test_different_starts_are_refused_where_one_is_needed() -> None:
    with pytest.raises(DocumentError, match="different moments"):
        answered(table_of(panel(step=1)), "differences")


def test_a_mix_is_found_again() -> None:
    random = np.random.default_rng(4)
    others = random.normal(0, 1, (20, 25)).cumsum(axis=0) + 100
    place = 0.3 * others[:, 3] + 0.7 * others[:, 8]
    place[15:] -= 5.0
    y = np.column_stack([place, others]).T.ravel()
    unit, period = np.divmod(np.arange(26 * 20), 20)
    names = np.array([f"town {k:02d}" for k in unit])
    start = np.where(unit == 0, 15, 0)
    effect = answered(
        table_of({Role.UNIT: names, Role.PERIOD: period, Role.START: start, Role.OUTCOME: y})
    )
    assert effect.design == "synthetic"
    assert effect.estimate == pytest.approx(-5.0, abs=1e-6)
    assert effect.quantity("weight.town 04").value == pytest.approx(0.3, abs=1e-6)
    assert effect.quantity("weight.town 09").value == pytest.approx(0.7, abs=1e-6)
    assert effect.p == pytest.approx(1 / 26)
    assert (effect.low, effect.high) == (None, None)


def test_a_rank_among_few_places_cannot_convince() -> None:
    effect = answered(table_of(panel(8, 20, 1, start=12)), "synthetic")
    assert "placebo_floor_high" in effect.grading.broken
    assert effect.p is not None
    assert effect.p >= 1 / 8


def test_a_wedge_is_judged_by_its_lot_as_well() -> None:
    effect = answered(
        table_of(panel(6, 10, 6, start=2, step=1, noise=0.2)), "stepped", lot=Lot.ORDER
    )
    assert effect.estimate == pytest.approx(-3.0, abs=0.5)
    # 720 orders of six places are more than are tried; the true one is among them.
    assert effect.quantity("lot").p == pytest.approx(1 / 500, abs=0.01)
    assert "few_wedge_groups" in effect.grading.broken
    assert "not_by_lot" not in effect.grading.broken
