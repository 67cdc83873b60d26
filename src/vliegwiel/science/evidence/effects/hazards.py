"""Two sides of waiting times by moment: Cox's ratio, the log-rank test, and whether a ratio stays.

With one column that says the side everything follows from a table of moments: who was at risk and
whose wait ended, on either side.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc, gammaln

from .linear import Estimated

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
#: Most ends at one moment for which the exact likelihood is computed; it takes as many terms.
_MOST_EXACT = 500
#: A log ratio beyond this has no end.
_ENDLESS = 10.0


@dataclass(frozen=True, slots=True)
class Risk:
    """By moment at which some ended, rising: at risk and ended, compared and treated, (m,)."""

    at_risk: Floats
    at_risk_treated: Floats
    ended: Floats
    ended_treated: Floats


@dataclass(frozen=True, slots=True)
class Ranked:
    """A log-rank test: chi-square with one degree of freedom, p; ends of compared and treated."""

    chi2: float
    p: float
    observed: tuple[float, float]
    expected: tuple[float, float]


def risk_table(time: Floats, event: Flags, treated: Flags) -> Risk:
    """Who was at risk and who ended; arrays of one length n."""
    moments = np.unique(time[event])
    at_risk, ended = [], []
    for side in (np.ones(len(time), dtype=bool), treated):
        every = np.sort(time[side])
        at_risk.append((len(every) - np.searchsorted(every, moments)).astype(np.float64))
        ends = np.sort(time[side & event])
        first, last = (np.searchsorted(ends, moments, side=s) for s in ("left", "right"))
        ended.append((last - first).astype(np.float64))
    return Risk(at_risk[0], at_risk[1], ended[0], ended[1])


def ways(risk: Risk) -> tuple[str, ...]:
    """How equal times can be treated; exactly only where no more than 500 ended at a moment."""
    exact = float(risk.ended.max()) <= _MOST_EXACT
    return ("efron", "breslow", "exact") if exact else ("efron", "breslow")


def cox(risk: Risk, ties: str = "efron") -> Estimated | None:
    """Log hazard ratio of the treated, by the partial likelihood.

    ``ties``: ``efron``, ``breslow`` or ``exact`` (conditional). The error is that of the observed
    information. None where all ends of one side come first, so that the ratio has no end.
    """
    exact = ties == "exact"
    beta = 0.0
    for _ in range(50):
        if exact:
            score, information = _exact(risk, beta)
        else:
            score, information = _steps(risk, beta, ties == "efron")
        if information <= 0:
            break
        step = score / information
        beta += min(max(step, -2.0), 2.0)
        if abs(step) < 1e-12:
            break
    if information <= 0 or abs(beta) > _ENDLESS:
        return None
    return Estimated(beta, 1.0 / math.sqrt(information), None)


def log_rank(risk: Risk, *, weighted: bool = False) -> Ranked:
    """Whether both sides end alike; weighted by the share still waiting (Peto and Peto's test).

    Peto and Peto (1972) with the left-continuous curve of Kaplan and Meier, as R's ``survdiff``
    with rho = 1.
    """
    n, n1, d, d1 = risk.at_risk, risk.at_risk_treated, risk.ended, risk.ended_treated
    weight = np.ones(len(n))
    if weighted:
        weight = np.concatenate(([1.0], np.cumprod(1.0 - d / n)[:-1]))
    expected = d * n1 / n
    rest = np.where(n > 1, n - 1, 1.0)
    variance = d * (n1 / n) * (1 - n1 / n) * (n - d) / rest
    apart = float((weight * (d1 - expected)).sum())
    below = float((weight**2 * variance).sum())
    chi2 = apart**2 / below if below > 0 else 0.0
    mine, every, hoped = float(d1.sum()), float(d.sum()), float(expected.sum())
    return Ranked(chi2, float(chdtrc(1, chi2)), (every - mine, mine), (every - hoped, hoped))


def proportional(risk: Risk, beta: float) -> float:
    """p of a hazard ratio that stays the same, against one that moves with Kaplan and Meier's time.

    The score test of the term side x g(time) in Cox's model with Efron's ties, g one less the share
    still waiting just before (as ``cox.zph`` of R's survival 3).
    """
    before = np.concatenate(([1.0], np.cumprod(1.0 - risk.ended / risk.at_risk)[:-1]))
    share, moment = _shares(risk, beta, True)
    spread = share * (1 - share)
    g = (1.0 - before)[moment]
    ended = np.bincount(moment, weights=share, minlength=len(before))
    score = float(((risk.ended_treated - ended) * (1.0 - before)).sum())
    every, cross, own = (float((spread * g**k).sum()) for k in (0, 1, 2))
    below = own - cross**2 / every if every > 0 else 0.0
    return float(chdtrc(1, score**2 / below)) if below > 1e-12 else 1.0


def _shares(risk: Risk, beta: float, efron: bool) -> tuple[Floats, NDArray[np.int64]]:
    """For each end the weight of the treated among those at risk, and which moment it is of."""
    count = risk.ended.astype(np.int64)
    moment = np.repeat(np.arange(len(count)), count)
    gone = np.zeros(len(moment))
    if efron:
        first = np.concatenate(([0], np.cumsum(count)[:-1]))
        gone = (np.arange(len(moment)) - first[moment]) / risk.ended[moment]
    weight = math.exp(beta)
    mine = weight * (risk.at_risk_treated[moment] - gone * risk.ended_treated[moment])
    others = (risk.at_risk - risk.at_risk_treated)[moment] - gone * (
        risk.ended - risk.ended_treated
    )[moment]
    return mine / (mine + others), moment


def _steps(risk: Risk, beta: float, efron: bool) -> tuple[float, float]:
    """Score and information of Efron's or Breslow's likelihood."""
    share, _moment = _shares(risk, beta, efron)
    score = float(risk.ended_treated.sum() - share.sum())
    return score, float((share * (1 - share)).sum())


def _exact(risk: Risk, beta: float) -> tuple[float, float]:
    """Score and information of the conditional likelihood: at each moment hypergeometric.

    Where one ended it is what the others say as well; moments at which more ended go one by one.
    """
    tied = risk.ended > 1
    score, information = _steps(_part(risk, ~tied), beta, False)
    among = _part(risk, tied)
    for n, n1, d, d1 in zip(
        among.at_risk, among.at_risk_treated, among.ended, among.ended_treated, strict=True
    ):
        k = np.arange(max(0.0, d - (n - n1)), min(d, n1) + 1)
        log = k * beta - (
            gammaln(k + 1) + gammaln(n1 - k + 1) + gammaln(d - k + 1) + gammaln(n - n1 - d + k + 1)
        )
        chance = np.exp(log - log.max())
        chance /= chance.sum()
        mean = float(chance @ k)
        score += d1 - mean
        information += float(chance @ k**2) - mean**2
    return score, information


def _part(risk: Risk, moments: Flags) -> Risk:
    return Risk(
        risk.at_risk[moments], risk.at_risk_treated[moments], risk.ended[moments],
        risk.ended_treated[moments],
    )  # fmt: skip
