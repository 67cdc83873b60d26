"""What the messages of a region say, as the records of science, for who derives trajectories.

Read in order of the youth, so that one person after the other can be followed without holding all
of them in memory. Messages that are set aside, and messages dated after the day of knowledge, are
as if they had never come.
"""

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import merge
from itertools import groupby
from operator import itemgetter
from sys import intern
from typing import Any

from vliegwiel.apps.intake.keys import RegionKey
from vliegwiel.apps.intake.models import KeptMessage
from vliegwiel.apps.intake.tables import TABLES, Table, as_hex, same_day
from vliegwiel.apps.regions.models import Region
from vliegwiel.science.ijw import Envelope, Record

_ROWS_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class YouthRecords:
    """All records about one youth, named by pseudonym."""

    youth: str
    records: Sequence[Record]


def records_of(region: Region, *, known: date | None = None) -> Generator[Record, None, None]:
    """Every record that counts: first those without a youth, then those of one after the other.

    `known` is the day of knowledge; without one, all that is known.
    """
    envelopes = _envelopes(region, known)
    yield from _without_youth(region, envelopes, known)
    for _youth, record in _in_order_of_youth(region, envelopes, known):
        yield record


def pseudonyms_for_others(region: Region) -> Callable[[str], str]:
    """What turns the pseudonym of a youth into the one under which data are given to others.

    Raises KeyUnusable.
    """
    return RegionKey(region.code).for_others


def records_without_youth(region: Region, *, known: date | None = None) -> Sequence[Record]:
    """Answers to requests, and the answers of systems to messages."""
    return list(_without_youth(region, _envelopes(region, known), known))


def records_by_youth(region: Region, *, known: date | None = None) -> Iterator[YouthRecords]:
    """Every youth with all that messages say about him, in order of pseudonym."""
    rows = _in_order_of_youth(region, _envelopes(region, known), known)
    for youth, found in groupby(rows, key=itemgetter(0)):
        yield YouthRecords(youth, tuple(record for _youth, record in found))


def _envelopes(region: Region, known: date | None) -> dict[int, Envelope]:
    rows = KeptMessage.objects.filter(region=region, set_aside=False)
    if known is not None:
        rows = rows.filter(dated__lte=known)
    fields = ("code", "release", "municipality", "provider", "identification", "dated")
    return {
        number: Envelope(
            code=intern(code),
            release=intern(release),
            municipality=intern(municipality),
            provider=intern(provider),
            identification=identification,
            dated=same_day(dated),
            file=intern(file),
            digest=digest,
        )
        for (
            number,
            code,
            release,
            municipality,
            provider,
            identification,
            dated,
            file,
            digest,
        ) in rows.values_list("pk", *fields, "file", "digest").iterator(_ROWS_AT_ONCE)
    }


def _without_youth(
    region: Region, envelopes: dict[int, Envelope], known: date | None
) -> Iterator[Record]:
    for table in TABLES.values():
        if not table.of_a_youth:
            for number, *row in _rows(table, region, known, "pk"):
                yield table.from_row(envelopes[number], row)


def _in_order_of_youth(
    region: Region, envelopes: dict[int, Envelope], known: date | None
) -> Iterator[tuple[str, Record]]:
    streams = [
        _of_table(table, region, envelopes, known) for table in TABLES.values() if table.of_a_youth
    ]
    return merge(*streams, key=itemgetter(0))


def _of_table(
    table: Table, region: Region, envelopes: dict[int, Envelope], known: date | None
) -> Iterator[tuple[str, Record]]:
    at = 1 + table.columns.index("youth")
    for row in _rows(table, region, known, "youth", "pk"):
        yield as_hex(row[at]), table.from_row(envelopes[row[0]], row[1:])


def _rows(table: Table, region: Region, known: date | None, *order: str) -> Iterator[Sequence[Any]]:
    rows = table.model._default_manager.filter(message__region=region, message__set_aside=False)
    if known is not None:
        rows = rows.filter(message__dated__lte=known)
    found: Iterator[Sequence[Any]] = (
        rows.order_by(*order).values_list("message_id", *table.columns).iterator(_ROWS_AT_ONCE)
    )
    return found
