"""What changed for who reads a region's home: never that a file was loaded, but what it says."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vliegwiel.apps.explorer import queries as explorer
from vliegwiel.apps.figures import queries as figures
from vliegwiel.web import notation
from vliegwiel.web.templatetags.vliegwiel import in_language

_MOST = 6
# Comparing two deliveries reads both of them whole.
_MOST_DELIVERIES = 3
#: How many deliveries of waiting times `changes_of` looks at: the last one told has one before it.
DELIVERIES_READ = _MOST_DELIVERIES + 1


@dataclass(frozen=True, slots=True)
class Change:
    """Something that happened; `is_new` since this visitor was last here.

    `url` is empty where no page shows it any more.
    """

    when: datetime
    text: str
    url: str
    is_new: bool


def changes_of(
    region: Any, *, deliveries: Sequence[figures.DeliveryInfo], since: datetime | None
) -> Sequence[Change]:
    """The newest first, at most six; `deliveries` of waiting times, the one made last first."""
    found = [*_figures(region), *_waiting_times(region, deliveries), *_forecasts(region)]
    found.sort(key=lambda item: item[0], reverse=True)
    return [
        Change(when, text, url, since is not None and when > since)
        for when, text, url in found[:_MOST]
    ]


_Item = tuple[datetime, str, str]


def _figures(region: Any) -> Iterator[_Item]:
    """National figures alone are no news of the region."""
    url = reverse("figures", kwargs={"region_slug": region.slug})
    for load in figures.figure_deliveries(region, limit=_MOST):
        if load.added:
            text = _("New figures of the region, about %(years)s") % {"years": _years(load.years)}
            yield load.loaded_at, text, url
        elif load.renewed:
            words = ngettext(
                "%(n)s figure of the region was renewed",
                "%(n)s figures of the region were renewed",
                load.renewed,
            )
            yield load.loaded_at, words % {"n": notation.number(load.renewed)}, url


def _years(years: Sequence[str]) -> str:
    if len(years) < 2:
        return "".join(years)
    return _("%(first)s to %(last)s") % {"first": years[0], "last": years[-1]}


def _waiting_times(region: Any, deliveries: Sequence[figures.DeliveryInfo]) -> Iterator[_Item]:
    """The page shows the delivery made last alone, so those before it get no address."""
    page = reverse("waiting_times", kwargs={"region_slug": region.slug})
    pairs = list(zip_longest(deliveries, deliveries[1:]))[:_MOST_DELIVERIES]
    for place, (delivery, previous) in enumerate(pairs):
        if previous is None:
            text, url = _first(delivery), page
        else:
            everything = figures.WaitingFilter()
            change = figures.change_between(region, everything, current=delivery, previous=previous)
            text, url = _changed(change), f"{page}#changed"
        yield delivery.loaded_at, text, "" if place else url


def _changed(change: figures.DeliveryChange) -> str:
    words = ngettext(
        "Waiting times of %(day)s: longer at %(longer)s offer, shorter at %(shorter)s, "
        "new: %(new)s",
        "Waiting times of %(day)s: longer at %(longer)s offers, shorter at %(shorter)s, "
        "new: %(new)s",
        change.longer,
    )
    return words % {
        "day": notation.day(change.current.generated_at),
        "longer": notation.number(change.longer),
        "shorter": notation.number(change.shorter),
        "new": notation.number(len(change.new)),
    }


def _first(delivery: figures.DeliveryInfo) -> str:
    words = ngettext(
        "Waiting times of %(day)s: what providers say about %(n)s offer",
        "Waiting times of %(day)s: what providers say about %(n)s offers",
        delivery.rows_for_youth,
    )
    return words % {
        "day": notation.day(delivery.generated_at),
        "n": notation.number(delivery.rows_for_youth),
    }


def _forecasts(region: Any) -> Iterator[_Item]:
    for found in explorer.newest_forecasts(region, limit=_MOST):
        text = _("A forecast is ready: %(scenario)s") % {"scenario": in_language(found.title)}
        kwargs = {"region_slug": region.slug, "pk": found.run.pk}
        yield found.ended_at, text, reverse("explorer_run", kwargs=kwargs)
