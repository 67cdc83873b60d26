"""Figures of waiting times: the table with its picture, the other clocks, and who waits."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vliegwiel.apps.trajectories import queries
from vliegwiel.apps.trajectories.queries import WaitLine, WaitTable
from vliegwiel.science.trajectories import (
    UNSEEN_MESSAGES,
    Clock,
    WaitingNow,
    WaitingOverview,
)
from vliegwiel.web import charts, notation
from vliegwiel.web.components import Column, Download, FigureBlock, Table
from vliegwiel.web.components.table import Value

from . import words
from .asking import Asked


def table_block(region: Any, asked: Asked, overview: WaitingOverview) -> FigureBlock:
    """The waiting time of every row on the clock that was chosen."""
    table = queries.wait_table(overview, asked.split, asked.clock)
    names = words.Names(region)
    label, counts = words.CLOCKS[asked.clock]
    told = _(
        "%(clock)s The filled dot is the median with its interval; within the open one nine "
        "of ten have ended."
    ) % {"clock": counts}
    address = reverse("care_waits_csv", args=[region.slug])
    return FigureBlock(
        id="waits",
        title=_finding(asked.clock, table.total),
        what=" ".join([*_only_together(table), told]),
        chart=_chart(names, table),
        table=_table(names, table, overview.norm_days),
        quality=words.quality_of(overview.label),
        source=words.source_of(overview.on),
        clock=str(label),
        date=_("%(first)s to %(last)s") % {
            "first": notation.day(overview.first), "last": notation.day(overview.on),
        },
        how=_how(table, overview),
        downloads=(Download(_("Download this table (CSV)"), f"{address}?{asked.query}"),),
        heading=2,
    )  # fmt: skip


def _only_together(table: WaitTable) -> list[str]:
    """Why the table has no rows but that of all together."""
    if table.rows:
        return []
    return [_("Split in this way nothing can be shown: too few could be worked out.")]


def _finding(clock: Clock, total: WaitLine) -> str:
    if total.waits is None:
        return _("There are too few youths to say how long they wait")
    if total.median is None:
        return _("Fewer than half of the waits have ended so far")
    interval = words.days_between(total.median_low, total.median_high)
    given = "" if interval == notation.MISSING else f" ({interval})"
    told = {"days": notation.number(total.median), "interval": given}
    return str(words.FINDINGS[clock]) % told


def _chart(names: words.Names, table: WaitTable) -> str:
    lines = [table.total, *table.rows]
    rows = [
        charts.MedianRow(
            label=names.row(table.split, line.key),
            text=_text(line),
            median=line.median,
            low=line.median_low,
            high=line.median_high,
            ninth=line.ninth,
        )
        for line in lines
        if line.waits is not None
    ]
    if not any(row.median is not None for row in rows):
        return ""
    return charts.median_chart(rows, x_title=_("days"), language=get_language() or "nl")


def _text(line: WaitLine) -> str:
    if line.median is None:
        return _("not half yet")
    return _("%(days)s days") % {"days": notation.number(line.median)}


def _table(names: words.Names, table: WaitTable, norm_days: int) -> Table:
    columns = [
        Column(str(words.SPLITS[table.split])),
        Column(_("Waits"), "number"),
        Column(_("Still waiting"), "number"),
        Column(_("Median")),
        Column(_("Nine of ten")),
    ]
    if table.clock is Clock.W1:
        columns.append(Column(_("Within %(weeks)s weeks") % {"weeks": norm_days // 7}))
    columns.append(Column(_("Quality")))
    rows = [_cells(names, table, line) for line in (table.total, *table.rows)]
    caption = _(
        "Waiting times in days by %(split)s, with intervals. A dash is hidden or not known."
    )
    label = str(words.SPLITS[table.split])
    return Table(caption % {"split": label[:1].lower() + label[1:]}, columns, rows)


def _cells(names: words.Names, table: WaitTable, line: WaitLine) -> Sequence[Value]:
    cells: list[Value] = [
        names.row(table.split, line.key),
        line.waits,
        line.waiting,
        words.with_interval(line.median, line.median_low, line.median_high),
        words.with_interval(line.ninth, line.ninth_low, line.ninth_high),
    ]
    if table.clock is Clock.W1:
        share = words.with_interval(line.within, line.within_low, line.within_high, unit="%")
        cells.append(share)
    cells.append(None if line.trust is None else str(words.TRUST[line.trust]))
    return cells


def _how(table: WaitTable, overview: WaitingOverview) -> list[str]:
    label = overview.label
    told = [
        _("Waits that were under way in these months count, also those that have not ended: the "
          "median and the shares are estimated from all of them (Kaplan and Meier)."),
        _("Providers with fewer than ten youths are taken together. Counts below ten youths are "
          "hidden, and so are others from which they would follow. A dash also stands where not "
          "enough waits have ended yet."),
        _("The norm of %(weeks)s weeks is agreed for insured mental health care (Treeknorm); it "
          "does not bind youth care.") % {"weeks": overview.norm_days // 7},
    ]  # fmt: skip
    if table.total.earliest != table.total.latest:
        told.append(
            _("Some starts are known by declared care alone. If all of those were as early, or as "
              "late, as they can be, the median would be %(early)s, or %(late)s days.")
            % {
                "early": notation.number(table.total.earliest),
                "late": notation.number(table.total.latest),
            }
        )  # fmt: skip
    if label.presumed is not None:
        told.append(
            _("Of %(share)s of the waits the referrer is presumed, because no request says it.")
            % {"share": notation.percent(label.presumed, 0)}
        )
    if label.provisional_from is not None and label.provisional_from <= overview.on:
        told.append(
            _("Starts come in late: figures of days from %(day)s are provisional.")
            % {"day": notation.day(label.provisional_from)}
        )
    return [*told, *(_(UNSEEN_MESSAGES[code]) for code in label.unseen)]


def clocks_block(asked: Asked, overview: WaitingOverview) -> FigureBlock:
    """How much the answer differs with another clock."""
    lines = queries.on_every_clock(overview)
    chosen = lines[asked.clock].median
    rows: list[Sequence[Value]] = []
    for clock, line in lines.items():
        differs = None if None in {line.median, chosen} else (line.median or 0) - (chosen or 0)
        rows.append(
            (
                f"{clock.value}. {words.CLOCKS[clock][0]}",
                line.waits,
                line.median,
                words.days_between(line.median_low, line.median_high),
                None if clock is asked.clock else differs,
            )
        )
    columns = (
        Column(_("Clock")),
        Column(_("Waits"), "number"),
        Column(_("Median (days)"), "number"),
        Column(_("Interval")),
        Column(_("Difference"), "signed"),
    )
    known = [line.median for line in lines.values() if line.median is not None]
    title = _("On other clocks the median is %(low)s to %(high)s days") % {
        "low": notation.number(min(known, default=None)),
        "high": notation.number(max(known, default=None)),
    }
    return FigureBlock(
        id="clocks",
        title=title if known else _("What each clock counts"),
        what=_("All together, on each clock. The difference is with the clock that you chose."),
        table=Table(_("The same region on every clock"), columns, rows),
        how=[f"{clock.value}. {words.CLOCKS[clock][1]}" for clock in Clock],
        heading=2,
    )


def list_block(region: Any, asked: Asked, overview: WaitingOverview) -> FigureBlock:
    """How many wait at the end of each month."""
    now = overview.now
    address = reverse("care_waiting_list_csv", args=[region.slug])
    columns = (
        Column(_("At the end of")),
        Column(_("Waits"), "number"),
        Column(_("Youths"), "number"),
        Column(_("Youths without other care"), "number"),
        Column(_("Without a sign for half a year"), "number"),
    )
    rows = [
        (
            notation.day(day.on),
            day.assignments,
            day.youths,
            day.youths_without_care,
            day.without_sign,
        )
        for day in reversed(overview.trend)
    ]
    caption = _("Who waits at the end of each month. A dash: fewer than ten youths, or hidden so "
                "that fewer than ten cannot be worked out.")  # fmt: skip
    title = _("Too few youths wait to be shown")
    if now.assignments is not None:
        title = _("%(count)s waits on %(day)s") % {
            "count": notation.number(now.assignments), "day": notation.day(now.on),
        }  # fmt: skip
    return FigureBlock(
        id="trend",
        title=title,
        what=_("The number of waits at the end of each month, as known on the last day."),
        chart=_trend(overview.trend),
        table=Table(caption, columns, rows),
        quality=words.quality_of(overview.label),
        source=words.source_of(overview.on),
        clock=str(words.CLOCKS[Clock.W7][0]),
        date=notation.day(overview.on),
        how=_how_listed(now),
        downloads=(Download(_("Download this table (CSV)"), f"{address}?{asked.query}"),),
        heading=2,
    )


def _trend(days: Sequence[WaitingNow]) -> str:
    points = [(day.on, day.assignments) for day in days]
    if all(count is None for _day, count in points):
        return ""
    return charts.month_chart(points, y_title=_("waits"), language=get_language() or "nl")


def _how_listed(now: WaitingNow) -> list[str]:
    told = [
        _("A wait is an assignment for care that was decided and has no start. A youth who waits "
          "for two forms has two waits."),
        _("Youths without other care have no help at all on that day, as far as messages tell."),
    ]  # fmt: skip
    if now.planned is not None:
        told.append(
            _("%(count)s assignments begin more than two weeks later; they are not counted.")
            % {"count": notation.number(now.planned)}
        )
    if now.unsure is not None:
        told.append(
            _("%(count)s assignments are from before the messages: whether they have started "
              "cannot be told, and they are not counted.")
            % {"count": notation.number(now.unsure)}
        )  # fmt: skip
    return told
