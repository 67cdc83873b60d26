"""Known truth comes back: intervals of 95 per cent hold what they must, in region after region."""

from __future__ import annotations

from collections import Counter

import pytest
from scipy.stats import binom

from vliegwiel.science.fit import FitPart

from . import truth

pytestmark = pytest.mark.slow

REGIONS = 20
#: One of a hundred thousand fair sets of regions would fall below.
SELDOM = 1e-5
#: Numbers that belong to one list or one curve err together; so many of the rest stand apart.
TOGETHER = 3


def holds(part: FitPart, true: float) -> bool:
    # Places are exact here: nothing is known less than wholly of how many are taken.
    return part.low - 1e-6 <= true <= part.high + 1e-6


@pytest.fixture(scope="module")
def held() -> Counter[tuple[str, bool]]:
    true = truth.true_values()
    return Counter(
        (part.address, holds(part, true[part.address]))
        for seed in range(REGIONS)
        for part in truth.fitted(seed).parts
        if part.address in true
    )


def test_each_number_is_held_as_often_as_promised(held: Counter[tuple[str, bool]]) -> None:
    addresses = {address for address, _held in held}
    assert len(addresses) >= 28
    for address in addresses:
        yes, no = held[address, True], held[address, False]
        assert binom.cdf(yes, yes + no, 0.95) > SELDOM, (address, yes, no)


def test_all_numbers_together_are_held_as_often_as_promised(
    held: Counter[tuple[str, bool]],
) -> None:
    yes = sum(count for (_address, was), count in held.items() if was)
    total = held.total()
    apart = total // TOGETHER
    assert binom.cdf(yes // TOGETHER, apart, 0.95) > SELDOM
    exact = sum(held[f"care_types.{name}.places", True] for name in ("help", "home"))
    assert exact == 2 * REGIONS
    # Nor may intervals be so wide that they always hold.
    assert binom.sf((yes - exact) // TOGETHER - 1, (total - exact) // TOGETHER, 0.95) > SELDOM


def test_the_right_curve_is_chosen() -> None:
    chosen = [
        {name: care.stay.family for name, care in found.items() if care.stay is not None}
        for found in (truth.fitted(seed).estimates.care_types for seed in range(REGIONS))
    ]
    assert sum(one["light"] == "gamma" for one in chosen) >= REGIONS - 2
    assert sum(one["help"] == "lognormal" for one in chosen) >= REGIONS - 2
    assert sum(one["home"] == "weibull" for one in chosen) >= REGIONS // 2


def test_it_is_seen_where_places_are_the_limit() -> None:
    for seed in range(REGIONS):
        found = truth.fitted(seed).estimates.care_types
        limited = {name for name, care in found.items() if care.places.limited}
        assert limited == {"help", "home"}
