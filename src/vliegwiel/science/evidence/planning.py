"""The question of a smallest useful test: which pilot, measured how, and how sure it must be."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vliegwiel.science.caresystem import (
    ALL,
    CareSystem,
    DocumentError,
    Fault,
    ForecastPlan,
    Scenario,
    extended,
    is_limited,
)
from vliegwiel.science.kernel import Month, source_hash

from .designs import DESIGNS, Design
from .outcomes import OUTCOMES, Measure
from .scheduling import halved
from .sentences import PLAN_MESSAGES

#: Bounds of the numbers that may be asked.
LIMITS = {
    "months_before": (0, 120),
    "longest": (3, 120),
    "step_months": (1, 24),
    "replications": (50, 20_000),
    "seed": (0, 2**63 - 1),
}


@dataclass(frozen=True)
class PilotPlan:
    """What is asked of a smallest useful test; equal plans give equal answers anywhere.

    Attributes:
        scenario: what the pilot does; its own places and dates are replaced by those of the pilot.
        design: one of DESIGNS.
        outcome: one of OUTCOMES.
        care_type: an id, or ``all``.
        given: codes of municipalities where the pilot is to be. When the design draws its sites by
            lot they are among those that are drawn from.
        candidates: codes of those that may be compared with or drawn; None for all others.
        numbers: numbers of pilot municipalities that are tried; what is not given is drawn anew
            from the candidates for every simulated pilot. Empty for those given.
        certainty: the chance with which an effect must be seen, between 0 and 1.
        months_before: months measured before the pilot begins.
        longest: most months that the pilot may take.
        step_months: between two sites that begin, when they begin one after another.
        replications: simulated pilots for the search, and as many new ones to confirm the answer.
        hoped: whether changes have the size that is hoped for; else their size is drawn.

    Raises:
        DocumentError: with all that is wrong about the question.
    """

    system: CareSystem
    scenario: Scenario
    design: str = "differences"
    outcome: str = "waiting_time"
    care_type: str = ALL
    given: tuple[str, ...] = ()
    candidates: tuple[str, ...] | None = None
    numbers: tuple[int, ...] = ()
    certainty: float = 0.8
    months_before: int = 12
    longest: int = 36
    step_months: int = 3
    replications: int = 500
    seed: int = 1
    hoped: bool = True

    def __post_init__(self) -> None:
        faults = [*self._unknown(), *self._beyond()] or list(self._sites())
        if faults:
            raise DocumentError(faults)

    def _unknown(self) -> Iterator[Fault]:
        """Names that do not exist."""
        whole = extended(self.system, self.scenario)
        codes = {municipality.code for municipality in self.system.municipalities}
        if self.design not in DESIGNS:
            yield _fault("design", "unknown_design", value=self.design)
        if self.outcome not in OUTCOMES:
            yield _fault("outcome", "unknown_outcome", value=self.outcome)
        if self.care_type not in (ALL, *whole.care_type_ids):
            yield _fault("care_type", "unknown_care_type", value=self.care_type)
        elif self.outcome in OUTCOMES and OUTCOMES[self.outcome].limited:
            free = {care.id for care in whole.care_types if not is_limited(care)}
            if self.care_type in free:
                yield _fault("care_type", "without_limit", value=self.care_type)
        for name, named in (("given", self.given), ("candidates", self.candidates or ())):
            for code in named:
                if code not in codes:
                    yield _fault(name, "unknown_municipality", value=code)
            for code in sorted({code for code in named if named.count(code) > 1}):
                yield _fault(name, "twice", value=code)

    def _beyond(self) -> Iterator[Fault]:
        """Numbers outside their bounds."""
        design = DESIGNS.get(self.design)
        least = {} if design is None else {
            "months_before": design.least_before, "longest": design.least_after,
        }  # fmt: skip
        for name, (lowest, high) in LIMITS.items():
            value, low = getattr(self, name), least.get(name, lowest)
            if not low <= value <= high:
                yield _fault(name, "outside", low=low, high=high, value=value)
        if not 0.5 <= self.certainty <= 0.99:
            yield _fault("certainty", "outside", low=0.5, high=0.99, value=self.certainty)

    def _sites(self) -> Iterator[Fault]:
        """Numbers of sites that cannot be."""
        if not self.tried:
            yield _fault("given", "no_sites")
        for number in self.tried:
            if number > len(self.available):
                yield _fault("numbers", "too_many_sites", most=len(self.available))
            elif number < 1:
                yield _fault("numbers", "outside", low=1, high=len(self.available), value=number)
            elif number < len(self.given) and self.method.drawn != "sites":
                yield _fault("numbers", "given_beyond", given=len(self.given), value=number)

    @property
    def method(self) -> Design:
        """The design itself."""
        return DESIGNS[self.design]

    @property
    def measure(self) -> Measure:
        """What the outcome is."""
        return OUTCOMES[self.outcome]

    @property
    def tried(self) -> tuple[int, ...]:
        """The numbers of pilot municipalities that are tried, increasing."""
        return tuple(sorted(set(self.numbers))) or ((len(self.given),) if self.given else ())

    @property
    def available(self) -> tuple[str, ...]:
        """Codes of all municipalities that may take part: those given, then the candidates."""
        every = tuple(municipality.code for municipality in self.system.municipalities)
        others = every if self.candidates is None else self.candidates
        return (*self.given, *(code for code in others if code not in self.given))

    @property
    def months(self) -> int:
        """Months that are simulated."""
        return self.months_before + self.longest

    @property
    def begin(self) -> Month:
        """The month in which the first site begins."""
        return Month.of(self.system.start).plus(self.months_before)

    @cached_property
    def types(self) -> NDArray[np.bool_]:
        """Which care types are counted, shape (n,)."""
        whole = extended(self.system, self.scenario)
        if self.care_type != ALL:
            return np.array([care.id == self.care_type for care in whole.care_types])
        limited = self.measure.limited
        return np.array([not limited or is_limited(care) for care in whole.care_types])

    @cached_property
    def parted(self) -> tuple[CareSystem, dict[str, str]]:
        """The care system, with sites in two halves when youths are drawn; the second halves."""
        if self.method.drawn != "youths":
            return self.system, {}
        return halved(self.system, self.available)

    @cached_property
    def numbers_drawn(self) -> ForecastPlan:
        """The plan that draws the numbers: they are the same wherever and whenever the pilot is."""
        system, count = self.parted[0], 2 * self.replications
        return ForecastPlan(
            system, self.scenario, self.months, count, self.seed, by_municipality=True
        )

    @cached_property
    def hash(self) -> str:
        """SHA-256 of everything that decides the numbers."""
        asked = {
            name: value
            for name, value in asdict(_WithoutDocuments.of(self)).items()
            if name != "certainty"
        }
        parts = [source_hash(Path(__file__).parent), self.numbers_drawn.hash, asked]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class _WithoutDocuments:
    """The settings of a plan, as they are kept with its answer."""

    design: str
    outcome: str
    care_type: str
    given: tuple[str, ...]
    candidates: tuple[str, ...] | None
    numbers: tuple[int, ...]
    certainty: float
    months_before: int
    longest: int
    step_months: int
    replications: int
    seed: int
    hoped: bool

    @classmethod
    def of(cls, plan: PilotPlan) -> _WithoutDocuments:
        return cls(**{name: getattr(plan, name) for name in cls.__slots__})


def _fault(path: str, code: str, **params: object) -> Fault:
    words = {name: str(value) for name, value in params.items()}
    return Fault(path, code, PLAN_MESSAGES[code], words)
