"""What each replication of a forecast told, as a file for programs, written line by line."""

import math
from collections.abc import Iterable, Iterator

from vliegwiel.apps.explorer.spreadsheets import line_writer
from vliegwiel.science.caresystem import (
    MEASURES,
    Chunk,
    ForecastPlan,
    ReplicationTable,
    by_replication,
)

COLUMNS = (
    "scenario_id", "replication", "month", "care_type", "measure", "unit", "baseline", "scenario",
    "kind",
)  # fmt: skip
_KIND = "outcome of a model"


def csv_lines(plan: ForecastPlan, chunks: Iterable[Chunk]) -> Iterator[str]:
    """A line for each replication (the first is 1), measure, month and form of care, and for all.

    `baseline` is the value without the scenario and `scenario` with it, in the unit of the measure;
    empty where the model cannot tell. One chunk is in memory after another.
    """
    write = line_writer()
    yield write(COLUMNS)
    months = [month.first_day.isoformat() for month in plan.frame.told]
    name = plan.scenario.id if plan.scenario is not None else ""
    for chunk in chunks:
        for table in by_replication(plan, chunk):
            yield from (write((name, *line, _KIND)) for line in _lines(table, months))


def _lines(table: ReplicationTable, months: list[str]) -> Iterator[tuple[object, ...]]:
    unit = MEASURES[table.measure]
    changed = table.scenario.tolist() if table.scenario is not None else None
    for r, plain in enumerate(table.baseline.tolist()):
        for k, month in enumerate(months):
            for j, care_type in enumerate(table.care_types):
                after = None if changed is None else changed[r][k][j]
                yield (
                    table.first + r + 1, month, care_type, table.measure, unit,
                    _number(plain[k][j]), _number(after),
                )  # fmt: skip


def _number(value: float | None) -> str:
    return "" if value is None or math.isnan(value) else f"{value:.10g}"
