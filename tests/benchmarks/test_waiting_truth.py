"""A small version of the benchmark: figures hold the truth, and the label says when they do not."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.waiting_truth import FIGURES, lines_of, region_told

pytestmark = [pytest.mark.slow]
_SCALE = 0.01


def test_nothing_missing_and_half_missing() -> None:
    whole = region_told(1, share=0.0, declared=False, scale=_SCALE)
    half = region_told(1, share=0.5, declared=False, scale=_SCALE)
    told = {(line.clock, line.figure): line for line in lines_of([whole])}
    assert set(told) == {(clock, name) for clock in ("W1", "W2", "W3") for name in FIGURES}
    for name in ("median", "ninth"):
        line = told["W1", name]
        assert abs(line.bias) < 10
        assert line.covered == 1.0
    assert told["W1", "median"].told > 0.95
    (median,) = [line for line in lines_of([half]) if (line.clock, line.figure) == ("W1", "median")]
    assert np.isnan(median.bias) or median.bias > 20
    assert median.told < 0.7
