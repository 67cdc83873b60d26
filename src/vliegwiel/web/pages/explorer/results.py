"""What the page of a finished forecast shows: the answer first, then how sure, then where from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from vliegwiel.apps.explorer import descriptions, queries, sentences
from vliegwiel.apps.explorer.forecasting import Outcome
from vliegwiel.science.caresystem import ALL, CareSystem, Forecast
from vliegwiel.web import notation
from vliegwiel.web.components import Column, Download, FigureBlock, Table

from . import answers, figures
from .amounts import MEASURES, amount


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
            (measure.key, measure.label) for measure in MEASURES.values()
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
        limited = (*self._forecast.limited, ALL)
        return not MEASURES[measure].limited or care_type in limited


@dataclass(frozen=True, slots=True)
class CheckLine:
    outcome: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ResultPage:
    run: Any
    title: str
    headline: str
    other_side: str
    sure: str
    cautions: Sequence[str]
    assumed: str
    form: ChoiceForm
    through_time: FigureBlock
    has_numbers: bool
    water_bed: FigureBlock
    costs: FigureBlock
    tornado: FigureBlock
    assumptions: Table
    checks: Sequence[CheckLine]
    facts: Sequence[tuple[str, str]]
    downloads: Sequence[Download]


def result_page(run: Any, query: Mapping[str, str]) -> ResultPage:
    """Everything on the page of a run that is done."""
    outcome = queries.outcome_of(run)
    forecast = outcome.forecast
    scenario = queries.scenario(run.scenario)
    form = ChoiceForm(query, forecast)
    language = get_language() or ""
    fixed = _fixed_figures(run, run.ended_at, language)
    return ResultPage(
        run=run,
        title=descriptions.in_language(scenario.title),
        headline=sentences.headline(forecast),
        other_side=answers.other_side(forecast),
        sure=_sure(forecast),
        cautions=answers.cautions(forecast, scenario),
        assumed=answers.assumed(forecast),
        form=form,
        through_time=_through_time(run, run.ended_at, language, *form.chosen()),
        has_numbers=form.has_numbers(),
        water_bed=fixed[0],
        costs=fixed[1],
        tornado=fixed[2],
        assumptions=_assumptions(forecast),
        checks=[CheckLine(item.outcome, sentences.check(item)) for item in forecast.checks],
        facts=_facts(run, outcome),
        downloads=_downloads(run),
    )


# The outcome of a finished run never changes, so its figures are drawn once for each language.
@lru_cache(maxsize=32)
def _fixed_figures(
    run: Any, _ended_at: datetime, _language: str
) -> tuple[FigureBlock, FigureBlock, FigureBlock]:
    frame = _frame(run)
    sensitivity = queries.outcome_of(run).sensitivity
    return figures.water_bed(frame), figures.costs(frame), figures.tornado(frame, sensitivity)


@lru_cache(maxsize=128)
def _through_time(
    run: Any, _ended_at: datetime, _language: str, measure: str, care_type: str
) -> FigureBlock:
    return figures.through_time(_frame(run), MEASURES[measure], care_type)


def _frame(run: Any) -> figures.Frame:
    outcome = queries.outcome_of(run)
    return figures.Frame(
        forecast=outcome.forecast,
        scenario=queries.scenario(run.scenario),
        source=_source(queries.care_system(run.scenario.care_system)),
        date=notation.day(run.ended_at),
        how=_how(outcome),
        downloads=_downloads(run),
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


def _downloads(run: Any) -> list[Download]:
    where = {"region_slug": run.scenario.care_system.region.slug, "pk": run.pk}
    csv = reverse("explorer_csv", kwargs=where)
    return [
        Download(_("CSV for Dutch Excel"), f"{csv}?notation=nl"),
        Download(_("CSV"), csv),
        Download("JSON", reverse("explorer_json", kwargs=where)),
    ]


def _assumptions(forecast: Forecast) -> Table:
    """Every assumption, those of the scenario first."""
    own = [item for item in forecast.assumptions if item.address.startswith("interventions.")]
    others = [item for item in forecast.assumptions if item not in own]
    text = descriptions.in_active_language
    rows = [
        (
            text(item.label),
            amount(item.value, item.unit),
            _("%(low)s to %(high)s")
            % {"low": amount(item.low, item.unit), "high": amount(item.high, item.unit)},
            text(item.why),
        )
        for item in (*own, *others)
    ]
    columns = [
        Column(_("Assumption")),
        Column(_("Likeliest")),
        Column(_("Range")),
        Column(_("Why this range")),
    ]
    return Table(_("What is assumed"), columns, rows)


def _facts(run: Any, outcome: Outcome) -> list[tuple[str, str]]:
    """All that is needed to compute the same again."""
    identity, forecast = outcome.forecast.identity, outcome.forecast
    months = (notation.month(forecast.months[0]), notation.month(forecast.months[-1]))
    return [
        (_("Calculated on"), notation.moment(run.ended_at)),
        (_("Months"), _("%(first)s to %(last)s") % {"first": months[0], "last": months[1]}),
        (_("Repetitions"), notation.number(identity.replications)),
        (_("Seed"), str(identity.seed)),
        (_("Care system"), f"{identity.care_system} {identity.care_system_version}"),
        (_("Scenario"), f"{identity.scenario} ({run.scenario.number})"),
        (_("Version of Vliegwiel"), identity.code_version),
        (_("Fingerprint of the care system"), identity.care_system_hash[:16]),
        (_("Fingerprint of the scenario"), (identity.scenario_hash or "")[:16]),
    ]
