"""The region in three figures: each with how sure it is and what it was before."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vliegwiel.apps.figures import queries as figures
from vliegwiel.web import notation
from vliegwiel.web.pages.figures.sentences import written, youth_care
from vliegwiel.web.pages.figures.waiting_blocks import duration, weeks

_THREE = 3


@dataclass(frozen=True, slots=True)
class HomeFigure:
    """`certainty` says how sure the figure is, `earlier` what it was before."""

    value: str
    unit: str
    label: str
    compare: str
    certainty: str
    earlier: str
    source: str
    url: str


def figures_of(region: Any, *, deliveries: Sequence[figures.DeliveryInfo]) -> Sequence[HomeFigure]:
    """Youths with care first; where there are too few such figures, what providers say of waits.

    `deliveries` of waiting times, the one made last first.
    """
    url = reverse("figures", kwargs={"region_slug": region.slug})
    pairs = [
        pair
        for pair in figures.key_figures(region)
        if pair.region and pair.region.measure == "youths_with_care"
    ]
    parts = {"without_residence", "with_residence"}
    pairs += [
        pair
        for pair in figures.shares_by_care_form(region)
        if pair.region and pair.region.care_form in parts
    ]
    found = [_published(region, pair, url) for pair in pairs]
    if len(found) < _THREE:
        found += _stated(region, deliveries[:2])
    return found[:_THREE]


def _published(region: Any, pair: figures.FigurePair, url: str) -> HomeFigure:
    value = pair.region
    assert value is not None, "a pair starts from the region's own figure"
    words = {"care": youth_care(value), "year": value.period}
    label = (
        _("of youths had %(care)s in %(year)s")
        if value.unit == "percent"
        else _("youths had %(care)s in %(year)s")
    )
    beside = ""
    if pair.national is not None:
        beside = _("Netherlands: %(value)s") % {"value": written(pair.national)}
    certainty = _("A count, not a sample: there is no margin.")
    if value.is_interpreted:
        certainty += " " + _("What was counted is our reading of the source.")
    return HomeFigure(
        value=written(value),
        unit="",
        label=label % words,
        compare=beside,
        certainty=certainty,
        earlier=_earlier(region, value),
        source=value.source.publisher,
        url=f"{url}#care-forms" if value.unit == "percent" else url,
    )


def _earlier(region: Any, value: figures.FigureValue) -> str:
    """The year before this one that is known, and whether the two compare."""
    series = figures.trend(region, measure=value.measure, care_form=value.care_form)
    before = [point for point in series.region if point.period < value.period]
    if not before:
        return _("No earlier year is known here.")
    last = before[-1].figure
    words = {"value": written(last), "year": last.period}
    if any(last.period <= item.after and item.before <= value.period for item in series.breaks):
        return _("In %(year)s: %(value)s, counted in another way, so it does not compare.") % words
    if value.value > last.value:
        return _("Higher than in %(year)s: %(value)s then.") % words
    if value.value < last.value:
        return _("Lower than in %(year)s: %(value)s then.") % words
    return _("The same as in %(year)s.") % words


def _stated(region: Any, deliveries: Sequence[figures.DeliveryInfo]) -> Sequence[HomeFigure]:
    """The middle of each clock that has one."""
    if not deliveries:
        return []
    everything = figures.WaitingFilter()
    now, *before = (
        figures.waiting_summary(region, everything, delivery_id=delivery.id).all_but_crisis
        for delivery in deliveries
    )
    url = reverse("waiting_times", kwargs={"region_slug": region.slug})
    found = []
    for name in ("to_intake", "to_treatment"):
        clock: figures.ClockSummary = getattr(now, name)
        if clock.has_middle:
            then = getattr(before[0], name) if before else None
            earlier = _before(then, deliveries[1]) if then and then.has_middle else ""
            found.append(_wait(clock, earlier, f"{url}#wait-{name.replace('_', '-')}"))
    return found


def _wait(clock: figures.ClockSummary, earlier: str, url: str) -> HomeFigure:
    value = weeks(clock.median_weeks)
    return HomeFigure(
        value=value,
        unit=ngettext("week", "weeks", 1 if value == "1" else 2),
        label=_("is the middle of the waits that providers state: %(clock)s")
        % {"clock": clock.clock_label[:1].lower() + clock.clock_label[1:]},
        compare=_("%(known)s of %(offers)s offers give a number, from %(low)s to %(high)s")
        % {
            "known": notation.number(clock.known),
            "offers": notation.number(clock.offers),
            "low": weeks(clock.weeks[0]),
            "high": duration(clock.weeks[-1]),
        },
        certainty=_("Stated by providers, not measured; there is no margin."),
        earlier=earlier,
        source=_("Websites of the providers"),
        url=url,
    )


def _before(clock: figures.ClockSummary, delivery: figures.DeliveryInfo) -> str:
    return _("On %(day)s: %(weeks)s, over the offers of that day.") % {
        "day": notation.day(delivery.generated_at),
        "weeks": duration(clock.median_weeks),
    }
