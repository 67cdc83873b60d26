"""What the overview and the page of a scenario show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from vliegwiel.apps.explorer import descriptions, queries, sentences
from vliegwiel.apps.explorer.edits import change_of
from vliegwiel.apps.insights import queries as insights
from vliegwiel.apps.insights.queries import InsightDetail
from vliegwiel.science.caresystem import quantities
from vliegwiel.web import notation
from vliegwiel.web.components import Column, Table

from . import answers
from .forms import ScenarioForm
from .sizes import scale_of


@dataclass(frozen=True, slots=True)
class ScenarioCard:
    version: Any
    title: str
    description: str
    sentence: str
    other_side: str
    last_run: Any | None
    under_way: Any | None
    shipped: bool
    outdated: bool


@dataclass(frozen=True, slots=True)
class SystemSummary:
    version: Any
    title: str
    start: str
    care_types: int
    referrers: int
    printed: int
    derived: int
    assumed: int


@dataclass(frozen=True, slots=True)
class Overview:
    system: SystemSummary | None
    scenarios: Sequence[ScenarioCard]
    may_run: bool
    worker_is_alive: bool


@dataclass(frozen=True, slots=True)
class ScenarioPage:
    version: Any
    title: str
    description: str
    changes: Table
    form: ScenarioForm
    may_change: bool
    versions: Sequence[Any]
    runs: Sequence[Any]
    newest: Any
    insight: InsightDetail | None


def overview(region: Any, *, may_run: bool) -> Overview:
    version = queries.newest_care_system(region)
    return Overview(
        system=_system_summary(version) if version is not None else None,
        scenarios=[_card(item) for item in queries.scenarios_of(region)],
        may_run=may_run,
        worker_is_alive=queries.worker_is_alive(),
    )


def _system_summary(version: Any) -> SystemSummary:
    system = queries.care_system(version)
    kinds = [origin.kind for origin in quantities(system)]
    return SystemSummary(
        version=version,
        title=descriptions.in_language(system.title),
        start=notation.month(system.start),
        care_types=len(system.care_types),
        referrers=len(system.referrers),
        printed=kinds.count("printed"),
        derived=kinds.count("derived"),
        assumed=kinds.count("assumed"),
    )


def _card(item: queries.ScenarioSummary) -> ScenarioCard:
    sentence = other_side = ""
    if item.last_done is not None:
        forecast = queries.outcome_of(item.last_done).forecast
        sentence, other_side = sentences.headline(forecast), answers.other_side(forecast)
    return ScenarioCard(
        version=item.version,
        title=descriptions.in_language(item.scenario.title),
        description=descriptions.in_language(item.scenario.description),
        sentence=sentence,
        other_side=other_side,
        last_run=item.last_done,
        under_way=item.under_way,
        shipped=item.version.shipped,
        outdated=not item.on_newest_care_system,
    )


def scenario_page(version: Any, *, form: ScenarioForm, may_change: bool) -> ScenarioPage:
    scenario = queries.scenario(version)
    versions = queries.versions_of(version)
    return ScenarioPage(
        version=version,
        title=descriptions.in_language(scenario.title),
        description=descriptions.in_language(scenario.description),
        changes=_changes(scenario, queries.care_system(version.care_system)),
        form=form,
        may_change=may_change,
        versions=versions,
        runs=queries.runs_of(version),
        newest=versions[0],
        insight=_insight(version.care_system.region, scenario.insight),
    )


def _insight(region: Any, identifier: str | None) -> InsightDetail | None:
    """The insight that a scenario names, such as insight-2; None when the region has no such."""
    name, _dash, number = (identifier or "").partition("-")
    if name != "insight" or not number.isdecimal():
        return None
    return insights.insight_detail(region, int(number))


def _changes(scenario: Any, system: Any) -> Table:
    """Everything that the scenario changes: how much, and from when."""
    rows = []
    for item, size in zip(scenario.interventions, change_of(scenario).sizes, strict=True):
        scale = scale_of(item)
        rows.append(
            (
                descriptions.intervention(item, system),
                f"{scale.write(size.value)} {scale.unit}",
                _("%(low)s to %(high)s")
                % {"low": scale.write(size.low), "high": scale.write(size.high)},
                str(scale.meaning),
                _when(item, system),
            )
        )
    columns = [
        Column(_("What changes")),
        Column(_("Likeliest")),
        Column(_("Range")),
        Column(_("What the number is")),
        Column(_("Where and when")),
    ]
    return Table(_("What this scenario changes"), columns, rows)


def _when(item: Any, system: Any) -> str:
    names = {municipality.code: municipality.name for municipality in system.municipalities}
    parts = []
    for stage in item.stages:
        month = notation.month(stage.from_)
        if stage.municipalities == "all":
            parts.append(_("everywhere from %(month)s") % {"month": month})
        else:
            where = ", ".join(names[code] for code in stage.municipalities)
            parts.append(_("%(where)s from %(month)s") % {"where": where, "month": month})
    return "; ".join(parts)
