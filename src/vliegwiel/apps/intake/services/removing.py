"""Removes care data: a delivery, or a person. What is left is the proof, which names nobody."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.models import Exists, OuterRef, QuerySet

from vliegwiel.apps.intake.errors import KeyChanged, NotABsn
from vliegwiel.apps.intake.keys import RegionKey
from vliegwiel.apps.intake.models import (
    Answer,
    Assignment,
    Carried,
    Change,
    Delivery,
    KeptMessage,
    RegionIntake,
    Removal,
    Request,
)
from vliegwiel.apps.intake.models.deliveries import RemovalKind
from vliegwiel.apps.intake.tables import OF_A_YOUTH, TABLES, Table
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import require
from vliegwiel.science.casetables import TABLE_RELEASE
from vliegwiel.science.ijw import passes_eleven_test

from .counting import KEY_FIELDS, choose_which_count
from .locking import lock

_BSN_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Removed:
    """How many rows of what were removed, by the names of the tables; `removal_id` is the proof."""

    removal_id: int
    counts: Mapping[str, int]

    @property
    def anything(self) -> bool:
        return any(self.counts.values())


@transaction.atomic
def delete_delivery(*, delivery_id: int, region: Region, by: User) -> Removed | None:
    """Removes a delivery with its findings, and the messages that no other delivery brought.

    None when the region has no such delivery. What the same messages said in another delivery
    stays. Raises NotAllowed without the right to delete, and RegionBusy.
    """
    require(by, "care_data.delete", region)
    lock(region)
    delivery = Delivery.objects.filter(region=region, pk=delivery_id).first()
    if delivery is None:
        return None
    elsewhere = Carried.objects.filter(message=OuterRef("message")).exclude(delivery=delivery)
    only_here = KeptMessage.objects.filter(
        pk__in=Carried.objects.filter(~Exists(elsewhere), delivery=delivery).values("message")
    )
    counts = Counter({"findings": delivery.findings.count(), "files": delivery.files.count()})
    counts += remove_messages(region, only_here)
    at = delivery.at
    rows = KeptMessage.objects.filter(carried__delivery=delivery, release=TABLE_RELEASE)
    corrected = set(rows.values_list(*KEY_FIELDS))
    delivery.delete()
    choose_which_count(region, corrected)
    return prove(region, RemovalKind.DELIVERY, by, counts, delivered_at=at)


@transaction.atomic
def delete_person(*, region: Region, by: User, bsn: str = "", youth: str = "") -> Removed:
    """Removes all that the messages of a region say about one person.

    The person is named by `youth`, the pseudonym, or by `bsn`, the citizen service number, which
    becomes the pseudonym at once and goes no further. That such messages came stays known, so
    delivering the same messages again brings nothing back; a new message about the person would.

    Raises NotABsn, KeyChanged, KeyUnusable, RegionBusy, and NotAllowed without the right to delete.
    """
    require(by, "care_data.delete", region)
    settled = lock(region)
    pseudonym = UUID(hex=_pseudonym(region, settled, bsn) if bsn else youth)
    references = _references_of(region, pseudonym)
    counts: Counter[str] = Counter()
    counts["answers"] = delete_rows(
        Answer.objects.filter(message__region=region, reference__in=references)
    )
    for table in OF_A_YOUTH:
        rows = _rows(table).filter(message__region=region, youth=pseudonym)
        counts[table.name] = delete_rows(rows)
    return prove(region, RemovalKind.PERSON, by, counts)


def _pseudonym(region: Region, settled: RegionIntake, bsn: str) -> str:
    digits = bsn.strip().replace(" ", "").replace(".", "")
    right = len(digits) == _BSN_DIGITS and digits.isascii() and digits.isdigit()
    if not right or not passes_eleven_test(digits):
        raise NotABsn
    key = RegionKey(region.code)
    if settled.key_check and settled.key_check != key.check():
        # Under another key the person would seem not to be there.
        raise KeyChanged
    return key.pseudonyms().youth(digits)


def _references_of(region: Region, youth: UUID) -> set[UUID]:
    """The references of a person's requests: an answer has nothing else that leads to him."""
    found: set[UUID] = set()
    for model in (Request, Change, Assignment):
        rows = model._default_manager.filter(message__region=region, youth=youth)
        found.update(row for row in rows.values_list("reference", flat=True) if row is not None)
    return found


def remove_messages(region: Region, messages: QuerySet[KeptMessage]) -> Counter[str]:
    """Removes messages with all they say; of others with the same key another one then counts."""
    numbers = list(messages.values_list("pk", flat=True))
    keys = set(KeptMessage.objects.filter(pk__in=numbers, set_aside=False).values_list(*KEY_FIELDS))
    counts: Counter[str] = Counter()
    for table in TABLES.values():
        counts[table.name] = delete_rows(_rows(table).filter(message__in=numbers))
    Carried.objects.filter(message__in=numbers).delete()
    counts["messages"] = delete_rows(KeptMessage.objects.filter(pk__in=numbers))
    choose_which_count(region, keys)
    return counts


def prove(
    region: Region, kind: RemovalKind, by: User, counts: Mapping[str, int], **more: Any
) -> Removed:
    """Writes down what was removed, in numbers of rows; what is nought is left out."""
    kept = {name: count for name, count in sorted(counts.items()) if count}
    removal = Removal.objects.create(region=region, kind=kind, by=by, counts=kept, **more)
    return Removed(removal.pk, kept)


def _rows(table: Table) -> QuerySet[models.Model]:
    return table.model._default_manager.all()


def delete_rows(rows: QuerySet[Any]) -> int:
    """Removes rows of one table, and says how many there were."""
    deleted, _by_model = rows.delete()
    return deleted


def unspoken_messages(region: Region) -> QuerySet[KeptMessage]:
    """Messages of which no table holds a record any more."""
    unsaid = [~Exists(_rows(table).filter(message=OuterRef("pk"))) for table in TABLES.values()]
    return KeptMessage.objects.filter(*unsaid, region=region)
