"""Before and after: published intervals, and what is said of a change without a comparison."""

import numpy as np
import pytest

from tests.science.evidence.effects.tables import answered
from vliegwiel.science.evidence.effects import Role, Scale, table_of
from vliegwiel.science.evidence.effects.designs.before_after import paired_shares, rate_ratio
from vliegwiel.science.kernel import DocumentError


@pytest.mark.parametrize(
    ("cells", "low", "high"),
    [
        # Newcombe (1998), Statistics in Medicine 17:2635-2650, method 10.
        ((36, 12, 2, 0), 0.0569, 0.3404),
        ((20, 12, 2, 16), 0.0562, 0.3292),
    ],
)
def test_interval_of_paired_shares(
    cells: tuple[int, int, int, int], low: float, high: float
) -> None:
    assert paired_shares(*cells, 0.95) == pytest.approx((low, high), abs=6e-5)


def test_exact_ratio_of_rates() -> None:
    # The second example of poisson.test in R.
    ratio, low, high, p = rate_ratio((21, 11), (3011, 800), 0.95)
    assert (ratio, low, high) == pytest.approx((1.971488, 0.8584264, 4.2772659), rel=1e-6)
    assert p == pytest.approx(0.07967, abs=1e-5)


def test_shares_of_the_same_persons() -> None:
    before = np.repeat([1, 0, 1, 0], [36, 12, 2, 0])
    after = np.repeat([1, 1, 0, 0], [36, 12, 2, 0])
    effect = answered(table_of({Role.BASELINE: before, Role.OUTCOME: after}))
    assert effect.scale is Scale.SHARE
    assert effect.estimate == pytest.approx(0.2)
    # McNemar's exact test: 2 * P(at most 2 of 14).
    assert effect.p == pytest.approx(2 * (1 + 14 + 91) / 2**14)
    assert effect.headline.params["size"] == pytest.approx(20)
    assert effect.headline.code == "since_higher_bad"


def test_counts_of_periods() -> None:
    table = table_of(
        {
            Role.PERIOD: np.arange(8), Role.OUTCOME: np.array([9, 12, 10, 9, 4, 6, 5, 5]),
            Role.SIZE: np.full(8, 100), Role.TREATED: np.array([0, 0, 0, 0, 1, 1, 1, 1]),
        }
    )  # fmt: skip
    effect = answered(table, "before_after")
    assert effect.scale is Scale.RATIO
    assert effect.estimate == pytest.approx(0.5)
    assert effect.headline.params["size"] == pytest.approx(50)
    assert [effect.arms[0].before, effect.arms[0].after] == [4, 4]


def test_persons_who_are_lost_are_counted() -> None:
    after = np.array([5.0, 6.0, np.nan, 4.0, np.nan, 7.0, 5.5, 3.0, np.nan, 6.5])
    effect = answered(table_of({Role.BASELINE: np.linspace(4, 6, 10), Role.OUTCOME: after}))
    assert effect.arms[0].persons == 7
    assert effect.grading.lost == pytest.approx(0.3)
    assert "lost" in effect.grading.broken


def test_a_share_is_not_made_of_other_numbers() -> None:
    table = table_of({Role.BASELINE: np.arange(5.0), Role.OUTCOME: np.arange(5.0) ** 2})
    with pytest.raises(DocumentError, match="cannot be chosen"):
        answered(table, "before_after", estimand="share")
