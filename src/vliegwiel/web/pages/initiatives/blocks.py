"""Figures of the landscape: how many initiatives there are of each sort."""

from collections.abc import Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vliegwiel.apps.initiatives.queries import Facet
from vliegwiel.web import charts, notation
from vliegwiel.web.components import Column, FigureBlock, Table


def landscape_blocks(facets: Sequence[Facet]) -> list[FigureBlock]:
    """A figure for each way to sort; those of which nothing is known have no picture."""
    return [_block(facet) for facet in facets]


def _block(facet: Facet) -> FigureBlock:
    counts = [count for count in facet.counts if count.count]
    rows = [charts.CompareRow(count.label, count.count) for count in counts]
    chart = (
        charts.kept(
            charts.compare_bars,
            rows,
            region_name="",
            national_name="",
            language=get_language() or "nl",
            decimals=0,
            unit="",
        )
        if rows
        else ""
    )
    columns = (Column(facet.title), Column(_("Initiatives"), "number"))
    table = Table(
        _("Initiatives by: %(facet)s") % {"facet": facet.title},
        columns,
        [(count.label, count.count) for count in facet.counts],
    )
    return FigureBlock(
        id=facet.name,
        title=_finding(facet),
        what=_("Number of initiatives. One initiative can count in several rows."),
        chart=chart,
        table=table,
        source=_("The register of initiatives"),
        how=[
            _("Counted are the initiatives that you may see and that fit your choice, each in "
              "every row that somebody ticked for it. What nobody ticked is counted nowhere."),
        ],
        heading=2,
    )  # fmt: skip


def _finding(facet: Facet) -> str:
    most = max(facet.counts, key=lambda count: count.count, default=None)
    if most is None or not most.count:
        return _("%(facet)s: nothing is known yet") % {"facet": facet.title}
    return _("%(facet)s: most often “%(label)s” (%(count)s)") % {
        "facet": facet.title,
        "label": most.label,
        "count": notation.number(most.count),
    }
