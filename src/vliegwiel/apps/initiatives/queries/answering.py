"""Which initiatives answer an insight."""

from collections.abc import Sequence

from vliegwiel.apps.initiatives.models import Initiative
from vliegwiel.apps.regions.models import Region

from .register import DEFERRED, InitiativeLine, line_of

#: A page of an insight names no more.
_MOST = 20


def answering(region: Region, insight: int) -> Sequence[InitiativeLine]:
    """Initiatives of the region that answer an insight, by its number; the last touched first."""
    rows = Initiative.objects.filter(
        region=region, insight_links__insight__number=insight, insight_links__insight__region=region
    )
    rows = rows.select_related("region").defer(*DEFERRED).order_by("-changed_at", "-pk")
    return [line_of(row) for row in rows[:_MOST]]
