"""What stands on a region's home: counts for the ring, what changed, three figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vliegwiel.apps.explorer import queries as explorer
from vliegwiel.apps.figures import queries as figures
from vliegwiel.apps.insights import queries as insights
from vliegwiel.apps.regions import queries as regions
from vliegwiel.web import notation
from vliegwiel.web.pages.figures.sentences import youth_care
from vliegwiel.web.templatetags.vliegwiel import in_language

from .ring import Count

_MOST_CHANGES = 6


@dataclass(frozen=True, slots=True)
class Change:
    """Something that happened; `is_new` since this visitor was last here."""

    when: datetime
    text: str
    url: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class HomeFigure:
    value: str
    unit: str
    label: str
    compare: str
    source: str
    url: str


@dataclass(frozen=True, slots=True)
class Overview:
    municipalities: int
    counts: Mapping[str, Count]
    changes: Sequence[Change]
    figures: Sequence[HomeFigure]


def overview_of(region: Any, *, since: datetime | None) -> Overview:
    """Reads every part of the loop that exists."""
    return Overview(
        municipalities=len(regions.municipalities_of(region)),
        counts=_counts(region),
        changes=_changes(region, since),
        figures=_figures(region),
    )


def _counts(region: Any) -> Mapping[str, Count]:
    known = len(figures.all_figures(region))
    delivery = figures.latest_delivery(region)
    known += delivery.rows_for_youth if delivery else 0
    understood = len(insights.insight_list(region))
    explored = len(explorer.scenarios_of(region))
    return {
        "figures": Count(known, _counted(ngettext("%(n)s figure", "%(n)s figures", known), known)),
        "insights": Count(
            understood,
            _counted(ngettext("%(n)s insight", "%(n)s insights", understood), understood),
        ),
        "explorer": Count(
            explored, _counted(ngettext("%(n)s scenario", "%(n)s scenarios", explored), explored)
        ),
    }


def _counted(words: str, number: int) -> str:
    return words % {"n": notation.number(number)}


def _changes(region: Any, since: datetime | None) -> Sequence[Change]:
    found: list[tuple[datetime, str, str]] = []
    for load in figures.figure_deliveries(region, limit=_MOST_CHANGES):
        words = ngettext("%(n)s figure was loaded", "%(n)s figures were loaded", load.figures)
        found.append((load.loaded_at, _counted(words, load.figures), "figures"))
    for delivery in figures.waiting_deliveries(region, limit=_MOST_CHANGES):
        text = _("Published waiting times of %(day)s were loaded") % {
            "day": notation.day(delivery.generated_at)
        }
        found.append((delivery.loaded_at, text, "waiting_times"))
    changes = [
        (when, text, reverse(page, kwargs={"region_slug": region.slug}))
        for when, text, page in found
    ]
    changes += [
        (
            run.ended_at,
            _("A forecast is ready: %(scenario)s")
            % {"scenario": in_language(explorer.scenario(run.scenario).title)},
            reverse("explorer_run", kwargs={"region_slug": region.slug, "pk": run.pk}),
        )
        for run in explorer.newest_forecasts(region, limit=_MOST_CHANGES)
        if run.ended_at
    ]
    changes.sort(key=lambda item: item[0], reverse=True)
    return [
        Change(when, text, url, since is not None and when > since)
        for when, text, url in changes[:_MOST_CHANGES]
    ]


def _figures(region: Any) -> Sequence[HomeFigure]:
    url = reverse("figures", kwargs={"region_slug": region.slug})
    found = [
        _home_figure(pair, url)
        for pair in figures.key_figures(region)
        if pair.region and pair.region.measure == "youths_with_care"
    ]
    found += [_home_figure(pair, url) for pair in figures.shares_by_care_form(region)[1:3]]
    if not found:
        found = _waiting_figures(region)
    return found[:3]


def _home_figure(pair: figures.FigurePair, url: str) -> HomeFigure:
    value = pair.region
    assert value is not None, "a pair starts from the region's own figure"
    share = value.unit == "percent"
    write = notation.percent if share else notation.number
    beside = ""
    if pair.national is not None:
        beside = _("Netherlands: %(value)s") % {
            "value": write(pair.national.value, pair.national.decimals)
        }
    if share:
        label = _("of youths had %(care)s in %(year)s") % {
            "care": youth_care(value),
            "year": value.period,
        }
    else:
        label = _("youths had youth care in %(year)s") % {"year": value.period}
    return HomeFigure(
        write(value.value, value.decimals), "", label, beside, value.source.publisher, url
    )


def _waiting_figures(region: Any) -> list[HomeFigure]:
    if figures.latest_delivery(region) is None:
        return []
    summary = figures.waiting_summary(region, figures.WaitingFilter()).all_but_crisis
    url = reverse("waiting_times", kwargs={"region_slug": region.slug})
    source = _("Published waiting times")
    known = summary.to_intake.known
    result = [
        HomeFigure(
            notation.number(summary.offers),
            "",
            _("offers for youths stand in the last delivery"),
            _("%(known)s of them give a number") % {"known": notation.number(known)},
            source,
            url,
        )
    ]
    clocks = [clock for clock in (summary.to_intake, summary.to_treatment) if clock.known]
    return [*result, *(_wait_figure(clock, source, url) for clock in clocks)]


def _wait_figure(clock: figures.ClockSummary, source: str, url: str) -> HomeFigure:
    compare = _("between %(low)s and %(high)s weeks, unweighted over %(n)s offers") % {
        "low": _weeks(clock.lowest_weeks),
        "high": _weeks(clock.highest_weeks),
        "n": clock.known,
    }
    label = _("in the middle: %(clock)s") % {"clock": _lower(clock.clock_label)}
    return HomeFigure(_weeks(clock.median_weeks), _("weeks"), label, compare, source, url)


def _weeks(value: Decimal | None) -> str:
    return notation.number(value, 0 if value is None or value == value.to_integral() else 1)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
