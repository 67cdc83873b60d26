"""A seed keeps its meaning: features that a model does not use change none of its numbers.

A line of `tests/snapshots/same_seed.csv` is a total over a run. Numbers of events were written
before the features that came later; sums of times were written again, and agreed to nine digits,
when their last digits stopped to depend on the machine.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.science.caresystem import samples
from vliegwiel.science.caresystem import ForecastPlan, read_care_system, read_scenario
from vliegwiel.science.caresystem.compiling import compile_arms
from vliegwiel.science.caresystem.features import Features, Priorities
from vliegwiel.science.caresystem.network import Network
from vliegwiel.science.caresystem.workspace import Counts, Workspace

from .networks import Node, Plain

pytestmark = pytest.mark.slow

SNAPSHOT = Path(__file__).resolve().parents[1] / "snapshots" / "same_seed.csv"
KEPT = (
    "arrivals", "starts", "ends", "leaving", "arrivals_left", "starts_left", "ends_left",
    "leaving_left", "wait_sum", "waits", "within_norm", "queue_time", "care_time",
    "still_waiting", "census",
)  # fmt: skip


def every_part() -> Network:
    """Every shape of stay, queues that lead out, on and nowhere, coming back, a changing rate."""
    shapes = ("exponential", "gamma", "lognormal", "weibull", "fixed")
    nodes = tuple(
        Node(
            places=None if k == 4 else 6 + 3 * k, mean=20.0 + 11.0 * k, shape=shape, cv=0.6,
            patience=40.0 if k != 2 else float("inf"), leave_to=(-1, 0, -1, 2, -1)[k],
            extension=(0.25, 9.0), in_care=5, waiting=3 if k < 3 else 0, span=12.0,
        )
        for k, shape in enumerate(shapes)
    )  # fmt: skip
    routing = tuple(tuple(0.12 for _ in range(5)) for _ in range(5))
    return Plain(
        sources=((0.3, (0.2,) * 5), (0.2, (0.1, 0.4, 0.1, 0.2, 0.1))), nodes=nodes,
        routing=routing, back=(0.3, 35.0, (0.2,) * 5), months=48, returning=4, norm_days=14.0,
        monthly_factors=tuple(0.5 + (k % 12) / 10 for k in range(48)),
    ).network()  # fmt: skip


def runs() -> Iterator[tuple[str, Counts]]:
    system = read_care_system(samples.as_text(samples.care_system()))
    scenario = read_scenario(samples.as_text(samples.scenario()), system)
    plan = ForecastPlan(system, scenario, months=48, seed=11)
    for replication in (0, 7):
        values = plan.derivations.values(plan.draws(replication))
        for name, arm in zip(
            ("baseline", "scenario"),
            compile_arms(system, scenario, plan.frame, values),
            strict=True,
        ):
            assert arm is not None
            counts = Workspace(arm.network).simulate(plan.key(replication))
            yield f"sample {name} {replication}", counts
    workspace = Workspace(every_part())
    for key in (1, -5):
        yield f"every part {key}", workspace.simulate(key)


def lines() -> dict[tuple[str, str, str], float]:
    return {
        (run, name, str(i)): float(value)
        for run, counts in runs()
        for name in KEPT
        for i, value in enumerate(counts.total(name).sum(axis=0))
    }


def test_totals_are_those_of_the_snapshot() -> None:
    with SNAPSHOT.open(encoding="utf-8", newline="") as file:
        stored = {(row[0], row[1], row[2]): float(row[3]) for row in list(csv.reader(file))[1:]}
    found = lines()
    assert set(found) == set(stored)
    assert sum(value for key, value in stored.items() if key[1] == "starts") > 5000
    assert found == stored


def test_both_kernels_give_a_plain_network_the_same_numbers() -> None:
    network = every_part()
    one_class = Priorities(np.ones((1, len(network.candidates) + 1, 1)))
    other = replace(network, features=Features(priorities=one_class))
    assert not other.features.plain
    for key in (1, -5):
        plain, full = Workspace(network).simulate(key), Workspace(other).simulate(key)
        assert np.array_equal(plain.cells, full.cells)
        assert np.array_equal(plain.histogram, full.histogram)
