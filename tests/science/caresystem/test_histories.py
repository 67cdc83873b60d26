"""Histories tell of the same youths as the counts of the kernel, one by one."""

import numpy as np
import pytest

from vliegwiel.science.caresystem import (
    CareSystem,
    Ending,
    ForecastPlan,
    Histories,
    histories,
    read_care_system,
)
from vliegwiel.science.caresystem.compiling import Arm, compile_arms
from vliegwiel.science.caresystem.life_histories import scaled_values
from vliegwiel.science.caresystem.workspace import Counts, Workspace
from vliegwiel.science.kernel import child_key, child_keys, uniform, uniforms

from . import full_sample, samples

MONTHS = 30


@pytest.fixture(scope="module", params=[samples, full_sample], ids=["plain", "full"])
def told(request: pytest.FixtureRequest) -> tuple[Histories, Counts, Arm, CareSystem]:
    system = read_care_system(samples.as_text(request.param.care_system()))
    plan = ForecastPlan(system, months=MONTHS, seed=11, by_municipality=True)
    arm, _ = compile_arms(system, None, plan.frame, scaled_values(plan, 1.0))
    counts = Workspace(arm.network).simulate(plan.key(0))
    return histories(system, MONTHS, 11), counts, arm, system


def by_month(found: Histories, times: np.ndarray, arm: Arm) -> np.ndarray:
    """Events from day 0 on by month, municipality and care type."""
    inside = times >= 0.0  # NaN is not
    month = np.searchsorted(arm.network.month_ends, times[inside], side="right")
    number = np.zeros((MONTHS, len(found.municipalities), len(found.care_types)))
    np.add.at(number, (month, found.municipality[inside], found.care_type[inside]), 1)
    return number


def test_every_event_that_is_counted_is_told(
    told: tuple[Histories, Counts, Arm, CareSystem],
) -> None:
    found, counts, arm, _ = told
    left = np.isin(found.why, (Ending.LEFT, Ending.LEFT_TOO_OLD))
    inside = np.where(left, np.nan, found.ended)
    assert np.array_equal(by_month(found, found.arrived, arm), counts.named("arrivals"))
    assert np.array_equal(by_month(found, found.started, arm), counts.named("starts"))
    assert np.array_equal(by_month(found, inside, arm), counts.named("ends"))
    outside = np.where(left, found.ended, np.nan)
    assert np.array_equal(by_month(found, outside, arm), counts.named("leaving"))
    old = np.isin(found.why, (Ending.TOO_OLD, Ending.LEFT_TOO_OLD))
    assert old.sum() == counts.total("aged_out").sum()
    assert (found.succeeded == 1).sum() == counts.total("succeeded").sum()
    waiting = np.isnan(found.started) & (found.why == Ending.OPEN)
    assert waiting.sum() == counts.total("still_waiting").sum()


def test_everybody_goes_where_the_flows_go(
    told: tuple[Histories, Counts, Arm, CareSystem],
) -> None:
    found, counts, arm, _ = told
    n, sources = len(found.care_types), len(found.referrers)
    flows = counts.flows.sum(axis=0)
    over = found.why != Ending.OPEN
    cared = np.isin(found.why, (Ending.ENDED, Ending.TOO_OLD))
    for who, first in ((over & cared, sources), (over & ~cared, sources + n)):
        number = np.zeros((n, n + 2))
        np.add.at(number, (found.care_type[who], found.to[who]), 1)
        assert np.array_equal(number, flows[first : first + n])
    entry = np.append(True, np.diff(found.youth) != 0) & (found.referrer >= 0)
    number = np.zeros((sources, n))
    np.add.at(number, (found.referrer[entry], found.care_type[entry]), 1)
    assert np.array_equal(number, flows[:sources, :n])
    assert (found.before >= 0).sum() == flows[sources:-1, :n].sum()
    by_station = np.bincount(found.station[found.started >= 0.0], minlength=arm.network.stations)
    if counts.stations is None:
        assert np.array_equal(found.station, found.care_type)
    else:
        assert np.array_equal(by_station, counts.station("starts").sum(axis=0))


def test_who_is_there_at_the_start(told: tuple[Histories, Counts, Arm, CareSystem]) -> None:
    found, _, arm, system = told
    in_care, waits = found.started < 0.0, found.arrived < 0.0
    n = len(found.care_types)
    assert np.array_equal(
        np.bincount(found.care_type[in_care], minlength=n), arm.network.in_care_by_type
    )
    assert np.array_equal(np.bincount(found.care_type[waits], minlength=n), arm.network.waiting)
    assert np.isnan(found.arrived[in_care]).all()
    assert (found.referrer[in_care | waits] == -1).all()
    assert np.isnan(found.born).all() == (system.ages is None)


@pytest.mark.slow
def test_what_lies_before_the_start_fits_what_comes_after_it() -> None:
    """Of a stay under way at a random moment the part before it is as long as that after it."""
    document = samples.care_system()
    for care in document["care_types"]:
        care["in_care_at_start"] = samples.printed(20_000.0, "youths")
        care["capacity"] = {"kind": "free"}
        care.pop("waiting_at_start", None)
        care.pop("patience", None)
    for referrer in document["referrers"]:
        referrer["rate"] = samples.printed(0.0, "youths/month")
    found = histories(read_care_system(samples.as_text(document)), 240, 3)
    first = found.started < 0.0
    assert {care["stay"]["distribution"] for care in document["care_types"]} >= {"lognormal"}
    for i in range(len(found.care_types)):
        mine = first & (found.care_type == i) & ~np.isnan(found.ended)
        past, rest = -found.started[mine], found.ended[mine]
        error = np.sqrt((past.var() + rest.var()) / mine.sum())
        assert abs(past.mean() - rest.mean()) < 4 * error


def test_the_same_seed_tells_the_same_and_another_scale_another_size(system: CareSystem) -> None:
    one, again = histories(system, 12, 5), histories(system, 12, 5)
    assert np.array_equal(one.started, again.started, equal_nan=True)
    assert not np.array_equal(one.youths, histories(system, 12, 6).youths)
    double = histories(system, 12, 5, scale=2.0)
    assert 1.8 < len(double) / len(one) < 2.2
    assert len(histories(system, 1, 5, scale=1e-6)) == 0
    with pytest.raises(ValueError, match="scale"):
        histories(system, 12, scale=0.0)


def test_many_numbers_at_once_are_those_one_by_one() -> None:
    keys = child_keys(77, 3, 20)
    assert [int(key) for key in keys] == [child_key(77, 3, number) for number in range(20)]
    drawn = uniforms(keys, 12, np.arange(20))
    assert list(drawn) == [uniform(int(key), 12, at) for at, key in enumerate(keys)]
