"""The one sentence of an effect: which template, with which numbers."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from vliegwiel.science.kernel import Result

if TYPE_CHECKING:
    from .result import Effect

#: Code -> English sentence. ``outcome`` and ``unit`` are labels; sizes are without their sign, of
#: shares and ratios in per cent. ``since`` tells what changed and does not say why, ``with`` what
#: is left after a comparison.
EFFECT_SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "with_higher_good": (
            "With the initiative %(outcome)s is %(size)s %(unit)s higher (between %(low)s and "
            "%(high)s). That is the intended direction."
        ),
        "with_higher_bad": (
            "With the initiative %(outcome)s is %(size)s %(unit)s higher (between %(low)s and "
            "%(high)s). That is the wrong direction."
        ),
        "with_higher": (
            "With the initiative %(outcome)s is %(size)s %(unit)s higher (between %(low)s and "
            "%(high)s)."
        ),
        "with_lower_good": (
            "With the initiative %(outcome)s is %(size)s %(unit)s lower (between %(low)s and "
            "%(high)s). That is the intended direction."
        ),
        "with_lower_bad": (
            "With the initiative %(outcome)s is %(size)s %(unit)s lower (between %(low)s and "
            "%(high)s). That is the wrong direction."
        ),
        "with_lower": (
            "With the initiative %(outcome)s is %(size)s %(unit)s lower (between %(low)s and "
            "%(high)s)."
        ),
        "with_unclear": (
            "It cannot be told yet whether the initiative makes %(outcome)s higher or lower: "
            "anything from %(less)s %(unit)s lower to %(more)s %(unit)s higher is possible."
        ),
        "with_higher_alone": (
            "With the initiative %(outcome)s is %(size)s %(unit)s higher than expected without it; "
            "this method gives no interval."
        ),
        "with_lower_alone": (
            "With the initiative %(outcome)s is %(size)s %(unit)s lower than expected without it; "
            "this method gives no interval."
        ),
        "hazard_higher": (
            "With the initiative %(outcome)s ends sooner: at any moment the chance that it ends is "
            "%(size)s %(unit)s higher (between %(low)s and %(high)s)."
        ),
        "hazard_lower": (
            "With the initiative %(outcome)s ends later: at any moment the chance that it ends is "
            "%(size)s %(unit)s lower (between %(low)s and %(high)s)."
        ),
        "hazard_unclear": (
            "It cannot be told yet whether with the initiative %(outcome)s ends sooner or later: "
            "at any moment the chance that it ends may be from %(less)s %(unit)s lower to %(more)s "
            "%(unit)s higher."
        ),
        "since_higher_good": (
            "Since the start %(outcome)s is %(size)s %(unit)s higher than before (between %(low)s "
            "and %(high)s). That is the intended direction; why it changed, this does not tell."
        ),
        "since_higher_bad": (
            "Since the start %(outcome)s is %(size)s %(unit)s higher than before (between %(low)s "
            "and %(high)s). That is the wrong direction; why it changed, this does not tell."
        ),
        "since_higher": (
            "Since the start %(outcome)s is %(size)s %(unit)s higher than before (between %(low)s "
            "and %(high)s). Why it changed, this does not tell."
        ),
        "since_lower_good": (
            "Since the start %(outcome)s is %(size)s %(unit)s lower than before (between %(low)s "
            "and %(high)s). That is the intended direction; why it changed, this does not tell."
        ),
        "since_lower_bad": (
            "Since the start %(outcome)s is %(size)s %(unit)s lower than before (between %(low)s "
            "and %(high)s). That is the wrong direction; why it changed, this does not tell."
        ),
        "since_lower": (
            "Since the start %(outcome)s is %(size)s %(unit)s lower than before (between %(low)s "
            "and %(high)s). Why it changed, this does not tell."
        ),
        "since_unclear": (
            "It cannot be told yet whether %(outcome)s became higher or lower since the start: "
            "anything from %(less)s %(unit)s lower to %(more)s %(unit)s higher is possible."
        ),
    }
)

#: Unit of a size -> in words; other units are those of the table.
SIZE_LABELS: Mapping[str, str] = MappingProxyType(
    {"per_cent": "per cent", "percentage_points": "percentage points"}
)


def headline(effect: Effect) -> Result:
    """The effect as a number with its sentence.

    ``value``, ``low`` and ``high`` are on the scale of the effect; the sentence says sizes: of
    ratios how many per cent more or less, of shares percentage points.
    """
    code = _code(effect)
    return Result(
        effect.estimate, effect.low, effect.high, _unit(effect), code, EFFECT_SENTENCES[code],
        _numbers(effect),
    )  # fmt: skip


def _code(effect: Effect) -> str:
    hazard = effect.scale == "hazard_ratio"
    first = "since" if effect.design == "before_after" else "hazard" if hazard else "with"
    if effect.low is None or effect.high is None:
        side = "higher" if effect.estimate >= effect.nothing else "lower"
        return f"with_{side}_alone"
    if not effect.excludes_nothing:
        return f"{first}_unclear"
    side = "higher" if effect.estimate > effect.nothing else "lower"
    if hazard:
        return f"hazard_{side}"
    good = effect.is_good
    return f"{first}_{side}" + ("" if good is None else "_good" if good else "_bad")


def _unit(effect: Effect) -> str:
    if effect.is_ratio:
        return "per_cent"
    return "percentage_points" if effect.scale == "share" else effect.measure.unit


def _numbers(effect: Effect) -> Mapping[str, float | str]:
    names: dict[str, float | str] = {"outcome": effect.measure.outcome, "unit": _unit(effect)}
    size = _size(effect, effect.estimate)
    if effect.low is None or effect.high is None:
        return {**names, "size": abs(size)}
    low, high = _size(effect, effect.low), _size(effect, effect.high)
    if not effect.excludes_nothing:
        return {**names, "less": max(-low, 0.0), "more": max(high, 0.0)}
    ends = sorted((abs(low), abs(high)))
    return {**names, "size": abs(size), "low": ends[0], "high": ends[1]}


def _size(effect: Effect, value: float) -> float:
    if effect.is_ratio:
        return 100.0 * (value - 1.0)
    return 100.0 * value if effect.scale == "share" else value
