"""The figure blocks of the page with published waiting times."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from vliegwiel.apps.figures import queries
from vliegwiel.apps.figures.queries import (
    ClockSummary,
    DeliveryInfo,
    KindSummary,
    WaitingSummary,
)
from vliegwiel.web import charts, notation
from vliegwiel.web.components import Column, Download, FigureBlock, Quality, Table

from .sentences import lower

# An axis of fewer weeks would make days look long.
_SHORTEST_AXIS = 4


def weeks(value: Decimal | None) -> str:
    """Whole weeks from ten on: a month counted in weeks is not known to a tenth."""
    whole = value is None or value >= 10 or value == value.to_integral()
    return notation.number(value, 0 if whole else 1)


def duration(value: Decimal | None) -> str:
    """ "1 week", "12 weeks"."""
    text = weeks(value)
    return ngettext("%(n)s week", "%(n)s weeks", 1 if text == "1" else 2) % {"n": text}


def blocks_of(
    region: Any, summary: WaitingSummary, delivery: DeliveryInfo, *, kind: str = ""
) -> Sequence[FigureBlock]:
    """One block a clock: how long the providers say that the wait is, by kind of help.

    With `kind` of that kind alone: its offers may be of other kinds as well.
    """
    kinds = [item for item in summary.by_kind if kind in ("", item.kind)]
    return [
        block
        for clock in ("to_intake", "to_treatment")
        if (block := _block(region, clock, replace(summary, by_kind=kinds), delivery))
    ]


def _block(
    region: Any, clock: str, summary: WaitingSummary, delivery: DeliveryInfo
) -> FigureBlock | None:
    shown = [(kind, getattr(kind, clock)) for kind in summary.by_kind]
    shown = [(kind, part) for kind, part in shown if part.known]
    if not shown:
        return None
    # Who asks for crisis help alone wants to read about that.
    whole = summary.all_but_crisis if summary.all_but_crisis.offers else summary.by_kind[0]
    overall: ClockSummary = getattr(whole, clock)
    what = _("Weeks of waiting that providers state, %(clock)s, by kind of help") % {
        "clock": lower(overall.clock_label)
    }
    return FigureBlock(
        id=f"wait-{clock.replace('_', '-')}",
        title=finding(overall),
        what=_("%(what)s. One dot is one offer; a larger dot is more offers.") % {"what": what}
        + _middle_key(part for _kind, part in shown),
        chart=charts.dot_chart(
            [_row(kind, part) for kind, part in shown],
            x_title=_("weeks"),
            language=get_language() or "nl",
            at_least=_SHORTEST_AXIS,
        ),
        table=_table(what, shown),
        quality=_quality(overall),
        source=_("Websites of the providers"),
        clock=overall.clock_label,
        heading=2,
        date=notation.day(delivery.generated_at),
        how=_how(overall, without_crisis=whole is summary.all_but_crisis),
        downloads=(
            Download(
                _("Download the statements (CSV)"),
                reverse("waiting_times_csv", kwargs={"region_slug": region.slug}),
            ),
        ),
    )


def _middle_key(parts: Iterable[ClockSummary]) -> str:
    drawn = any(part.has_middle for part in parts)
    return " " + _("The line is the middle offer.") if drawn else ""


def finding(clock: ClockSummary) -> str:
    """What the offers say together, and of how many of them that is known."""
    words = {
        "clock": lower(clock.clock_label),
        "known": notation.number(clock.known),
        "offers": notation.number(clock.offers),
    }
    if not clock.known:
        return _("No provider gives a number: %(clock)s") % words
    if not clock.has_middle:
        text = ngettext(
            "Stated wait %(clock)s: %(weeks)s; %(known)s of %(offers)s offers gives a number",
            "Stated wait %(clock)s: %(weeks)s; %(known)s of %(offers)s offers give a number",
            clock.known,
        )
        return text % {**words, "weeks": _range(clock)}
    return _(
        "Stated wait %(clock)s: in the middle %(weeks)s, over the %(known)s of %(offers)s offers "
        "that give a number"
    ) % {**words, "weeks": duration(clock.median_weeks)}


def _range(clock: ClockSummary) -> str:
    """From the lowest to the highest of what stands for the offers."""
    low, high = weeks(clock.weeks[0]), duration(clock.weeks[-1])
    if weeks(clock.weeks[-1]) == low:
        return high
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def _quality(clock: ClockSummary) -> Quality:
    """A statement is worth what it is: how many say a number, and how many were seen that day."""
    reason = ngettext(
        "stated by providers, not measured; %(observed)s of the %(known)s number was read that day",
        "stated by providers, not measured; %(observed)s of the %(known)s numbers were read that "
        "day",
        clock.known,
    ) % {"known": notation.number(clock.known), "observed": notation.number(clock.observed)}
    share = clock.known / clock.offers if clock.offers else 0
    return Quality("fair" if share >= 0.5 else "poor", reason)


def _how(clock: ClockSummary, *, without_crisis: bool) -> list[str]:
    paragraphs = [
        _(
            "These are statements that providers publish themselves, not measured waits. How many "
            "youths wait for an offer is not known, so every offer counts once."
        ),
        ngettext(
            "A kind of help with fewer than %(n)s number gets no middle: it would say nothing.",
            "A kind of help with fewer than %(n)s numbers gets no middle: it would say nothing.",
            queries.FEWEST_FOR_A_MIDDLE,
        )
        % {"n": queries.FEWEST_FOR_A_MIDDLE},
    ]
    if without_crisis:
        paragraphs.append(
            _("Crisis help has a way in of its own and is left out of the sentence above.")
        )
    if clock.bounds:
        paragraphs.append(
            ngettext(
                "%(n)s offer only gives a bound, such as “longer than 6 months”; it counts with "
                "that.",
                "%(n)s offers only give a bound, such as “longer than 6 months”; they count with "
                "it.",
                clock.bounds,
            )
            % {"n": notation.number(clock.bounds)}
        )
    counted = ", ".join(
        f"{lower(label)} ({notation.number(n)})" for label, n in clock.labelled_counts
    )
    return [*paragraphs, _("What the offers say: %(kinds)s.") % {"kinds": counted}]


def _row(kind: KindSummary, part: ClockSummary) -> charts.DotRow:
    middle = part.median_weeks if part.has_middle else None
    return charts.DotRow(
        kind.label,
        [float(value) for value in part.weeks],
        _text(part),
        None if middle is None else float(middle),
    )


def _text(part: ClockSummary) -> str:
    words = {"n": notation.number(part.known)}
    if part.has_middle:
        words["weeks"] = duration(part.median_weeks)
        return (
            ngettext(
                "middle %(weeks)s (%(n)s offer)", "middle %(weeks)s (%(n)s offers)", part.known
            )
            % words
        )
    words["weeks"] = _range(part)
    return ngettext("%(weeks)s (%(n)s offer)", "%(weeks)s (%(n)s offers)", part.known) % words


def _table(caption: str, shown: Sequence[tuple[KindSummary, ClockSummary]]) -> Table:
    columns = (
        Column(_("Kind of help")),
        Column(_("Offers"), "number"),
        Column(_("With a number"), "number"),
        Column(_("Lowest"), "number"),
        Column(_("Middle"), "number"),
        Column(_("Highest"), "number"),
    )
    rows = [
        (
            kind.label,
            part.offers,
            part.known,
            weeks(part.lowest_weeks),
            weeks(part.median_weeks) if part.has_middle else None,
            weeks(part.highest_weeks),
        )
        for kind, part in shown
    ]
    return Table(caption, columns, rows)
