"""Synthetic control: one place beside a mix of others that moved as it did before the start.

Abadie, Diamond and Hainmueller (2010), Journal of the American Statistical Association 105:493-505,
with weights from the outcomes before the start alone: not below zero, together one, least squares
(scipy's non-negative least squares, then the exact solution on the weights that are left). The test
gives every other place the start in turn and ranks the ratio of errors after and before. It has no
interval. Several treated units with one start count as their mean.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vliegwiel.science.evidence.effects.asked import Question
from vliegwiel.science.evidence.effects.checking import failed, informative, passed, warned
from vliegwiel.science.evidence.effects.periods import NEVER, written, written_all
from vliegwiel.science.evidence.effects.result import (
    Effect,
    GradeInputs,
    Lot,
    Method,
    Quantity,
    Scale,
    Series,
)
from vliegwiel.science.evidence.effects.sides import counted, refuse, single_start, with_start
from vliegwiel.science.evidence.effects.table import EffectTable, Floats, Ints, Role, compact
from vliegwiel.science.kernel import Check

from .design import EffectDesign, graded, library

_FEWEST_DONORS = 3
_FEWEST_BEFORE = 4
#: A weight below this is none.
_NO_WEIGHT = 1e-6
#: Part of the level that the composed series may miss before the start; a convention.
_GOOD_FIT = 0.05


@dataclass(frozen=True, slots=True)
class _Panel:
    """Outcome of the place (T,) and of the donors (T, n), with their names and the periods."""

    y: Floats
    donors: Floats
    names: tuple[str, ...]
    periods: Ints
    before: int
    left_out: int
    table: EffectTable


@dataclass(frozen=True, slots=True)
class _Mix:
    """Weights (n,), the gap (T,), and root mean squares of it before and since the start."""

    weights: Floats
    gap: Floats
    before: float
    after: float

    @property
    def ratio(self) -> float:
        """How many times the gap is larger since the start."""
        return self.after / self.before if self.before > 0 else np.inf


def prepare(table: EffectTable, question: Question) -> _Panel:
    """The series of the place and of those that never had the initiative."""
    if table.outcome is None:
        raise refuse("needs_role", role=Role.OUTCOME.value)
    if table.unit is None and table.cluster is None:
        raise refuse("needs_role", role=Role.UNIT.value)
    table = with_start(table, question)
    first = single_start(table)
    part = table.only(table.known)
    assert part.period is not None
    assert part.outcome is not None
    assert part.start is not None
    role = Role.UNIT if part.unit is not None and part.followed() is part.unit else Role.CLUSTER
    numbers = part.followed()
    unit = compact(numbers)
    periods, place = np.unique(part.period, return_inverse=True)
    count, width = int(unit.max()) + 1, len(periods)
    cell = unit * width + place
    size = np.bincount(cell, minlength=count * width)
    total = np.bincount(cell, weights=part.outcome, minlength=count * width)
    y = np.divide(total, size, out=np.full(len(size), np.nan), where=size > 0).reshape(count, width)
    one = np.unique(unit, return_index=True)[1]
    treated, whole = part.start[one] < NEVER, np.isfinite(y).all(axis=1)
    before = int((periods < first).sum())
    donors = np.flatnonzero(~treated & whole)
    if not (treated & whole).any():
        raise refuse("nobody_treated")
    if len(donors) < _FEWEST_DONORS:
        raise refuse("too_few_units", count=len(donors), least=_FEWEST_DONORS)
    if before < _FEWEST_BEFORE:
        raise refuse("too_few_periods", count=before, least=_FEWEST_BEFORE)
    names = tuple(table.name(role, int(numbers[one[k]])) for k in donors)
    return _Panel(
        y[treated & whole].mean(axis=0), y[donors].T, names, periods, before,
        int((~whole).sum()), part,
    )  # fmt: skip


def examine(table: EffectTable, question: Question) -> Effect:
    """Mean gap since the start between the place and its composed series."""
    panel = prepare(table, question)
    mix = compose(panel.y, panel.donors, panel.before)
    ratios = np.array([mix.ratio, *_placebos(panel)])
    rank = int((ratios >= ratios[0] * (1 - 1e-12)).sum())
    estimate = float(mix.gap[panel.before :].mean())
    without = _without_one(panel, mix)
    checks = _checks(panel, mix, len(ratios), without)
    grading = GradeInputs(lot=Lot.NOTHING, compared=True, before=True, adjusted=True)
    piloted = panel.table.piloted
    return Effect(
        design=DESIGN.id, measure=question.measure, scale=Scale.DIFFERENCE, estimate=estimate,
        low=None, high=None, level=question.level, p=rank / len(ratios), error=None, freedom=None,
        arms=(
            counted("1", panel.table, piloted, treated=True, persons=False),
            counted("0", panel.table, ~piloted, treated=False, persons=False),
        ),
        checks=tuple(checks), quantities=_quantities(panel, mix, ratios, rank),
        series=_pictures(panel, mix), grading=graded(grading, checks),
        method=Method(
            estimator="synthetic_control", variance="placebo_rank", library=library("scipy")
        ),
    )  # fmt: skip


def compose(y: Floats, donors: Floats, before: int) -> _Mix:
    """Weights of donors that follow ``y`` (T,) best in the first ``before`` periods.

    ``donors`` has shape (T, n).
    """
    weights = _weights(y[:before], donors[:before])
    gap = y - donors @ weights
    sizes = [float(np.sqrt((part**2).mean())) for part in (gap[:before], gap[before:])]
    return _Mix(weights, gap, sizes[0], sizes[1])


def _weights(y: Floats, donors: Floats) -> Floats:
    """Least squares with weights of zero and more that make one together."""
    from scipy.optimize import nnls  # noqa: PLC0415 - takes half a second to load

    scale = float(np.abs(donors).max()) or 1.0
    heavy = 1e3 * np.sqrt(len(y))
    rough, _rest = nnls(
        np.vstack([donors / scale, np.full((1, donors.shape[1]), heavy)]),
        np.append(y / scale, heavy), maxiter=50 * donors.shape[1],
    )  # fmt: skip
    used = np.flatnonzero(rough > _NO_WEIGHT)
    weights = np.zeros(donors.shape[1])
    # On the weights that are left the sum is one exactly: the last is what the others leave.
    if len(used) == 1:
        weights[used] = 1.0
        return weights
    base = donors[:, used[-1]]
    free = np.linalg.lstsq(donors[:, used[:-1]] - base[:, None], y - base, rcond=None)[0]
    exact = np.append(free, 1.0 - free.sum())
    weights[used] = exact if (exact >= 0).all() else rough[used] / rough[used].sum()
    return weights


def _placebos(panel: _Panel) -> list[float]:
    """The ratio of each donor, as if it had been the place, with the other donors."""
    count = panel.donors.shape[1]
    return [
        compose(panel.donors[:, k], np.delete(panel.donors, k, axis=1), panel.before).ratio
        for k in range(count)
    ]


def _without_one(panel: _Panel, mix: _Mix) -> tuple[float, float]:
    """Lowest and highest estimate when a donor with weight is left out."""
    found = [
        float(compose(panel.y, np.delete(panel.donors, k, axis=1), panel.before)
              .gap[panel.before :].mean())
        for k in np.flatnonzero(mix.weights > _NO_WEIGHT)
    ]  # fmt: skip
    return min(found), max(found)


def _checks(panel: _Panel, mix: _Mix, count: int, without: tuple[float, float]) -> list[Check]:
    level = float(np.abs(panel.y[: panel.before]).mean())
    share = mix.before / level if level > 0 else 1.0
    say = passed if share <= _GOOD_FIT else failed if share > 3 * _GOOD_FIT else warned
    found = [say("before_fit", size=mix.before, share=100 * share)]
    floor = {"count": float(count), "p": 1.0 / count}
    found.append(
        informative("placebo_floor", **floor) if count >= 20
        else warned("placebo_floor_high", **floor)
    )  # fmt: skip
    most = int(mix.weights.argmax())
    if mix.weights[most] > 0.8:
        heavy = 100 * float(mix.weights[most])
        found.append(warned("few_donors", share=heavy, donor=panel.names[most]))
    else:
        found.append(informative("donors", count=float((mix.weights > _NO_WEIGHT).sum())))
    estimate = float(mix.gap[panel.before :].mean())
    same = min(without) > 0 if estimate > 0 else max(without) < 0
    found.append((passed if same else warned)("without_one", low=without[0], high=without[1]))
    if panel.left_out:
        every = float(panel.left_out + count)
        found.append(warned("incomplete_units", count=float(panel.left_out), all=every))
    return [*found, warned("not_by_lot")]


def _quantities(panel: _Panel, mix: _Mix, ratios: Floats, rank: int) -> tuple[Quantity, ...]:
    others = panel.donors.mean(axis=1)
    apart = panel.y - others
    plain = float(apart[panel.before :].mean() - apart[: panel.before].mean())
    found = {
        "before_rmspe": mix.before, "after_rmspe": mix.after, "rmspe_ratio": float(ratios[0]),
        "rank": float(rank), "units": float(len(ratios)), "difference_in_differences": plain,
    }  # fmt: skip
    for k in np.flatnonzero(mix.weights > _NO_WEIGHT):
        found[f"weight.{panel.names[k]}"] = float(mix.weights[k])
    cadence = panel.table.cadence
    for period, gap in zip(panel.periods[panel.before :], mix.gap[panel.before :], strict=True):
        found[f"gap.{written(cadence, int(period))}"] = float(gap)
    return tuple(
        Quantity(name=name, value=value if np.isfinite(value) else None)
        for name, value in found.items()
    )


def _pictures(panel: _Panel, mix: _Mix) -> tuple[Series, ...]:
    x = tuple(written_all(panel.table.cadence, panel.periods))
    return (
        Series(name="observed", x=x, y=tuple(panel.y.tolist())),
        Series(name="without", x=x, y=tuple((panel.y - mix.gap).tolist())),
    )


DESIGN = EffectDesign(
    id="synthetic",
    needs=((Role.OUTCOME,), (Role.PERIOD,), (Role.UNIT, Role.CLUSTER)),
    lots=(),
    prepare=prepare,
    examine=examine,
)
