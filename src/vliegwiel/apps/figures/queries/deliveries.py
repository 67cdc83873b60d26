"""Which files of figures brought something new."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from vliegwiel.apps.figures.models import FigureDelivery
from vliegwiel.apps.regions.models import Region


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


def figure_deliveries(region: Region, *, limit: int = 50) -> Sequence[FigureDeliveryInfo]:
    """Loads of figures about `region`, the last one first."""
    own = Q(figures__area=region.code)
    deliveries = FigureDelivery.objects.filter(region=region).annotate(
        all=Count("figures", distinct=True),
        own=Count("figures", filter=own, distinct=True),
        renewed=Count(
            "replaced_figures", filter=Q(replaced_figures__area=region.code), distinct=True
        ),
    )
    # Counting drops the order that the table has of itself.
    newest_first = deliveries.order_by("-loaded_at", "-pk")
    return [
        FigureDeliveryInfo(
            id=delivery.pk,
            name=delivery.name,
            loaded_at=delivery.loaded_at,
            figures=delivery.all,
            added=delivery.own - delivery.renewed,
            renewed=delivery.renewed,
            years=_years(delivery, region),
        )
        for delivery in newest_first[:limit]
    ]


def _years(delivery: FigureDelivery, region: Region) -> Sequence[str]:
    periods = delivery.figures.filter(area=region.code).values_list("period", flat=True)
    return sorted({period[:4] for period in periods})
