"""Extensions by provider and contract waves: each a table, with its picture and its file."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from vliegwiel.science.trajectories import TOTAL, ContractWave, ExtensionRow, ExtensionTable
from vliegwiel.web import charts, notation
from vliegwiel.web.components import Column, Download, FigureBlock, Table

from . import words
from .asking import Asked


def extensions_block(region: Any, asked: Asked, found: ExtensionTable) -> FigureBlock:
    """How often help went on after its agreed end, of each provider beside the region."""
    names = words.Names(region)
    address = reverse("care_extensions_csv", args=[region.slug])
    return FigureBlock(
        id="extensions",
        title=_finding(found.rows),
        what=_("The dot is the share of the youths whose help went on after its agreed end, the "
               "line its interval."),
        chart=_chart(names, found.rows),
        table=_extensions(names, found.rows),
        date=_("%(first)s to %(last)s") % {
            "first": notation.day(found.first), "last": notation.day(found.last),
        },
        source=words.source_of(asked.situation.known) if asked.situation.known else "",
        how=[
            _("Of each youth at a provider the first agreed end in this year counts. Help that had "
              "stopped for good by the end of that day did not go on."),
            _("Help goes on when the assignment gets a later end, or when another one of the same "
              "form at the same provider begins within a month. Where only the number changes, "
              "because of a contract, a move or a contract wave, the end is left out."),
            _("A youth with help at two providers counts twice in the row of all together. "
              "Otherwise one could work out how many youths those are."),
            _("The year stops two months before the last messages: by then it is known whether "
              "help went on."),
            _("Providers with fewer than ten youths are taken together. A dash is hidden: of fewer "
              "than ten youths help went on, or stopped, or one could work that out."),
            _("A high share is not good or bad by itself. Providers give other help, and agree on "
              "longer or shorter terms."),
        ],
        downloads=(Download(_("Download this table (CSV)"), f"{address}?{asked.query}"),),
        heading=2,
    )  # fmt: skip


def _finding(rows: Sequence[ExtensionRow]) -> str:
    if not rows:
        return _("No help came to its agreed end")
    share = rows[0].share
    if share is None:
        return _("There are too few youths to say how often help goes on")
    return _("Of %(share)s of the youths help goes on after its agreed end") % {
        "share": notation.percent(share, 0)
    }


def _chart(names: words.Names, rows: Sequence[ExtensionRow]) -> str:
    dots = [
        charts.MedianRow(
            label=names.provider(row.provider),
            text=notation.percent(row.share, 0),
            median=row.share,
            low=row.low,
            high=row.high,
        )
        for row in rows
        if row.share is not None and row.low is not None and row.high is not None
    ]
    if not dots:
        return ""
    return charts.median_chart(
        dots, x_title=_("percent of the youths"), language=get_language() or "nl"
    )


def _extensions(names: words.Names, rows: Sequence[ExtensionRow]) -> Table:
    columns = (
        Column(_("Provider")),
        Column(_("Youths"), "number"),
        Column(_("Went on"), "number"),
        Column(_("Share"), "percent"),
        Column(_("Interval")),
        Column(_("Beside the region")),
    )
    cells = [
        (
            names.provider(row.provider),
            row.youths,
            row.extended,
            row.share,
            _interval(row),
            _beside(row, rows[0]),
        )
        for row in rows
    ]
    return Table(_("Extensions by provider, in twelve months"), columns, cells)


def _interval(row: ExtensionRow) -> str | None:
    if row.low is None or row.high is None:
        return None
    return _("%(low)s to %(high)s") % {
        "low": notation.percent(row.low, 0), "high": notation.percent(row.high, 0),
    }  # fmt: skip


def _beside(row: ExtensionRow, region: ExtensionRow) -> str | None:
    """Whether the share of the region lies outside the interval of a provider."""
    if row.provider == TOTAL or region.share is None or row.low is None or row.high is None:
        return None
    if row.low > region.share:
        return _("more often")
    return _("less often") if row.high < region.share else _("no clear difference")


def waves_block(region: Any, asked: Asked, waves: Sequence[ContractWave]) -> FigureBlock:
    """Days on which contracts changed, and how much help went on."""
    address = reverse("care_waves_csv", args=[region.slug])
    columns = (
        Column(_("Day")),
        Column(_("New assignments"), "number"),
        Column(_("On a usual day"), "number"),
        Column(_("Help that goes on")),
    )
    rows = [
        (notation.day(wave.day), wave.assignments, wave.usual, going_on(wave)) for wave in waves
    ]
    title = ngettext(
        "On %(count)s day many more assignments began than usual",
        "On %(count)s days many more assignments began than usual",
        len(waves),
    ) % {"count": notation.number(len(waves))}
    return FigureBlock(
        id="waves",
        title=title if waves else _("No contract wave was found"),
        what=_("Contract waves: days with more than five times as many new assignments as usual."),
        table=Table(_("Contract waves"), columns, rows),
        source=words.source_of(asked.situation.known) if asked.situation.known else "",
        how=[
            _("Help that goes on under a new number is not counted as a wait. With the extensions "
              "its old end is left out, unless the provider had asked for the change."),
            _("Where fewer than twenty youths go on, or fewer than twenty do not, the number is "
              "given with that much room. A dash: neither can be told."),
        ],
        downloads=(Download(_("Download this table (CSV)"), f"{address}?{asked.query}"),),
        heading=2,
    )  # fmt: skip


def going_on(wave: ContractWave) -> str | None:
    """How many of a wave go on from another assignment, in words."""
    if wave.least is None or wave.most is None:
        return None
    if wave.least == wave.most:
        return notation.number(wave.least)
    if wave.least == 0:
        return _("at most %(count)s") % {"count": notation.number(wave.most)}
    return _("at least %(count)s") % {"count": notation.number(wave.least)}
