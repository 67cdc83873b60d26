"""Intervals that hold at any look: published numbers, and the error they promise."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vliegwiel.science.evidence.monitoring import (
    LEAST_PERSONS,
    boundaries,
    crossing,
    early_signal,
    monitor_clusters,
    monitor_difference,
    monitor_estimates,
    monitor_mean,
    monitor_rate,
    monitor_rate_ratio,
    monitor_share,
    multiplier,
    spending_boundaries,
    weight_of_tuning,
)
from vliegwiel.science.evidence.monitoring.mixtures import (
    log_beta_binomial,
    log_gamma_poisson,
    log_normal_mixture,
)

from .reference_cases import reference_case


def test_yearly_successes_as_published() -> None:
    case = reference_case("anytime-valid-yearly-successes")
    table = case.table()
    found = monitor_share(np.cumsum(table["success"]), np.cumsum(table["n"]), null=0.6)
    latest, looks = found.latest, found.looks
    assert not case.far(
        {
            "estimate": latest.estimate,
            "ci_low": latest.low,
            "ci_high": latest.high,
            "p": latest.p_so_far,
            "e_values": [look.e_value for look in looks],
            "always_valid_p": [look.p_so_far for look in looks],
            "confidence_sequence": {
                "low": [look.low for look in looks],
                "high": [look.high for look in looks],
            },
        }
    )
    assert found.first_excluding is not None
    assert table["year"][found.first_excluding] == case.expected["first_year_hard"]


def test_group_sequential_boundaries_as_published() -> None:
    case = reference_case("anytime-valid-yearly-successes")
    expected = case.expected["group_sequential"]
    pocock = expected["pocock_two_sided_005"]
    strict = expected["obrien_fleming_two_sided_005"]
    found = {
        "pocock_two_sided_005": {k: boundaries(int(k), "pocock").z[0] for k in pocock},
        "obrien_fleming_two_sided_005": {k: boundaries(int(k), "obrien_fleming").z for k in strict},
        "lan_demets_obrien_fleming_type_one_sided_0025": {
            "4 equal": spending_boundaries((0.25, 0.5, 0.75, 1.0)).z
        },
    }
    assert not case.far({"group_sequential": found})


# Jennison and Turnbull (2000), tables 2.1 and 2.3: constants for a two-sided error of 5 per cent.
@pytest.mark.parametrize(
    ("looks", "pocock", "obrien_fleming"),
    [(2, 2.178, 1.977), (3, 2.289, 2.004), (5, 2.413, 2.040), (10, 2.555, 2.087)],
)
def test_constants_of_the_tables(looks: int, pocock: float, obrien_fleming: float) -> None:
    flat, strict = boundaries(looks, "pocock"), boundaries(looks, "obrien_fleming")
    assert flat.z == pytest.approx((pocock,) * looks, abs=0.0006)
    assert strict.z[-1] == pytest.approx(obrien_fleming, abs=0.0006)
    assert strict.spent[-1] == pytest.approx(0.05, abs=1e-9)
    assert all(early < late for early, late in pairwise(strict.spent))


def test_one_look_is_an_ordinary_test() -> None:
    assert boundaries(1, "pocock").z[0] == pytest.approx(1.959964, abs=1e-6)
    assert spending_boundaries((1.0,)).z[0] == pytest.approx(1.959964, abs=1e-6)


def test_five_ordinary_looks_give_fourteen_false_alarms() -> None:
    """Armitage, McPherson and Rowe (1969): 0.142 for five looks at 5 per cent."""
    times = np.arange(1, 6) / 5
    chances = crossing(times, np.full(5, 1.959964), two_sided=True)
    assert chances.sum() == pytest.approx(0.142, abs=0.0005)


def test_a_crossed_boundary_is_found() -> None:
    plan = boundaries(3, "pocock")
    assert plan.crossed((0.1, -2.4)) == 1
    assert spending_boundaries((0.5, 1.0)).crossed((-9.0, -9.0)) is None


def test_the_price_of_looking_at_any_time() -> None:
    """Near the tuning size the interval is about 1.55 times as wide as an ordinary one."""
    assert multiplier(400, 400, 0.05) / 1.959964 == pytest.approx(1.549, abs=0.001)
    nearby = multiplier([200, 400, 800], 400, 0.05) / np.sqrt([200, 400, 800])
    other = multiplier([200, 400, 800], 4000, 0.05) / np.sqrt([200, 400, 800])
    assert np.all(nearby < other)


@settings(max_examples=25, deadline=None)
@given(st.floats(10, 1e5), st.floats(0.001, 0.2), st.floats(5, 1e5))
def test_the_tuned_size_is_where_it_is_narrowest(size: float, alpha: float, other: float) -> None:
    assert multiplier(size, size, alpha) <= multiplier(size, other, alpha) + 1e-9


def test_an_e_value_pays_one_on_average() -> None:
    """Without an effect a bet pays 1: summed over all outcomes with their chances."""
    chances = [math.comb(12, k) * 0.3**k * 0.7 ** (12 - k) for k in range(13)]
    paid = np.exp(log_beta_binomial(np.arange(13), 12, 0.3, (2.0, 3.0)))
    assert chances @ paid == pytest.approx(1.0)
    counts = np.arange(200)
    poisson = np.exp(counts * math.log(5.0) - 5.0 - np.array([math.lgamma(k + 1) for k in counts]))
    assert poisson @ np.exp(log_gamma_poisson(counts, 2.5, 2.0, (3.0, 1.5))) == pytest.approx(1.0)
    z, step = np.linspace(-30, 30, 60_001, retstep=True)
    normal = np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi) * step
    assert normal @ np.exp(log_normal_mixture(z, 50, 80, 0.05)) == pytest.approx(1.0)


def test_interval_and_e_value_say_the_same() -> None:
    rng = np.random.default_rng(5)
    looks = np.arange(30, 301, 10)
    found = monitor_mean(rng.normal(0.3, 1.0, 300), looks, null=0.0, tuning_size=150)
    outside = [look.low is not None and look.low > 0 for look in found.looks]
    assert outside == [look.e_value >= 20 for look in found.looks]
    assert any(outside)
    assert not all(outside)
    assert found.first_excluding == outside.index(True)


@pytest.mark.parametrize("level", [1e6, 0.0, -3.5])
def test_a_mean_keeps_its_digits_far_from_zero(level: float) -> None:
    values = np.random.default_rng(1).normal(0, 1, 400)
    near = monitor_mean(values, [400], null=0.0, tuning_size=400).latest
    far = monitor_mean(values + level, [400], null=level, tuning_size=400).latest
    assert far.estimate - level == pytest.approx(near.estimate, abs=1e-8)
    assert far.e_value == pytest.approx(near.e_value, rel=1e-6)


def test_two_arms_swap_with_their_sign() -> None:
    rng = np.random.default_rng(2)
    one, two = rng.normal(1, 1, 200), rng.normal(0, 2, 150)
    there = monitor_difference(one, two, [50, 200], [40, 150], tuning_size=300)
    back = monitor_difference(two, one, [40, 150], [50, 200], tuning_size=300)
    assert there.latest.estimate == pytest.approx(-back.latest.estimate)
    assert there.latest.low == pytest.approx(-float(back.latest.high or 0))
    assert there.latest.size == 350


def test_before_there_are_enough_persons_there_is_no_interval() -> None:
    values = np.random.default_rng(3).normal(5, 1, 60)
    found = monitor_mean(values, [LEAST_PERSONS - 1, 60], null=0, tuning_size=60)
    first, last = found.looks
    assert (first.low, first.high, first.e_value, first.p_so_far) == (None, None, 1.0, 1.0)
    assert last.low_so_far == last.low
    assert "too_few_yet" in {check.code for check in found.checks}


def test_values_that_are_all_the_same_do_not_break_it() -> None:
    found = monitor_mean(np.full(50, 3.0), [50], null=3.0, tuning_size=50)
    assert found.latest.e_value <= 1.0
    assert found.latest.low is not None


def test_few_sites_are_marked() -> None:
    rng = np.random.default_rng(4)
    means = rng.normal(0, 1, (3, 10))
    arm = np.arange(10) % 2 == 0
    few = monitor_clusters(means, arm, [100, 200, 300], tuning_size=300)
    many = monitor_clusters(np.tile(means, 2), np.tile(arm, 2), [100, 200, 300], tuning_size=300)
    assert "few_clusters" in {check.code for check in few.checks}
    assert "few_clusters" not in {check.code for check in many.checks}


def test_a_cluster_interval_is_wider_than_one_of_persons() -> None:
    rng = np.random.default_rng(6)
    sites = rng.normal(0, 1, 20)
    persons = sites[:, None] + rng.normal(0, 1, (20, 40))
    arm = np.arange(20) < 10
    by_site = monitor_clusters(persons.mean(axis=1)[None], arm, [800], tuning_size=800).latest
    by_person = monitor_difference(
        persons[arm].ravel(), persons[~arm].ravel(), [400], [400], tuning_size=800
    ).latest
    assert by_site.high is not None
    assert by_person.high is not None
    assert by_site.high - by_site.estimate > 3 * (by_person.high - by_person.estimate)


def test_a_rate_ratio_is_a_share_in_another_guise() -> None:
    found = monitor_rate_ratio([30, 80], [20, 40], exposure_ratio=2.0, tuning_size=100)
    assert found.latest.estimate == pytest.approx(1.0)
    assert found.latest.e_value < 1
    assert found.first_excluding is None
    sure = monitor_rate_ratio([5, 20], [40, 120], exposure_ratio=1.0, tuning_size=100)
    assert sure.latest.high is not None
    assert sure.latest.high < 1
    assert sure.first_excluding is not None


def test_a_rate_covers_what_was_seen_and_nothing_below_zero() -> None:
    found = monitor_rate([0, 3], [10.0, 20.0], null=0.5, tuning_size=20.0)
    assert found.looks[0].low == pytest.approx(0.0)
    assert found.latest.low is not None
    assert 0 < found.latest.low < 0.15 < float(found.latest.high or 0)
    e_at_bound = log_gamma_poisson(3, 20.0, found.latest.high or 0, _prior(0.5, 20.0))
    assert e_at_bound == pytest.approx(math.log(20), abs=1e-6)


def _prior(null: float, exposure: float) -> tuple[float, float]:
    weight = weight_of_tuning(exposure, 0.05)
    return weight * null, weight


def test_false_alarms_stay_below_what_is_promised() -> None:
    """Shares with 36 monthly looks: no more than 5 per cent, where ordinary tests give far more."""
    rng = np.random.default_rng(7)
    successes = rng.binomial(8, 0.6, (4000, 36)).cumsum(axis=1)
    trials = np.arange(1, 37) * 8.0
    log_e = log_beta_binomial(successes, trials, 0.6, (1.0, 1.0))
    alarms = np.mean(log_e.max(axis=1) >= math.log(20))
    z = (successes / trials - 0.6) / np.sqrt(0.24 / trials)
    assert alarms <= 0.05
    assert np.mean(np.abs(z).max(axis=1) > 1.96) > 0.25


@pytest.mark.parametrize(
    ("estimates", "better", "relevant", "state", "since"),
    [
        ((0.1, 0.1), "higher", None, "nothing", None),
        ((0.1, 0.9), "higher", None, "better", 200.0),
        ((0.9, 0.9), "lower", None, "worse", 100.0),
        ((-0.9, -0.9), "lower", None, "better", 100.0),
        ((0.0, 0.0), "higher", 0.9, "irrelevant", 100.0),
        ((0.9, 0.1), "higher", None, "better", 100.0),
    ],
)
def test_early_signals(
    estimates: tuple[float, ...],
    better: str,
    relevant: float | None,
    state: str,
    since: float | None,
) -> None:
    found = monitor_estimates(estimates, (0.2, 0.2), (100, 200), tuning_size=200)
    signal = early_signal(found, better=better, smallest_relevant=relevant)  # type: ignore[arg-type]
    assert (signal.state, signal.since) == (state, since)
    assert signal.check.sentence


def test_when_an_effect_would_show() -> None:
    found = monitor_estimates([0.3], [0.2], [100], tuning_size=400)
    expected = early_signal(found, better="higher").expected_size
    assert expected is not None
    again = monitor_estimates([0.3], [0.2 * math.sqrt(100 / expected)], [expected], tuning_size=400)
    assert again.latest.low == pytest.approx(0.0, abs=0.01)


def test_looks_that_exclude_each_other_are_reported() -> None:
    found = monitor_estimates((5.0, -5.0), (0.1, 0.1), (50, 100), tuning_size=100)
    assert "contradicts_itself" in {check.code for check in found.checks}
    assert found.latest.p_so_far <= found.looks[0].p_so_far


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: monitor_share([5, 4], [6, 8], null=0.5),
        lambda: monitor_share([7], [6], null=0.5),
        lambda: monitor_share([3], [6], null=1.0),
        lambda: monitor_share([3], [6], null=0.5, prior=(0.0, 1.0)),
        lambda: monitor_rate([3], [0.0], null=1.0, tuning_size=1.0),
        lambda: monitor_rate([3], [1.0], null=0.0, tuning_size=1.0),
        lambda: monitor_rate_ratio([3], [1], exposure_ratio=0.0, tuning_size=1.0),
        lambda: monitor_mean([1.0, 2.0], [3], null=0.0, tuning_size=10),
        lambda: monitor_mean([1.0, math.nan], [2], null=0.0, tuning_size=10),
        lambda: monitor_difference([1.0], [1.0, 2.0], [1], [1, 2], tuning_size=10),
        lambda: monitor_estimates([1.0], [0.0], [1], tuning_size=10),
        lambda: monitor_estimates([1.0], [1.0, 1.0], [1], tuning_size=10),
        lambda: monitor_clusters([[1.0, 2.0, 3.0]], [True, False, False], [1], tuning_size=10),
        lambda: weight_of_tuning(0.0, 0.05),
        lambda: weight_of_tuning(10.0, 1.0),
        lambda: boundaries(0, "pocock"),
        lambda: spending_boundaries((0.5, 0.4)),
        lambda: early_signal(
            monitor_share([3], [6], null=0.5), better="higher", smallest_relevant=0.0
        ),
    ],
)
def test_what_cannot_be_is_refused(wrong: object) -> None:
    assert callable(wrong)
    with pytest.raises(ValueError, match=r"[a-z]"):
        wrong()
