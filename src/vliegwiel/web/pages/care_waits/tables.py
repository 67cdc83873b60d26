"""The tables for analysts."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from vliegwiel.science.trajectories import LateMonth, Lost
from vliegwiel.web import notation
from vliegwiel.web.components import Column, Table

from .words import FORMS, Names


def lost_table(names: Names, rows: Sequence[Lost]) -> Table:
    """The work list: what has to be asked of whom, the longest first."""
    columns = (
        Column(_("Provider")),
        Column(_("Municipality")),
        Column(_("Form of care")),
        Column(_("Decided"), "day"),
        Column(_("Would begin"), "day"),
        Column(_("Days without a message"), "number"),
    )
    cells = [
        (
            names.provider(row.provider),
            names.municipality(row.municipality),
            str(FORMS.get(row.form, row.form)),
            row.decided,
            row.begin,
            row.days,
        )
        for row in rows
    ]
    return Table(_("Assignments of which nothing was told for long"), columns, cells)


def late_table(rows: Sequence[LateMonth]) -> Table:
    """Starts that are known, and how many there will be."""
    columns = (
        Column(_("Month")),
        Column(_("Known now"), "number"),
        Column(_("Expected"), "number"),
        Column(_("Interval")),
    )
    cells = [
        (
            notation.month(row.month),
            row.known,
            row.expected,
            None if row.low is None else notation.interval(row.low, row.high),
        )
        for row in rows
    ]
    return Table(_("Starts by month, corrected for what comes in late"), columns, cells)
