"""Indicators, targets and their course in words."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from vliegwiel.apps.yardstick.queries import (
    Definition,
    Direction,
    IndicatorHistory,
    Kind,
    Level,
    ReadingLine,
    Role,
    TargetNow,
    breakdown_choices,
)
from vliegwiel.science.yardstick import PROJECTION_LEVEL, Course
from vliegwiel.web import charts, notation
from vliegwiel.web.components import Column, FigureBlock, Table

_PERCENT = 100.0

#: Course -> what it means, and the colour of its sign.
COURSES: Mapping[Course, tuple[str | Promise, str]] = {
    Course.TOO_EARLY: (gettext_lazy("Too early to say"), "neutral"),
    Course.REACHED: (gettext_lazy("Reached"), "valid"),
    Course.ON_COURSE: (gettext_lazy("On course"), "valid"),
    Course.UNCERTAIN: (gettext_lazy("Uncertain whether it is reached"), "warning"),
    Course.BEHIND: (gettext_lazy("Off course: too slow"), "danger"),
    Course.WRONG_WAY: (gettext_lazy("Off course: the wrong way"), "danger"),
    Course.MISSED: (gettext_lazy("Not reached in time"), "danger"),
}


def amount(value: float | None) -> str:
    """A number with no more decimals than it has."""
    if value is None:
        return notation.MISSING
    decimals = len(f"{value:.6f}".rstrip("0").partition(".")[2])
    return notation.number(value, min(decimals, 3))


def aim(target: TargetNow) -> str:
    """What the target says, in one sentence."""
    less = target.definition.better == Direction.LOWER
    words = (
        _("%(percent)s less than %(base)s %(unit)s, on %(day)s at the latest")
        if less
        else _("%(percent)s more than %(base)s %(unit)s, on %(day)s at the latest")
    )
    return words % {
        "percent": notation.percent(target.percent, 0 if float(target.percent).is_integer() else 1),
        "base": amount(target.base),
        "unit": target.definition.unit,
        "day": notation.day(target.due_on),
    }


def course(target: TargetNow) -> tuple[str, str]:
    """How it goes, and the colour of its sign."""
    label, tone = COURSES[target.progress.course]
    return str(label), tone


def gone(target: TargetNow) -> str:
    """Which part of the way is gone, and which part should be."""
    way = target.progress
    if way.done is None:
        return _("Nothing was read since the base.")
    words = _("%(done)s of the way is gone; by a straight line it would be %(expected)s.") % {
        "done": notation.percent(_PERCENT * way.done, 0),
        "expected": notation.percent(_PERCENT * way.expected, 0),
    }
    if way.projected is None or way.course in (Course.REACHED, Course.MISSED):
        return words
    if way.projected_low is None or way.projected_high is None:
        return f"{words} {_('From three readings on we say where it heads.')}"
    heads = _("If it goes on like this, %(low)s to %(high)s is reached on that day.") % {
        "low": notation.percent(_PERCENT * way.projected_low, 0),
        "high": notation.percent(_PERCENT * way.projected_high, 0),
    }
    return f"{words} {heads}"


def facts_of(one: Definition) -> Sequence[tuple[str, str]]:
    """A definition as term and words."""
    names = dict(breakdown_choices())
    found = [
        (_("What is counted"), one.numerator),
        (_("Of how many"), one.denominator or notation.MISSING),
        (_("Unit"), one.unit),
        (_("Kind of number"), str(Kind(one.kind).label)),
        (_("Direction"), str(Direction(one.better).label)),
        (_("Measured of a"), str(Level(one.level).label)),
        (_("Sort"), str(Role(one.role).label)),
        (_("Possible values"), _bounds(one)),
        (_("Can be broken down by"), ", ".join(names[key] for key in one.breakdowns if key in names)
         or notation.MISSING),
    ]  # fmt: skip
    if one.source:
        place = f", {one.place}" if one.place else ""
        found.append((_("Source"), f"{one.source}{place}"))
    return found


def readings_of(history: IndicatorHistory) -> Sequence[tuple[str, ReadingLine]]:
    """Every reading with its value in words, the newest day first."""
    return [(amount(line.value), line) for line in history.readings]


def _bounds(one: Definition) -> str:
    """Between which values it can lie."""
    if one.lowest is not None and one.highest is not None:
        words = _("%(low)s to %(high)s")
        return words % {"low": amount(one.lowest), "high": amount(one.highest)}
    if one.lowest is not None:
        return _("%(number)s or more") % {"number": amount(one.lowest)}
    if one.highest is not None:
        return _("%(number)s or less") % {"number": amount(one.highest)}
    return _("every number")


def target_figure(history: IndicatorHistory) -> FigureBlock | None:
    """The way to the target as a picture with its table; None without a target."""
    target = history.target
    if target is None:
        return None
    one, label = target.definition, course(target)[0]
    unit = f"{one.name} ({one.unit})"
    rows: list[tuple[Any, ...]] = [(target.base_on, _("Base"), target.base, notation.MISSING)]
    sources = {line.day: line.found_in for line in history.readings if line.counts}
    rows += [
        (day, _("Reading"), value, sources.get(day, notation.MISSING))
        for day, value in target.readings
        if day > target.base_on
    ]
    rows.append((target.due_on, _("Target"), target.progress.goal, notation.MISSING))
    columns = [
        Column(_("Date"), "day"),
        Column(_("What it is")),
        Column(one.unit, "number", 3 if one.kind in (Kind.SHARE, Kind.RATE, Kind.MEAN) else 1),
        Column(_("Found in")),
    ]
    chart = charts.target_chart(
        target.readings,
        base=(target.base_on, target.base),
        goal=(target.due_on, target.progress.goal),
        y_title=unit,
        language=(get_language() or "nl")[:2],
    )
    return FigureBlock(
        id="target",
        title=f"{label}: {aim(target)}",
        what=gone(target),
        table=Table(unit, columns, rows),
        chart=chart,
        source=_("Readings of the region"),
        date=notation.day(timezone.localdate()),
        how=[
            _("The dashed line goes straight from the base to the target. The signal comes from "
              "the slope of the readings since the base: least squares through the base, from "
              "three readings on with an interval of %(level)s percent by Student's t.")
            % {"level": notation.number(_PERCENT * PROJECTION_LEVEL)},
            _("It is off course when even the best end of that interval stays short of the "
              "target."),
        ],
        heading=3,
    )  # fmt: skip
