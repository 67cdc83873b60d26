"""What CBS counts of the forms that care messages tell apart, to stand beside those messages."""

from collections.abc import Mapping
from dataclasses import dataclass

from vliegwiel.apps.figures.vocabulary import CareForm, Measure, Sex
from vliegwiel.apps.regions.models import Region

from .regional import (
    BESIDE_MADE_UP,
    FigureValue,
    current_figures,
    every_figure,
    figure_value,
    preferred,
)

_FORMS = (
    CareForm.ALL_IN_KIND,
    CareForm.NEIGHBOURHOOD_TEAM,
    CareForm.NOT_NEIGHBOURHOOD_TEAM,
    CareForm.WITH_RESIDENCE,
    CareForm.PROTECTION,
    CareForm.PROBATION,
)
_PARTS_OF_AGES = ("0-3", "4-11", "12-17", "18-22")


@dataclass(frozen=True, slots=True)
class CountsOfCbs:
    """Youths and trajectories of one form in a period; None where no source shows them."""

    label: str
    youths: FigureValue | None
    trajectories: FigureValue | None

    @property
    def made_up(self) -> bool:
        """Whether these are counts of a made-up region, such as that of the demo."""
        return self.youths is not None and self.youths.source.key == BESIDE_MADE_UP


def counts_of_cbs(
    region: Region, period: str, *, messages_made_up: bool = False
) -> Mapping[str, CountsOfCbs]:
    """The published counts of the region by form of care, in kind, for a year or half year.

    Beside messages that are all made up stand made-up counts of the same youths, where there are
    any, and these alone; beside any others the published ones.
    """
    asked = {"area": region.code, "period": period, "sex": Sex.ALL, "referrer": "all"}
    made_up = every_figure(region, source__key=BESIDE_MADE_UP, **asked)
    rows = list(made_up) if messages_made_up else []
    rows = rows or list(current_figures(region, **asked))
    figures = [figure for figure in rows if figure.age_band not in _PARTS_OF_AGES]

    def found(form: CareForm, measure: Measure) -> FigureValue | None:
        figure = preferred(
            item for item in figures if item.care_form == form and item.measure == measure
        )
        return figure_value(figure) if figure else None

    return {
        str(form): CountsOfCbs(
            label=str(form.label),
            youths=found(form, Measure.YOUTHS_WITH_CARE),
            trajectories=found(form, Measure.TRAJECTORIES),
        )
        for form in _FORMS
    }


def has_made_up_counts(region: Region) -> bool:
    """Whether counts of a made-up region stand beside its messages."""
    return every_figure(region, source__key=BESIDE_MADE_UP).exists()
