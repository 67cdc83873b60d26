"""Who waits today, by place in the queue: youths of the model, never persons."""

from collections.abc import Mapping, Sequence

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vliegwiel.apps.explorer import descriptions, sentences
from vliegwiel.science.caresystem import Forecast, QueueRow
from vliegwiel.web import notation
from vliegwiel.web.charts import PlacePoint, kept, place_chart
from vliegwiel.web.components import Column, FigureBlock, Table

from .amounts import plain_interval
from .frames import Frame

_PERCENT = 100.0


class QueueForm(forms.Form):
    """Whose queue to look at; sent by GET, so that it can be shared."""

    queue = forms.ChoiceField(label=gettext_lazy("In the queue for"), required=False)

    def __init__(self, data: Mapping[str, str], forecast: Forecast) -> None:
        known = list(dict.fromkeys(row.care_type for row in forecast.queue))
        self._usual = forecast.focus if forecast.focus in known else next(iter(known), "")
        super().__init__({"queue": data.get("queue") or self._usual})
        self.fields["queue"].choices = [  # type: ignore[attr-defined]
            (key, descriptions.in_active_language(forecast.labels[key])) for key in known
        ]

    def chosen(self) -> str:
        """The form of care; the usual one for an address that asks for something else."""
        self.is_valid()
        return str(self.cleaned_data.get("queue") or self._usual)


def today(frame: Frame, care_type: str) -> FigureBlock:
    """What awaits who waits for one form of care, by place."""
    rows = [row for row in frame.forecast.queue if row.care_type == care_type]
    finding = _finding(frame, rows)
    points = [
        PlacePoint(row.place, row.days.low, row.days.median, row.days.high)
        for row in rows
        if row.days.median is not None and row.days.low is not None and row.days.high is not None
    ]
    chart = ""
    if points:
        chart = kept(
            place_chart,
            points,
            x_title=_("Place in the queue on %(day)s") % {"day": _start(frame)},
            y_title=_("Days from then until care starts"),
            description=finding,
            language=frame.language,
        )
    return frame.block(
        "today",
        title=finding,
        what=_(
            "These are youths of the model, no persons: the care system says how many wait. How "
            "long each has waited follows from the care system when that was counted, else the "
            "model thinks it up. Without the change. Of who waits on, in 80 of 100 outcomes the "
            "wait lies in the band; who stops waiting is not in it."
        ),
        table=_table(frame, rows),
        chart=chart,
        downloads=frame.files("wachtenden"),
    )


def everywhere(frame: Frame) -> Table:
    """The first and the last of every queue, in one table."""
    columns = [
        Column(_("Form of care")),
        Column(_("Who waits"), "number"),
        Column(_("Days for the first")),
        Column(_("Days for the last")),
        Column(_("The last stops waiting before"), "percent"),
    ]
    rows = []
    for care_type in dict.fromkeys(row.care_type for row in frame.forecast.queue):
        queue = [row for row in frame.forecast.queue if row.care_type == care_type]
        first, last = queue[0], queue[-1]
        rows.append(
            (
                frame.label(care_type),
                last.place,
                plain_interval(first.days),
                plain_interval(last.days),
                last.leaves * _PERCENT,
            )
        )
    caption = _("Who waits on %(day)s, without the change") % {"day": _start(frame)}
    return Table(caption, columns, rows)


def _start(frame: Frame) -> str:
    return notation.day(frame.forecast.months[0])


def _finding(frame: Frame, rows: Sequence[QueueRow]) -> str:
    first, last = rows[0], rows[-1]
    words = {
        "care_type": sentences.uncapitalised(frame.label(first.care_type)),
        "count": notation.number(last.place),
        "day": _start(frame),
        "first": _days(first.days.median),
        "last": _days(last.days.median),
        "leaves": notation.percent(last.leaves * _PERCENT, 0),
    }
    if first.days.median is None or last.days.median is None:
        return _("%(count)s youths of the model wait for %(care_type)s on %(day)s") % words
    return (
        _(
            "Of the %(count)s who wait for %(care_type)s on %(day)s the first is expected to start "
            "after %(first)s, the last after %(last)s; the chance that the last stops before is "
            "%(leaves)s"
        )
        % words
    )


def _days(value: float | None) -> str:
    if value is None or value < 1:
        return _("less than a day")
    return ngettext("%(number)s day", "%(number)s days", round(value)) % {
        "number": notation.number(value)
    }


def _table(frame: Frame, rows: Sequence[QueueRow]) -> Table:
    columns = [
        Column(_("Place"), "number"),
        Column(_("Days waited until then")),
        Column(_("Days from then until care starts")),
        Column(_("Stops waiting before"), "percent"),
        Column(_("Still waits at the end"), "percent"),
    ]
    body = [
        (
            row.place,
            plain_interval(row.waited),
            plain_interval(row.days),
            row.leaves * _PERCENT,
            row.waits_on * _PERCENT,
        )
        for row in rows
    ]
    caption = _("Who waits for %(care_type)s on %(day)s, by place in the queue") % {
        "care_type": sentences.uncapitalised(frame.label(rows[0].care_type)),
        "day": _start(frame),
    }
    return Table(caption, columns, body)
