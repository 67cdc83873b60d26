"""What a forecast rests on: every assumption, and which of them matter most."""

import math
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vliegwiel.apps.explorer import assumed, sentences
from vliegwiel.apps.explorer.descriptions import in_active_language
from vliegwiel.science.caresystem import Sensitivity, SensitivityRow
from vliegwiel.web import notation
from vliegwiel.web.charts import TornadoEnd, TornadoRow, kept, tornado_chart
from vliegwiel.web.components import Column, FigureBlock, Table

from .frames import Frame


def tornado(frame: Frame, found: Sensitivity) -> FigureBlock:
    """The assumptions that move the outcome most, each from its lowest to its highest value."""
    care_type = sentences.uncapitalised(frame.label(found.focus))
    if found.is_difference:
        x_title = _("Change of the waiting time for %(care_type)s in days")
    else:
        x_title = _("Waiting time for %(care_type)s in days")
    x_title %= {"care_type": care_type}
    untold = assumed.untold(frame.forecast, found)
    if untold:
        # What a chance start here and there would tell is no outcome.
        found = replace(found, rows=(), outcome=math.nan)
    drawn = [row for row in found.rows if row.stands_out(found.outcome)]
    chart = ""
    if drawn:
        chart = kept(
            tornado_chart,
            [_bar(frame, found, row) for row in drawn],
            centre=found.outcome,
            x_title=x_title,
            better=_("shorter wait"),
            worse=_("longer wait"),
            language=frame.language,
        )
    return frame.block(
        "tornado",
        title=_finding(frame, found),
        what=untold or _what(found),
        table=_table(frame, found, x_title),
        chart=chart,
        downloads=frame.files("tornado"),
    )


def assumptions(frame: Frame) -> Table:
    """Every assumption, those of the scenario first."""
    rows = [
        (
            assumed.name(item, frame.scenario, frame.system),
            assumed.in_words(item, item.value, frame.scenario),
            assumed.range_in_words(item, frame.scenario),
            in_active_language(item.why),
        )
        for item in assumed.in_order(frame.forecast.assumptions)
    ]
    columns = [
        Column(_("Assumption")),
        Column(_("Likeliest")),
        Column(_("Range")),
        Column(_("Why this range")),
    ]
    return Table(_("Every assumption with its range"), columns, rows)


def _bar(frame: Frame, found: Sensitivity, row: SensitivityRow) -> TornadoRow:
    ends = (
        (row.low, row.outcome_low, row.noise_low),
        (row.high, row.outcome_high, row.noise_high),
    )
    low, high = (
        TornadoEnd(
            outcome,
            _("at %(assumption)s: %(outcome)s")
            % {
                "assumption": assumed.in_words(row, value, frame.scenario),
                "outcome": _outcome(found, outcome),
            },
            chance=noise is not None and abs(outcome - found.outcome) <= noise,
        )
        for value, outcome, noise in ends
    )
    return TornadoRow(assumed.name(row, frame.scenario, frame.system), low, high)


def _outcome(found: Sensitivity, value: float) -> str:
    return notation.signed(value, 1) if found.is_difference else notation.number(value, 1)


def _what(found: Sensitivity) -> str:
    """How to read it, and what is left out because chance explains it."""
    if not found.rows:
        return _("No assumption could be tried at both ends of its range.")
    parts = [
        _(
            "Each assumption in turn at its lowest and its highest value; the others at their "
            "likeliest. With all at their likeliest the outcome is %(outcome)s days: the upright "
            "line."
        )
        % {"outcome": _outcome(found, found.outcome)}
    ]
    if found.within_noise:
        numbers = {"tried": notation.number(found.tried)}
        numbers["count"] = notation.number(found.within_noise)
        parts.append(
            ngettext(
                "Of the %(tried)s assumptions that seemed to matter and were tried, %(count)s "
                "moves the outcome no further than chance does; it is not drawn.",
                "Of the %(tried)s assumptions that seemed to matter and were tried, %(count)s "
                "move the outcome no further than chance does; they are not drawn.",
                found.within_noise,
            )
            % numbers
        )
    return " ".join(parts)


def _finding(frame: Frame, found: Sensitivity) -> str:
    if not found.rows or not math.isfinite(found.outcome):
        return _("Which assumption matters most cannot be told")
    first = next((row for row in found.rows if row.stands_out(found.outcome)), None)
    if first is None:
        return _("No assumption changes the outcome")
    return _("Of %(count)s assumptions “%(label)s” matters most") % {
        "count": notation.number(found.assumptions),
        "label": sentences.uncapitalised(assumed.name(first, frame.scenario, frame.system)),
    }


def _table(frame: Frame, found: Sensitivity, caption: str) -> Table:
    kind = "signed" if found.is_difference else "number"
    columns = [
        Column(_("Assumption")),
        Column(_("Likeliest")),
        Column(_("Lowest")),
        Column(_("Outcome at the lowest value (days)"), kind, 1),  # type: ignore[arg-type]
        Column(_("Highest")),
        Column(_("Outcome at the highest value (days)"), kind, 1),  # type: ignore[arg-type]
        Column(_("More than chance")),
        Column(_("Why this range")),
    ]
    return Table(caption, columns, [_row(frame, found, row) for row in found.rows])


def _row(frame: Frame, found: Sensitivity, row: SensitivityRow) -> list[str | float | None]:
    return [
        assumed.name(row, frame.scenario, frame.system),
        assumed.in_words(row, row.value, frame.scenario),
        assumed.in_words(row, row.low, frame.scenario),
        row.outcome_low,
        assumed.in_words(row, row.high, frame.scenario),
        row.outcome_high,
        _("yes") if row.stands_out(found.outcome) else _("no"),
        in_active_language(row.why),
    ]
