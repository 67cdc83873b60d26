"""What came of a fit, as it is kept: numbers with their margins, the test, and the document.

Nothing here is in a language: checks are kept as a code with parameters, and names stand in the
document of the care system. Counts are rounded to the nearest five; a count of 0
says that there were fewer than ten.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field

from vliegwiel.science.caresystem import write_document
from vliegwiel.science.fit import FIT_SENTENCES, MODEL, told_count
from vliegwiel.science.kernel import Check, Outcome

if TYPE_CHECKING:
    from vliegwiel.science.fit import BackTest, BackTestRow, CareFit, FitPart, SourceFit

    from .fitting import Fitted

#: Of a normal distribution 95 per cent lies within so many standard errors.
_WIDTH = 1.96


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True)


class Estimate(_Kept):
    """A number and the margin in which it lies in 95 of 100 cases."""

    value: float
    low: float
    high: float

    @classmethod
    def around(cls, value: float, error: float) -> Estimate:
        """With a margin on both sides; no number here can be negative."""
        return cls(value=value, low=max(value - _WIDTH * error, 0.0), high=value + _WIDTH * error)


class SourceOutcome(_Kept):
    """Who refers: youths a month at the end, growth a year, and on how many youths it rests."""

    id: str
    a_month: Estimate
    growth: float | None
    youths: int


class CareOutcome(_Kept):
    """A form of care: days of a stay, places and patience in days, where they are known."""

    id: str
    stay: Estimate | None
    family: str
    ends: int
    places: Estimate | None
    patience: Estimate | None
    in_care: int
    waiting: int


class PartOutcome(_Kept):
    """A number of the document that was fitted, and on how many observations it rests."""

    address: str
    value: float
    low: float
    high: float
    unit: str
    observations: int


class CheckOutcome(_Kept):
    """A check as a code with its parameters."""

    code: str
    outcome: str
    params: Mapping[str, float | str]

    @classmethod
    def of(cls, check: Check) -> CheckOutcome:
        return cls(code=check.code, outcome=check.outcome.value, params=dict(check.params))

    @property
    def template(self) -> str:
        """The English sentence; of a check that this version lost, its code."""
        return FIT_SENTENCES.get(self.code, self.code)

    @property
    def failed(self) -> bool:
        return self.outcome == Outcome.FAILED.value

    @property
    def warns(self) -> bool:
        return self.outcome == Outcome.WARNING.value


class ScoreOutcome(_Kept):
    """How far a forecast was off, in youths; `covered` is None of a forecast without a band."""

    error: float
    crps: float
    covered: float | None


class HeldBackRow(_Kept):
    """A measure of a form of care in the months held back."""

    measure: str
    care_type: str
    happened: Sequence[float]
    low: Sequence[float]
    median: Sequence[float]
    high: Sequence[float]
    scores: Mapping[str, ScoreOutcome]

    @property
    def closer(self) -> bool:
        """Whether the model was closer than every simple forecast."""
        simple = (score.crps for name, score in self.scores.items() if name != MODEL)
        return self.scores[MODEL].crps < min(simple)


class HeldBack(_Kept):
    """The forecast of months that were held back, beside what happened.

    `hidden` is the number of rows with few youths in some month, which count in the checks but are
    not kept; `left_out` of those that do not count either, because they were too few for that.
    """

    months: Sequence[date]
    covered: float
    better: int
    unseen: Sequence[str]
    rows: Sequence[HeldBackRow]
    hidden: int = 0
    left_out: int = 0
    checks: Sequence[CheckOutcome]


class FitOutcome(_Kept):
    """A fit as it is kept. `care_system` is the document as text."""

    region: str
    begin: date
    until: date
    known: date
    visits: int
    care_system: str
    sources: Sequence[SourceOutcome]
    care_types: Sequence[CareOutcome]
    parts: Sequence[PartOutcome]
    checks: Sequence[CheckOutcome]
    back_test: HeldBack | None = Field(default=None)


def outcome_of(done: Fitted) -> FitOutcome:
    """The outcome of a fit, to be kept."""
    fitted = done.fitted
    parts = {part.address: part for part in fitted.parts}
    sources, cares = fitted.estimates.sources, fitted.estimates.care_types
    return FitOutcome(
        region=done.region.slug,
        begin=done.begin,
        until=done.until,
        known=done.known,
        visits=done.visits,
        care_system=write_document(fitted.system),
        sources=[
            _source(name, source, parts[f"referrers.{name}.rate"])
            for name, source in sources.items()
        ],
        care_types=[_care(name, care) for name, care in cares.items()],
        parts=[_part(part) for part in fitted.parts],
        checks=[CheckOutcome.of(check) for check in fitted.checks],
        back_test=None if done.tested is None else _test(done.tested),
    )


def _source(name: str, source: SourceFit, rate: FitPart) -> SourceOutcome:
    a_month = Estimate(value=rate.value, low=rate.low, high=rate.high)
    growth, youths = source.rate.growth, told_count(source.rate.youths)
    return SourceOutcome(id=name, a_month=a_month, growth=growth, youths=youths)


def _care(name: str, care: CareFit) -> CareOutcome:
    stay, places, patience = care.stay, care.places, care.patience
    patient = patience if places.limited else None
    return CareOutcome(
        id=name,
        stay=None if stay is None else Estimate.around(stay.mean, stay.mean_error),
        family="" if stay is None else stay.family,
        ends=0 if stay is None else told_count(stay.ends),
        places=Estimate.around(places.places, places.error) if places.limited else None,
        patience=None
        if patient is None
        else Estimate.around(patient.mean, patient.mean * patient.log_error),
        in_care=told_count(care.in_care),
        waiting=told_count(care.waiting),
    )


def _part(part: FitPart) -> PartOutcome:
    return PartOutcome(
        address=part.address, value=part.value, low=part.low, high=part.high, unit=part.unit,
        observations=part.observations,
    )  # fmt: skip


def _test(tested: BackTest) -> HeldBack:
    return HeldBack(
        months=tested.months,
        covered=tested.covered,
        better=tested.better,
        unseen=tested.unseen,
        rows=[_row(row) for row in tested.rows],
        hidden=len(tested.hidden),
        left_out=tested.left_out,
        checks=[CheckOutcome.of(check) for check in tested.checks],
    )


def _row(row: BackTestRow) -> HeldBackRow:
    scores = {
        name: ScoreOutcome(error=score.error, crps=score.crps, covered=score.covered)
        for name, score in row.scores.items()
    }
    return HeldBackRow(
        measure=row.measure, care_type=row.care_type, happened=row.happened, low=row.low,
        median=row.median, high=row.high, scores=scores,
    )  # fmt: skip
