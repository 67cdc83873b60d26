"""Where the trouble moves to over municipalities, and who pays and who gains."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from vliegwiel.apps.explorer import comparing, sentences, ways
from vliegwiel.apps.explorer.measures import MEASURES, Measure
from vliegwiel.science.caresystem import ALL, Interval, MunicipalityCost, MunicipalityRow, Way
from vliegwiel.web import notation
from vliegwiel.web.charts import DifferenceRow, difference_bars, kept
from vliegwiel.web.components import Column, FigureBlock, Table, Toned

from .amounts import euro_interval, plain_interval, rounded_euro, signed_interval
from .beside import tone
from .frames import Frame

_THOUSAND = 1000.0


def waiting(frame: Frame) -> FigureBlock | None:
    """Waiting time by municipality and form of care, as a table of words and signs."""
    if not _rows(frame, ALL):
        return None
    places = [ALL, *(name for name in frame.forecast.limited if _moves(frame, name))]
    by_place = {(row.code, row.care_type): row for row in frame.forecast.municipalities}
    rows = [
        (first.name, *(_cell(by_place.get((first.code, place))) for place in places))
        for first in _rows(frame, ALL)
    ]
    columns = [Column(_("Municipality")), *(Column(frame.label(place)) for place in places)]
    period = {"period": sentences.period(frame.forecast)}
    return frame.block(
        "municipality-waits",
        title=_waiting_finding(frame),
        what=_(
            "Waiting time in %(period)s in days, with the change less without it. ▼ shorter, "
            "▲ longer, ? not clear, = no difference. Forms of care where the wait changes nowhere "
            "are left out. In a small municipality few youths start, so chance is large there."
        )
        % period,
        table=Table(
            _("Change of the waiting time by municipality in %(period)s (days)") % period,
            columns,
            rows,
        ),
        chart="",
        downloads=frame.files("gemeenten"),
    )


def paying(frame: Frame) -> FigureBlock | None:
    """Cost, waiting list and wait of every municipality: who pays and who gains."""
    rows = _rows(frame, ALL)
    if not rows:
        return None
    totals = {cost.code: cost for cost in frame.forecast.municipality_costs if _is_total(cost)}
    bars = [
        DifferenceRow(row.name, *values)
        for row in rows
        if (values := _thousands(_difference(totals.get(row.code)))) is not None
    ]
    chart = ""
    if bars:
        chart = kept(
            difference_bars,
            bars,
            x_title=_("Cost: difference in thousands of euros"),
            language=frame.language,
        )
    period = {
        "period": sentences.period(frame.forecast),
        "months": sentences.span(frame.forecast.months[0], frame.forecast.months[-1]),
    }
    return frame.block(
        "municipality-costs",
        title=_paying_finding(frame, totals),
        what=_(
            "Cost of the youths of each municipality in %(months)s together, with the change less "
            "without it. The model divides youths over municipalities by their share in the care "
            "system."
        )
        % period,
        table=_table(frame, rows, totals),
        chart=chart,
        downloads=frame.files("gemeentekosten"),
    )


def _rows(frame: Frame, care_type: str) -> list[MunicipalityRow]:
    return [
        row
        for row in frame.forecast.municipalities
        if row.care_type == care_type and row.verdict is not None
    ]


def _moves(frame: Frame, care_type: str) -> bool:
    """Whether the wait for a form of care surely changes in some municipality."""
    return any(_way(row) in ("less", "more") for row in _rows(frame, care_type))


def _way(row: MunicipalityRow) -> Way:
    return comparing.way(row.waiting_time.difference)


def _cell(row: MunicipalityRow | None) -> Toned | None:
    if row is None or row.waiting_time.difference is None:
        return None
    way, difference = _way(row), row.waiting_time.difference
    if way == "unknown":
        return None
    text = ways.word("waiting_time", way)
    if way != "same":
        days = notation.signed(difference.median, MEASURES["waiting_time"].change_decimals)
        text = f"{text}: {days}"
    return Toned(ways.signed(way, text), tone("waiting_time", way))


def _waiting_finding(frame: Frame) -> str:
    """In which municipalities the wait surely changes, in words; numbers only where they differ."""
    rows = _rows(frame, ALL)
    found = [_way(row) for row in rows]
    shorter, longer = found.count("less"), found.count("more")
    if not shorter and not longer:
        return _("For no municipality is it sure that the wait changes")
    if shorter == len(rows):
        return _("In every municipality youths surely wait shorter")
    if longer == len(rows):
        return _("In every municipality youths surely wait longer")
    words = {
        "count": notation.number(len(rows)),
        "shorter": notation.number(shorter),
        "longer": notation.number(longer),
    }
    if not longer:
        return (
            _("Youths surely wait shorter in %(shorter)s of the %(count)s municipalities") % words
        )
    if not shorter:
        return _("Youths surely wait longer in %(longer)s of the %(count)s municipalities") % words
    return (
        _(
            "Of the %(count)s municipalities youths surely wait shorter in %(shorter)s, and surely "
            "longer in %(longer)s"
        )
        % words
    )


def _is_total(cost: MunicipalityCost) -> bool:
    return cost.care_type == ALL and cost.year is None


def _difference(cost: MunicipalityCost | None) -> Interval | None:
    return None if cost is None else cost.difference


def _thousands(found: Interval | None) -> tuple[float, float, float] | None:
    if found is None or found.low is None or found.median is None or found.high is None:
        return None
    return found.low / _THOUSAND, found.median / _THOUSAND, found.high / _THOUSAND


def _paying_finding(frame: Frame, totals: dict[str, MunicipalityCost]) -> str:
    """Which municipality surely pays the most extra, and which surely saves most."""
    sure = [
        (cost.difference.median, cost.name)
        for cost in totals.values()
        if cost.difference is not None
        and cost.difference.median is not None
        and comparing.way(cost.difference) in ("less", "more")
    ]
    more = max((one for one in sure if one[0] > 0), default=None)
    less = min((one for one in sure if one[0] < 0), default=None)
    words = {}
    for key, one in (("more", more), ("less", less)):
        if one is not None:
            words[key], words[f"{key}_amount"] = one[1], rounded_euro(abs(one[0]))
    if more and less:
        return (
            _(
                "%(more)s pays the most extra (%(more_amount)s), %(less)s saves the most "
                "(%(less_amount)s)"
            )
            % words
        )
    if more:
        return (
            _("%(more)s pays the most extra (%(more_amount)s); no municipality surely saves")
            % words
        )
    if less:
        return (
            _("%(less)s saves the most (%(less_amount)s); no municipality surely pays more") % words
        )
    return _("For no municipality care gets surely dearer or cheaper")


def _table(
    frame: Frame, rows: Sequence[MunicipalityRow], totals: dict[str, MunicipalityCost]
) -> Table:
    columns = [
        Column(_("Municipality")),
        Column(_("Waiting time without the change (days)")),
        Column(_("Waiting time: difference (days)")),
        Column(_("Waiting list: difference (youths)")),
        Column(_("Cost in the period: difference")),
        Column(_("Cost in all months without the change")),
        Column(_("Cost in all months: difference")),
    ]
    body = [
        (
            row.name,
            plain_interval(row.waiting_time.baseline),
            _signed(row.waiting_time.difference, MEASURES["waiting_time"]),
            _signed(row.waiting_list.difference, MEASURES["waiting_list"]),
            euro_interval(row.cost.difference, signed=True),
            euro_interval(totals[row.code].baseline if row.code in totals else None),
            euro_interval(_difference(totals.get(row.code)), signed=True),
        )
        for row in rows
    ]
    caption = _("Waiting and cost by municipality in %(period)s") % {
        "period": sentences.period(frame.forecast)
    }
    return Table(caption, columns, body)


def _signed(found: Interval | None, measure: Measure) -> str:
    if found is None:
        return notation.MISSING
    return signed_interval(found, decimals=measure.change_decimals)
