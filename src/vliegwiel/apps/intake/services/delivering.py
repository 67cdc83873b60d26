"""Takes a delivery of care messages: whole, or nothing of it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import DataError, IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from vliegwiel.apps.intake.errors import (
    DeliveryRefused,
    KeyChanged,
    NoSuchMapping,
    NothingToDeliver,
    RecordsDoNotFit,
)
from vliegwiel.apps.intake.keys import RegionKey
from vliegwiel.apps.intake.models import (
    DeliveredFile,
    Delivery,
    FindingRow,
    KeptMessage,
    RegionIntake,
    TableMappingVersion,
)
from vliegwiel.apps.intake.models.deliveries import DeliveryStatus
from vliegwiel.apps.intake.reading import Reader, Source, Tables, Watch
from vliegwiel.apps.regions.models import MunicipalityMembership, Region, User
from vliegwiel.apps.regions.rights import require
from vliegwiel.science.casetables import (
    TABLE_RELEASE,
    Before,
    Choose,
    TableMapping,
    is_table,
)
from vliegwiel.science.ijw import Finding, shown_name

from .keeping import Keeper
from .locking import lock

_LONGEST_PATH = FindingRow._meta.get_field("path").max_length or 0


@dataclass(frozen=True, slots=True)
class Delivered:
    """What a delivery brought. `was_new` is False where these very files had been taken before.

    `new` and `known` are messages; `differing` are those whose key was there with other content.
    """

    delivery_id: int
    was_new: bool
    new: int
    known: int
    differing: int
    messages_left_out: int
    records_left_out: int
    known_until: date | None
    findings: Sequence[Finding]


def deliver(
    *,
    region: Region,
    files: Sequence[Source],
    by: User,
    name: str = "",
    mapping: str = "",
    watch: Watch | None = None,
) -> Delivered:
    """Takes files with care messages, or tables of case systems: all is kept in one go, or nothing.

    Messages that are known are not kept again, so files may overlap and come in any order; the same
    files again change nothing. No file, number, name or birth day is kept. A message that is not as
    it must be is left out and listed. A table is read by the mapping with the name `mapping`, or by
    the newest of `region` for a table with its columns; a later table corrects earlier rows.

    Raises DeliveryRefused with every finding when a file cannot be read, DeliveryCancelled when
    `watch.cancelled` says so, RegionBusy, KeyUnusable, KeyChanged, RecordsDoNotFit,
    NoSuchMapping, NothingToDeliver, and NotAllowed without the right to deliver.
    """
    require(by, "care_data.deliver", region)
    if not files:
        raise NothingToDeliver
    key = RegionKey(region.code)
    settled = _mappings(region, mapping, files)
    digests = [key.file_digest(file.read()) for file in files]
    if settled:
        # The same table under another mapping is another delivery.
        told = "|".join(one.document for one in settled)
        digests.append(key.file_digest(told.encode()))
    together = key.digest_of(digests)
    asked = _Asked(region, files, by, shown_name(name or files[0].name), together, key, settled)
    try:
        with transaction.atomic():
            _require_the_same_key(lock(region), key)
            return _taken_before(asked) or _take(asked, watch or Watch())
    except _FilesRefused as refused:
        delivery = _keep_refusal(asked, refused.reader)
        raise DeliveryRefused(delivery.pk, refused.reader.findings) from None
    except (DataError, IntegrityError):
        # The words of the database repeat what did not fit.
        raise RecordsDoNotFit from None


@dataclass(frozen=True, slots=True)
class _Asked:
    """What somebody asks to keep; `together` is the digest of the files together."""

    region: Region
    files: Sequence[Source]
    by: User
    name: str
    together: str
    key: RegionKey
    mappings: Sequence[TableMappingVersion]

    def delivery(self, status: DeliveryStatus) -> Delivery:
        return Delivery(
            region=self.region, name=self.name, by=self.by, digest=self.together, status=status
        )

    def with_status(self, status: DeliveryStatus) -> QuerySet[Delivery]:
        return Delivery.objects.filter(region=self.region, digest=self.together, status=status)


class _FilesRefused(Exception):
    """A file cannot be read: takes the transaction back."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader


def _require_the_same_key(settled: RegionIntake, key: RegionKey) -> None:
    """Pseudonyms of two keys must never stand beside each other; without data any key will do."""
    if settled.key_check == key.check():
        return
    if KeptMessage.objects.filter(region_id=settled.region_id).exists():
        raise KeyChanged
    settled.key_check = key.check()
    settled.save(update_fields=["key_check"])


def _taken_before(asked: _Asked) -> Delivered | None:
    before = asked.with_status(DeliveryStatus.TAKEN).first()
    if before is None:
        return None
    known = before.carried.count()
    return Delivered(before.pk, False, 0, known, 0, 0, 0, before.known_until, ())


def _take(asked: _Asked, watch: Watch) -> Delivered:
    delivery = asked.delivery(DeliveryStatus.TAKEN)
    delivery.save()
    reader = Reader(
        asked.files,
        _municipalities(asked.region),
        key=asked.key,
        today=timezone.localdate(),
        watch=watch,
        tables=Tables(_chooser(asked.mappings), _kinds_kept(asked)),
    )
    keeper = Keeper(delivery)
    for message in reader.messages():
        keeper.add(message)
    if reader.refused:
        raise _FilesRefused(reader)
    reader.own.extend(keeper.finish())
    _keep_files_and_findings(delivery, reader)
    # A refusal of the same files no longer tells how it is.
    asked.with_status(DeliveryStatus.REFUSED).delete()
    messages, records = reader.left_out
    delivery.known_until = keeper.known_until
    delivery.counts = {**_counts(reader), **keeper.counts()}
    delivery.save(update_fields=["known_until", "counts"])
    return Delivered(
        delivery_id=delivery.pk,
        was_new=True,
        new=keeper.new,
        known=keeper.known,
        differing=keeper.differing,
        messages_left_out=messages,
        records_left_out=records,
        known_until=keeper.known_until,
        findings=tuple(reader.findings),
    )


def _mappings(region: Region, name: str, files: Sequence[Source]) -> Sequence[TableMappingVersion]:
    """The newest version of every mapping, or of the one with this name; none without a table.

    Raises NoSuchMapping.
    """
    if not any(is_table(file.name) for file in files):
        return []
    rows = TableMappingVersion.objects.filter(region=region)
    if name:
        rows = rows.filter(name__iexact=name)
        if not rows.exists():
            raise NoSuchMapping(name)
    return list(rows.order_by("name", "-version").distinct("name"))


def _chooser(settled: Sequence[TableMappingVersion]) -> Choose:
    newest = sorted(settled, key=lambda row: row.pk, reverse=True)
    read = [TableMapping.model_validate_json(row.document) for row in newest]

    def choose(headings: tuple[str, ...]) -> TableMapping | None:
        return next((mapping for mapping in read if mapping.fits(headings)), None)

    return choose


def _kinds_kept(asked: _Asked) -> Before:
    """Which kinds of message there are of the assignments of earlier tables."""
    found: dict[str, set[str]] = defaultdict(set)
    if asked.mappings:
        rows = KeptMessage.objects.filter(region=asked.region, release=TABLE_RELEASE)
        for identification, code in rows.values_list("identification", "code").iterator():
            found[identification].add(code)
    return lambda identification: found.get(identification, ())


def _municipalities(region: Region) -> frozenset[str]:
    """Also those that belonged to the region before: old messages are from them."""
    return frozenset(
        MunicipalityMembership.objects.filter(region=region).values_list(
            "municipality__code", flat=True
        )
    )


def _counts(reader: Reader) -> dict[str, Any]:
    messages, records = reader.left_out
    return {
        "files": len(reader.files),
        "messages_left_out": messages,
        "records_left_out": records,
        "findings": dict(reader.by_severity),
        "rules": {rule: count for rule, count in sorted(reader.by_rule.items()) if count},
    }


@transaction.atomic
def _keep_refusal(asked: _Asked, reader: Reader) -> Delivery:
    """Of a refused delivery its findings are kept, so that they can be read again; nothing else."""
    lock(asked.region)
    asked.with_status(DeliveryStatus.REFUSED).delete()
    delivery = asked.delivery(DeliveryStatus.REFUSED)
    delivery.counts = _counts(reader)
    delivery.save()
    _keep_files_and_findings(delivery, reader)
    return delivery


def _keep_files_and_findings(delivery: Delivery, reader: Reader) -> None:
    DeliveredFile.objects.bulk_create(
        [
            DeliveredFile(delivery=delivery, name=file.name, digest=file.digest, size=file.size)
            for file in reader.files
        ],
        batch_size=1000,
    )
    FindingRow.objects.bulk_create(
        [
            FindingRow(
                delivery=delivery,
                rule=found.rule,
                severity=found.severity.value,
                file=found.file[-200:],
                path=found.path[:_LONGEST_PATH],
                params=dict(found.params),
            )
            for found in reader.findings
        ],
        batch_size=1000,
    )
