"""The side of the database of a large region: delivering, the floor beside it, and the figures.

Imported once Django is set up, by ``benchmarks.large_region``.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from vliegwiel.apps.intake import services
from vliegwiel.apps.intake.models import Carried, KeptMessage
from vliegwiel.apps.intake.services import Delivered, Source
from vliegwiel.apps.intake.tables import TABLES
from vliegwiel.apps.regions.models import Region
from vliegwiel.apps.regions.services import RegionFacts, load_regions, system_user
from vliegwiel.apps.trajectories import services as trajectories
from vliegwiel.apps.trajectories.models import Snapshot, Status
from vliegwiel.science.caresystem import CareSystem

_MESSAGES, _CARRIED = KeptMessage._meta.db_table, Carried._meta.db_table
_RECORDS = tuple(table.model._meta.db_table for table in TABLES.values())
_CODE = "JZ07"
#: What the rows of a delivery are found by, in each kind of table.
_OF_THEM = f"IN (SELECT message_id FROM {_CARRIED} WHERE delivery_id = %s)"  # noqa: S608
_OF_A_DELIVERY = {
    _CARRIED: "delivery_id = %s",
    _MESSAGES: f"id {_OF_THEM}",
    **dict.fromkeys(_RECORDS, f"message_id {_OF_THEM}"),
}
#: Floor tables: without anything, and with the indexes and checks of the product.
_FLOORS = {"bare": "", "indexed": "INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES"}


def region_of(system: CareSystem) -> Region:
    """The region with the municipalities of a care system."""
    places = [(place.code, place.name) for place in system.municipalities]
    facts = RegionFacts(_CODE, "IJsselland", places, date(2023, 1, 1))
    load_regions(regions=[facts], by=system_user())
    return Region.objects.get(code=_CODE)


def delivered(region: Region, *folders: Path) -> tuple[Delivered, float]:
    """Delivers the files of folders as one, and the seconds that it takes."""
    files = [
        Source(f"{path.parent.name}-{path.name}", path.stat().st_size, path.read_bytes)
        for folder in folders
        for path in sorted(folder.iterdir())
    ]
    begin = time.perf_counter()
    done = services.deliver(region=region, files=files, by=system_user())
    return done, time.perf_counter() - begin


def in_another_file(region: Region, folder: Path) -> float:
    """Seconds to deliver messages that are known in files that are not.

    Raises RuntimeError when one of them was taken for new.
    """
    files = [
        Source.of_bytes(f"again-{path.name}", path.read_bytes() + b"\0")
        for path in sorted(folder.iterdir())
    ]
    begin = time.perf_counter()
    done = services.deliver(region=region, files=files, by=system_user())
    if done.new or done.differing or not done.known:
        raise RuntimeError("the same messages were not known again")
    return time.perf_counter() - begin


class Floor:
    """Tables as those of the product, into which the same rows go by COPY and nothing else."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            for kind, including in _FLOORS.items():
                for name in _OF_A_DELIVERY:
                    cursor.execute(f"DROP TABLE IF EXISTS floor_{kind}_{name}")
                    cursor.execute(f"CREATE TABLE floor_{kind}_{name} (LIKE {name} {including})")

    def rows_of(self, delivery: int) -> dict[str, bytes]:
        """The rows of a delivery as COPY writes them, by table."""
        found = {}
        with connection.cursor() as cursor:
            for name, wanted in _OF_A_DELIVERY.items():
                query = f"COPY (SELECT * FROM {name} WHERE {wanted}) TO STDOUT"  # noqa: S608
                with cursor.copy(query, [delivery]) as copy:
                    found[name] = b"".join(bytes(part) for part in copy)
        return found

    def copy(self, rows: Mapping[str, bytes]) -> tuple[float, float]:
        """Seconds to copy the rows into the tables without and with indexes and checks."""
        taken = []
        for kind in _FLOORS:
            begin = time.perf_counter()
            with transaction.atomic(), connection.cursor() as cursor:
                for name, content in rows.items():
                    with cursor.copy(f"COPY floor_{kind}_{name} FROM STDIN") as copy:
                        copy.write(content)
            taken.append(time.perf_counter() - begin)
        return taken[0], taken[1]


def mark(*, messages_only: bool = False) -> str:
    """How many rows every table has, and the sum of the hashes of all of them."""
    others = () if messages_only else (_CARRIED, "intake_delivery", "intake_findingrow")
    found: dict[str, Any] = {}
    with connection.cursor() as cursor:
        for name in (_MESSAGES, *_RECORDS, *others):
            query = f"SELECT count(*), sum(hashtextextended(t::text, 0)) FROM {name} t"  # noqa: S608
            cursor.execute(query)
            found[name] = [str(value) for value in cursor.fetchone()]
    return json.dumps(found)


def size() -> int:
    """Bytes of the product's tables with their indexes."""
    names = list(_OF_A_DELIVERY)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(pg_total_relation_size(n::regclass)) FROM unnest(%s::text[]) n", [names]
        )
        (found,) = cursor.fetchone()
    return int(found)


def worked_out() -> int:
    """Makes the figures of the newest day as a worker does; says how many bytes they are.

    Raises RuntimeError when they could not be made.
    """
    snapshot = trajectories.refresh(region=Region.objects.get(code=_CODE))
    if snapshot is None:
        raise RuntimeError("nothing was delivered")
    trajectories.work_on_snapshot(snapshot_id=snapshot.pk)
    made = Snapshot.objects.get(pk=snapshot.pk)
    if made.status != Status.DONE:
        raise RuntimeError(f"the figures could not be made: {made.error_code}")
    return len(made.overview) + len(made.analysis)
