"""The planning of an agenda as a figure, and its cost-price elements as a table."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from vliegwiel.apps.agenda.queries import AgendaRead, ItemLine, quarter_words
from vliegwiel.web import charts, notation
from vliegwiel.web.components import Column, Download, FigureBlock, Table
from vliegwiel.web.components.table import Value

_OVER = frozenset({"done", "stopped"})


def planning_block(agenda: AgendaRead, *, csv_url: str = "", mark: str = "") -> FigureBlock | None:
    """Every item with a planning by quarter; None where nothing is planned."""
    planned = [item for item in agenda.items if item.starts and item.ends >= item.starts]
    if not planned:
        return None
    words = ngettext(
        "Of %(n)s of the %(all)s item it is known when it runs",
        "Of %(n)s of the %(all)s items it is known when they run",
        len(agenda.items),
    )
    numbers = {"n": notation.number(len(planned)), "all": notation.number(len(agenda.items))}
    return FigureBlock(
        id="planning",
        title=words % numbers,
        what=_(
            "A bar is the time of an item, in quarters. A line goes from what comes first to what "
            "waits for it; it is dashed where the second begins too early. Grey is finished or "
            "stopped."
        ),
        chart=charts.quarter_chart(_rows(planned), language=get_language() or "nl"),
        table=_table(agenda.items),
        source=agenda.source.title,
        downloads=(Download(_("Download the agenda (CSV)"), csv_url),) if csv_url else (),
        mark=mark,  # type: ignore[arg-type]
        heading=3,
    )


def _rows(planned: Sequence[ItemLine]) -> Sequence[charts.QuarterRow]:
    places = {item.key: place for place, item in enumerate(planned)}
    rows = []
    for item in planned:
        needs = [places[need.key] for need in item.needs if need.key in places]
        rows.append(
            charts.QuarterRow(
                label=_label(item),
                starts=_count(item.starts),
                ends=_count(item.ends),
                needs=needs,
                too_early=[need for need in needs if planned[need].ends > item.starts],
                is_over=item.stage in _OVER,
            )
        )
    return rows


def _label(item: ItemLine) -> str:
    return f"{item.title} ({item.stage_label.lower()})" if item.stage else item.title


def _count(quarter: str) -> int:
    return int(quarter[:4]) * 4 + int(quarter[-1]) - 1


def _table(items: Sequence[ItemLine]) -> Table:
    columns = (
        Column(_("Item on the agenda")),
        Column(_("How far it is")),
        Column(_("First quarter")),
        Column(_("Last quarter")),
        Column(_("What comes first")),
    )
    rows: list[Sequence[Value]] = [
        (
            item.title,
            item.stage_label or None,
            quarter_words(item.starts) or None,
            quarter_words(item.ends) or None,
            ", ".join(need.title for need in item.needs) or None,
        )
        for item in items
    ]
    return Table(_("Planning of the agenda by quarter"), columns, rows)


def element_table(agenda: AgendaRead) -> Table | None:
    """For how many items each cost-price element is to be examined; None without elements."""
    if not agenda.elements:
        return None
    columns = (
        Column(_("Cost-price element")),
        Column(_("Question to answer")),
        Column(_("Items to examine it for"), "number"),
        Column(_("Examined"), "number"),
    )
    rows: list[Sequence[Value]] = [
        (
            element.title,
            element.text or None,
            sum(_has(item.elements, element.key) for item in agenda.items),
            sum(_has(item.examined, element.key) for item in agenda.items),
        )
        for element in agenda.elements
    ]
    caption = _("Each cost-price element with the items to examine it for")
    return Table(caption, columns, rows)


def _has(refs: Sequence[Any], key: str) -> bool:
    return any(ref.key == key for ref in refs)
