"""Counts of gaps and of who waits as figures: bars with the table beside them."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import get_language

from vliegwiel.web import charts, notation
from vliegwiel.web.components import Download, FigureBlock, Table
from vliegwiel.web.pages.care_waits.words import source_of


def count_block(
    name: str, table: Table, *, known: date | None, downloads: Sequence[Download] = ()
) -> FigureBlock:
    """A table of counts, its total first; hidden counts have no bar.

    `name` is unique on the page. Without a count to draw the table stands alone.
    """
    return FigureBlock(
        id=name,
        title=table.caption,
        chart=_bars(table),
        table=table,
        source=source_of(known) if known else "",
        date=notation.day(known) if known else "",
        downloads=downloads,
    )


def _bars(table: Table) -> str:
    rows = [
        charts.CompareRow(str(label), count)
        for label, count in table.rows[1:]
        if isinstance(count, int)
    ]
    if not rows:
        return ""
    return charts.kept(
        charts.compare_bars,
        rows,
        region_name=table.caption,
        national_name="",
        language=get_language() or "nl",
        decimals=0,
        unit="",
    )
