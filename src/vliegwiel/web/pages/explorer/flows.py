"""From where to where youths go: the picture without a change, with it, or what differs."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vliegwiel.apps.explorer import comparing, descriptions, sentences
from vliegwiel.science.caresystem import FlowRow, Interval
from vliegwiel.web import notation
from vliegwiel.web.charts import Place, Stream, kept, sankey_chart
from vliegwiel.web.components import Column, FigureBlock, Table

from .amounts import plain_interval, signed_interval
from .frames import Frame

View = Literal["baseline", "scenario", "difference"]
VIEWS: tuple[View, ...] = ("baseline", "scenario", "difference")
_ENDS = ("base", "out")
_RETURN, _OTHER, _STOPPED = "return", "other", "stopped"
#: Flows below this part of all arrivals are taken together in the picture.
_SMALL_PART = 0.005
_STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Link:
    """So many youths a year from a place in a column to a place in the next one."""

    source: str
    target: str
    value: float
    aside: bool = False


def flows(frame: Frame, view: View) -> FigureBlock:
    """The flows of the last period as a picture, with every one of them in the table."""
    title, description = _finding(frame, view)
    limit = _limit(frame.forecast.flows)
    links = list(_links(frame.forecast.flows, view, limit))
    chart = ""
    if links:
        places = _places(frame, view, links)
        chart = kept(
            sankey_chart,
            places,
            [_stream(link, view) for link in links],
            description=description,
            headings=(_("From"), _("To"), _("Afterwards")),
        )
    return frame.block(
        "flows",
        title=title,
        what=_what(frame, view, limit),
        table=_table(frame),
        chart=chart,
        downloads=frame.files("stromen"),
    )


def _limit(rows: Sequence[FlowRow]) -> float:
    """Youths a year below which a flow is small: a part of all arrivals, rounded off downwards."""
    part = _SMALL_PART * sum(_middle(row.baseline) for row in rows if row.destination not in _ENDS)
    if part < 1.0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(part))
    return max(step * power for step in _STEPS if step * power <= part)


def _middle(found: Interval | None) -> float:
    return found.median if found is not None and found.median is not None else 0.0


def _shown(row: FlowRow, view: View) -> float:
    """What of a flow is drawn: its middle, or its difference where that is sure."""
    if view != "difference":
        return _middle(row.baseline if view == "baseline" else row.scenario)
    sure = comparing.way(row.difference) in ("less", "more")
    return _middle(row.difference) if sure else 0.0


def _links(rows: Sequence[FlowRow], view: View, limit: float) -> Iterator[Link]:
    """The flows between columns: small ones together, and of differences only the others."""
    found: dict[tuple[str, str, bool], float] = {}
    for row in rows:
        value = _shown(row, view)
        if not value:
            continue
        for source, target, aside in _steps(row):
            key = (source, target, aside)
            found[key] = found.get(key, 0.0) + value
    if view == "difference":
        kept_ones = {key: value for key, value in found.items() if abs(value) >= limit / 2}
    else:
        kept_ones = _merged(found, limit)
    for (source, target, aside), value in kept_ones.items():
        yield Link(source, target, value, aside)


def _steps(row: FlowRow) -> Iterator[tuple[str, str, bool]]:
    """A flow as it is drawn: in front of the form of care where it arrives, and behind the one it
    leaves. Who goes on from one form to another is on both sides."""
    kind, _colon, identifier = row.origin.partition(":")
    if kind in ("referrer", _RETURN):
        yield f"0:{row.origin}", f"1:{row.destination}", False
        return
    if row.destination not in _ENDS:
        yield f"0:{_OTHER}", f"1:{row.destination}", False
    if kind == "queue":
        yield f"1:{identifier}", f"2:{_STOPPED}", True
    else:
        yield f"1:{identifier}", f"2:{row.destination}", False


def _merged(
    found: Mapping[tuple[str, str, bool], float], limit: float
) -> dict[tuple[str, str, bool], float]:
    """Places and flows below the limit come together as small ones; nothing gets lost."""
    sizes: dict[str, list[float]] = {}
    for (source, target, _aside), value in found.items():
        sizes.setdefault(source, [0.0, 0.0])[0] += value
        sizes.setdefault(target, [0.0, 0.0])[1] += value
    small = {key for key, both in sizes.items() if max(both) < limit}
    made: dict[tuple[str, str, bool], float] = {}
    for (source, target, aside), value in found.items():
        begin, end = (f"{key[0]}:small" if key in small else key for key in (source, target))
        if value < limit and target != f"2:{_STOPPED}":
            end = f"{target[0]}:small"
        made[begin, end, aside] = made.get((begin, end, aside), 0.0) + value
    return made


def _places(frame: Frame, view: View, links: Sequence[Link]) -> list[Place]:
    """The ends of the flows in the order of the document, each with its number."""
    totals: dict[str, list[float]] = {}
    for link in links:
        totals.setdefault(link.source, [0.0, 0.0])[0] += link.value
        totals.setdefault(link.target, [0.0, 0.0])[1] += link.value
    ids = list(frame.forecast.flow_labels)
    order = [*ids, _OTHER, _STOPPED, "small"]
    rank = {name: place for place, name in enumerate(order)}
    keys = sorted(totals, key=lambda key: (key[0], rank.get(key[2:], len(order))))
    places = []
    for key in keys:
        out, into = totals[key]
        amount = out if key[0] == "0" else into if key[0] == "2" or into else out
        text = notation.signed(amount) if view == "difference" else notation.number(amount)
        places.append(Place(key, _name(frame, key[2:]), int(key[0]), text))
    return places


def _name(frame: Frame, identifier: str) -> str:
    words = {
        _OTHER: _("from other care"),
        _STOPPED: _("stopped waiting"),
        "small": _("small flows together"),
    }
    if identifier in words:
        return words[identifier]
    return descriptions.in_active_language(frame.forecast.flow_labels[identifier])


def _stream(link: Link, view: View) -> Stream:
    if view == "difference":
        return Stream(
            link.source, link.target, abs(link.value), "more" if link.value > 0 else "less"
        )
    return Stream(link.source, link.target, link.value, "aside" if link.aside else "plain")


def _finding(frame: Frame, view: View) -> tuple[str, str]:
    """What the picture says in one line, and that with what else it shows, to be read aloud."""
    if view == "difference":
        title = _difference_finding(frame)
        return title, title
    rows = frame.forecast.flows
    referred: dict[str, float] = {}
    for row in rows:
        if row.origin.startswith("referrer:"):
            referred[row.origin] = referred.get(row.origin, 0.0) + _shown(row, view)
    after = dict.fromkeys(("out", "base", _OTHER, _STOPPED), 0.0)
    for row in rows:
        if row.origin.startswith("queue:"):
            after[_STOPPED] += _shown(row, view)
        elif row.origin.startswith("care:"):
            after[row.destination if row.destination in _ENDS else _OTHER] += _shown(row, view)
    largest = max(referred, key=lambda name: referred[name], default="")
    title = _(
        "About %(total)s youths a year are referred; the largest group comes by %(who)s (%(count)s)"
    ) % {
        "total": _round(sum(referred.values())),
        "who": sentences.uncapitalised(_name(frame, largest)) if largest else notation.MISSING,
        "count": _round(referred.get(largest, 0.0)),
    }
    rest = _(
        "After care %(out)s youths leave youth care, %(other)s go on to other care and %(base)s to "
        "base provisions; %(stopped)s stop waiting."
    ) % {
        "out": _round(after["out"]),
        "other": _round(after[_OTHER]),
        "base": _round(after["base"]),
        "stopped": _round(after[_STOPPED]),
    }
    return title, f"{title}. {rest}"


def _round(value: float) -> str:
    """To three digits: more would say that the model knows it to the youth."""
    return notation.number(float(f"{value:.3g}"))


def _difference_finding(frame: Frame) -> str:
    sure = [
        row for row in frame.forecast.flows if comparing.way(row.difference) in ("less", "more")
    ]
    if not sure:
        return _("No flow of youths gets clearly larger or smaller")
    row = max(sure, key=lambda one: abs(_middle(one.difference)))
    count = _middle(row.difference)
    names = {
        "count": _round(abs(count)),
        "source": sentences.uncapitalised(_name(frame, row.origin)),
        "target": sentences.uncapitalised(_name(frame, row.destination)),
    }
    whole = round(abs(count))
    if count < 0:
        return (
            ngettext(
                "The largest change: %(count)s youth less a year from “%(source)s” to “%(target)s”",
                "The largest change: %(count)s youths less a year from “%(source)s” to "
                "“%(target)s”",
                whole,
            )
            % names
        )
    return (
        ngettext(
            "The largest change: %(count)s youth more a year from “%(source)s” to “%(target)s”",
            "The largest change: %(count)s youths more a year from “%(source)s” to “%(target)s”",
            whole,
        )
        % names
    )


def _what(frame: Frame, view: View, limit: float) -> str:
    period = {"period": sentences.period(frame.forecast), "limit": notation.number(limit)}
    if view == "difference":
        period["limit"] = notation.number(limit / 2, 0 if limit > 1 else 1)
        return (
            _(
                "Youths a year in %(period)s, with the change less without it. Orange and unbroken "
                "is more, blue with strokes is less. Drawn are flows that surely change by "
                "%(limit)s or more; all stand in the table."
            )
            % period
        )
    return (
        _(
            "Youths a year in %(period)s: who refers, the form of care, and where they go after "
            "it. Who goes from one form of care to another stands on both sides. Grey with strokes "
            "is who stops waiting. Flows below %(limit)s are taken together here; in the table all "
            "stand by themselves."
        )
        % period
    )


def _table(frame: Frame) -> Table:
    columns = [
        Column(_("From")),
        Column(_("To")),
        Column(_("Without the change")),
        Column(_("With the change")),
        Column(_("Difference")),
    ]
    rows = [
        (
            _name(frame, row.origin),
            _name(frame, row.destination),
            plain_interval(row.baseline),
            plain_interval(row.scenario),
            _difference(row.difference),
        )
        for row in frame.forecast.flows
    ]
    caption = _("Youths a year in %(period)s") % {"period": sentences.period(frame.forecast)}
    return Table(caption, columns, rows)


def _difference(found: Interval | None) -> str:
    return notation.MISSING if found is None else signed_interval(found)
