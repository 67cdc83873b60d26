"""Gaps in words: what each kind is, and what to do about it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vliegwiel.science.trajectories import CountTable, GapKind, GapSplit
from vliegwiel.web import notation
from vliegwiel.web.components import Column, Table
from vliegwiel.web.pages.care_waits.words import FORMS, Names

Words = str | Promise

KINDS: Mapping[GapKind, tuple[Words, Words, Words]] = {
    GapKind.AFTER_CRISIS: (
        gettext_lazy("Nothing after a crisis"),
        gettext_lazy("Crisis help ended, and 30 days later no other help, assignment or request "
                     "is known."),
        gettext_lazy("Ask the crisis provider who took over. If nobody did, arrange help now."),
    ),
    GapKind.AFTER_TRANSFER: (
        gettext_lazy("Nothing after a transfer"),
        gettext_lazy("Help ended because the youth went to another provider, and 30 days later "
                     "nothing is known there."),
        gettext_lazy("Ask the former provider where the youth went, and ask there whether help "
                     "has begun."),
    ),
    GapKind.AT_18: (
        gettext_lazy("Help stopped at 18"),
        gettext_lazy("Help ended about the eighteenth birthday, not as planned, and no longer "
                     "help or other law is known."),
        gettext_lazy("Ask whether help is still needed. Arrange longer youth help or care for "
                     "adults."),
    ),
    GapKind.TURNING_18: (
        gettext_lazy("18 within half a year"),
        gettext_lazy("The youth has help or waits for it, and becomes 18 within half a year."),
        gettext_lazy("Ask whether there is a plan for after 18, and who makes it."),
    ),
}  # fmt: skip

SPLITS: Mapping[GapSplit, Words] = {
    GapSplit.MUNICIPALITY: gettext_lazy("Municipality"),
    GapSplit.FORM: gettext_lazy("Form of care"),
    GapSplit.MONTH: gettext_lazy("Month"),
    GapSplit.LENGTH: gettext_lazy("Waits so far"),
    GapSplit.MEANWHILE: gettext_lazy("In the meantime"),
}
_LENGTHS: Mapping[str, Words] = {
    "0-28": gettext_lazy("Less than 4 weeks"),
    "28-91": gettext_lazy("4 to 13 weeks"),
    "91-182": gettext_lazy("13 to 26 weeks"),
    "182+": gettext_lazy("26 weeks or longer"),
}
_MEANWHILE: Mapping[str, Words] = {
    "crisis": gettext_lazy("Crisis help while waiting"),
    "other_care": gettext_lazy("Other care goes on"),
    "earlier_care": gettext_lazy("Other care, which has ended"),
    "nothing": gettext_lazy("No other care, as far as messages tell"),
}


_ORDERED = (GapSplit.LENGTH, GapSplit.MEANWHILE)
_ORDER = (*_LENGTHS, *_MEANWHILE)


def count_table(names: Names, table: CountTable, what: str, counted: str) -> Table:
    """Counts of `what` with the hidden ones as dashes; the total first. They are of `counted`."""
    rows = [(_("All together"), table.total)]
    keys = sorted(table.rows, key=_ORDER.index) if table.split in _ORDERED else table.rows
    rows += [(row_label(names, table.split, key), table.rows[key]) for key in keys]
    columns = (Column(str(SPLITS[table.split])), Column(counted, "number"))
    return Table(caption_of(what, SPLITS[table.split]), columns, rows)


def caption_of(what: str, split: Words) -> str:
    """What tells the table from the others, and from the heading above them."""
    return f"{what}: {split}"


def row_label(names: Names, split: GapSplit, key: str) -> str:
    """A row in words."""
    if split is GapSplit.MUNICIPALITY:
        return names.municipality(key)
    if split is GapSplit.FORM:
        return str(FORMS.get(key, key))
    if split is GapSplit.MONTH:
        return notation.month(date.fromisoformat(f"{key}-01"))
    found: Any = (_LENGTHS if split is GapSplit.LENGTH else _MEANWHILE).get(key, key)
    return str(found)


def days_of(gap: Any) -> str:
    """How long ago, or how long still."""
    if gap.days < 0:
        return _("in %(days)s days") % {"days": notation.number(-gap.days)}
    return _("%(days)s days") % {"days": notation.number(gap.days)}
