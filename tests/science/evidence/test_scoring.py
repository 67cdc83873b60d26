"""Frozen forecasts against what was measured: made from forecasters whose quality is known."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from vliegwiel.science.evidence.scoring import (
    BAND_LEVEL,
    FEW_FORECASTS,
    FrozenForecast,
    Said,
    track_record,
)


def forecasts(
    count: int, *, told: float = 1.0, shift: float = 0.0, error: float = 0.0, seed: int = 3
) -> list[FrozenForecast]:
    """What happens is normal around its centre; ``told`` is the spread that the model tells."""
    random = np.random.default_rng(seed)
    found = []
    for number in range(count):
        centre = random.normal(5, 2)
        sample = centre + shift + told * random.normal(0, 1, 80)
        low, likely, high = np.quantile(sample, (0.1, 0.5, 0.9))
        proposers = Said(likely=2 * centre + 3, low=2 * centre, high=2 * centre + 6)
        happened = random.normal(centre, 1) + random.normal(0, 1) * error
        found.append(
            FrozenForecast(
                id=str(number), measured=float(happened), error=error, better="higher",
                model=Said(
                    likely=float(likely), low=float(low), high=float(high),
                    sample=tuple(sample.tolist()),
                ),
                proposers=proposers,
            )
        )  # fmt: skip
    return found


def codes(record: Any) -> set[str]:
    return {check.code for check in record.checks}


@pytest.mark.parametrize("error", [0.0, 1.0])
def test_a_good_forecaster_is_found_good(error: float) -> None:
    record = track_record(forecasts(120, error=error), "model")
    assert record.coverage.low < BAND_LEVEL < record.coverage.high
    assert record.realised == pytest.approx(1.0, abs=0.1)
    assert record.skill is not None
    assert record.skill > 0.6
    assert {"unbiased", "beats_nothing", "covered"} <= codes(record)


def test_an_error_of_measuring_that_is_forgotten_makes_a_forecaster_look_bad() -> None:
    noisy = forecasts(120, error=2.0)
    blind = [
        FrozenForecast(id=f.id, measured=f.measured, error=0.0, better=f.better, model=f.model)
        for f in noisy
    ]
    assert "too_narrow" not in codes(track_record(noisy, "model"))
    assert "too_narrow" in codes(track_record(blind, "model"))


def test_who_is_too_sure_has_bands_that_are_too_narrow() -> None:
    assert "too_narrow" in codes(track_record(forecasts(60, told=0.3), "model"))
    assert "too_wide" in codes(track_record(forecasts(60, told=4.0), "model"))


def test_who_hopes_too_much() -> None:
    record = track_record(forecasts(40), "proposers")
    assert "too_hopeful" in codes(record)
    assert record.bias < 0
    assert record.realised == pytest.approx(0.38, abs=0.05)
    assert record.skill is None
    assert "too_gloomy" in codes(track_record(forecasts(40, shift=-3), "model"))


def test_the_direction_turns_the_surprise() -> None:
    said = Said(likely=-10, low=-15, high=-5)
    shorter, longer = (
        FrozenForecast(id="a", measured=-12, error=0, better=way, model=said)
        for way in ("lower", "higher")
    )
    assert track_record([shorter], "model").rows[0].surprise == 2
    assert track_record([longer], "model").rows[0].surprise == -2


def test_the_score_with_an_error_becomes_the_plain_one() -> None:
    one = forecasts(1)[0]
    plain = track_record([one], "model").rows[0].score
    nearly = FrozenForecast(
        id="a", measured=one.measured, error=1e-4, better="higher", model=one.model
    )
    assert track_record([nearly], "model").rows[0].score == pytest.approx(plain, abs=1e-4)
    # One member with an error is a normal distribution: at its middle 0.2337 of its deviation.
    normal = Said(likely=0.0, low=-1.0, high=1.0, sample=(0.0,))
    exact = FrozenForecast(id="a", measured=0.0, error=1.0, better="higher", model=normal)
    assert track_record([exact], "model").rows[0].score == pytest.approx(0.23369, abs=1e-5)


def test_few_forecasts_say_little() -> None:
    record = track_record(forecasts(1), "model")
    assert "few_forecasts" in codes(record)
    assert (record.bias_low, record.bias_high) == (None, None)
    assert "few_forecasts" not in codes(track_record(forecasts(FEW_FORECASTS), "model"))


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Said(likely=1, low=2, high=3),
        lambda: Said(likely=1, low=1, high=1),
        lambda: FrozenForecast(id="a", measured=1, error=-1, better="higher", model=None),
        lambda: track_record([], "model"),
    ],
)
def test_what_cannot_be_is_refused(wrong: Any) -> None:
    with pytest.raises(ValueError, match=r"[a-z]"):
        wrong()
