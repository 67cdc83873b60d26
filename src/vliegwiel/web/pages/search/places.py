"""Where the search looks: each app gives a query, this table gives it a name and an address.

To let a part of the site be found: write a query in the app that takes a region, what is sought and
how many hits are shown, and add a line here. Each line asks one right and costs a fixed number of
queries.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.initiatives import queries as initiatives
from vliegwiel.apps.insights import queries as insights
from vliegwiel.apps.offers import queries as offers
from vliegwiel.apps.pilots import queries as pilots
from vliegwiel.apps.regions import rights
from vliegwiel.apps.regions.searching import Found, Piece, Sought, excerpt, sought

from .documents import find_in_agenda, find_indicators, find_instruments

_MOST = 8


@dataclass(frozen=True, slots=True)
class Place:
    """One part of the site: its page for a hit, and the page with all of them.

    With `anchor` all hits stand on one page, each at a place of its own; `words_in` is the name by
    which the page with all of them takes words. `in_region` is False for pages of no region.
    """

    key: str
    label: str | Promise
    find: Callable[[Any, Sought, int], Found]
    page: str
    all_page: str
    right: str = "region.view"
    anchor: str = ""
    words_in: str = ""
    in_region: bool = True

    def url(self, region: Any, at: Mapping[str, Any]) -> str:
        if self.anchor:
            return f"{self.all_url(region)}{self.anchor}{''.join(map(str, at.values()))}"
        return reverse(self.page, kwargs={**self._where(region), **at})

    def all_url(self, region: Any) -> str:
        return reverse(self.all_page, kwargs=self._where(region))

    def _where(self, region: Any) -> dict[str, str]:
        return {"region_slug": region.slug} if self.in_region else {}


PLACES: tuple[Place, ...] = (
    Place("insights", _("Insights"), insights.find_insights, "insight", "insights"),
    Place(
        "observations",
        _("Observations"),
        insights.find_observations,
        "observation",
        "observations",
        words_in="words",
    ),
    Place(
        "terms", _("Words that differ"), insights.find_terms, "terms", "terms", anchor="#begrip-"
    ),
    Place(
        "initiatives",
        _("Initiatives"),
        initiatives.search_initiatives,
        "initiative",
        "initiatives_list",
    ),
    Place(
        "published",
        _("Initiatives elsewhere"),
        initiatives.search_published,
        "innovation",
        "innovations",
        in_region=False,
    ),
    Place("agenda", _("Innovation agenda"), find_in_agenda, "agenda", "agenda", anchor="#"),
    Place("instruments", _("Instruments"), find_instruments, "instrument", "instruments"),
    Place("pilots", _("Pilots"), pilots.search_pilots, "pilot", "pilots", words_in="zoek"),
    Place(
        "indicators",
        _("Indicators"),
        find_indicators,
        "indicator",
        "yardstick",
        words_in="zoek",
    ),
    Place("offers", _("Offers of help"), offers.search_offers, "offer", "offers"),
    Place("providers", _("Providers"), offers.search_providers, "offers", "offers"),
)


@dataclass(frozen=True, slots=True)
class ShownHit:
    title: str
    about: str
    url: str
    pieces: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class Group:
    """What one place gave; `more` leads to all of it where the place can show that."""

    key: str
    label: str | Promise
    total: int
    hits: Sequence[ShownHit]
    all_url: str
    words_in: str
    too_many: bool

    @property
    def hidden(self) -> int:
        return self.total - len(self.hits)


def search(user: Any, region: Any, text: str) -> Sequence[Group]:
    """What `user` may see in a region that holds every word of `text`, by place."""
    what = sought(text)
    if not what:
        return []
    asked = {right: rights.may(user, right, region) for right in {p.right for p in PLACES}}
    groups = [_group(place, region, what) for place in PLACES if asked[place.right]]
    return [group for group in groups if group.total]


def _group(place: Place, region: Any, what: Sought) -> Group:
    found = place.find(region, what, _MOST)
    hits = [
        ShownHit(hit.title, hit.about, place.url(region, hit.at), excerpt(hit.text, what))
        for hit in found.hits
    ]
    return Group(
        key=place.key,
        label=place.label,
        total=found.total,
        hits=hits,
        all_url=place.all_url(region),
        words_in=place.words_in,
        too_many=found.too_many,
    )
