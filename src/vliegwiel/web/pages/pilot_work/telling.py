"""What came of measurements, in words and in a table of faults."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vliegwiel.apps.pilots.queries import heading_of
from vliegwiel.science.kernel import Fault
from vliegwiel.web import notation
from vliegwiel.web.components import Column, Table
from vliegwiel.web.templatetags.vliegwiel import line_in_words

#: Faults that one page shows.
_MOST = 200


def taken_words(added: int, corrected: int, unchanged: int) -> str:
    """What a delivery did, in a sentence a count."""
    if not (added or corrected or unchanged):
        return _("Nothing was filled in, so nothing has changed.")
    told = []
    if added:
        words = ngettext("%(n)s measurement was added.", "%(n)s measurements were added.", added)
        told.append(words % {"n": notation.number(added)})
    if corrected:
        words = ngettext("%(n)s value was corrected.", "%(n)s values were corrected.", corrected)
        told.append(words % {"n": notation.number(corrected)})
    if unchanged:
        words = ngettext("%(n)s stood there already.", "%(n)s stood there already.", unchanged)
        told.append(words % {"n": notation.number(unchanged)})
    return " ".join(told)


def fault_table(faults: Sequence[Fault]) -> Table:
    """Where and what is wrong, a row a fault."""
    columns = (Column(_("Row")), Column(_("Column")), Column(_("What is wrong")))
    rows = [
        (line_in_words(one.path) or _("Table"), heading_of(one) or "–", _sentence(one))
        for one in sorted(faults, key=_line)[:_MOST]
    ]
    if len(faults) > _MOST:
        rows.append(("…", "–", _("and more of the same kinds")))
    return Table(_("What is wrong with these measurements"), columns, rows)


def _line(fault: Fault) -> int:
    """What is about the whole table comes first, then by line."""
    line = fault.path.removeprefix("line ")
    return int(line) if line.isdigit() else 0


def _sentence(fault: Fault) -> str:
    words = str(fault.message)
    return words[:1].upper() + words[1:]
