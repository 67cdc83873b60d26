"""The page that puts forecasts beside each other, and the choice of which ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vliegwiel.apps.explorer import comparing, descriptions, queries, sentences
from vliegwiel.apps.explorer.measures import MEASURES
from vliegwiel.science.caresystem import ALL
from vliegwiel.web import notation
from vliegwiel.web.components import Download, FigureBlock

from . import answers, beside, choosing
from .beside import LETTERS, Beside, Compared, Part
from .choosing import Asked, ChoiceGroup


@dataclass(frozen=True, slots=True)
class SideCard:
    """What one scenario does, in a sentence, and where it is better or worse."""

    letter: str
    name: str
    run: Any
    headline: str
    other_side: str
    shorter: str
    longer: str
    cost: str


@dataclass(frozen=True, slots=True)
class Shown:
    """All that stands on the page when the choice can be compared."""

    cards: Sequence[SideCard]
    scope: str
    form: "LookForm"
    has_numbers: bool
    lines: FigureBlock
    panels: FigureBlock | None
    parts: Sequence[Part]
    downloads: Sequence[Download]


@dataclass(frozen=True, slots=True)
class ComparisonPage:
    """`objection` says in words what is wrong with the choice; `wants_more` that it is only
    not complete yet. `shown` is None until it can be compared."""

    groups: Sequence[ChoiceGroup]
    objection: str
    wants_more: bool
    shown: Shown | None


class LookForm(forms.Form):
    """Which number and which form of care to look at; sent by GET, so that it can be shared."""

    measure = forms.ChoiceField(label=gettext_lazy("Look at"), required=False)
    care_type = forms.ChoiceField(label=gettext_lazy("Form of care"), required=False)

    def __init__(self, data: QueryDict, found: Beside) -> None:
        focuses = {forecast.focus for forecast in found.forecasts}
        usual = {
            "measure": "waiting_time",
            "care_type": focuses.pop() if len(focuses) == 1 else ALL,
        }
        super().__init__({name: data.get(name) or value for name, value in usual.items()})
        self._usual, self._found = usual, found
        self.runs = [one.run.pk for one in found.all]
        known = set[str]().union(*(forecast.series for forecast in found.forecasts))
        self.fields["measure"].choices = [  # type: ignore[attr-defined]
            (key, measure.label) for key, measure in MEASURES.items() if key in known
        ]
        self.fields["care_type"].choices = [  # type: ignore[attr-defined]
            (key, found.label(key)) for key in (ALL, *found.care_types)
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
        return not MEASURES[measure].limited or care_type in self._found.limited


def comparison_page(region: Any, query: QueryDict) -> ComparisonPage:
    """The comparison that the address asks for, or the choice with what is still wanted."""
    found = choosing.asked(region, choosing.numbers_of(query))
    chosen = [one.run.pk for one in found.runs]
    return ComparisonPage(
        groups=choosing.groups(region, chosen),
        objection=choosing.objection(found) if query.getlist("run") else "",
        wants_more=found.reason == "too_few" and not found.missing,
        shown=_shown(beside_each_other(region, found), region, query) if not found.reason else None,
    )


def beside_each_other(region: Any, found: Asked) -> Beside:
    """Forecasts that may be compared, each with its letter."""
    runs = [one.run for one in found.runs]
    parts = zip(LETTERS, choosing.names(found.runs), runs, found.forecasts, strict=False)
    system = runs[0].scenario.care_system
    source = _("model of the care system “%(title)s”, version %(version)s") % {
        "title": descriptions.in_language(queries.care_system_title(system)),
        "version": system.version,
    }
    return Beside(
        all=[Compared(*part) for part in parts],
        source=source,
        date=notation.day(max(one.ended_at for one in found.runs)),
        downloads=_downloads(region, runs),
    )


def _shown(found: Beside, region: Any, query: QueryDict) -> Shown:
    form = LookForm(query, found)
    measure, care_type = form.chosen()
    return Shown(
        cards=[_card(found, place) for place in range(len(found.all))],
        scope=_scope(found, region),
        form=form,
        has_numbers=form.has_numbers(),
        lines=beside.lines(found, MEASURES[measure], care_type),
        panels=beside.panels(found, MEASURES[measure], care_type),
        parts=beside.parts(found),
        downloads=found.downloads,
    )


def _card(found: Beside, place: int) -> SideCard:
    one = found.all[place]
    return SideCard(
        letter=one.letter,
        name=one.name,
        run=one.run,
        headline=sentences.headline(one.forecast),
        other_side=answers.other_side(one.forecast),
        shorter=beside.waits_of(found, place, "less"),
        longer=beside.waits_of(found, place, "more"),
        cost=beside.total_cost(found, place),
    )


def _scope(found: Beside, region: Any) -> str:
    forecast = found.all[0].forecast
    where = _("This is about region %(region)s, %(months)s.") % {
        "region": region.name,
        "months": sentences.span(forecast.months[0], forecast.months[-1]),
    }
    against = _(
        "Every number is held against the same time without a change, with the same assumed "
        "numbers for all."
    )
    if comparing.same_youths(found.forecasts):
        how = _(
            "The same youths live through every scenario, so what differs is due to the scenario."
        )
    else:
        how = _(
            "The youths of these forecasts are not all the same: a scenario changes how many come, "
            "or another version of the model calculated it. Between scenarios a small difference "
            "can then be chance. With and without a change they are the same youths."
        )
    return f"{where} {against} {how}"


def _downloads(region: Any, runs: Sequence[Any]) -> list[Download]:
    asked = urlencode([("run", run.pk) for run in runs])
    table = reverse("explorer_comparison_csv", kwargs={"region_slug": region.slug})
    months = reverse("explorer_comparison_months_csv", kwargs={"region_slug": region.slug})
    return [
        Download(_("Table: CSV for Dutch Excel"), f"{table}?{asked}&notation=nl"),
        Download(_("Month by month: CSV for Dutch Excel"), f"{months}?{asked}&notation=nl"),
        Download(_("Table: CSV for programs (English)"), f"{table}?{asked}"),
        Download(_("Month by month: CSV for programs (English)"), f"{months}?{asked}"),
    ]
