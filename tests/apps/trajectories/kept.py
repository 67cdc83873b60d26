"""Care messages of invented youths in the tables of a region, without the files they came in."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from tests.science.trajectories.crowd import KNOWN, crowd
from vliegwiel.apps.intake.models import Delivery, RegionIntake
from vliegwiel.apps.intake.models.deliveries import DeliveryStatus
from vliegwiel.apps.intake.services.keeping import Keeper
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import Role
from vliegwiel.apps.regions.services import RegionFacts, load_regions, make_user, system_user
from vliegwiel.science.ijw import ReadMessage, Record

PLACES = [("0193", "Zwolle"), ("0150", "Deventer"), ("0166", "Kampen"), ("0175", "Ommen")]


def make_region() -> Region:
    facts = RegionFacts("JZ07", "IJsselland", PLACES, date(2023, 1, 1))
    load_regions(regions=[facts], by=system_user())
    return Region.objects.get(code="JZ07")


def make_person(region: Region, role: Role) -> User:
    return make_user(
        email=f"{role.value}@example.nl", name=str(role), password="x" * 12, roles=[(region, role)]
    )


@transaction.atomic
def keep(region: Region, records: Iterable[Record], name: str = "berichten.xml") -> Delivery:
    """A delivery that was taken, of which each record is a message."""
    RegionIntake.objects.get_or_create(region=region)
    delivery = Delivery.objects.create(
        region=region,
        name=name,
        by=system_user(),
        digest=name,
        status=DeliveryStatus.TAKEN,
        known_until=KNOWN,
    )
    keeper = Keeper(delivery)
    for record in records:
        keeper.add(ReadMessage(record.message, (record,)))
    keeper.finish()
    return delivery


def keep_crowd(region: Region, count: int = 200, **more: Any) -> Delivery:
    return keep(region, crowd(count, **more))
