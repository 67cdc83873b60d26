"""The pictures of a result: the difference at each look, and what was measured on either side."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vliegwiel.apps.explorer import effect_words
from vliegwiel.apps.pilots import result_words
from vliegwiel.apps.pilots.queries import OutcomeResult, PilotRow, RegisteredOutcome, Side
from vliegwiel.science.yardstick import LEAST_SHOWN
from vliegwiel.web import charts, notation
from vliegwiel.web.components import Column, Download, FigureBlock, Table

_NAMES = {"with": "scenario", "without": "baseline", "expected": "baseline"}


def looks_figure(region: Any, pilot: PilotRow, result: OutcomeResult) -> FigureBlock | None:
    """The difference with its interval at each look; None while there is no interval."""
    registered, found = result.plan, result.found
    effect = result_words.any_look(registered, found)
    looks = result_words.looks_of(found)
    if effect is None or not looks:
        return None
    told = [
        charts.LookPoint(
            day,
            result_words.look_value(effect, look.low),
            result_words.look_value(effect, look.estimate),
            result_words.look_value(effect, look.high),
        )
        for day, look in looks
        if look.low is not None and look.high is not None
    ]
    unit = result_words.unit_of(registered, effect)
    what = _("Difference in %(outcome)s between with and without the initiative, in %(unit)s") % {
        "outcome": registered.name,
        "unit": unit or _("points"),
    }
    decision = found.decision
    chart = charts.kept(
        charts.looks_chart,
        told,
        matters=_matters(result) if decision is not None else None,
        y_title=what,
        more=_more(result),
        less=_less(result),
        language=(get_language() or "nl")[:2],
    )
    return FigureBlock(
        id=f"looks-{result.outcome}",
        title=_("How sure it was at each look"),
        what=_(
            "A dot is the difference that was measured until that day. The upright line is where "
            "the true difference almost certainly lies. As long as it crosses the line of no "
            "difference, it may be that the initiative does nothing."
        ),
        table=_looks_table(told, [int(look.size) for _day, look in looks]),
        chart=chart,
        source=_source(result),
        date=notation.day(result.last_day),
        mark=pilot.mark or "",  # type: ignore[arg-type]
        how=[
            _(
                "Each line holds for looking at any moment, so stopping when it looks good does "
                "not make it look better than it is. That is why it is longer than the line of an "
                "ordinary calculation."
            ),
        ],
        downloads=_downloads(region, pilot, result),
    )


def _looks_table(told: Sequence[charts.LookPoint], sizes: Sequence[int]) -> Table:
    columns = [
        Column(_("Measured until"), "day"),
        Column(_("Difference")),
        Column(_("Almost certainly from")),
        Column(_("to")),
        Column(_("Measurements"), "number"),
    ]
    number = effect_words.number
    rows = [
        (one.day, number(one.mid), number(one.low), number(one.high), size)
        for one, size in zip(told, sizes, strict=True)
    ]
    return Table(_("The difference at each look"), columns, rows)


def sides_figure(region: Any, pilot: PilotRow, result: OutcomeResult) -> FigureBlock | None:
    """What was measured on either side by month; None for a design without months."""
    drawn = [side for side in result.sides if any(v is not None for v in side.values)]
    if not drawn:
        return None
    registered = result.plan
    what = f"{registered.name} ({registered.unit})" if registered.unit else registered.name
    series = [
        charts.BandSeries(
            side_name(side),
            [
                charts.BandPoint(month, value, value, value)
                for month, value in zip(side.months, side.values, strict=True)
                if value is not None
            ],
            _NAMES[side.name],  # type: ignore[arg-type]
            observed=_observed(side),
        )
        for side in drawn
    ]
    chart = charts.kept(
        charts.band_chart,
        series,
        y_title=what,
        language=(get_language() or "nl")[:2],
        events=[charts.Event(registered.starts_on.replace(day=1), _("start"))],
    )
    return FigureBlock(
        id=f"sides-{result.outcome}",
        title=_("What was measured, month by month"),
        what=_reading(drawn),
        table=_sides_table(drawn),
        chart=chart,
        source=_source(result),
        date=notation.day(result.last_day),
        mark=pilot.mark or "",  # type: ignore[arg-type]
        how=[_averages(registered), *_hidden_places(registered, drawn)],
        downloads=_downloads(region, pilot, result),
    )


def _observed(side: Side) -> list[tuple[date, float]]:
    """What was measured, as dots; what was expected has none."""
    if side.name == "expected":
        return []
    points = zip(side.months, side.values, strict=True)
    return [(month, value) for month, value in points if value is not None]


def side_name(side: Side) -> str:
    names = {
        "with": _("with the initiative"),
        "without": _("without the initiative"),
        "expected": _("expected without the initiative"),
    }
    return names[side.name]


def _sides_table(sides: list[Side]) -> Table:
    months = sorted({month for side in sides for month in side.months})
    values = [dict(zip(side.months, side.values, strict=True)) for side in sides]
    counts = [dict(zip(side.months, side.counts, strict=True)) for side in sides]
    columns = [Column(_("Month"), "month")]
    for side in sides:
        name = side_name(side)
        columns.append(Column(name[:1].upper() + name[1:]))
        if side.name != "expected":
            columns.append(Column(_("Number measured"), "number"))
    rows = []
    for month in months:
        row: list[Any] = [month]
        for side, value, count in zip(sides, values, counts, strict=True):
            shown = value.get(month)
            row.append(effect_words.number(shown))
            if side.name != "expected":
                row.append(count.get(month) if shown is not None else None)
        rows.append(row)
    return Table(_("What was measured by month"), columns, rows)


def _averages(plan: RegisteredOutcome) -> str:
    if plan.of_persons:
        return _(
            "A point is the average of all youths that were measured in that month. An average of "
            "fewer than %(least)s youths is not shown, to protect them."
        ) % {"least": notation.number(LEAST_SHOWN)}
    return _("A point is the average of all places that were measured in that month.")


def _hidden_places(plan: RegisteredOutcome, sides: list[Side]) -> list[str]:
    """Why points lack where places said of how few youths they were."""
    lacks = any(value is None for side in sides if side.name != "expected" for value in side.values)
    if plan.of_persons or not lacks:
        return []
    return [
        _("A month with fewer than %(least)s youths at all places together is not shown.")
        % {"least": notation.number(LEAST_SHOWN)}
    ]


def _reading(sides: list[Side]) -> str:
    if any(side.name == "expected" for side in sides):
        return _(
            "The line of short strokes is what the series would probably have been without the "
            "initiative. The gap between both lines is the difference."
        )
    return _(
        "Both lines may differ from the start. What counts is whether the gap between them "
        "changes after the start."
    )


def _matters(result: OutcomeResult) -> float:
    """The smallest difference that matters, as it is told, with the sign of what is better."""
    plan, effect = result.plan, result.found.effect
    assert effect is not None, "asked before"
    up = plan.better == "higher"
    if effect.scale == "hazard_ratio":
        up = not up
    if plan.relevant_per_cent:
        # A ratio of 1.2 up is as far as 1 / 1.2 down.
        factor = 1.0 + plan.smallest_relevant / 100.0
        return 100.0 * ((factor if up else 1.0 / factor) - 1.0)
    size = 100.0 * plan.smallest_relevant if plan.is_share else plan.smallest_relevant
    return size if up else -size


def _more(result: OutcomeResult) -> str:
    return (
        _("higher with the initiative: better")
        if _up(result)
        else _("higher with the initiative: worse")
    )


def _less(result: OutcomeResult) -> str:
    return (
        _("lower with the initiative: worse")
        if _up(result)
        else _("lower with the initiative: better")
    )


def _up(result: OutcomeResult) -> bool:
    turned = result.found.effect is not None and result.found.effect.scale == "hazard_ratio"
    return (result.plan.better == "higher") is not turned


def _source(result: OutcomeResult) -> str:
    return _("Measurements of this pilot (delivery %(number)s)") % {
        "number": result.last_delivery or notation.MISSING
    }


def _downloads(region: Any, pilot: PilotRow, result: OutcomeResult) -> list[Download]:
    address = reverse("pilot_result_csv", args=[region.slug, pilot.id, result.outcome])
    return [
        Download(_("CSV for Dutch Excel"), f"{address}?notation=nl"),
        Download(_("CSV for programs (English)"), address),
    ]
