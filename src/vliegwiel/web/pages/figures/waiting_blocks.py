"""The figure block of the page with published waiting times."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vliegwiel.apps.figures.queries import (
    ClockSummary,
    DeliveryInfo,
    KindSummary,
    WaitingSummary,
)
from vliegwiel.web import charts, notation
from vliegwiel.web.components import Column, Download, FigureBlock, Quality, Table

from .sentences import lower


def weeks(value: Decimal | None) -> str:
    """Whole weeks from ten on: a month counted in weeks is not known to a tenth."""
    whole = value is None or value >= 10 or value == value.to_integral()
    return notation.number(value, 0 if whole else 1)


def blocks_of(
    region: Any, summary: WaitingSummary, delivery: DeliveryInfo
) -> Sequence[FigureBlock]:
    """One block a clock: how long the providers say that the wait is, by kind of help."""
    return [
        block
        for clock in ("to_intake", "to_treatment")
        if (block := _block(region, clock, summary, delivery))
    ]


def _block(
    region: Any, clock: str, summary: WaitingSummary, delivery: DeliveryInfo
) -> FigureBlock | None:
    shown = [(kind, getattr(kind, clock)) for kind in summary.by_kind]
    shown = [(kind, part) for kind, part in shown if part.median_weeks is not None]
    if not shown:
        return None
    overall: ClockSummary = getattr(summary.all_but_crisis, clock)
    what = _("Stated wait in weeks, %(clock)s; the dot is the middle offer") % {
        "clock": lower(overall.clock_label)
    }
    return FigureBlock(
        id=f"wait-{clock.replace('_', '-')}",
        title=_finding(overall),
        what=what,
        chart=charts.spread_chart(
            [_row(kind, part) for kind, part in shown],
            x_title=_("weeks"),
            language=get_language() or "nl",
            texts=[_text(part) for _kind, part in shown],
        ),
        table=_table(what, shown),
        quality=_quality(overall),
        source=_("Websites of the providers"),
        clock=overall.clock_label,
        heading=2,
        date=notation.day(delivery.generated_at),
        how=_how(overall),
        downloads=(
            Download(
                _("Download the statements (CSV)"),
                reverse("waiting_times_csv", kwargs={"region_slug": region.slug}),
            ),
        ),
    )


def _finding(clock: ClockSummary) -> str:
    if clock.median_weeks is None:
        return _("No provider gives a number: %(clock)s") % {"clock": lower(clock.clock_label)}
    return _(
        "Half of the offers with a number state %(weeks)s weeks or less, the longest %(high)s: "
        "%(clock)s"
    ) % {
        "clock": lower(clock.clock_label),
        "weeks": weeks(clock.median_weeks),
        "high": weeks(clock.highest_weeks),
    }


def _quality(clock: ClockSummary) -> Quality:
    """A statement is worth what it is: how many say a number, and how many were seen that day."""
    reason = _("%(known)s of %(offers)s offers give a number, %(observed)s read that day") % {
        "known": notation.number(clock.known),
        "offers": notation.number(clock.offers),
        "observed": notation.number(clock.observed),
    }
    share = clock.known / clock.offers if clock.offers else 0
    return Quality("fair" if share >= 0.5 else "poor", reason)


def _how(clock: ClockSummary) -> list[str]:
    paragraphs = [
        _(
            "These are statements that providers publish themselves, not measured waits. How many "
            "youths wait for an offer is not known, so every offer counts once."
        ),
        _("Crisis help has a way in of its own and is left out of the sentence above."),
    ]
    if clock.bounds:
        paragraphs.append(
            _("%(n)s offers only give a bound, such as “longer than 6 months”; they count with it.")
            % {"n": notation.number(clock.bounds)}
        )
    counted = ", ".join(
        f"{lower(label)} ({notation.number(n)})" for label, n in clock.labelled_counts
    )
    return [*paragraphs, _("What the offers say: %(kinds)s.") % {"kinds": counted}]


def _row(kind: KindSummary, part: ClockSummary) -> charts.SpreadRow:
    low, middle, high = part.lowest_weeks, part.median_weeks, part.highest_weeks
    return charts.SpreadRow(kind.label, float(low or 0), float(middle or 0), float(high or 0))


def _text(part: ClockSummary) -> str:
    return _("%(middle)s weeks (%(low)s to %(high)s; %(n)s offers)") % {
        "middle": weeks(part.median_weeks),
        "low": weeks(part.lowest_weeks),
        "high": weeks(part.highest_weeks),
        "n": notation.number(part.known),
    }


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
            weeks(part.median_weeks),
            weeks(part.highest_weeks),
        )
        for kind, part in shown
    ]
    return Table(caption, columns, rows)
