"""What a change costs and saves: in total, by year, where it comes from, and for whom."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vliegwiel.apps.explorer import sentences
from vliegwiel.apps.explorer.cost_years import a_year
from vliegwiel.apps.explorer.descriptions import in_language
from vliegwiel.science.caresystem import ALL, CostTotal, Derived, Interval, YearCost
from vliegwiel.web import notation
from vliegwiel.web.charts import DifferenceRow, difference_bars, kept
from vliegwiel.web.components import Column, FigureBlock, Table

from .amounts import euro_interval, rounded_euro
from .frames import Frame

_MONTHS_IN_YEAR = 12
_THOUSAND = 1000.0
_PERCENT = 100.0
#: The step of a care system that holds what its youth care costs in a year.
_YEARLY = "cost_per_year"


def costs(frame: Frame) -> FigureBlock:
    """What it costs and saves in each calendar year and in all, all municipalities together."""
    years = [cost for cost in frame.forecast.costs if cost.care_type == ALL]
    labels = [_year(cost) for cost in years]
    rows = [
        _cost_row(label, cost.baseline, cost.scenario, cost.difference)
        for label, cost in zip(labels, years, strict=True)
    ]
    total = _total(frame, ALL)
    if total is not None:
        rows.append(_cost_row(_("Together"), total.baseline, total.scenario, total.difference))
        yearly = [
            a_year(frame.forecast, x) for x in (total.baseline, total.scenario, total.difference)
        ]
        rows.append(_cost_row(_("On average a year"), *yearly))
    columns = [
        Column(_("Year")),
        Column(_("Without the change")),
        Column(_("With the change")),
        Column(_("Difference")),
    ]
    bars = [
        bar
        for label, cost in zip(labels, years, strict=True)
        if (bar := _bar(label, cost.difference)) is not None
    ]
    return frame.block(
        "costs",
        title=_finding(frame, total),
        what=_("Cost of care for all municipalities together, in the prices of the care system."),
        table=Table(_("Cost by calendar year"), columns, rows),
        chart=_drawn(frame, bars),
        downloads=frame.files("kosten"),
    )


def reasons(frame: Frame) -> FigureBlock | None:
    """Which forms of care make the cost change, the largest change first; None when unknown."""
    parts = sorted(
        (one for one in frame.forecast.cost_totals if one.care_type != ALL and _size(one)),
        key=_size,
        reverse=True,
    )
    if not parts:
        return None
    rows = [
        (
            frame.label(part.care_type),
            euro_interval(part.difference, signed=True),
            _signed(part.youths),
            euro_interval(part.baseline),
        )
        for part in parts
    ]
    columns = [
        Column(_("Form of care")),
        Column(_("Cost: difference")),
        Column(_("Youths in care at once: difference")),
        Column(_("Cost without the change")),
    ]
    period = {"period": sentences.span(frame.forecast.months[0], frame.forecast.months[-1])}
    bars = [
        bar
        for part in parts
        if (bar := _bar(frame.label(part.care_type), part.difference)) is not None
    ]
    return frame.block(
        "cost-reasons",
        title=_reason_finding(frame, parts),
        what=_reason_words(frame) % period,
        table=Table(_("Cost by form of care in %(period)s together") % period, columns, rows),
        chart=_drawn(frame, bars),
        downloads=frame.files("kosten"),
    )


def facts(frame: Frame) -> list[str]:
    """What a reader asks next: how much is that of the whole, and who pays."""
    found = []
    total = _total(frame, ALL)
    share = total.share if total is not None else None
    if share is not None and None not in (share.median, share.low, share.high):
        found.append(
            _(
                "The difference is %(share)s of what all youth care of the region costs in the "
                "model in that time (%(low)s to %(high)s)."
            )
            % {
                "share": _percent(share.median),
                "low": _percent(share.low),
                "high": _percent(share.high),
            }
        )
    found += _yearly_total(frame)
    count = len(frame.system.municipalities)
    found.append(
        ngettext(
            "The municipality of region %(region)s pays for this care.",
            "The %(count)s municipalities of region %(region)s pay for this care together. What a "
            "change means for each of them stands below, under “%(where)s”.",
            count,
        )
        % {
            "count": notation.number(count),
            "region": frame.region,
            "where": _("Who pays and who gains"),
        }
    )
    return found


def _yearly_total(frame: Frame) -> list[str]:
    """What the region spends in a year, when the care system says so, and where that is from."""
    step = next((step for step in frame.system.workings if step.id == _YEARLY), None)
    if step is None:
        return []
    origin = step.quantity.provenance
    amount = notation.euro(step.quantity.value)
    parts = [
        _("The care system reckons with %(amount)s of youth care a year.") % {"amount": amount}
    ]
    if isinstance(origin, Derived):
        parts.append(
            _("The amount is derived: %(how)s")
            % {"how": sentences.uncapitalised(in_language(origin.how))}
        )
    parts.append(_("A budget of the region itself is not in Vliegwiel yet."))
    return [" ".join(parts)]


def _total(frame: Frame, care_type: str) -> CostTotal | None:
    totals = frame.forecast.cost_totals
    return next((one for one in totals if one.care_type == care_type), None)


def _size(total: CostTotal) -> float:
    """How much the cost changes; zero where it does not or is not known."""
    difference = total.difference
    if difference is None or difference.median is None:
        return 0.0
    return abs(difference.median)


def _cost_row(
    label: str, before: Interval | None, after: Interval | None, difference: Interval | None
) -> tuple[str, str, str, str]:
    return (
        label,
        euro_interval(before),
        euro_interval(after),
        euro_interval(difference, signed=True),
    )


def _year(cost: YearCost) -> str:
    if cost.months == _MONTHS_IN_YEAR:
        return str(cost.year)
    return ngettext("%(year)s (%(months)s month)", "%(year)s (%(months)s months)", cost.months) % {
        "year": cost.year,
        "months": cost.months,
    }


def _bar(label: str, found: Interval | None) -> DifferenceRow | None:
    if found is None or found.low is None or found.median is None or found.high is None:
        return None
    values = (found.low, found.median, found.high)
    return DifferenceRow(label, *(value / _THOUSAND for value in values))


def _drawn(frame: Frame, bars: Sequence[DifferenceRow]) -> str:
    if not bars:
        return ""
    return kept(
        difference_bars,
        bars,
        x_title=_("Cost: difference in thousands of euros"),
        language=frame.language,
    )


def _finding(frame: Frame, total: CostTotal | None) -> str:
    """The cost over all months; over the period of the headline when totals are not known."""
    months = frame.forecast.months
    found, period = (total.difference, sentences.span(months[0], months[-1])) if total else (
        next(row.cost for row in frame.forecast.water_bed if row.care_type == ALL),
        sentences.period(frame.forecast),
    )  # fmt: skip
    if found is None or found.median is None or found.low is None or found.high is None:
        return _("What it costs is not known")
    size = {
        "period": period,
        "mid": rounded_euro(abs(found.median)),
        "low": rounded_euro(min(abs(found.low), abs(found.high))),
        "high": rounded_euro(max(abs(found.low), abs(found.high))),
    }
    if found.high < 0:
        return _("Care costs %(mid)s less in %(period)s (%(low)s to %(high)s)") % size
    if found.low > 0:
        return _("Care costs %(mid)s more in %(period)s (%(low)s to %(high)s)") % size
    if found.low == found.high == 0:
        return _("The change makes no difference to the cost of care in %(period)s") % size
    return _(
        "It is not clear whether care gets cheaper or more expensive in %(period)s: "
        "from %(less)s less to %(more)s more"
    ) % {
        "period": period,
        "less": rounded_euro(abs(min(0.0, found.low))),
        "more": rounded_euro(max(0.0, found.high)),
    }


def _reason_finding(frame: Frame, parts: Sequence[CostTotal]) -> str:
    """The form of care that surely adds most, and the one that surely saves most."""
    more = next((part for part in parts if _sign(part) > 0), None)
    less = next((part for part in parts if _sign(part) < 0), None)
    words = {}
    for name, part in (("more", more), ("less", less)):
        if part is not None:
            words[name] = sentences.uncapitalised(frame.label(part.care_type))
            words[f"{name}_amount"] = rounded_euro(_size(part))
    if more is not None and less is not None:
        return (
            _(
                "Most is added by %(more)s (%(more_amount)s), most is saved on %(less)s "
                "(%(less_amount)s)"
            )
            % words
        )
    if more is not None:
        return _("Most is added by %(more)s (%(more_amount)s), and nowhere clearly less") % words
    if less is not None:
        return _("Most is saved on %(less)s (%(less_amount)s), and nowhere clearly more") % words
    return _("No form of care gets clearly dearer or cheaper")


def _sign(part: CostTotal) -> int:
    """Which way the cost goes when that is sure, else 0."""
    difference = part.difference
    if difference is None or difference.low is None or difference.high is None:
        return 0
    return int(difference.low > 0) - int(difference.high < 0)


def _reason_words(frame: Frame) -> str:
    """Why the cost of a form of care changes."""
    prices = any(".cost_per_" in item.target for item in frame.scenario.interventions)
    if prices:
        return _(
            "Difference in %(period)s together. A form of care costs more when more youths are in "
            "care at once, or when the scenario makes a day or a start dearer. Where all places "
            "stay full, as many youths are in care as before."
        )
    return _(
        "Difference in %(period)s together. A form of care costs more when more youths are in care "
        "at once, and less when there are fewer: the price of a day stays the same. Where all "
        "places stay full, the cost does too."
    )


def _signed(found: Interval | None) -> str:
    if found is None or found.median is None or found.low is None or found.high is None:
        return notation.MISSING
    return _("%(mid)s (%(low)s to %(high)s)") % {
        "mid": notation.signed(found.median, 1),
        "low": notation.signed(found.low, 1),
        "high": notation.signed(found.high, 1),
    }


def _percent(value: float | None) -> str:
    """A signed share to a tenth of a per cent; smaller ones to a hundredth."""
    if value is None:
        return notation.MISSING
    shown = value * _PERCENT
    return f"{notation.signed(shown, 1 if abs(shown) >= 1 else 2)}%"
