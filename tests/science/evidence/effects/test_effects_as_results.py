"""An effect as a result: its sentence, its JSON, and texts that no code lacks."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

import vliegwiel.science.evidence.effects as door
from tests.science.evidence.effects.tables import effect_by
from vliegwiel.science.evidence.effects import (
    CHECK_SENTENCES,
    DESIGN_FAULT_MESSAGES,
    EFFECT_DESIGNS,
    EFFECT_SENTENCES,
    Better,
    Effect,
    EffectFormatError,
    Measure,
    Scale,
)

SOURCE = "\n".join(path.read_text() for path in sorted(Path(door.__file__).parent.rglob("*.py")))


def with_numbers(effect: Effect, estimate: float, low: float, high: float) -> Effect:
    return replace(effect, estimate=estimate, low=low, high=high)


@pytest.mark.parametrize("design", EFFECT_DESIGNS)
def test_json_gives_an_equal_one(design: str) -> None:
    effect = effect_by(design)
    assert Effect.from_json(effect.to_json()) == effect
    assert effect.design == design
    assert effect.arms[0].treated
    assert "%(" not in effect.headline.sentence
    for check in effect.checks:
        assert "%(" not in check.sentence
    for series in effect.series:
        assert len(series.x) == len(series.y)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"schema": "vliegwiel.effect/0"}'])
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(EffectFormatError):
        Effect.from_json(text)


@pytest.mark.parametrize(
    ("numbers", "better", "code", "good"),
    [
        ((-3, -5, -1), Better.LOWER, "with_lower_good", True),
        ((-3, -5, -1), Better.HIGHER, "with_lower_bad", False),
        ((-3, -5, -1), Better.UNKNOWN, "with_lower", None),
        ((3, 1, 5), Better.LOWER, "with_higher_bad", False),
        ((3, 1, 5), Better.HIGHER, "with_higher_good", True),
        ((3, 1, 5), Better.UNKNOWN, "with_higher", None),
        ((3, -1, 7), Better.HIGHER, "with_unclear", True),
    ],
)
def test_the_sentence_says_which_way(
    numbers: tuple[float, float, float], better: Better, code: str, good: bool | None
) -> None:
    measure = Measure(outcome="the wait", unit="days", better=better)
    effect = replace(with_numbers(effect_by("differences"), *numbers), measure=measure)
    assert (effect.headline.code, effect.is_good) == (code, good)


def test_sizes_are_without_their_sign_and_in_order() -> None:
    effect = with_numbers(effect_by("differences"), -30, -50, -10)
    assert effect.headline.sentence == (
        "With the initiative days waited is 30 days lower (between 10 and 50). That is the "
        "intended direction."
    )
    unclear = with_numbers(effect, -3, -8, 2)
    assert (unclear.headline.params["less"], unclear.headline.params["more"]) == (8, 2)


def test_ratios_are_told_in_per_cent() -> None:
    effect = replace(with_numbers(effect_by("differences"), 0.8, 0.6, 0.9), scale=Scale.RATIO)
    assert effect.nothing == 1.0
    assert effect.excludes_nothing
    assert effect.headline.params["size"] == pytest.approx(20)
    assert effect.headline.unit == "per_cent"


def test_every_text_is_used_and_every_code_has_one() -> None:
    said = set(re.findall(r'(?:passed|warned|failed|informative|say)\)?\(\s*"(\w+)"', SOURCE))
    assert said <= set(CHECK_SENTENCES)
    refused = set(re.findall(r'(?:refuse|design_fault)\(\s*"(\w+)"', SOURCE))
    assert refused <= set(DESIGN_FAULT_MESSAGES)
    for code in (*CHECK_SENTENCES, *DESIGN_FAULT_MESSAGES):
        assert SOURCE.count(f'"{code}"') > 1, code
    kinds = ("good", "bad")
    made = {
        f"{first}_{side}{end}"
        for first in ("with", "since")
        for side in ("higher", "lower")
        for end in ("", *(f"_{kind}" for kind in kinds))
    }
    made |= {f"{first}_unclear" for first in ("with", "since", "hazard")}
    made |= {f"with_{side}_alone" for side in ("higher", "lower")}
    made |= {f"hazard_{side}" for side in ("higher", "lower")}
    assert made == set(EFFECT_SENTENCES)
