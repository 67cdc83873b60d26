"""A figure over the years, with the breaks in its series."""

from collections.abc import Sequence
from dataclasses import dataclass

from vliegwiel import reference
from vliegwiel.apps.figures.models import RegionalFigure
from vliegwiel.apps.figures.regional_csv import NETHERLANDS
from vliegwiel.apps.figures.texts import in_language
from vliegwiel.apps.figures.vocabulary import Sex
from vliegwiel.apps.regions.models import Region

from .regional import FigureValue, current_figures, figure_value, preferred


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """A year: the figure to draw, and what other sources say of the same year."""

    period: str
    figure: FigureValue
    others: Sequence[FigureValue]


@dataclass(frozen=True, slots=True)
class BreakInfo:
    """Between `after` and `before` the figures do not compare; draw no line across."""

    after: str
    before: str
    note: str


@dataclass(frozen=True, slots=True)
class Trend:
    """One measure over the years, of the region and of the Netherlands, oldest first."""

    measure: str
    care_form: str
    region: Sequence[TrendPoint]
    national: Sequence[TrendPoint]
    breaks: Sequence[BreakInfo]


def trend(region: Region, *, measure: str, care_form: str) -> Trend:
    """Years of `measure` for `care_form`, both sexes, all ages and referrers together."""
    figures = [
        figure
        for figure in current_figures(
            region, measure=measure, care_form=care_form, sex=Sex.ALL, referrer="all"
        )
        # A half year counts other youths than a year; parts of the ages are not the whole.
        if len(figure.period) == 4 and figure.age_band not in {"0-3", "4-11", "12-17", "18-22"}
    ]
    own = _points([figure for figure in figures if figure.area == region.code])
    national = _points([figure for figure in figures if figure.area == NETHERLANDS])
    return Trend(measure, care_form, own, national, _breaks(measure, [*own, *national]))


def _points(figures: Sequence[RegionalFigure]) -> Sequence[TrendPoint]:
    points = []
    for period in sorted({figure.period for figure in figures}):
        of_period = [figure for figure in figures if figure.period == period]
        chosen = preferred(of_period)
        if chosen is not None:
            others = [figure_value(f) for f in of_period if f.pk != chosen.pk]
            points.append(TrendPoint(period, figure_value(chosen), others))
    return points


def _breaks(measure: str, points: Sequence[TrendPoint]) -> Sequence[BreakInfo]:
    periods = [point.period for point in points]
    if not periods:
        return []
    return [
        BreakInfo(item.after, item.before, in_language(nl=item.note.nl, en=item.note.en))
        for item in reference.series_breaks()
        if measure in item.measures and min(periods) <= item.after and item.before <= max(periods)
    ]
