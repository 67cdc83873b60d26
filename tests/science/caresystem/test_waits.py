"""Waits in bins: quantiles as those of the waits themselves, and the mean wait so far."""

from __future__ import annotations

import weakref

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.agreement.networks import Node, Plain
from vliegwiel.science.caresystem._layout import BINS
from vliegwiel.science.caresystem.waits import wait_edges, wait_quantiles
from vliegwiel.science.caresystem.workspace import Workspace

WAITS = st.lists(st.floats(0.0, 8000.0), min_size=1, max_size=60)


def binned(waits: list[float]) -> np.ndarray:
    return np.histogram(waits, bins=wait_edges())[0]


@settings(deadline=None)  # the first call compiles
@given(waits=WAITS, share=st.sampled_from([0.0, 0.1, 0.5, 0.9, 1.0]))
def test_quantiles_lie_within_a_bin_of_those_of_the_waits(waits: list[float], share: float) -> None:
    exact = float(np.quantile(waits, share, method="inverted_cdf"))
    edges = wait_edges()
    k = int(np.searchsorted(edges, exact, side="right")) - 1
    found = float(wait_quantiles(binned(waits), [share])[0])
    assert edges[k] <= found <= edges[k + 1]


@settings(deadline=None)
@given(waits=WAITS)
def test_many_at_once_as_one_by_one(waits: list[float]) -> None:
    rows = np.stack([binned(waits), np.zeros(BINS, dtype=np.int64), binned(waits[:1])])
    many = wait_quantiles(rows.reshape(3, 1, BINS), [0.5, 0.9])
    assert many.shape == (2, 3, 1)
    assert np.isnan(many[:, 1]).all()
    for row in (0, 2):
        assert np.array_equal(many[:, row, 0], wait_quantiles(rows[row], [0.5, 0.9]))


def test_a_large_sample_of_waits() -> None:
    """Interpolation within a bin brings the quantile far closer than the bin is wide."""
    waits = np.random.default_rng(5).lognormal(3.0, 1.0, 200_000)
    found = wait_quantiles(binned(list(waits)), [0.5, 0.9])
    assert found == pytest.approx(np.quantile(waits, [0.5, 0.9]), rel=2e-3)


def test_the_edges_live_as_long_as_compiled_code_reads_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The cache may hold those of another thread that asked first at the same moment."""
    edges: list[weakref.ref[np.ndarray]] = []
    alive: list[bool] = []

    def of_this_thread_alone() -> np.ndarray:
        made = wait_edges().copy()
        edges.append(weakref.ref(made))
        return made

    module = "vliegwiel.science.caresystem.waits"
    monkeypatch.setattr(f"{module}.wait_edges", of_this_thread_alone)
    monkeypatch.setattr(
        f"{module}._fill_quantiles", lambda *_: alive.append(edges[-1]() is not None)
    )
    wait_quantiles(binned([3.0, 4.0]), [0.5])
    assert alive == [True]


def test_another_number_of_bins_is_refused() -> None:
    with pytest.raises(ValueError, match="bins, not 7"):
        wait_quantiles(np.zeros((3, 7), dtype=np.int64), [0.5])


def test_the_histograms_of_the_months_hold_every_wait() -> None:
    node = Node(places=4, mean=20.0, patience=90.0, in_care=4, waiting=6, span=30.0)
    counts = Workspace(Plain(((0.4, (1.0,)),), (node,), months=30).network()).simulate(8)
    assert np.array_equal(counts.histogram.sum(axis=2), counts.total("waits"))
    # Their quantiles suit the mean wait, which is summed apart.
    half, top = wait_quantiles(counts.histogram.sum(axis=0), [0.5, 1.0])[:, 0]
    mean = float(counts.total("wait_sum").sum() / counts.total("waits").sum())
    assert 0.5 * half < mean < top


def test_the_wait_so_far_of_who_waits() -> None:
    """Nobody is served: everybody has waited since coming, and the wait grows with the months."""
    node = Node(places=1, mean=1e6, shape="fixed", in_care=1, waiting=1, span=10.0)
    network = Plain(((1e-9, (1.0,)),), (node,), months=4).network()
    counts = Workspace(network).simulate(3)
    arrived = np.cumsum(counts.total("waiting_since")[:, 0])
    assert -10.0 < arrived[0] < 0.0
    assert np.array_equal(arrived, np.full(4, arrived[0]))
    assert (network.month_ends - arrived)[-1] == pytest.approx(120.0 - arrived[0])
