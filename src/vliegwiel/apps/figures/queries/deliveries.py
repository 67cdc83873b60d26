"""Which files of figures brought something new."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from vliegwiel.apps.figures.models import FigureDelivery
from vliegwiel.apps.regions.models import Region


@dataclass(frozen=True, slots=True)
class FigureDeliveryInfo:
    """A load of figures that changed something: how many figures it added or renewed."""

    id: int
    name: str
    loaded_at: datetime
    figures: int


def figure_deliveries(region: Region, *, limit: int = 50) -> Sequence[FigureDeliveryInfo]:
    """Loads of figures about `region`, the last one first."""
    deliveries = FigureDelivery.objects.filter(region=region).annotate(count=Count("figures"))
    # Counting drops the order that the table has of itself.
    newest_first = deliveries.order_by("-loaded_at", "-pk")
    return [
        FigureDeliveryInfo(delivery.pk, delivery.name, delivery.loaded_at, delivery.count)
        for delivery in newest_first[:limit]
    ]
