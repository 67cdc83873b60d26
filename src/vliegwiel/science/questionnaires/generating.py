"""Made-up answers with means that are set beforehand: for examples and for tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from .document import Instrument
from .scoring import Answered


def generated_answers(
    instrument: Instrument, parties: Mapping[str, int], means: Mapping[str, float], *, seed: int
) -> Sequence[Answered]:
    """Answers of so many respondents a party, with exactly these means by aspect.

    Every question of an aspect gets points that add up to the mean times the respondents, spread
    about it; questions without a mean, and those not on the scale, stay open. Equal arguments give
    equal answers.

    Raises:
        ValueError: the instrument has no scale, or a mean cannot be reached exactly with whole
            points by so many respondents.
    """
    scale = instrument.scale
    if scale is None:
        raise ValueError("only answers on a scale have a mean")
    draws = np.random.default_rng(seed)
    who = [party for party, number in parties.items() for _number in range(number)]
    columns: dict[str, list[int]] = {}
    for question in instrument.scored():
        mean = means.get(instrument.aspect_of(question) or "")
        if mean is None:
            continue
        total = round(mean * len(who))
        if not np.isclose(total, mean * len(who), atol=1e-9):
            raise ValueError(f"{len(who)} respondents cannot have a mean of {mean}")
        points = np.clip(np.rint(draws.normal(mean, 0.8, len(who))), scale.low, scale.high)
        columns[question.key] = _reach(points.astype(np.int64), total, scale.low, scale.high, draws)
    return [
        Answered(party, {key: column[row] for key, column in columns.items()})
        for row, party in enumerate(who)
    ]


def _reach(
    points: np.ndarray[tuple[int, ...], np.dtype[np.int64]],
    total: int,
    low: int,
    high: int,
    draws: np.random.Generator,
) -> list[int]:
    """The points, one at a time a step up or down at random, until they add up."""
    while (short := total - int(points.sum())) != 0:
        step = 1 if short > 0 else -1
        free = np.flatnonzero(points < high) if step > 0 else np.flatnonzero(points > low)
        points[draws.choice(free)] += step
    return [int(point) for point in points]
