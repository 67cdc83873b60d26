"""Reads regional figures, each beside the national one."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from vliegwiel.apps.figures.models import RegionalFigure, Source
from vliegwiel.apps.figures.regional_csv import NETHERLANDS
from vliegwiel.apps.figures.texts import in_language
from vliegwiel.apps.figures.vocabulary import (
    CareForm,
    FigureStatus,
    LabelReading,
    Measure,
    Referrer,
    Sex,
)
from vliegwiel.apps.regions.models import Region

#: The source of made-up counts of a made-up region: they must not stand among published figures.
BESIDE_MADE_UP = "generated-messages"


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """A source as a page shows it; `note` in the reader's language."""

    key: str
    title: str
    publisher: str
    year: int | None
    address: str
    note: str


@dataclass(frozen=True, slots=True)
class FigureValue:
    """One published figure. Show `value` with `decimals` decimals: that is how it was printed.

    `table` is the one that it was fetched from, with the day of its state and of fetching.

    `is_interpreted`: the source prints the number, not what it is; `note` gives the reservation.
    """

    measure: str
    measure_label: str
    area: str
    period: str
    sex: str
    age_band: str
    care_form: str
    care_form_label: str
    referrer: str
    referrer_label: str
    value: Decimal
    decimals: int
    unit: str
    unit_label: str
    status: str
    status_label: str
    is_interpreted: bool
    source: SourceInfo
    place: str
    note: str
    table: str = ""
    modified_on: date | None = None
    fetched_on: date | None = None


@dataclass(frozen=True, slots=True)
class FigurePair:
    """The same figure of the region and of the Netherlands, from one source.

    `national` is None where that source prints none: figures of two sources do not compare.
    """

    label: str
    region: FigureValue | None
    national: FigureValue | None

    @property
    def difference(self) -> Decimal | None:
        """Region minus country, in the figure's unit."""
        if self.region is None or self.national is None:
            return None
        return self.region.value - self.national.value


@dataclass(frozen=True, slots=True)
class CareRow:
    """Youths with care by sex and by age band, for one form of care as one source counts it."""

    care_form: str
    label: str
    period: str
    is_interpreted: bool
    note: str
    source: SourceInfo
    total: FigureValue | None
    by_sex: Sequence[FigureValue]
    by_age: Sequence[FigureValue]


def source_info(source: Source) -> SourceInfo:
    return SourceInfo(
        key=source.key,
        title=source.title,
        publisher=source.publisher,
        year=source.year,
        address=source.address,
        note=in_language(nl=source.note_nl, en=source.note_en),
    )


def figure_value(figure: RegionalFigure) -> FigureValue:
    return FigureValue(
        measure=figure.measure,
        measure_label=str(Measure(figure.measure).label),
        area=figure.area,
        period=figure.period,
        sex=figure.sex,
        age_band=figure.age_band,
        care_form=figure.care_form,
        care_form_label=str(CareForm(figure.care_form).label),
        referrer=figure.referrer,
        referrer_label=str(Referrer(figure.referrer).label),
        value=figure.value,
        decimals=figure.decimals,
        unit=figure.unit,
        unit_label=figure.get_unit_display(),
        status=figure.status,
        status_label=figure.get_status_display(),
        is_interpreted=figure.label == LabelReading.INTERPRETED,
        source=source_info(figure.source),
        place=figure.place,
        note=in_language(nl=figure.note_nl, en=figure.note_en),
        table=figure.table,
        modified_on=figure.modified_on,
        fetched_on=figure.fetched_on,
    )


def all_figures(region: Region) -> Sequence[FigureValue]:
    """Every figure kept for `region` now, those of the Netherlands included: for a download."""
    return [figure_value(figure) for figure in current_figures(region)]


def figure_periods(region: Region, measure: str) -> Sequence[str]:
    """Years for which the region itself has `measure`, newest first."""
    found = current_figures(region, measure=measure, area=region.code).values_list(
        "period", flat=True
    )
    return sorted({period for period in found if len(period) == 4}, reverse=True)


def key_figures(region: Region) -> Sequence[FigurePair]:
    """Inhabitants, youths, youths with care and their share, each of its newest year."""
    pairs = []
    for measure, care_form in (
        (Measure.INHABITANTS, CareForm.NONE),
        (Measure.YOUTHS, CareForm.NONE),
        (Measure.YOUTHS_WITH_CARE, CareForm.ALL),
        (Measure.SHARE_OF_YOUTHS, CareForm.ALL),
    ):
        figures = list(
            current_figures(
                region, measure=measure, care_form=care_form, sex=Sex.ALL, referrer="all"
            )
        )
        whole = [f for f in figures if f.age_band in {"0-22", "all"}]
        own = newest(f for f in whole if f.area == region.code)
        if own is None:
            continue
        pairs.append(_pair(str(measure.label), own, _beside(own, whole)))
    return pairs


def shares_by_care_form(region: Region, period: str | None = None) -> Sequence[FigurePair]:
    """Share of youths by form of care, in the newest year or in `period`.

    The forms overlap and contain each other: the notes say which. They must not be added up.
    """
    return _pairs(region, Measure.SHARE_OF_YOUTHS, period, lambda figure: figure.care_form)


def shares_by_referrer(region: Region, period: str | None = None) -> Sequence[FigurePair]:
    """Share of new youth care by referrer, in the newest year or in `period`."""
    return _pairs(region, Measure.SHARE_BY_REFERRER, period, lambda figure: figure.referrer)


def youths_by_sex_and_age(region: Region, period: str | None = None) -> Sequence[CareRow]:
    """Youths with care by sex and age: one row per form that a source splits so."""
    period = period or _newest_period(region, Measure.YOUTHS_WITH_CARE)
    figures = list(
        current_figures(region, measure=Measure.YOUTHS_WITH_CARE, area=region.code, period=period)
    )
    rows = []
    for care_form in CareForm:
        own = [figure for figure in figures if figure.care_form == care_form]
        if any(figure.sex != Sex.ALL for figure in own):
            rows.append(_care_row(care_form, own))
    return rows


def _care_row(care_form: CareForm, figures: Sequence[RegionalFigure]) -> CareRow:
    total = preferred(f for f in figures if f.sex == Sex.ALL and f.age_band == "0-22")
    shown = total or figures[0]
    value = figure_value(shown)
    return CareRow(
        care_form=str(care_form),
        label=str(care_form.label),
        period=shown.period,
        is_interpreted=value.is_interpreted,
        note=value.note,
        source=value.source,
        total=figure_value(total) if total else None,
        by_sex=[figure_value(f) for f in figures if f.sex != Sex.ALL],
        by_age=[
            figure_value(f)
            for f in sorted(figures, key=lambda f: int(f.age_band.split("-")[0]))
            if f.sex == Sex.ALL and f.age_band != "0-22"
        ],
    )


_STATUS_ORDER = [
    FigureStatus.FINAL,
    FigureStatus.PRINTED,
    FigureStatus.CALCULATED,
    FigureStatus.SECOND_PROVISIONAL,
    FigureStatus.PROVISIONAL,
]


def preferred(figures: Iterable[RegionalFigure]) -> RegionalFigure | None:
    """Of several sources for the same figure: the most final one, then the most recent source."""
    return min(
        figures,
        key=lambda figure: (
            _STATUS_ORDER.index(FigureStatus(figure.status)),
            -(figure.source.year or 0),
            figure.pk,
        ),
        default=None,
    )


def newest(figures: Iterable[RegionalFigure]) -> RegionalFigure | None:
    """The preferred figure of the newest year."""
    years = [figure for figure in figures if len(figure.period) == 4]
    last = max((figure.period for figure in years), default=None)
    return preferred(figure for figure in years if figure.period == last)


def _pairs(
    region: Region,
    measure: Measure,
    period: str | None,
    subject: Callable[[RegionalFigure], str],
) -> Sequence[FigurePair]:
    period = period or _newest_period(region, measure)
    figures = list(current_figures(region, measure=measure, period=period, sex=Sex.ALL))
    subjects = dict.fromkeys(subject(figure) for figure in figures if figure.area == region.code)
    pairs = []
    for name in subjects:
        same = [figure for figure in figures if subject(figure) == name]
        own = preferred(figure for figure in same if figure.area == region.code)
        if own is not None:
            value = figure_value(own)
            by_referrer = measure is Measure.SHARE_BY_REFERRER
            label = value.referrer_label if by_referrer else value.care_form_label
            pairs.append(_pair(label, own, _beside(own, same)))
    return pairs


def _beside(own: RegionalFigure, figures: Iterable[RegionalFigure]) -> RegionalFigure | None:
    """The national figure that compares with the region's own: same period, same source.

    Another source counts at another moment and in another way; the trend shows those, with their
    sources, but a difference between the two would say nothing.
    """
    return preferred(
        figure
        for figure in figures
        if figure.area == NETHERLANDS
        and figure.period == own.period
        and figure.source_id == own.source_id
    )


def _pair(label: str, own: RegionalFigure, beside: RegionalFigure | None) -> FigurePair:
    return FigurePair(label, figure_value(own), figure_value(beside) if beside else None)


def _newest_period(region: Region, measure: Measure) -> str:
    periods = figure_periods(region, measure)
    return periods[0] if periods else ""


def current_figures(region: Region, **conditions: str | Sequence[str]) -> QuerySet[RegionalFigure]:
    """What is kept now, without what stands beside made-up messages alone."""
    return every_figure(region, **conditions).exclude(source__key=BESIDE_MADE_UP)


def every_figure(region: Region, **conditions: str | Sequence[str]) -> QuerySet[RegionalFigure]:
    return (
        RegionalFigure.objects.filter(region=region, replaced_by__isnull=True, **conditions)
        .select_related("source")
        .order_by("pk")
    )
