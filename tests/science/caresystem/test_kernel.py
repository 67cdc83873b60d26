"""The compiled kernel: as fast as it is meant to be built, and safe with its memory."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numba import njit

from tests.agreement.networks import Node, Plain
from vliegwiel.science.caresystem import _kernel, _layout, _recording, workspace
from vliegwiel.science.caresystem.memory_needs import buckets_per_day
from vliegwiel.science.caresystem.network import shape_parameters
from vliegwiel.science.caresystem.waits import wait_edges
from vliegwiel.science.caresystem.workspace import Workspace


@njit
def wait_bin(wait: float) -> int:
    """The kernel's own parts have no entrance for Python."""
    return _recording.wait_bin(wait)


def test_the_kernel_counts_no_references() -> None:
    """Counting references to arrays at every call once made such a kernel six times slower."""
    for urgent in ((), ((0.5, 0.5), (1.0, 0.0))):
        one = Workspace(busy(urgent=urgent).network())
        one.simulate(1)
        one.simulate(1, np.zeros((10_000, 4), dtype=np.int64))
    compiled = [
        path.read_bytes() for path in Path(_kernel.run._cache.cache_path).glob("_kernel.run-*.nbc")
    ]
    assert len(compiled) >= 3  # plain, plain that writes events down, and full
    for code in compiled:
        assert b"\x00memset\x00" in code  # the names of what it calls stand in the file
        assert b"NRT_incref" not in code
        assert b"NRT_decref" not in code


def busy(**more: Any) -> Plain:
    node = Node(places=3, mean=20.0, patience=40.0, in_care=3, waiting=2, span=9.0)
    return Plain(sources=((1.0, (1.0,)),), nodes=(node,), **more)


def test_memory_grows_when_more_youths_come_than_expected() -> None:
    network = Plain(sources=((0.2, (1.0,)),), nodes=(Node(places=1, mean=400.0),), months=60)
    roomy, tight = Workspace(network.network()), Workspace(network.network())
    tight._slots = 2
    one, two = roomy.simulate(11), tight.simulate(11)
    assert tight._slots >= 256
    assert np.array_equal(one.cells, two.cells)
    assert np.array_equal(one.histogram, two.histogram)


def test_more_youths_than_the_memory_can_tell_apart_are_refused() -> None:
    one = Workspace(busy().network())
    one._slots = 2**31 // _layout.RECORD + 1
    with pytest.raises(MemoryError, match="33,554,433 youths at once"):
        one.simulate(1)


@pytest.mark.parametrize("per_day", [128.0, 1024.0])
def test_width_of_the_buckets_makes_no_difference(
    per_day: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    network = busy(months=24).network()
    usual = Workspace(network).simulate(5)
    monkeypatch.setattr(workspace, "buckets_per_day", lambda _: per_day)
    other = Workspace(network)
    assert other._buckets_per_day == per_day != buckets_per_day(network)
    assert np.array_equal(usual.cells, other.simulate(5).cells)


def test_a_workspace_can_be_used_again_and_again() -> None:
    one = Workspace(busy(months=12).network())
    first = one.simulate(1)
    one.simulate(2)
    assert np.array_equal(first.cells, one.simulate(1).cells)


def test_waits_within_the_norm_and_after_the_warm_up() -> None:
    counts = Workspace(busy(months=12, norm_days=10.0, waits_from=100.0).network()).simulate(3)
    everyone = Workspace(busy(months=12, norm_days=10.0).network()).simulate(3)
    assert counts.total("waits")[:3].sum() == 0
    assert 0 < counts.total("waits").sum() < everyone.total("waits").sum()
    assert everyone.total("waits").sum() == everyone.total("starts").sum()
    assert 0 < everyone.total("within_norm").sum() < everyone.total("waits").sum()
    assert everyone.histogram.sum() == everyone.total("waits").sum()


@given(wait=st.floats(0.0, 8191.0))
@example(wait=0.0)
@example(wait=1.0)
@example(wait=42.0)
@settings(deadline=None)  # the first call compiles
def test_bins_of_waits(wait: float) -> None:
    edges, k = wait_edges(), wait_bin(wait)
    assert edges[k] <= wait < edges[k + 1]


def test_waits_beyond_the_histogram_fall_in_its_last_bin() -> None:
    assert wait_bin(1e9) == _layout.BINS - 1


@pytest.mark.parametrize("cv", [0.0, -1.0])
def test_a_spread_of_nothing_is_refused(cv: float) -> None:
    with pytest.raises(ValueError, match="above zero"):
        shape_parameters(1, cv)


def test_a_spread_beyond_the_weibull_is_refused() -> None:
    with pytest.raises(ValueError, match="too large"):
        shape_parameters(3, 1e9)


def test_no_line_of_the_cache_is_shared_with_another_thread() -> None:
    """Small arrays would lie side by side, and two threads then lose a sixth of their time."""
    network, lines = busy().network(), 128  # a processor may fetch two lines of 64 bytes at once
    written = [array for _ in range(40) for array in Workspace(network)._state.values()]
    spans = sorted(
        (begin, begin + array.nbytes)
        for array in written
        for begin in (array.__array_interface__["data"][0],)
    )
    assert len(spans) == 6 * 40
    assert all(begin % lines == 0 for begin, _ in spans)
    assert all(end <= other - other % lines for (_, end), (other, _) in pairwise(spans))
