"""What every design hands back: one effect, with what it rests on.

Numbers only; the sentences are templates with parameters, as for a
:class:`~vliegwiel.science.kernel.Result`, and are filled in where they are shown.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cache

from pydantic import TypeAdapter, ValidationError

from vliegwiel.science.kernel import Check, Outcome, Result, ScienceError

from .headlines import headline

EFFECT_SCHEMA = "vliegwiel.effect/1"


class EffectFormatError(ScienceError):
    """A text is not an effect that this version can read."""


class Better(StrEnum):
    """Which way of the outcome is the intended one."""

    HIGHER = "higher"
    LOWER = "lower"
    UNKNOWN = "unknown"


class Scale(StrEnum):
    """What the number of an effect is.

    A difference is in the unit of the outcome (of shares: between 0 and 1), a time is a difference
    in the unit of the waiting time. Ratios are 1 without an effect: of means or rates, and of the
    chance in each unit of time that waiting ends (hazards).
    """

    DIFFERENCE = "difference"
    SHARE = "share"
    TIME = "time"
    RATIO = "ratio"
    HAZARD_RATIO = "hazard_ratio"


class Lot(StrEnum):
    """What was drawn by lot."""

    NOTHING = "nothing"
    PERSONS = "persons"
    CLUSTERS = "clusters"
    ORDER = "order"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What was measured: the name of the outcome, its unit, and which way is better."""

    outcome: str
    unit: str = ""
    better: Better = Better.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Arm:
    """One side of a comparison.

    Attributes:
        name: as the table calls it.
        treated: whether it had the initiative.
        persons: rows of persons, or the number counted; None where the table does not tell.
        groups: municipalities, providers or whatever stays together; None without them.
        before, after: periods measured before and since the start; None without periods.
    """

    name: str
    treated: bool
    persons: int | None = None
    groups: int | None = None
    before: int | None = None
    after: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A further number of an effect, by its dotted name, with what is known of its precision."""

    name: str
    value: float | None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    error: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Points of a picture: ``name`` is a code, ``x`` periods, times or names of groups."""

    name: str
    x: tuple[float | str, ...]
    y: tuple[float | None, ...]
    low: tuple[float | None, ...] = ()
    high: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """How an effect was computed: codes of estimator and variance, and the library that did it."""

    estimator: str
    variance: str
    library: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeInputs:
    """What a ladder of evidence asks of a design; precision is not in it.

    Attributes:
        lot: what was drawn by lot.
        compared: whether others were followed at the same time.
        before: whether the outcome was measured before the start as well.
        adjusted: whether differences that were there before were taken off.
        groups: the smaller number of groups (clusters) in an arm; None where persons are compared.
        lost: share of the persons whose outcome is not known; None where the table does not tell.
        lost_apart: difference of that share between the arms.
        broken: codes of the checks that failed or warn, in their order.
    """

    lot: Lot
    compared: bool
    before: bool
    adjusted: bool
    groups: int | None = None
    lost: float | None = None
    lost_apart: float | None = None
    broken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What an initiative did, as far as a design can tell.

    Attributes:
        design: id of the design.
        measure: outcome, unit and intended direction.
        scale: what ``estimate``, ``low`` and ``high`` are.
        estimate: the effect; of ratios the ratio itself.
        low, high: interval with confidence ``level``; None where the method has none.
        p: two-sided, of no effect; None where the method has none.
        error: standard error, of ratios on the scale of the logarithm.
        freedom: degrees of freedom of the t distribution; None where the normal one was used.
        arms: who was compared, those with the initiative first.
        checks: what was looked at, in the order of the method.
        quantities: further numbers.
        series: data for pictures.
        method: what computed it.
        grading: what a ladder of evidence asks for.
    """

    design: str
    measure: Measure
    scale: Scale
    estimate: float
    low: float | None
    high: float | None
    level: float
    p: float | None
    error: float | None
    freedom: float | None
    arms: tuple[Arm, ...]
    checks: tuple[Check, ...]
    quantities: tuple[Quantity, ...]
    series: tuple[Series, ...]
    method: Method
    grading: GradeInputs

    @property
    def nothing(self) -> float:
        """The value that means no effect: 1 of ratios, else 0."""
        return 1.0 if self.is_ratio else 0.0

    @property
    def is_ratio(self) -> bool:
        """Whether the effect multiplies rather than adds."""
        return self.scale in (Scale.RATIO, Scale.HAZARD_RATIO)

    @property
    def excludes_nothing(self) -> bool:
        """Whether the interval leaves out that there is no effect; without an interval by p."""
        if self.low is None or self.high is None:
            return self.p is not None and self.p < 1.0 - self.level
        return not self.low <= self.nothing <= self.high

    @property
    def is_good(self) -> bool | None:
        """Whether the estimate lies on the intended side; None where no side is, or on neither.

        A higher chance that waiting ends makes the time shorter.
        """
        if self.measure.better is Better.UNKNOWN or self.estimate == self.nothing:
            return None
        longer = self.estimate < self.nothing
        higher = longer if self.scale is Scale.HAZARD_RATIO else not longer
        return higher == (self.measure.better is Better.HIGHER)

    @property
    def additive(self) -> tuple[float, float | None]:
        """Estimate and standard error on a scale that adds up: of ratios the natural logarithm."""
        return (math.log(self.estimate) if self.is_ratio else self.estimate), self.error

    @property
    def headline(self) -> Result:
        """The effect in one sentence, as a template with raw numbers."""
        return headline(self)

    @property
    def weaknesses(self) -> tuple[Check, ...]:
        """The checks that failed, then those that warn."""
        order = (Outcome.FAILED, Outcome.WARNING)
        return tuple(c for outcome in order for c in self.checks if c.outcome is outcome)

    def quantity(self, name: str) -> Quantity:
        """The further number with this name.

        Raises:
            KeyError: when this effect has no such number.
        """
        for one in self.quantities:
            if one.name == name:
                return one
        raise KeyError(name)

    def to_json(self) -> str:
        """As JSON; :meth:`from_json` gives an equal one."""
        plain = {"schema": EFFECT_SCHEMA, **asdict(self)}
        return json.dumps(plain, ensure_ascii=False, allow_nan=False, default=_plain)

    @classmethod
    def from_json(cls, text: str) -> Effect:
        """Read what :meth:`to_json` wrote.

        Raises:
            EffectFormatError: when the text is something else, or of another version.
        """
        try:
            plain = json.loads(text)
            if plain.pop("schema") != EFFECT_SCHEMA:
                raise EffectFormatError(f"this is not a {EFFECT_SCHEMA}")
            return _reader().validate_json(json.dumps(plain))
        except (AttributeError, KeyError, TypeError, ValueError, ValidationError) as error:
            raise EffectFormatError(f"this is not a {EFFECT_SCHEMA}") from error


@cache
def _reader() -> TypeAdapter[Effect]:
    return TypeAdapter(Effect)


def _plain(value: object) -> object:
    """What JSON does not know: the mapping of a check that does not change."""
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(type(value).__name__)
