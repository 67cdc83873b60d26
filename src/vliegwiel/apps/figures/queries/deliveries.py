"""Which files of figures brought something new."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.db.models.functions import Left

from vliegwiel.apps.figures.models import FigureDelivery, RegionalFigure
from vliegwiel.apps.regions.models import Region

from .regional import BESIDE_MADE_UP


@dataclass(frozen=True, slots=True)
class FigureDeliveryInfo:
    """A load of figures that changed something: how many figures it added or renewed.

    `added` and `renewed` count the region's own, without those of the country beside it; `years`
    are what the added ones are about, oldest first.
    """

    id: int
    name: str
    loaded_at: datetime
    figures: int
    added: int
    renewed: int
    years: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Part:
    """How many figures of one delivery are about one area and year, and renew one or do not."""

    area: str
    year: str
    renews: bool
    figures: int


# What tells figures apart: two that agree in all of it are the same figure, renewed.
_SAME = (
    *("region", "measure", "area", "period", "sex"),
    *("age_band", "care_form", "referrer", "source"),
)


def figure_deliveries(region: Region, *, limit: int = 50) -> Sequence[FigureDeliveryInfo]:
    """Loads of figures about `region`, the last one first.

    What stands beside made-up messages alone is left out: no page of figures shows it.
    """
    brought = _published().filter(delivery=OuterRef("pk"))
    rows = FigureDelivery.objects.filter(Exists(brought), region=region)
    deliveries = list(rows.order_by("-loaded_at", "-pk")[:limit])
    parts: dict[int, list[_Part]] = defaultdict(list)
    for delivery_id, area, year, renews, count in _parts(deliveries):
        parts[delivery_id].append(_Part(area, year, renews, count))
    return [_info(delivery, parts[delivery.pk], region) for delivery in deliveries]


def _published() -> QuerySet[RegionalFigure]:
    return RegionalFigure.objects.exclude(source__key=BESIDE_MADE_UP)


def _parts(deliveries: Sequence[FigureDelivery]) -> Iterable[tuple[int, str, str, bool, int]]:
    """Counted in one query for all deliveries, each figure once."""
    renewed = RegionalFigure.objects.filter(
        replaced_by=OuterRef("delivery"), **{name: OuterRef(name) for name in _SAME}
    )
    return (
        _published()
        .filter(delivery__in=deliveries)
        .annotate(year=Left("period", 4), renews=Exists(renewed))
        .values_list("delivery_id", "area", "year", "renews")
        .annotate(figures=Count("pk"))
        .order_by("delivery_id", "year")
    )


def _info(delivery: FigureDelivery, parts: Sequence[_Part], region: Region) -> FigureDeliveryInfo:
    own = [part for part in parts if part.area == region.code]
    added = [part for part in own if not part.renews]
    return FigureDeliveryInfo(
        id=delivery.pk,
        name=delivery.name,
        loaded_at=delivery.loaded_at,
        figures=sum(part.figures for part in parts),
        added=sum(part.figures for part in added),
        renewed=sum(part.figures for part in own if part.renews),
        years=sorted({part.year for part in added}),
    )
