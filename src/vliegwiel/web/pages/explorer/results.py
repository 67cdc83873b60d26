"""What the page of a finished forecast shows: the answer first, then how sure, then where from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from vliegwiel.apps.explorer import descriptions, overload_queries, queries, sentences
from vliegwiel.apps.explorer.forecasting import Outcome
from vliegwiel.apps.explorer.measures import MEASURES
from vliegwiel.science.caresystem import ALL, CareSystem, Forecast
from vliegwiel.web import notation
from vliegwiel.web.components import Download, FigureBlock, Table

from . import answers, costs, explaining, figures, matters, recomputing
from .frames import Frame


class ChoiceForm(forms.Form):
    """Which measure and which form of care to look at; sent by GET, so that it can be shared."""

    measure = forms.ChoiceField(label=gettext_lazy("Look at"), required=False)
    care_type = forms.ChoiceField(label=gettext_lazy("Form of care"), required=False)

    def __init__(self, data: Mapping[str, str], forecast: Forecast) -> None:
        usual = {"measure": "waiting_time", "care_type": forecast.focus}
        chosen = {name: data.get(name) or value for name, value in usual.items()}
        super().__init__(chosen)
        self._usual, self._forecast = usual, forecast
        self.fields["measure"].choices = [  # type: ignore[attr-defined]
            (key, measure.label) for key, measure in MEASURES.items() if key in forecast.series
        ]
        self.fields["care_type"].choices = [  # type: ignore[attr-defined]
            (key, descriptions.in_active_language(forecast.labels[key]))
            for key in (ALL, *forecast.care_types)
        ]

    def chosen(self) -> tuple[str, str]:
        """Measure and care type; the usual ones for an address that asks for something else."""
        self.is_valid()
        return (
            self.cleaned_data.get("measure") or self._usual["measure"],
            self.cleaned_data.get("care_type") or self._usual["care_type"],
        )

    def has_numbers(self) -> bool:
        """Whether this measure says anything about this form of care."""
        measure, care_type = self.chosen()
        return not MEASURES[measure].limited or care_type in self._forecast.can_wait


@dataclass(frozen=True, slots=True)
class ResultPage:
    run: Any
    title: str
    headline: str
    scope: str
    other_side: str
    sure: str
    cautions: Sequence[str]
    assumed: str
    form: ChoiceForm
    has_numbers: bool
    figures: "Figures"
    further: explaining.Further
    money: Sequence[str]
    assumptions: Table
    assumption_files: Sequence[Download]
    how: recomputing.HowCalculated
    downloads: Sequence[Download]


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of the page; None where there is nothing to show."""

    difference: FigureBlock | None
    through_time: FigureBlock
    water_bed: FigureBlock
    costs: FigureBlock
    reasons: FigureBlock | None
    tornado: FigureBlock


def result_page(run: Any, query: Mapping[str, str]) -> ResultPage:
    """Everything on the page of a run that is done."""
    outcome = queries.outcome_of(run)
    forecast, frame = outcome.forecast, _frame(run, outcome)
    form = ChoiceForm(query, forecast)
    return ResultPage(
        run=run,
        title=descriptions.in_language(frame.scenario.title),
        headline=sentences.headline(forecast),
        scope=answers.scope(forecast, frame.region, len(frame.system.municipalities)),
        other_side=answers.other_side(forecast),
        sure=_sure(forecast),
        cautions=[
            *overload_queries.warnings(run.scenario, run.months),
            *answers.cautions(forecast, frame.scenario),
        ],
        assumed=answers.assumed(forecast),
        form=form,
        has_numbers=form.has_numbers(),
        figures=_figures(frame, outcome, *form.chosen()),
        further=explaining.further(frame, query, form.chosen()[1]),
        money=costs.facts(frame),
        assumptions=matters.assumptions(frame),
        assumption_files=frame.files("aannames"),
        how=recomputing.how_calculated(run, frame),
        downloads=[*frame.downloads, *_tables(frame), *explaining.downloads(frame)],
    )


def draw_first_view(run: Any, outcome: Outcome) -> None:
    """Draws what everybody sees first of a forecast, and keeps it, before anybody asks for it."""
    with override(settings.LANGUAGE_CODE):
        usual = ChoiceForm({}, outcome.forecast).chosen()
        frame = _frame(run, outcome)
        _figures(frame, outcome, *usual)
        explaining.further(frame, {}, usual[1])


def _figures(frame: Frame, outcome: Outcome, measure: str, care_type: str) -> Figures:
    return Figures(
        difference=figures.difference(frame, MEASURES[measure], care_type),
        through_time=figures.through_time(frame, MEASURES[measure], care_type),
        water_bed=figures.water_bed(frame),
        costs=costs.costs(frame),
        reasons=costs.reasons(frame),
        tornado=matters.tornado(frame, outcome.sensitivity),
    )


def _frame(run: Any, outcome: Outcome) -> Frame:
    version = run.scenario.care_system
    system = queries.system_of(run.scenario)
    return Frame(
        forecast=outcome.forecast,
        scenario=queries.scenario(run.scenario),
        system=system,
        region=version.region.name,
        source=_source(system),
        date=notation.day(run.ended_at),
        how=_how(outcome),
        downloads=_downloads(run),
        address=reverse("explorer_run", kwargs={"region_slug": version.region.slug, "pk": run.pk}),
    )


def _source(system: CareSystem) -> str:
    return _("model of the care system “%(title)s”, version %(version)s") % {
        "title": descriptions.in_language(system.title),
        "version": system.version,
    }


def _sure(forecast: Forecast) -> str:
    """How sure the headline is, in words."""
    code = forecast.headline.code
    if code == "wait_unclear":
        return _(
            "The model cannot tell which way it goes: with what we know now both are possible."
        )
    if code in ("wait_shorter", "wait_longer"):
        return _(
            "In 80 of 100 outcomes of the model the difference lies between the two numbers in "
            "brackets. Both chance and what we do not know about the numbers are in it."
        )
    if code in ("wait_new", "wait_ended"):
        return _(
            "In 80 of 100 outcomes of the model the wait lies between the two numbers in brackets. "
            "There is no difference to tell: in one of the two nobody is expected to start."
        )
    if code == "wait_seldom":
        return _(
            "In more than 10 of 100 outcomes of the model nobody starts, without the change or "
            "with it. A difference with a range would then leave too many outcomes out."
        )
    return ""


def _how(outcome: Outcome) -> list[str]:
    forecast = outcome.forecast
    return [
        _(
            "The model follows youths one by one: they are referred, wait for a place, get care, "
            "go on to other care or leave, and sometimes come back. It does so %(count)s times "
            "without the change and with it. Each time it draws every assumption anew from its "
            "range. A youth has the same fate in both, save for what the change does, so the "
            "difference is due to the change."
        )
        % {"count": notation.number(forecast.identity.replications)},
        _(
            "The line is the middle of all outcomes. In 80 of 100 outcomes the value lies within "
            "the band."
        ),
    ]


def _tables(frame: Frame) -> list[Download]:
    """The tables that every forecast has as files, for the list at the end of the page."""
    labels = {
        "waterbed": _("Where the trouble moves: CSV for Dutch Excel"),
        "kosten": _("Cost by year and form of care: CSV for Dutch Excel"),
        "tornado": _("Which assumptions matter most: CSV for Dutch Excel"),
        "aannames": _("All assumptions: CSV for Dutch Excel"),
    }
    return [
        Download(label, f"{frame.address}{table}.csv?notation=nl")
        for table, label in labels.items()
    ]


def _downloads(run: Any) -> list[Download]:
    where = {"region_slug": run.scenario.care_system.region.slug, "pk": run.pk}
    csv = reverse("explorer_csv", kwargs=where)
    return [
        Download(_("CSV for Dutch Excel"), f"{csv}?notation=nl"),
        Download(_("CSV for programs (English)"), csv),
        Download(_("JSON for programs"), reverse("explorer_json", kwargs=where)),
    ]
