"""What the overview and the page of a scenario show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from vliegwiel.apps.explorer import changes, descriptions, overload_queries, queries, sentences
from vliegwiel.apps.explorer.limits import DEFAULTS
from vliegwiel.apps.explorer.statuses import ACTIVE, Status
from vliegwiel.apps.insights import queries as insights
from vliegwiel.apps.insights.queries import InsightDetail
from vliegwiel.apps.regions.rights import RIGHTS, Role
from vliegwiel.science.caresystem import CareSystem, Scenario, quantities
from vliegwiel.web import notation

from . import answers
from .forms import ScenarioForm
from .known_sizes import known_sizes
from .new_care import NewCareNumbers, new_care_in

_PER_PAGE = 8
_MOST_DIFFERENCES = 3
_LONGEST_NUMBER = 9
_TONES = {
    Status.QUEUED: "active",
    Status.RUNNING: "active",
    Status.DONE: "valid",
    Status.CANCELLED: "neutral",
    Status.FAILED: "danger",
}


@dataclass(frozen=True, slots=True)
class ScenarioCard:
    """A scenario on the overview. `origin` and `differences` tell copies apart."""

    version: Any
    title: str
    description: str
    sentence: str
    other_side: str
    state: str
    tone: str
    last_run: Any | None
    under_way: Any | None
    shipped: bool
    outdated: bool
    origin: Any | None
    origin_title: str
    differences: str


@dataclass(frozen=True, slots=True)
class SystemSummary:
    version: Any
    title: str
    start: str
    care_types: int
    referrers: int
    printed: int
    derived: int
    fitted: int
    assumed: int


@dataclass(frozen=True, slots=True)
class Overview:
    system: SystemSummary | None
    examples: Sequence[ScenarioCard]
    own: Sequence[ScenarioCard]
    pages: Page[int]
    may_run: bool
    worker_is_alive: bool

    @property
    def may_compare(self) -> bool:
        """Whether a forecast stands here that can be ticked."""
        return any(card.last_run is not None for card in (*self.examples, *self.own))


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change for who reads a scenario."""

    title: str
    how_much: str
    how_sure: str
    later: str


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    title: str
    lines: Sequence[ChangeLine]


@dataclass(frozen=True, slots=True)
class ScenarioPage:
    version: Any
    title: str
    description: str
    groups: Sequence[ChangeGroup]
    count: int
    rollout: str
    form: ScenarioForm
    may_change: bool
    seen_by: str
    changed_by: str
    origin: Any | None
    origin_title: str
    differences: str
    versions: Sequence[Any]
    runs: Sequence[Any]
    newest: Any
    insight: InsightDetail | None
    measured: Sequence[tuple[str, str, str]]
    new_care: Sequence[NewCareNumbers]
    warnings: Sequence[str]


def overview(region: Any, *, may_run: bool, page: str | None = None) -> Overview:
    """The examples of Vliegwiel, and one page of the region's own scenarios."""
    version = queries.newest_care_system(region)
    shipped, own = queries.scenario_numbers(region)
    pages = Paginator(own, _PER_PAGE).get_page(page)
    found = queries.summaries(region, [*shipped, *pages.object_list])
    origins = queries.originals_of([item.version for item in found])
    cards = [_card(item, origins.get(item.version.pk)) for item in found]
    return Overview(
        system=_system_summary(version) if version is not None else None,
        examples=[card for card in cards if card.shipped],
        own=[card for card in cards if not card.shipped],
        pages=pages,
        may_run=may_run,
        worker_is_alive=queries.worker_is_alive(),
    )


def _system_summary(version: Any) -> SystemSummary:
    system = queries.care_system(version)
    found = [origin.kind for origin in quantities(system)]
    return SystemSummary(
        version=version,
        title=descriptions.in_language(system.title),
        start=notation.month(system.start),
        care_types=len(system.care_types),
        referrers=len(system.referrers),
        printed=found.count("printed"),
        derived=found.count("derived"),
        fitted=found.count("fitted"),
        assumed=found.count("assumed"),
    )


def _card(item: queries.ScenarioSummary, origin: Any | None) -> ScenarioCard:
    sentence = other_side = ""
    if item.last_done is not None:
        forecast = queries.outcome_of(item.last_done).forecast
        sentence, other_side = sentences.headline(forecast), answers.other_side(forecast)
    state, tone = _state(item.newest_run)
    return ScenarioCard(
        version=item.version,
        title=descriptions.in_language(item.scenario.title),
        description=descriptions.in_language(item.scenario.description),
        sentence=sentence,
        other_side=other_side,
        state=state,
        tone=tone,
        last_run=item.last_done,
        under_way=item.under_way,
        shipped=item.version.shipped,
        outdated=not item.on_newest_care_system,
        origin=origin,
        origin_title=_title(origin),
        differences=_differences(origin, item.version, item.scenario),
    )


def _state(run: Any | None) -> tuple[str, str]:
    """How the newest calculation of a scenario stands, and the tone of its badge."""
    if run is None:
        return _("Not calculated yet"), "neutral"
    if run.status == Status.DONE:
        state = _("Calculated on %(day)s") % {"day": notation.day(run.ended_at)}
    elif run.status in ACTIVE:
        state = str(Status(run.status).label)
    else:
        state = _("Last calculation: %(state)s") % {"state": Status(run.status).label.lower()}
    return state, _TONES[Status(run.status)]


def _title(version: Any | None) -> str:
    return "" if version is None else descriptions.in_language(queries.scenario(version).title)


def _differences(origin: Any | None, version: Any, scenario: Scenario) -> str:
    """What a scenario has otherwise than its example, in a phrase."""
    if origin is None:
        return ""
    found = changes.differences(
        queries.scenario(origin),
        scenario,
        old_system=queries.system_of(origin),
        system=queries.system_of(version),
    )
    if not found:
        return _("nothing but the name")
    shown, more = found[:_MOST_DIFFERENCES], len(found) - _MOST_DIFFERENCES
    if more > 0:
        shown = [*shown, _("and %(count)s more") % {"count": notation.number(more)}]
    return "; ".join(shown)


def scenario_page(version: Any, *, form: ScenarioForm, may_change: bool) -> ScenarioPage:
    """A scenario: what it changes, the form to change it, and what was forecast with it."""
    scenario, versions = queries.scenario(version), queries.versions_of(version)
    system = queries.system_of(version)
    origin = queries.originals_of([version]).get(version.pk)
    return ScenarioPage(
        version=version,
        title=descriptions.in_language(scenario.title),
        description=descriptions.in_language(scenario.description),
        groups=_groups(scenario, system),
        count=len(scenario.interventions),
        rollout=changes.rollout(scenario, system),
        form=form,
        may_change=may_change,
        seen_by=_roles("region.view"),
        changed_by=_roles("scenario.edit"),
        origin=origin,
        origin_title=_title(origin),
        differences=_differences(origin, version, scenario),
        versions=versions,
        runs=queries.runs_of(version),
        newest=versions[0],
        insight=_insight(version.care_system.region, scenario.insight),
        measured=known_sizes(version, scenario, system),
        new_care=new_care_in(scenario, system),
        warnings=overload_queries.warnings(version, DEFAULTS["months"]),
    )


def _roles(right: str) -> str:
    """The roles that have this right, as a list in a sentence."""
    names = [str(role.label) for role in Role if role in RIGHTS[right]]
    return get_text_list([name[:1].lower() + name[1:] for name in names], _("and"))


def _insight(region: Any, identifier: str | None) -> InsightDetail | None:
    """The insight that a scenario names, such as insight-2; None when the region has no such."""
    name, _dash, number = (identifier or "").partition("-")
    # Longer than any number of an insight: Python would refuse to read thousands of digits.
    if name != "insight" or not number.isdecimal() or len(number) > _LONGEST_NUMBER:
        return None
    return insights.insight_detail(region, int(number))


def _groups(scenario: Scenario, system: CareSystem) -> Sequence[ChangeGroup]:
    """Everything that the scenario changes, by kind: how much, and how sure that is."""
    items = scenario.interventions
    return [
        ChangeGroup(
            group.label,
            [
                ChangeLine(
                    title=changes.subject(items[place], system),
                    how_much=changes.how_much(items[place]),
                    how_sure=changes.how_sure(items[place]),
                    later=changes.later(items[place], scenario, system),
                )
                for place in group.places
            ],
        )
        for group in changes.groups(scenario)
    ]
