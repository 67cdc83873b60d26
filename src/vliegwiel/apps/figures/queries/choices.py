"""What a reader can choose on the page of figures: years, and forms that can be followed."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from vliegwiel.apps.figures.vocabulary import CareForm, Measure, Sex
from vliegwiel.apps.regions.models import Region

from .regional import current_figures

_MEASURES = (Measure.SHARE_OF_YOUTHS, Measure.SHARE_BY_REFERRER, Measure.YOUTHS_WITH_CARE)
_FEWEST_YEARS = 2


@dataclass(frozen=True, slots=True)
class FormOverYears:
    """A form of care of which the region has figures of two years or more."""

    care_form: str
    label: str


@dataclass(frozen=True, slots=True)
class FigureChoices:
    """Years newest first, and forms as they are listed."""

    years: Sequence[str]
    forms: Sequence[FormOverYears]


def figure_choices(region: Region) -> FigureChoices:
    """The years and forms that the region itself has figures of."""
    found = (
        current_figures(region, area=region.code, measure__in=_MEASURES)
        .values_list("measure", "care_form", "period", "sex")
        .order_by()
        .distinct()
    )
    years: set[str] = set()
    followed: dict[tuple[str, str], set[str]] = defaultdict(set)
    for measure, care_form, period, sex in found:
        if len(period) == 4:
            years.add(period)
            if sex == Sex.ALL and measure != Measure.SHARE_BY_REFERRER:
                followed[measure, care_form].add(period)
    forms = {form for (_measure, form), of in followed.items() if len(of) >= _FEWEST_YEARS}
    return FigureChoices(
        years=sorted(years, reverse=True),
        forms=[FormOverYears(str(f), str(f.label)) for f in CareForm if f.value in forms],
    )
