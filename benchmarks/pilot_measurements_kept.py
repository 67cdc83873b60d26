"""The side of the database of `benchmarks.pilot_measurements`. Imported once Django is set up."""

from __future__ import annotations

import io
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from unittest.mock import patch

import numpy as np
import pandas as pd
from django.db import connection
from django.utils import timezone

from vliegwiel.apps.decisions.services import keep_evidence
from vliegwiel.apps.initiatives import Facts
from vliegwiel.apps.initiatives import services as initiatives
from vliegwiel.apps.pilots import (
    GroupFacts,
    MeasurementsRefused,
    OutcomeFacts,
    PlanFacts,
    services,
)
from vliegwiel.apps.pilots.models import Pilot
from vliegwiel.apps.regions.models import Region
from vliegwiel.apps.regions.services import system_user
from vliegwiel.apps.yardstick import IndicatorFacts
from vliegwiel.apps.yardstick.services import define

_REGISTERED = datetime(2026, 1, 5, 12, tzinfo=UTC)
_SEED = 1
_BARE = """CREATE TEMPORARY TABLE bare ("group" text, unit text, day date, value float)"""


@dataclass(frozen=True, slots=True)
class Measured:
    """A piece of work on so many rows; `ratio` is to a bare COPY of them."""

    rows: int
    what: str
    seconds: float
    ratio: float
    megabytes: float


def measured(rows: int) -> Iterator[Measured]:
    """Every piece of work on a pilot of its own with so many rows."""
    outcome = _outcome(rows)
    content, by = _table(rows), system_user()
    bare = _seconds(lambda: _copied(content))

    def line(what: str, work: Callable[[], object]) -> Measured:
        seconds = _seconds(work)
        return Measured(rows, what, seconds, seconds / bare, _megabytes())

    yield Measured(rows, "a bare COPY", bare, 1.0, _megabytes())
    yield line("taken", lambda: services.take_file(outcome_id=outcome, content=content, by=by))
    yield line(
        "taken once more", lambda: services.take_file(outcome_id=outcome, content=content, by=by)
    )
    changed = _table(rows, changed=True)
    yield line(
        "one in a hundred corrected",
        lambda: services.take_file(outcome_id=outcome, content=changed, correct=True, by=by),
    )
    yield line("every row wrong", lambda: _refused(outcome, _wrong(rows)))
    yield line("evidence computed", lambda: keep_evidence(outcome_id=outcome, by=by))


def sentences() -> Sequence[str]:
    """What somebody reads of a table with a mistake of every sort."""
    found = _refused(_outcome(1), _wrong(4))
    return [str(fault) for fault in found.faults]


def leave() -> None:
    connection.close()


@cache
def _initiative() -> int:
    region = Region.objects.create(code="JZ99", slug="meetregio", name="Meetregio")
    facts = Facts(title="Behandeling thuis", summary="Jeugdigen krijgen behandeling thuis.")
    return initiatives.start(region=region, facts=facts, by=system_user())


@cache
def _mark() -> int:
    _initiative()
    facts = IndicatorFacts(
        name="Tevredenheid", definition="Cijfer van jeugdigen.", kind="mean", unit="cijfer",
        better="higher", level="youth", numerator="som van cijfers", denominator="jeugdigen",
        lowest=1, highest=10,
    )  # fmt: skip
    return define(region=Region.objects.get(code="JZ99"), facts=facts, by=system_user()).pk


def _outcome(rows: int) -> int:
    """The outcome of a new pilot, registered in January 2026: the clock stands there for that."""
    facts = PlanFacts(
        title=f"Proef met {rows} metingen", starts_on=date(2026, 1, 6), ends_on=date(2027, 1, 6),
        design="randomised", lot="persons", tuning_size=rows, analysis="Verschil in gemiddelde.",
        stop_rule="Stop bij schade.",
        groups=(
            GroupFacts(key="met", name="Met", treated=True),
            GroupFacts(key="zonder", name="Zonder", treated=False),
        ),
        outcomes=(OutcomeFacts(version=_mark(), smallest_relevant=0.2),),
    )  # fmt: skip
    pilot = services.draft(initiative_id=_initiative(), facts=facts, by=system_user())
    with patch.object(timezone, "now", lambda: _REGISTERED):
        services.register(pilot_id=pilot.pk, by=system_user())
    return Pilot.objects.get(pk=pilot.pk).outcomes.get().pk


def _frame(rows: int) -> pd.DataFrame:
    rng = np.random.default_rng(_SEED)
    row = np.arange(rows)
    days = np.datetime64("2026-01-06") + (row % 300)
    marks = np.clip(rng.normal(6.5, 1, rows) + 0.3 * (row % 2), 1, 10).round(2)
    return pd.DataFrame(
        {
            "groep": np.array(["zonder", "met"])[row % 2],
            "eenheid": [f"j{one}" for one in row],
            "dag": np.datetime_as_string(days),
            "waarde": marks,
        }
    )


def _table(rows: int, *, changed: bool = False) -> bytes:
    frame = _frame(rows)
    if changed:
        frame.loc[frame.index % 100 == 0, "waarde"] = 5.0
    return frame.to_csv(sep=";", index=False).encode()


def _wrong(rows: int) -> bytes:
    frame = _frame(rows)
    frame["groep"], frame["eenheid"] = "elders", "123456782"
    frame["dag"], frame["waarde"] = "1 februari", "70"
    return frame.to_csv(sep=";", index=False).encode()


def _refused(outcome: int, content: bytes) -> MeasurementsRefused:
    try:
        services.take_file(outcome_id=outcome, content=content, by=system_user())
    except MeasurementsRefused as refused:
        return refused
    raise AssertionError("a wrong table was taken")


def _copied(content: bytes) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bare")
        cursor.execute(_BARE)
        statement = "COPY bare FROM STDIN WITH (FORMAT csv, HEADER, DELIMITER ';')"
        with cursor.copy(statement) as copy:
            piece = io.BytesIO(content)
            while part := piece.read(1 << 20):
                copy.write(part)


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
