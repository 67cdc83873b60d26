"""Exponentials and the like: against the machine's own, against scipy and against the kernel's."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numba import njit
from scipy import special

from vliegwiel.science.caresystem import _elementary
from vliegwiel.science.kernel import beta_quantiles, elementary

ULP = 2.0**-52


@given(st.floats(-708.0, 709.0))
def test_exponential(x: float) -> None:
    assert float(elementary.exp(x)) == pytest.approx(math.exp(x), rel=2 * ULP)


@given(st.floats(0.0, exclude_min=True, allow_infinity=False))
def test_logarithm(x: float) -> None:
    assert float(elementary.log(x)) == pytest.approx(math.log(x), rel=2 * ULP)


@given(st.floats(-1.0, 1e300, exclude_min=True))
def test_logarithm_of_one_more(x: float) -> None:
    assert float(elementary.log1p(x)) == pytest.approx(math.log1p(x), rel=3 * ULP)


def test_the_ends_of_what_there_is() -> None:
    assert np.array_equal(
        elementary.exp([-np.inf, -800, 0, 800, np.inf]), [0, 0, 1, np.inf, np.inf]
    )
    assert np.array_equal(elementary.log([0, 1, np.inf]), [-np.inf, 0, np.inf])
    assert np.array_equal(elementary.log1p([-1, 0, np.inf]), [-np.inf, 0, np.inf])
    assert np.isnan([elementary.log(-1), elementary.exp(np.nan), elementary.log(np.nan)]).all()


@given(st.floats(1e-3, 1e3), st.floats(-60.0, 60.0))
def test_power(base: float, exponent: float) -> None:
    size = max(1.0, abs(exponent * math.log(base)))
    assert float(elementary.power(base, exponent)) == pytest.approx(
        math.pow(base, exponent), rel=40 * size * ULP
    )


@given(st.integers(-20, 20), st.integers(0, 15))
def test_whole_powers_of_whole_numbers_are_exact(base: int, exponent: int) -> None:
    if abs(base**exponent) < 2**53:
        assert float(elementary.power(base, exponent)) == base**exponent


def test_a_power_that_is_not_there() -> None:
    assert np.isnan(elementary.power(-2.0, 0.5))
    assert elementary.power(0.0, -1.0) == np.inf
    assert elementary.power(0.0, 0.5) == 0.0


@given(st.floats(1e-6, 1e6))
def test_logarithm_of_the_gamma_function(x: float) -> None:
    assert float(elementary.log_gamma(x)) == pytest.approx(math.lgamma(x), rel=1e-13, abs=2e-14)


def test_the_gamma_function_begins_above_zero() -> None:
    with pytest.raises(ValueError, match="above zero"):
        elementary.log_gamma([1.0, 0.0])


@njit
def of_kernel(x: float, y: float) -> tuple[float, float, float]:
    """The kernel's own parts have no entrance for Python."""
    return _elementary.exp(x), _elementary.log(y), _elementary.power(y, x / 100.0)


@settings(deadline=None)  # compiled at the first example
@given(st.floats(-600.0, 600.0), st.floats(1e-30, 1e30))
def test_the_kernel_computes_the_same(x: float, y: float) -> None:
    exponential, logarithm, power = of_kernel(x, y)
    assert exponential == elementary.exp(x)
    assert logarithm == elementary.log(y)
    assert power == pytest.approx(float(elementary.exp(x / 100.0 * elementary.log(y))), rel=2 * ULP)


def test_beta_quantiles_are_those_of_scipy() -> None:
    draw = np.random.default_rng(7)
    for most in (5.0, 60.0):
        a, b = draw.uniform(1.0, most, (2, 80))
        a[0], b[1] = 1.0, 1.0
        shares = draw.uniform(0.0, 1.0, (80, 300))
        shares[:, :4] = 0.0, 1.0, 1e-9, 1.0 - 1e-6
        found = beta_quantiles(a, b, shares)
        assert found == pytest.approx(special.betaincinv(a[:, None], b[:, None], shares), abs=1e-12)


def test_a_beta_quantile_does_not_depend_on_its_company() -> None:
    draw = np.random.default_rng(8)
    a, b, shares = draw.uniform(1, 5, 20), draw.uniform(1, 5, 20), draw.uniform(0, 1, (20, 50))
    together = beta_quantiles(a, b, shares)
    for i, j in ((0, 0), (7, 31), (19, 49)):
        alone = beta_quantiles(a[i : i + 1], b[i : i + 1], shares[i : i + 1, j : j + 1])
        assert alone[0, 0] == together[i, j]


@pytest.mark.parametrize(("a", "share"), [(0.5, 0.5), (2.0, 1.5), (2.0, -0.1)])
def test_what_has_no_beta_quantile(a: float, share: float) -> None:
    with pytest.raises(ValueError, match="must"):
        beta_quantiles(np.array([a]), np.array([2.0]), np.array([[share]]))
