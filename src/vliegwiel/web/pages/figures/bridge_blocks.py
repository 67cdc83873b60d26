"""The figure blocks of the steps from messages to CBS."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vliegwiel.apps.figures.queries import CountsOfCbs, FigureValue
from vliegwiel.science.trajectories import EVERYBODY, Bridge, BridgeRow
from vliegwiel.web import charts, notation
from vliegwiel.web.components import Column, Download, FigureBlock, Quality, Table
from vliegwiel.web.components.figure import Mark
from vliegwiel.web.components.table import Value
from vliegwiel.web.pages.care_waits import words

from . import sentences
from .municipal_blocks import period

#: The steps in the order of the table, by the name that they have in a file.
STEPS = (
    "assigned", "not_started", "unassigned", "helped", "no_stop", "records", "merged",
    "trajectories",
)  # fmt: skip


def bridge_blocks(
    region: Any, bridge: Bridge, counts: Mapping[str, CountsOfCbs], *, known: date
) -> Sequence[FigureBlock]:
    """Youths, and trajectories, of one period, by the messages as known on a day."""
    youths = FigureBlock(
        id=f"youths-{bridge.period}",
        title=_finding(bridge, counts),
        what=_("Youths with help in %(period)s, by form: what messages tell beside what CBS counts")
        % {"period": period(bridge.period)},
        chart=_chart(bridge, counts),
        table=_youths(bridge, counts),
        how=_how_youths(bridge),
        downloads=(
            Download(_("Download all steps (CSV)"), reverse("cbs_bridge_csv", args=[region.slug])),
        ),
        **_origin(bridge, known, [count.youths for count in counts.values()]),
        mark=_mark(counts),
    )
    trajectories = FigureBlock(
        id=f"trajectories-{bridge.period}",
        title=_("Trajectories in %(period)s") % {"period": period(bridge.period)},
        table=_trajectories(bridge, counts),
        how=[
            _("A record is a time of help from a start to a stop. CBS merges records of one youth, "
              "provider and form that overlap; here those that adjoin are merged as well. Messages "
              "have more records than CBS where a new number or tariff cuts the help in two."),
        ],
        **_origin(bridge, known, [count.trajectories for count in counts.values()]),
        mark=_mark(counts),
    )  # fmt: skip
    return [youths, trajectories]


def _mark(counts: Mapping[str, CountsOfCbs]) -> Mark:
    return "generated" if any(count.made_up for count in counts.values()) else ""


def _finding(bridge: Bridge, counts: Mapping[str, CountsOfCbs]) -> str:
    total, cbs = bridge.rows[0], counts[EVERYBODY].youths
    told = {
        "period": period(bridge.period),
        "own": notation.number(total.helped),
        "cbs": sentences.written(cbs) if cbs else "",
    }
    if total.helped is None:
        return _("Too few youths had help in %(period)s to show how many") % told
    if cbs is None:
        return _("Messages tell of %(own)s youths with help in %(period)s; no number of CBS is "
                 "loaded for that period") % told  # fmt: skip
    return _("Messages tell of %(own)s youths with help in %(period)s, CBS counts %(cbs)s") % told


def _label(row: BridgeRow, counts: Mapping[str, CountsOfCbs]) -> str:
    if row.form in counts:
        return counts[row.form].label
    return _("Form not told by the messages")


def _chart(bridge: Bridge, counts: Mapping[str, CountsOfCbs]) -> str:
    rows = [
        charts.CompareRow(
            _label(row, counts),
            float(row.helped),
            float(cbs.value),
            notation.number(row.helped),
            sentences.written(cbs),
        )
        for row in bridge.rows
        if row.helped is not None
        and row.form in counts
        and (cbs := counts[row.form].youths) is not None
    ]
    if not rows:
        return ""
    return charts.compare_bars(
        rows,
        region_name=_("Messages"),
        national_name=_("CBS"),
        language=get_language() or "nl",
        decimals=0,
        unit="",
    )


def _youths(bridge: Bridge, counts: Mapping[str, CountsOfCbs]) -> Table:
    columns = (
        Column(_("Form of care")),
        Column(_("Assigned in the period"), "number"),
        Column(_("Less: no help known"), "number"),
        Column(_("And: help without such an assignment"), "number"),
        Column(_("Helped, by messages"), "number"),
        Column(_("Of these: no stop was sent"), "number"),
        Column(_("Helped, by CBS"), "number"),
        Column(_("CBS more or fewer"), "signed"),
    )
    rows: list[tuple[Value, ...]] = [
        (
            _label(row, counts),
            *(row.assigned, row.not_started, row.unassigned, row.helped, row.no_stop),
            *_beside(row.helped, counts[row.form].youths if row.form in counts else None),
        )
        for row in bridge.rows
    ]
    caption = _("Youths in %(period)s: from assignments to the count of CBS")
    return Table(caption % {"period": period(bridge.period)}, columns, rows)


def _trajectories(bridge: Bridge, counts: Mapping[str, CountsOfCbs]) -> Table:
    columns = (
        Column(_("Form of care")),
        Column(_("Records of help"), "number"),
        Column(_("Less: merged"), "number"),
        Column(_("Trajectories, by messages"), "number"),
        Column(_("Trajectories, by CBS"), "number"),
        Column(_("CBS more or fewer"), "signed"),
    )
    rows: list[tuple[Value, ...]] = [
        (
            _label(row, counts),
            *(row.records, row.merged, row.trajectories),
            *_beside(
                row.trajectories, counts[row.form].trajectories if row.form in counts else None
            ),
        )
        for row in bridge.rows
    ]
    caption = _("Trajectories in %(period)s: from records of help to the count of CBS")
    return Table(caption % {"period": period(bridge.period)}, columns, rows)


def _beside(own: int | None, cbs: FigureValue | None) -> tuple[Value, Value]:
    if cbs is None:
        return None, None
    value = int(cbs.value)
    return value, None if own is None else value - own


def _how_youths(bridge: Bridge) -> list[str]:
    found = [
        _("Assigned, less no help known, and help without such an assignment: that is helped by "
          "messages. A youth with two forms counts in both; forms do not add up to the total."),
        _("CBS asks providers, messages come from municipalities. CBS has help of local teams and "
          "of subcontractors for which no assignment is made: there CBS counts more. Messages have "
          "what a provider did not tell CBS: there CBS counts fewer."),
        _("CBS begins to count at the first real help, and with residence on the day after the "
          "first night; messages at the start that the provider sends."),
        _("CBS closes help that a provider does not tell of again. Messages close it when its "
          "assignment has ended; how many youths that is about stands in the table."),
        _("Crisis help, tailored help and national contracts do not tell their form in messages. "
          "They are in the total and in the last row, and missing in the other rows."),
        _("CBS rounds to five and hides small counts; provisional figures rise by half a percent "
          "to five percent. Personal budgets are in neither number."),
        _("A dash: fewer than ten youths, or hidden so that fewer than ten cannot be worked out."),
    ]  # fmt: skip
    if bridge.late_municipalities:
        words = _("Of %(n)s municipalities the messages begin later than this period.")
        found.insert(0, words % {"n": bridge.late_municipalities})
    return found


def _origin(bridge: Bridge, known: date, values: Sequence[FigureValue | None]) -> dict[str, Any]:
    published = [value for value in values if value is not None]
    sources = [words.source_of(known), *(value.source.title for value in published)]
    doubtful = any(value.is_interpreted for value in published)
    provisional = any("provisional" in value.status for value in published)
    quality = None
    if doubtful:
        quality = Quality("fair", _("our reading of the source, see the explanation"))
    elif provisional:
        quality = Quality("fair", _("provisional: CBS will replace these figures"))
    return {
        "heading": 2,
        "source": "; ".join(dict.fromkeys(sources)),
        "date": period(bridge.period),
        "quality": quality,
    }
