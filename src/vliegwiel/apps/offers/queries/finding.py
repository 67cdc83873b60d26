"""What the search of the site finds here: offers and the providers behind them."""

from vliegwiel.apps.offers.models import OfferVersion, Provider
from vliegwiel.apps.regions.models import Region
from vliegwiel.apps.regions.searching import Found, Hit, Sought, find_in, found_of

from .providers import provider_names


def search_offers(region: Region, what: Sought, most: int) -> Found:
    """Offers that stand now, by what is offered and for whom."""
    standing = OfferVersion.objects.filter(offer__region=region, replaced_at__isnull=True)
    rows = find_in(
        standing.select_related("offer"), what, titles=["title"], texts=["target_group"]
    )[:most]
    names = provider_names(region) if rows else {}
    hits = [
        Hit(
            title=row.title,
            text=row.target_group,
            at={"pk": row.offer_id},
            about=names.get(row.offer.provider_code, row.offer.provider_code),
        )
        for row in rows
    ]
    return found_of(rows, hits)


def search_providers(region: Region, what: Sought, most: int) -> Found:
    """Providers by name."""
    named = Provider.objects.filter(region=region, replaced_at__isnull=True)
    rows = find_in(named, what, titles=["title"])[:most]
    return found_of(rows, [Hit(row.title, "", {}, row.code) for row in rows])
