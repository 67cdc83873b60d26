"""A region of invented youths with the messages that figures of waits are made of."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from vliegwiel.science.ijw import (
    AssignmentRequest,
    AssignmentVersion,
    Envelope,
    Person,
    Record,
    StartRecord,
)

FIRST = date(2023, 1, 1)
#: The day on which everything is known.
KNOWN = date(2025, 6, 30)
_CATEGORIES = ("45", "45", "45", "41", "41", "31", "51", "35", "36")
_PROVIDERS = tuple(f"6500000{number}" for number in range(9))
_MUNICIPALITIES = ("0193", "0150", "0166", "0175")


def crowd(count: int, seed: int = 1) -> list[Record]:
    """So many youths who were assigned care; some still wait, some were asked for first.

    The last of them is assigned on the last day, so that the messages hold all of it.
    """
    draw = random.Random(seed)
    records: list[Record] = []
    for number in range(count):
        last = KNOWN if number == count - 1 else None
        records += _youth(f"{number + 1:032x}", draw, last)
    return records


def _youth(name: str, draw: random.Random, on: date | None) -> list[Record]:
    # Few have the last of each: small counts are what it is about.
    provider = _PROVIDERS[min(int(draw.expovariate(0.5)), len(_PROVIDERS) - 1)]
    # Foster care is given by one provider alone, and by that one alone.
    category = "35" if provider == _PROVIDERS[7] else draw.choice(_CATEGORIES[:7])
    municipality = _MUNICIPALITIES[min(int(draw.expovariate(1.1)), 3)]
    person = Person(youth=name, birth_month=date(draw.randint(2006, 2022), 3, 1), sex="1")
    decided = on or FIRST + timedelta(days=draw.randrange((KNOWN - FIRST).days - 10))
    product = {"category": category, "product": None}

    def message(code: str, dated: date) -> Envelope:
        return Envelope(
            code=code,
            release="3.2",
            municipality=municipality,
            provider=provider,
            identification=f"{code}{name[-8:]}",
            dated=dated,
            file="crowd.xml",
            digest=f"{code}{name[-8:]}",
        )

    begin = decided + timedelta(days=draw.randrange(20))
    reference = name if draw.random() < 0.4 else None
    records: list[Record] = [
        AssignmentVersion(
            message=message("JW301", decided),
            person=person,
            assignment=name,
            reference=reference,
            decided=datetime.combine(decided, datetime.min.time()),
            begin=begin,
            end=None,
            reason=None,
            volume=None,
            unit=None,
            frequency=None,
            budget=None,
            **product,
        )
    ]
    if reference is not None:
        asked = decided - timedelta(days=draw.randrange(30))
        records.append(
            AssignmentRequest(
                message=message("JW315", asked),
                person=person,
                reference=reference,
                referrer=draw.choice(("02", "02", "02", "04", "05")),
                wished_begin=begin,
                wished_end=None,
                **product,
            )
        )
    start = begin + timedelta(days=int(draw.expovariate(1 / 60)))
    if start <= KNOWN and draw.random() < 0.9:
        records.append(
            StartRecord(
                message=message("JW305", start),
                person=person,
                assignment=name,
                begin=start,
                status="1",
                assigned_from=None,
                **product,
            )
        )
    return records
