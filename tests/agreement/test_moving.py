"""Where youths live after some moves, against the Markov chain that moving is."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from vliegwiel.science.caresystem.features import Features, Moving
from vliegwiel.science.caresystem.network import Network
from vliegwiel.science.caresystem.workspace import Workspace

from .networks import Node, Plain

pytestmark = pytest.mark.slow

YOUTHS, STAY, GROUPS = 40_000, 50.0, np.array([0.6, 0.3, 0.1])


def around(a_year: float) -> Network:
    """Youths in a form of care of fixed stays, who come to it again and again."""
    plain = Plain(
        sources=((0.0, (1.0,)),), nodes=(Node(mean=STAY, shape="fixed", in_care=YOUTHS),),
        routing=((1.0,),), fresh=True, months=8,
    )  # fmt: skip
    to = np.tile(GROUPS, (3, 1)) * (1.0 - np.eye(3))
    moving = Moving(np.array([a_year / 365.25]), np.cumsum(to / to.sum(1, keepdims=True), axis=1))
    months = plain.months
    return replace(
        plain.network(),
        row=np.zeros((months, 3), dtype=np.int64),
        groups=np.ones((1, months, 3)),
        accept=np.ones((1, months, 3)),
        start_groups=np.cumsum(GROUPS),
        features=Features(moving=moving),
    )


def test_youths_move_as_a_markov_chain() -> None:
    """At their k-th step: the shares at the start times the k-th power of one step."""
    network, a_year = around(0.8), 0.8
    counts = Workspace(network).simulate(9)
    arrivals = counts.named("arrivals")[:, :, 0]
    assert network.features.moving is not None
    to = np.diff(network.features.moving.to, axis=1, prepend=0.0)
    moved = 1.0 - math.exp(-a_year * STAY / 365.25)
    one_step = moved * to + (1.0 - moved) * np.eye(3)
    expected = GROUPS
    steps = arrivals[arrivals.sum(axis=1) > 0]
    assert (steps.sum(axis=1) == YOUTHS).all()
    assert len(steps) == 4
    for found in steps:
        expected = expected @ one_step
        z = (found - YOUTHS * expected) / np.sqrt(YOUTHS * expected * (1.0 - expected))
        assert np.abs(z).max() < 3.5
    # And it is not for want of youths that nothing is seen.
    assert abs(expected - GROUPS).max() > 0.05


def test_a_stay_ends_where_it_began() -> None:
    """In each group as many end as began one stay before."""
    counts = Workspace(around(0.8)).simulate(9)
    began, ended = (counts.named(name)[:, :, 0] for name in ("starts", "ends"))
    first = YOUTHS - ended[:2].sum()
    assert first == 0.0  # after 50 days all have ended once
    begun = began[began.sum(axis=1) > 0]
    later = ended[ended.sum(axis=1) > 0][1:]
    assert np.array_equal(begun[: len(later)], later)


def test_with_a_rate_of_nothing_nobody_moves() -> None:
    counts = Workspace(around(0.0)).simulate(9)
    per_step = counts.named("arrivals")[:, :, 0]
    steps = per_step[per_step.sum(axis=1) > 0]
    assert (steps == steps[0]).all()
