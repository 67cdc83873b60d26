"""Figures of the municipalities of a region, beside the region and the Netherlands."""

from collections.abc import Sequence
from dataclasses import dataclass

from vliegwiel.apps.figures.models import RegionalFigure
from vliegwiel.apps.figures.regional_csv import NETHERLANDS
from vliegwiel.apps.figures.vocabulary import CareForm, Measure, Sex
from vliegwiel.apps.regions.models import Region
from vliegwiel.apps.regions.queries import municipalities_of

from .regional import FigureValue, current_figures, figure_value

# A share compares municipalities of different size; what is not listed here comes after.
_FIRST = (Measure.SHARE_OF_YOUTHS, Measure.YOUTHS_WITH_CARE)
_PARTS_OF_AGES = ("0-3", "4-11", "12-17", "18-22")


@dataclass(frozen=True, slots=True)
class MunicipalSubject:
    """Something that figures of municipalities are about, and of which periods; newest first."""

    measure: str
    care_form: str
    measure_label: str
    care_form_label: str
    periods: Sequence[str]


@dataclass(frozen=True, slots=True)
class MunicipalValue:
    """A municipality and its figure; None where the source does not show one."""

    code: str
    name: str
    figure: FigureValue | None


@dataclass(frozen=True, slots=True)
class MunicipalFigures:
    """One subject in one period: the municipalities by name, the region and the country."""

    subject: MunicipalSubject
    period: str
    region: FigureValue | None
    national: FigureValue | None
    values: Sequence[MunicipalValue]


@dataclass(frozen=True, slots=True)
class MunicipalRow:
    """A figure of a municipality, with the same of its region and of the country."""

    figure: FigureValue
    region: FigureValue | None
    national: FigureValue | None


def municipal_subjects(region: Region) -> Sequence[MunicipalSubject]:
    """What there are figures of municipalities about: shares first, forms as they are listed."""
    codes = [municipality.code for municipality in municipalities_of(region)]
    found = (
        RegionalFigure.objects.filter(
            region=region, replaced_by__isnull=True, area__in=codes, sex=Sex.ALL, referrer="all"
        )
        .exclude(age_band__in=_PARTS_OF_AGES)
        .values_list("measure", "care_form", "period")
        .distinct()
    )
    periods: dict[tuple[str, str], set[str]] = {}
    for measure, care_form, period in found:
        periods.setdefault((measure, care_form), set()).add(period)
    forms, measures = list(CareForm.values), [*_FIRST, *Measure.values]
    return [
        MunicipalSubject(
            measure=measure,
            care_form=care_form,
            measure_label=str(Measure(measure).label),
            care_form_label=str(CareForm(care_form).label),
            periods=sorted(periods[measure, care_form], reverse=True),
        )
        for measure, care_form in sorted(
            periods, key=lambda pair: (measures.index(pair[0]), forms.index(pair[1]))
        )
    ]


def municipal_figures(region: Region, subject: MunicipalSubject, period: str) -> MunicipalFigures:
    """The figures of a subject in a period, from the source that has most municipalities."""
    municipalities = municipalities_of(region)
    codes = {municipality.code for municipality in municipalities}
    figures = [
        figure
        for figure in current_figures(
            region,
            measure=subject.measure,
            care_form=subject.care_form,
            period=period,
            sex=Sex.ALL,
            referrer="all",
        )
        if figure.age_band not in _PARTS_OF_AGES
    ]
    # Municipalities of two sources do not compare.
    counts: dict[int, int] = {}
    for figure in figures:
        if figure.area in codes:
            counts[figure.source_id] = counts.get(figure.source_id, 0) + 1
    source = max(counts, key=lambda key: (counts[key], -key), default=None)
    own = {figure.area: figure for figure in figures if figure.source_id == source}

    def value(area: str) -> FigureValue | None:
        return figure_value(own[area]) if area in own else None

    return MunicipalFigures(
        subject=subject,
        period=period,
        region=value(region.code),
        national=value(NETHERLANDS),
        values=[
            MunicipalValue(municipality.code, municipality.name, value(municipality.code))
            for municipality in municipalities
        ],
    )


def municipality_rows(region: Region, code: str) -> Sequence[MunicipalRow]:
    """Every figure about one municipality, beside the same of the region and of the country.

    Newest period first, forms as they are listed. From one source each: others count otherwise.
    """
    forms = list(CareForm.values)
    found = current_figures(region, area__in=[code, region.code, NETHERLANDS])
    by_area: dict[str, dict[tuple[object, ...], RegionalFigure]] = {}
    for figure in found:
        by_area.setdefault(figure.area, {})[_subject(figure)] = figure
    rows = []
    for figure in sorted(
        by_area.get(code, {}).values(),
        key=lambda figure: (
            [-ord(letter) for letter in figure.period],
            figure.measure,
            forms.index(figure.care_form),
            figure.referrer,
            figure.sex,
            figure.age_band,
        ),
    ):
        beside = [
            by_area.get(area, {}).get(_subject(figure)) for area in (region.code, NETHERLANDS)
        ]
        own, national = (figure_value(other) if other else None for other in beside)
        rows.append(MunicipalRow(figure_value(figure), own, national))
    return rows


def _subject(figure: RegionalFigure) -> tuple[object, ...]:
    """What a figure is about, apart from where."""
    return (
        figure.measure,
        figure.period,
        figure.sex,
        figure.age_band,
        figure.care_form,
        figure.referrer,
        figure.source_id,
    )
