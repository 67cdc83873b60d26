"""What was said of an outcome beforehand, beside what was measured: sentence, picture, table."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vliegwiel.apps.decisions.queries import Look, OnRecord
from vliegwiel.science.evidence.scoring import Said
from vliegwiel.web import charts, notation
from vliegwiel.web.components import Column, FigureBlock, Table, Toned

from . import words


@dataclass(frozen=True, slots=True)
class RecordShown:
    """One outcome; `figure` is None while nothing was said of it."""

    record: OnRecord
    model: str
    proposers: str
    newest: str
    judged: Sequence[str]
    figure: FigureBlock | None


def shown(record: OnRecord) -> RecordShown:
    """What was expected and what came of it so far."""
    last = record.looks[-1] if record.looks else None
    return RecordShown(
        record,
        said(record, record.model),
        said(record, record.proposers),
        "" if last is None else _measured(record, last),
        _judged(record, last),
        _figure(record) if record.model is not None or record.proposers is not None else None,
    )


def said(record: OnRecord, found: Said | None) -> str:
    """The likely effect with its band, in words; empty where nothing was said."""
    if found is None:
        return ""
    band = words.spanned(found.low, found.high, record.unit, per_cent=record.per_cent)
    likely = words.sized(found.likely, record.unit, per_cent=record.per_cent)
    return f"{likely} ({band})"


def _measured(record: OnRecord, look: Look) -> str:
    likely = words.sized(look.measured, record.unit, per_cent=record.per_cent)
    if look.low is None:
        return likely
    band = words.spanned(look.low, look.high, record.unit, per_cent=record.per_cent)
    return f"{likely} ({band})"


def _judged(record: OnRecord, last: Look | None) -> list[str]:
    if last is None:
        return []
    told = (
        (last.model_inside, _("the model"), record.model),
        (last.proposers_inside, _("those who proposed it"), record.proposers),
    )
    return [_sentence(inside, whose) for inside, whose, _band in told if inside is not None]


def _sentence(inside: bool, whose: str) -> str:
    if inside:
        return _("What was measured lies within what %(whose)s expected.") % {"whose": whose}
    return _("What was measured lies outside what %(whose)s expected.") % {"whose": whose}


def _figure(record: OnRecord) -> FigureBlock:
    rows = [
        _row(record, label, found.low, found.likely, found.high)
        for label, found in (
            (_("The model expected"), record.model),
            (_("Those who proposed it expected"), record.proposers),
        )
        if found is not None
    ]
    last = record.looks[-1] if record.looks else None
    if last is not None and last.low is not None and last.high is not None:
        label = _("Measured, recorded %(moment)s") % {"moment": notation.day(last.at)}
        rows.append(_row(record, label, last.low, last.measured, last.high))
    unit = words.unit_shown(record.unit, per_cent=record.per_cent)
    what = _("Difference that the initiative makes in %(outcome)s, in %(unit)s") % {
        "outcome": record.name,
        "unit": unit,
    }
    chart = charts.kept(
        charts.difference_bars,
        rows,
        x_title=unit,
        language=(get_language() or "nl")[:2],
        decimals=1,
    )
    return FigureBlock(
        id=f"record-{record.outcome}",
        title=_("What was expected, and what came of it"),
        what=what,
        table=_table(record),
        chart=chart,
        source=_("The forecasts on record and the measurements of this pilot"),
        date=notation.day(record.said_at),
        mark=record.mark or "",  # type: ignore[arg-type]
        how=[
            _(
                "The expectations were put on record before the start and never change. The band "
                "of the model holds 80 per cent of its repetitions."
            ),
            _(
                "What was measured has an uncertainty of its own, which counts: a small pilot that "
                "measured little does not make a forecast wrong."
            ),
        ],
    )


def _row(record: OnRecord, label: str, low: float, mid: float, high: float) -> charts.DifferenceRow:
    low, mid, high = (words.shown(value, per_cent=record.per_cent) for value in (low, mid, high))
    return charts.DifferenceRow(label, low, mid, high)


def _table(record: OnRecord) -> Table:
    columns = [
        Column(_("What")),
        Column(_("Likely")),
        Column(_("From – to")),
        Column(_("Within the band of the model")),
        Column(_("Within the band of who proposed it")),
    ]
    expected = [
        (
            label,
            words.sized(found.likely, record.unit, per_cent=record.per_cent),
            words.spanned(found.low, found.high, record.unit, per_cent=record.per_cent),
            "",
            "",
        )
        for label, found in (
            (_("The model expected"), record.model),
            (_("Those who proposed it expected"), record.proposers),
        )
        if found is not None
    ]
    looks = [
        (
            _("Measured, recorded %(moment)s") % {"moment": notation.moment(look.at)},
            words.sized(look.measured, record.unit, per_cent=record.per_cent),
            words.spanned(look.low, look.high, record.unit, per_cent=record.per_cent),
            _inside(look.model_inside),
            _inside(look.proposers_inside),
        )
        for look in record.looks
    ]
    return Table(_("Expected and measured: %(name)s") % {"name": record.name}, columns,
                 [*expected, *looks])  # fmt: skip


def _inside(inside: bool | None) -> str | Toned:
    if inside is None:
        return notation.MISSING
    return Toned(_("Yes"), "better") if inside else Toned(_("No"), "worse")
