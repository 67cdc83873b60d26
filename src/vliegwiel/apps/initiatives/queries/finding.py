"""What the search of the site finds here: initiatives of the region, and published ones."""

from django.db.models import QuerySet

from vliegwiel.apps.figures import in_language
from vliegwiel.apps.initiatives.models import Initiative
from vliegwiel.apps.regions.models import Region
from vliegwiel.apps.regions.searching import Found, Hit, Sought, find_kept, newest_of


def search_initiatives(region: Region, what: Sought, most: int) -> Found:
    """Initiatives of the region by title and summary."""
    return _found(Initiative.objects.filter(region=region), what, most)


def search_published(region: Region, what: Sought, most: int) -> Found:
    """What other regions published, and the catalogue that ships."""
    elsewhere = Initiative.objects.filter(published_at__isnull=False).exclude(region=region)
    return _found(elsewhere, what, most)


def _found(rows: QuerySet[Initiative], what: Sought, most: int) -> Found:
    found = find_kept(rows, what, titles=["title_nl", "title_en"]).defer("search")[:most]
    hits = [
        Hit(
            title=in_language(nl=row.title_nl, en=row.title_en or row.title_nl),
            text=in_language(nl=row.summary_nl, en=row.summary_en or row.summary_nl),
            at={"pk": row.pk},
            about=row.get_stage_display() if row.stage else "",
        )
        for row in found
    ]
    return newest_of(found, hits)
