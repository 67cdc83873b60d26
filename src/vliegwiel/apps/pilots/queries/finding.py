"""Finding pilots by words."""

from vliegwiel.apps.pilots.models import Pilot
from vliegwiel.apps.regions.models import Region
from vliegwiel.apps.regions.searching import Found, Hit, Sought, find_in, found_of


def search_pilots(region: Region, what: Sought, most: int) -> Found:
    """Pilots of the region, by their title and by what they try."""
    own = Pilot.objects.filter(initiative__region=region).select_related("initiative")
    texts = ["initiative__title_nl", "initiative__summary_nl"]
    rows = find_in(own, what, titles=["title"], texts=texts)[:most]
    hits = [
        Hit(row.title, row.initiative.summary_nl, {"pilot": row.pk}, row.initiative.title_nl)
        for row in rows
    ]
    return found_of(rows, hits)
