"""The size of a change as it came true, pooled for a next region."""

import pytest

from vliegwiel.science.evidence.pooling import pool
from vliegwiel.science.evidence.realising import Came, realised


def came(region: str = "A", **given: float) -> Came:
    numbers = {"expected": -20.0, "low": -30.0, "high": -10.0, "measured": -10.0, "error": 2.0}
    return Came(region=region, **{"size": -0.2, **numbers, **given})


def test_half_of_the_effect_is_half_of_the_size() -> None:
    found = realised([came()])
    assert found is not None
    assert found.estimate == pytest.approx(-0.1)
    assert (found.low, found.high) == pytest.approx(
        (-0.1 - 1.96 * 0.02, -0.1 + 1.96 * 0.02), rel=1e-3
    )
    assert (found.reach, found.pooled) == ("seen_so_far", None)


def test_a_region_that_took_over_half_and_saw_it_come_agrees() -> None:
    """What was run differs between regions; the size that came is the same."""
    second = came("B", size=-0.1, expected=-10.0, low=-15.0, high=-5.0, measured=-10.0)
    found = realised([came(), second])
    assert found is not None
    assert found.estimate == pytest.approx(-0.1)
    assert found.regions == ("A", "B")


def test_from_three_regions_on_the_range_is_that_of_a_next_one() -> None:
    rows = [came(name, measured=value) for name, value in (("A", -8), ("B", -10), ("C", -13))]
    found = realised(rows)
    assert found is not None
    sizes, variances = [-0.08, -0.1, -0.13], [0.02**2] * 3
    pooled = pool(sizes, variances)
    assert found.reach == "next_region"
    assert (found.low, found.high) == pytest.approx((pooled.next_low, pooled.next_high))


@pytest.mark.parametrize(
    "given",
    [{"expected": -4.0, "low": -30.0, "high": 20.0}, {"error": 0.0}, {"size": 0.0},
     {"expected": 0.0, "low": 0.0, "high": 0.0}],
)  # fmt: skip
def test_what_tells_nothing_is_left_out(given: dict[str, float]) -> None:
    assert realised([came(**given)]) is None
