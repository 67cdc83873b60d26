"""How good forecasts were that were frozen when a pilot began: of the model and of proposers.

A forecast is a band and a likely value, from the model also a sample. What was measured has an
error of its own, which is taken into account: otherwise every forecast of a small pilot would look
bad. Outcomes have different units, so over forecasts together errors are counted in widths of the
band; above 0 the outcome was better than was said.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri, stdtrit

from vliegwiel.science.kernel import Check, Outcome, crps

from .judging import Share, share

#: Part of the outcomes that a band promises to hold.
BAND_LEVEL = 0.8
#: Fewer forecasts than this say little about who makes them.
FEW_FORECASTS = 10
_MOST_MEMBERS = 1000

#: Code -> English sentence.
SCORING_SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "covered": (
            "%(covered)s of %(count)s outcomes lay within their band; %(promised)s per cent was "
            "promised."
        ),
        "too_narrow": "The bands were too narrow: more outcomes lay outside than chance explains.",
        "too_wide": "The bands were too wide: more outcomes lay inside than was promised.",
        "too_hopeful": "On average it turned out worse than was said.",
        "too_gloomy": "On average it turned out better than was said.",
        "unbiased": "There is no sign that it was too hopeful or too gloomy.",
        "few_forecasts": "There are only %(count)s forecasts to judge by: that is too few.",
        "beats_nothing": (
            "The forecasts were %(percent)s per cent closer than saying that nothing changes."
        ),
        "worse_than_nothing": "Saying that nothing changes would have been closer.",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What was said beforehand: the likely value and the band, with a sample where there is one."""

    likely: float
    low: float
    high: float
    sample: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if not self.low <= self.likely <= self.high or self.low == self.high:
            raise ValueError("a band has a width, and the likely value lies in it")


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenForecast:
    """One forecast and what came of it.

    Attributes:
        measured, error: what was measured, and its standard error (0 when it is exact).
        better: which way is better.
        model, proposers: what was said; None where one of them said nothing.
        without: what it would be if nothing changes.
    """

    id: str
    measured: float
    error: float
    better: Literal["higher", "lower"]
    model: Said | None
    proposers: Said | None = None
    without: float = 0.0

    def __post_init__(self) -> None:
        if not math.isfinite(self.measured) or not 0 <= self.error < math.inf:
            raise ValueError("what was measured is a number, with an error of 0 or more")


@dataclass(frozen=True, slots=True)
class ScoredForecast:
    """How one forecast did, in its own unit.

    ``surprise`` is what was measured less what was likely, above 0 when it turned out better;
    ``inside`` whether it lay within the band; ``score`` the continuous ranked probability score and
    ``score_without`` that of saying that nothing changes (smaller is better). ``score`` is None
    without a sample.
    """

    id: str
    surprise: float
    inside: bool
    score: float | None
    score_without: float


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """How good somebody's forecasts were together.

    Attributes:
        rows: each of them.
        coverage: share that lay within the band, with its exact interval.
        bias: mean surprise in widths of the band, with its interval; None with one forecast.
        realised: what was measured as a part of what was said, summed in widths of the band; None
            when hardly any change was said.
        skill: part of the score of "nothing changes" that was gained; None without samples.
    """

    rows: tuple[ScoredForecast, ...]
    coverage: Share
    bias: float
    bias_low: float | None
    bias_high: float | None
    realised: float | None
    skill: float | None
    checks: tuple[Check, ...]


def track_record(
    forecasts: Sequence[FrozenForecast], of: Literal["model", "proposers"]
) -> TrackRecord:
    """Score what was said beforehand against what was measured.

    Raises:
        ValueError: when they said nothing at all.
    """
    said = [(one, words) for one in forecasts if (words := getattr(one, of)) is not None]
    if not said:
        raise ValueError(f"there is no forecast of {of}")
    rows = tuple(_scored(one, words) for one, words in said)
    widths = np.array([words.high - words.low for _one, words in said])
    surprise = np.array([row.surprise for row in rows]) / widths
    bias, low, high = _mean(surprise)
    return TrackRecord(
        rows=rows,
        coverage=(coverage := share(sum(row.inside for row in rows), len(rows))),
        bias=bias,
        bias_low=low,
        bias_high=high,
        realised=_realised(said, widths),
        skill=(skill := _skill(rows, widths)),
        checks=_checks(coverage, (low, high), skill, rows),
    )


def _scored(one: FrozenForecast, words: Said) -> ScoredForecast:
    sign = 1.0 if one.better == "higher" else -1.0
    return ScoredForecast(
        one.id,
        sign * (one.measured - words.likely),
        _inside(one, words),
        _score(one, words.sample) if words.sample else None,
        abs(one.measured - one.without),
    )


def _inside(one: FrozenForecast, words: Said) -> bool:
    """Whether it lies within the band, made wider for the error of what was measured."""
    tail = (1.0 - BAND_LEVEL) / 2.0
    if one.error > 0 and words.sample:
        rank = float(np.mean(ndtr((one.measured - np.array(words.sample)) / one.error)))
        return tail <= rank <= 1.0 - tail
    reach = float(ndtri(1.0 - tail)) * one.error
    low = words.likely - math.hypot(words.likely - words.low, reach)
    high = words.likely + math.hypot(words.high - words.likely, reach)
    return low <= one.measured <= high


def _score(one: FrozenForecast, sample: tuple[float, ...]) -> float:
    """The ranked probability score of the sample with the error of measuring added to it.

    Each member becomes a normal distribution (Grimit, Gneiting, Berrocal and Johnson 2006,
    *Quarterly Journal of the Royal Meteorological Society* 132:2925-2942).
    """
    drawn = np.array(sample, dtype=np.float64)
    if one.error == 0:
        return float(crps(drawn, one.measured))
    if len(drawn) > _MOST_MEMBERS:
        # Every pair is compared: of a larger sample its quantiles are enough.
        drawn = np.quantile(drawn, (np.arange(_MOST_MEMBERS) + 0.5) / _MOST_MEMBERS)
    away = _absolute(one.measured - drawn, one.error).mean()
    apart = _absolute(np.subtract.outer(drawn, drawn), math.sqrt(2.0) * one.error).mean()
    return float(away - apart / 2.0)


def _absolute(mean: NDArray[np.float64], deviation: float) -> NDArray[np.float64]:
    """Expected absolute value of normal numbers."""
    z = mean / deviation
    height = np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)
    found: NDArray[np.float64] = mean * (2 * ndtr(z) - 1) + 2 * deviation * height
    return found


def _mean(values: NDArray[np.float64]) -> tuple[float, float | None, float | None]:
    mean, count = float(values.mean()), len(values)
    if count < 2:
        return mean, None, None
    reach = float(stdtrit(count - 1, 0.975) * values.std(ddof=1) / math.sqrt(count))
    return mean, mean - reach, mean + reach


def _realised(
    said: Sequence[tuple[FrozenForecast, Said]], widths: NDArray[np.float64]
) -> float | None:
    """Change that was measured over change that was said, each counted in the direction said."""
    hoped = np.array([words.likely - one.without for one, words in said]) / widths
    came = np.array([one.measured - one.without for one, _words in said]) / widths
    total = float(np.abs(hoped).sum())
    if total < 0.05 * len(hoped):
        return None
    return float((np.sign(hoped) * came).sum()) / total


def _skill(rows: Sequence[ScoredForecast], widths: NDArray[np.float64]) -> float | None:
    told = [
        (row.score / width, row.score_without / width)
        for row, width in zip(rows, widths, strict=True)
        if row.score is not None
    ]
    nothing = sum(without for _score_of, without in told)
    if not told or nothing <= 0:
        return None
    gained: float = 1.0 - sum(score for score, _without in told) / nothing
    return gained


def _checks(
    coverage: Share,
    bias: tuple[float | None, float | None],
    skill: float | None,
    rows: Sequence[ScoredForecast],
) -> tuple[Check, ...]:
    count = len(rows)
    inside = sum(row.inside for row in rows)
    found = [_told("covered", covered=inside, count=count, promised=100 * BAND_LEVEL)]
    if coverage.high < BAND_LEVEL:
        found.append(_told("too_narrow", Outcome.FAILED))
    elif coverage.low > BAND_LEVEL:
        found.append(_told("too_wide", Outcome.WARNING))
    low, high = bias
    if low is not None and low > 0:
        found.append(_told("too_gloomy", Outcome.WARNING))
    elif high is not None and high < 0:
        found.append(_told("too_hopeful", Outcome.WARNING))
    elif low is not None:
        found.append(_told("unbiased"))
    if skill is not None:
        good = _told("beats_nothing", Outcome.PASSED, percent=100 * skill)
        found.append(good if skill > 0 else _told("worse_than_nothing", Outcome.FAILED))
    if count < FEW_FORECASTS:
        found.append(_told("few_forecasts", Outcome.WARNING, count=count))
    return tuple(found)


def _told(code: str, outcome: Outcome = Outcome.INFORMATIVE, /, **params: float | str) -> Check:
    return Check(code, outcome, SCORING_SENTENCES[code], params)
