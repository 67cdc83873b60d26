"""Two engines, one answer: kernel and plain simulator see the same events, one by one."""

from __future__ import annotations

import math
from dataclasses import replace
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.science.caresystem import full_sample, samples
from vliegwiel.science.caresystem import (
    ForecastPlan,
    read_care_system,
    read_scenario,
    workspace,
)
from vliegwiel.science.caresystem._layout import COUNTED, LEAVES
from vliegwiel.science.caresystem.compiling import compile_arms
from vliegwiel.science.caresystem.network import Network
from vliegwiel.science.caresystem.waits import wait_edges
from vliegwiel.science.caresystem.workspace import Counts, Workspace

from .compared import Compared
from .networks import Node, Plain
from .plain_draws import MASK
from .plain_simulator import Event, PlainSimulator

pytestmark = pytest.mark.slow

#: How many networks are generated; each is run by both engines.
NETWORKS = 150


def kernel_events(network: Network, key: int) -> tuple[list[Event], Counts]:
    ours = Workspace(network)
    counts = ours.simulate(key)
    count = counts.events
    trace = np.zeros((count + 1, 4), dtype=np.int64)
    traced = ours.simulate(key, trace)
    assert np.array_equal(traced.cells, counts.cells)  # two kernels, which do the same
    times = trace[:count, 0].copy().view(np.float64)
    assert trace[count].sum() == 0  # exactly as many lines as events
    events = sorted(
        Event(float(time), int(line[1]) & MASK, COUNTED[line[2]], int(line[3]))
        for time, line in zip(times, trace[:count], strict=True)
    )
    return events, counts


def assert_same(network: Network, key: int) -> int:
    slow = PlainSimulator(network, key)
    (ours, counts), plain = kernel_events(network, key), slow.run()
    assert counts.total("aged_out").sum() == slow.aged_out
    assert counts.total("succeeded").sum() == slow.succeeded
    assert_same_recordings(network, counts, slow)
    assert len(ours) == len(plain)
    for one, other in zip(ours, plain, strict=True):
        assert (one.key, one.kind, one.care_type) == (other.key, other.kind, other.care_type)
        assert math.isclose(one.time, other.time, rel_tol=1e-12, abs_tol=1e-12)
    return len(ours)


def assert_same_recordings(network: Network, counts: Counts, slow: PlainSimulator) -> None:
    """Flows, waits by bin and days of arrival of who waits: the same from either engine."""
    flows = np.zeros_like(counts.flows)
    for cell, number in slow.flows.items():
        flows[cell] = number
    assert np.array_equal(counts.flows, flows)
    for kind in ("arrivals", "starts", "ends", "leaving"):
        by_group = np.zeros_like(counts.named(kind))
        for (what, *cell), number in slow.counted.items():
            by_group[tuple(cell)] += number * (what == kind)
        assert np.array_equal(counts.named(kind), by_group)
    n = network.types
    care = flows.shape[1] - 2 * n - 1  # the first origin that is care
    assert np.array_equal(flows[:, :, :n].sum(axis=1), counts.total("arrivals"))
    assert np.array_equal(flows[:, care : care + n].sum(axis=2), counts.total("ends"))
    assert np.array_equal(flows[:, care + n : -1].sum(axis=2), counts.total("leaving"))
    since = np.array(slow.waiting_since)
    by_type = np.stack([since[:, s].sum(axis=1) for s in slow.stations], axis=1)
    found = np.cumsum(counts.total("waiting_since"), axis=0)
    assert np.allclose(found, by_type, rtol=1e-9, atol=1e-6)
    histogram = counts.station_histogram
    if counts.stations is None:
        histogram = counts.histogram
    else:
        found = np.cumsum(counts.station("waiting_since"), axis=0)
        assert np.allclose(found, since, rtol=1e-9, atol=1e-6)
    assert histogram is not None
    assert np.array_equal(counts.histogram.sum(axis=1), histogram.sum(axis=1))
    # A wait on the edge of a bin may fall on either side of it by rounding.
    edges, longest = wait_edges()[1:-1], wait_edges()[-1]
    waits = np.array([(*place, min(wait, longest)) for *place, wait in slow.waits]).reshape(-1, 3)
    assert histogram.sum() == len(waits)
    for month, station in {(int(m), int(s)) for m, s in waits[:, :2]}:
        there = waits[(waits[:, 0] == month) & (waits[:, 1] == station), 2]
        below = np.cumsum(histogram[month, station])[:-1]
        assert (below >= np.searchsorted(np.sort(there), edges * (1 - 1e-9))).all()
        assert (below <= np.searchsorted(np.sort(there), edges * (1 + 1e-9), "right")).all()


@pytest.mark.parametrize("sample", [samples, full_sample], ids=["plain", "full"])
def test_the_sample_care_system_in_both_arms(sample: ModuleType) -> None:
    system = read_care_system(samples.as_text(sample.care_system()))
    scenario = read_scenario(samples.as_text(sample.scenario()), system)
    plan = ForecastPlan(system, scenario, months=36, seed=5)
    arms = compile_arms(system, scenario, plan.frame, plan.derivations.values(plan.draws(3)))
    for arm in arms:
        assert arm is not None
        assert assert_same(arm.network, plan.key(3)) > 2000


@st.composite
def shares(draw: st.DrawFn, count: int) -> tuple[float, ...]:
    parts = draw(st.lists(st.integers(0, 5), min_size=count + 1, max_size=count + 1))
    total = sum(parts) or 1
    return tuple(part / total for part in parts[:count])


@st.composite
def so_far(draw: st.DrawFn) -> tuple[tuple[float, float], ...]:
    """Points of how long who is there at the start has been, or none."""
    if draw(st.booleans()):
        return ()
    inner = sorted(draw(st.sets(st.floats(0.05, 0.95), max_size=3)))
    days = st.lists(st.floats(0.0, 200.0), min_size=len(inner) + 2, max_size=len(inner) + 2)
    return tuple(zip((0.0, *inner, 1.0), sorted(draw(days)), strict=True))


@st.composite
def nodes(draw: st.DrawFn, count: int, at: int, *, plain: bool) -> Node:
    places = draw(st.one_of(st.none(), st.integers(1, 12)))
    patient = draw(st.booleans())
    leave_to = draw(st.sampled_from([LEAVES, *(j for j in range(count) if j != at)]))
    later = st.one_of(st.none(), st.tuples(st.integers(1, 6), st.integers(0, 12)))
    in_care = draw(st.integers(0, places if places is not None else 8))
    node = Node(
        places=places,
        mean=draw(st.floats(2.0, 60.0)),
        shape=draw(st.sampled_from(["exponential", "gamma", "lognormal", "weibull", "fixed"])),
        cv=draw(st.floats(0.2, 1.6)),
        patience=math.inf if patient else draw(st.floats(1.0, 90.0)),
        leave_to=leave_to,
        extension=(draw(st.sampled_from([0.0, 0.3, 1.0])), draw(st.floats(1.0, 40.0))),
        in_care=in_care,
        waiting=0 if places is None else draw(st.integers(0, 6)),
        span=draw(st.floats(0.0, 50.0)),
        later=None if places is None else draw(later),
        waited=draw(so_far()),
        cared=draw(so_far()),
    )
    return node if plain else replace(node, **draw(beyond_the_plain(count)))


@st.composite
def beyond_the_plain(draw: st.DrawFn, count: int) -> dict[str, Any]:
    """Further providers, a budget, an age to leave at, success, observed stays."""
    limited, chooses, seen = (draw(st.booleans()) for _ in range(3))
    inner = sorted(draw(st.sets(st.floats(0.05, 0.95), max_size=3)))
    lengths = sorted(
        draw(st.lists(st.floats(0.5, 90.0), min_size=len(inner) + 2, max_size=len(inner) + 2))
    )
    points = {"shape": "observed", "points": ((0.0, *inner, 1.0), tuple(lengths))}
    return {
        "further": tuple(draw(st.lists(st.integers(1, 8), max_size=3))),
        "rule": draw(st.sampled_from(["one_queue", "by_share", "shortest_queue"])),
        "ceiling": draw(st.floats(50.0, 3000.0)) if limited else math.inf,
        "price": (draw(st.floats(0.0, 9.0)), draw(st.floats(0.0, 90.0))),
        "until": draw(st.sampled_from([2.0, 3.0, 4.5, math.inf])),
        "success": draw(st.one_of(st.none(), st.floats(0.0, 1.0))),
        "leaving": draw(shares(count)) if chooses else (),
        **(points if seen else {}),
    }


@st.composite
def everywhere(draw: st.DrawFn, n: int, owners: int) -> dict[str, Any]:
    """Classes of priority, ages, what follows without success."""
    years = draw(shares(4)) if draw(st.booleans()) else ()
    otherwise = tuple(tuple(0.8 * share for share in draw(shares(n))) for _ in range(n))
    spans = st.tuples(st.floats(0.0, 2.0), st.floats(1.0, 4.0))
    return {
        "urgent": draw(urgency(owners)),
        "ages": (*years[:-1], 1.0 - math.fsum(years[:-1])) if years else (),
        "urgent_ages": tuple(draw(st.lists(spans, max_size=3))),
        "otherwise": draw(st.sampled_from([(), otherwise])),
        "returns_otherwise": draw(st.floats(0.0, 0.5)),
    }


@st.composite
def urgency(draw: st.DrawFn, owners: int) -> tuple[tuple[float, ...], ...]:
    """Shares of up to four classes of priority."""
    classes = draw(st.integers(1, 4))
    drawn = [draw(shares(classes)) for _ in range(owners)]
    return tuple((*part[:-1], 1.0 - math.fsum(part[:-1])) for part in drawn)


@st.composite
def networks(draw: st.DrawFn, *, plain: bool) -> Plain:
    n = draw(st.integers(1, 4))
    months = draw(st.integers(1, 8 if plain else 14))
    sources = draw(st.lists(st.tuples(st.floats(0.02, 1.0), shares(n)), min_size=1, max_size=3))
    routing = tuple(tuple(0.8 * share for share in draw(shares(n))) for _ in range(n))
    coming_back = (draw(st.floats(0.0, 0.5)), draw(st.floats(1.0, 60.0)), draw(shares(n)))
    return Plain(
        sources=tuple(sources),
        nodes=tuple(draw(nodes(n, i, plain=plain)) for i in range(n)),
        routing=routing,
        back=draw(st.one_of(st.none(), st.just(coming_back))),
        months=months,
        fresh=draw(st.booleans()),
        returning=draw(st.integers(0, 5)),
        **({} if plain else draw(everywhere(n, len(sources) + 1))),
        monthly_factors=tuple(
            draw(st.lists(st.floats(0.0, 2.0), min_size=months, max_size=months))
        ),
    )


generated = settings(
    max_examples=NETWORKS,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@generated
@given(plain=networks(plain=True), key=st.integers(-(2**63), 2**63 - 1))
def test_generated_networks(plain: Plain, key: int) -> None:
    assert_same(plain.network(), key)


@generated
@given(plain=networks(plain=False), key=st.integers(-(2**63), 2**63 - 1))
def test_generated_networks_beyond_the_plain(plain: Plain, key: int) -> None:
    assert_same(plain.network(), key)


@st.composite
def comparisons(draw: st.DrawFn) -> Compared:
    plain = draw(networks(plain=draw(st.booleans())))
    return Compared(
        plain,
        groups=draw(st.integers(2, 4)),
        rows=draw(st.integers(2, 5)),
        new=draw(st.integers(0, len(plain.nodes) - 1)),
        moves=draw(st.sampled_from([0.0, 0.001, 0.05])),
        seed=draw(st.integers(0, 2**32 - 1)),
    )


@generated
@given(compared=comparisons(), key=st.integers(-(2**63), 2**63 - 1))
def test_generated_comparisons(compared: Compared, key: int) -> None:
    """Both arms, with groups, rows, changed choices, new care types, money and places by month."""
    for network in compared.arms():
        assert_same(network, key)


@pytest.mark.parametrize("per_day", [64.0, 1024.0])
def test_many_events_in_a_bucket_keep_their_order(
    per_day: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when they are planned, or no longer happen, in the part of the day that is going on."""
    monkeypatch.setattr(workspace, "buckets_per_day", lambda _: per_day)
    short = Node(places=15, mean=0.2, patience=0.04, leave_to=1)
    nodes = (
        short, replace(short, places=25, shape="lognormal", cv=1.5, leave_to=2),
        replace(short, places=20, shape="fixed", leave_to=0),
    )  # fmt: skip
    sources = ((90.0, (0.6, 0.2, 0.2)), (30.0, (0.0, 0.5, 0.5)))
    routing = ((0.0, 0.3, 0.2), (0.2, 0.0, 0.2), (0.1, 0.1, 0.1))
    crowd = Plain(sources=sources, nodes=nodes, routing=routing, months=4)
    assert assert_same(crowd.network(), 7) > 40_000
    assert assert_same(replace(crowd, urgent=((0.3, 0.7),) * 3).network(), 8) > 40_000


@pytest.mark.parametrize("urgent", [(), ((0.3, 0.7),) * 2], ids=["plain", "full"])
@pytest.mark.parametrize("per_day", [64.0, 1024.0])
def test_events_at_the_same_moment_that_stood_ready_keep_their_order(
    per_day: float, urgent: tuple[tuple[float, ...], ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """While many who end together are the next, others come and go in an earlier bucket."""
    monkeypatch.setattr(workspace, "buckets_per_day", lambda _: per_day)
    together = Node(places=20, mean=0.3, shape="fixed", in_care=20, waiting=60)
    nodes = (together, Node(mean=0.004), Node(places=3, mean=0.7, patience=2.0))
    plain = Plain(
        sources=((100.0, (0.0, 1.0, 0.0)),), nodes=nodes, months=2, fresh=True, urgent=urgent,
        routing=((0.2, 0.0, 0.8), (0.0,) * 3, (0.0,) * 3),
    )  # fmt: skip
    for key in range(1, 9):
        assert_same(plain.network(), key)


@pytest.mark.parametrize("shape", ["exponential", "gamma", "lognormal", "weibull", "fixed"])
def test_many_events_at_the_same_moment_keep_their_order(shape: str) -> None:
    """Fixed stays begun together end together; who gets the place is decided by rank alone."""
    node = Node(places=6, mean=5.0, shape="fixed", in_care=6, waiting=30, span=10.0)
    other = Node(places=3, mean=5.0, shape=shape, cv=0.5, patience=20.0, in_care=3, waiting=5)
    plain = Plain(
        sources=((0.5, (0.5, 0.5)),), nodes=(node, other), routing=((0.0, 0.5), (0.5, 0.0)),
        months=6, fresh=True,
    )  # fmt: skip
    assert assert_same(plain.network(), 12) > 300
