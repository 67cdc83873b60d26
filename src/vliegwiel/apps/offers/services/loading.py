"""Takes a table of offers: whole, or nothing of it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from vliegwiel.apps.figures.findings import Finding
from vliegwiel.apps.offers.errors import OffersRefused
from vliegwiel.apps.offers.models import Offer, OfferDelivery
from vliegwiel.apps.offers.offer_table import OfferRow, read_offers
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.queries import municipalities_of
from vliegwiel.apps.regions.rights import require

from .keeping import keep_name, keep_version, keep_wait


@dataclass(frozen=True, slots=True)
class OffersLoaded:
    """What a table brought. `delivery_id` is None where all of it stood there already.

    `unmentioned` are offers of the region that the table says nothing of: they stay as they are.
    """

    name: str
    delivery_id: int | None
    read: int
    added: int
    changed: int
    waits: int
    unmentioned: int
    findings: Sequence[Finding] = ()

    @property
    def was_new(self) -> bool:
        return self.delivery_id is not None


def load_offers(*, region: Region, name: str, content: bytes, by: User) -> OffersLoaded:
    """Takes a CSV or Excel table of offers of `region`.

    An offer that differs from the one kept is a new version of it; the same table again changes
    nothing. Raises OffersRefused with every finding when one is an error, and NotAllowed without
    the right to edit offers.
    """
    require(by, "offers.edit", region)
    rows, findings = read_offers(
        content,
        name=name,
        municipalities={place.code: place.name for place in municipalities_of(region)},
        today=timezone.localdate(),
    )
    if rows is None:
        raise OffersRefused(name, findings)
    with transaction.atomic():
        # Two changes at once wait for each other, so that an offer has one version at a time.
        Region.objects.select_for_update().get(pk=region.pk)
        delivery = OfferDelivery.objects.create(
            region=region,
            file=name[:200],
            content_hash=hashlib.sha256(content).hexdigest(),
            loaded_by=by,
            rows=len(rows),
        )
        loaded = _keep(rows, delivery, findings)
        if not loaded.was_new:
            delivery.delete()
    return loaded


def _keep(
    rows: Sequence[OfferRow], delivery: OfferDelivery, findings: Sequence[Finding]
) -> OffersLoaded:
    region, by = delivery.region, delivery.loaded_by
    known = {(offer.provider_code, offer.code): offer for offer in region.offers.all()}
    names = {row.provider_code: row.provider for row in rows}
    named = sum(keep_name(region, code, title, by) for code, title in names.items())
    added = changed = waits = 0
    for row in rows:
        offer = known.get(row.key)
        is_new = offer is None
        if offer is None:
            offer = Offer.objects.create(
                region=region, provider_code=row.provider_code, code=row.code
            )
        kept = keep_version(offer, row.facts, by, delivery)
        added += is_new
        changed += kept and not is_new
        if row.wait is not None:
            waits += keep_wait(offer, row.wait, by, delivery)
    return OffersLoaded(
        name=delivery.file,
        delivery_id=delivery.pk if named or added or changed or waits else None,
        read=len(rows),
        added=added,
        changed=changed,
        waits=waits,
        unmentioned=len(known.keys() - {row.key for row in rows}),
        findings=findings,
    )
