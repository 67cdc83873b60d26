"""Keeps a name, a version or a wait, unless it stands there already; nothing is overwritten."""

from dataclasses import astuple, fields

from django.utils import timezone

from vliegwiel.apps.offers.facts import OfferFacts, WaitFacts
from vliegwiel.apps.offers.models import Offer, OfferDelivery, OfferVersion, OfferWait, Provider
from vliegwiel.apps.regions.models import Region, User

_FACTS = [field.name for field in fields(OfferFacts)]


def keep_name(region: Region, code: str, title: str, by: User) -> bool:
    """Names a provider; whether that was new. Inside a transaction that holds the region."""
    current = Provider.objects.filter(region=region, code=code, replaced_at__isnull=True).first()
    if current is not None and current.title == title:
        return False
    if current is not None:
        current.replaced_at = timezone.now()
        current.save(update_fields=["replaced_at"])
    Provider.objects.create(region=region, code=code, title=title, recorded_by=by)
    return True


def current_version(offer: Offer) -> OfferVersion | None:
    """What the offer is now."""
    return offer.versions.filter(replaced_at__isnull=True).first()


def keep_version(
    offer: Offer, facts: OfferFacts, by: User, delivery: OfferDelivery | None = None
) -> bool:
    """Makes these facts the ones that count; whether they were other ones before."""
    current = current_version(offer)
    if current is not None and facts_of(current) == facts:
        return False
    if current is not None:
        current.replaced_at = timezone.now()
        current.save(update_fields=["replaced_at"])
    values = dict(zip(_FACTS, astuple(facts), strict=True))
    values["municipalities"] = list(facts.municipalities)
    OfferVersion.objects.create(offer=offer, delivery=delivery, recorded_by=by, **values)
    return True


def keep_wait(
    offer: Offer, wait: WaitFacts, by: User, delivery: OfferDelivery | None = None
) -> bool:
    """Keeps what was said of the wait; whether that was not known."""
    same = {"stated_on": wait.stated_on, "source": wait.source, "until": wait.until}
    current = offer.waits.filter(replaced_at__isnull=True, **same).first()
    if current is not None and (current.days, current.place) == (wait.days, wait.place):
        return False
    if current is not None:
        current.replaced_at = timezone.now()
        current.save(update_fields=["replaced_at"])
    OfferWait.objects.create(
        offer=offer, days=wait.days, place=wait.place, delivery=delivery, recorded_by=by, **same
    )
    return True


def facts_of(version: OfferVersion) -> OfferFacts:
    """A kept version as the values it was made from."""
    values = {name: getattr(version, name) for name in _FACTS}
    values["municipalities"] = tuple(version.municipalities)
    return OfferFacts(**values)
