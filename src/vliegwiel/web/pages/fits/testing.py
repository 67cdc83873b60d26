"""The test of a fit as charts: the band of the model, and dots for what happened."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vliegwiel.apps.explorer.fit_outcomes import HeldBack, HeldBackRow
from vliegwiel.science.fit import MODEL
from vliegwiel.web import charts, notation
from vliegwiel.web.components import Column, Download, FigureBlock, Quality, Table
from vliegwiel.web.components.table import Value

from .tables import measures

#: Largest numbers of youths first; the others stand in the table and in the file.
_MOST_FIGURES = 6
_PERCENT = 100


def held_back_figures(run: Any, test: HeldBack, names: Mapping[str, str]) -> Sequence[FigureBlock]:
    """A figure for each of the largest measures of the test."""
    largest = sorted(test.rows, key=lambda row: -max(row.happened))[:_MOST_FIGURES]
    return [_figure(run, test, row, names) for row in largest]


def _figure(run: Any, test: HeldBack, row: HeldBackRow, names: Mapping[str, str]) -> FigureBlock:
    label = measures()[row.measure] % {"care_type": names.get(row.care_type, row.care_type)}
    score = row.scores[MODEL]
    inside = round((score.covered or 0.0) * len(test.months))
    words = _("%(what)s: %(inside)s of %(months)s months lay within the band")
    return FigureBlock(
        id=f"test-{row.measure}-{row.care_type}".replace("_", "-"),
        title=words % {
            "what": label, "inside": inside, "months": notation.number(len(test.months)),
        },
        what=_("The band is what the model expected without having seen these months: 80 of 100 "
               "should lie in it. The dots are what happened."),
        chart=_chart(test, row, label),
        table=_table(test, row, label),
        quality=Quality("model"),
        source=_("Care messages of the region"),
        date=_("%(first)s to %(last)s") % {
            "first": notation.month(test.months[0]), "last": notation.month(test.months[-1]),
        },
        how=(_("The model was made of what was known when the first of these months began. Then it "
               "was simulated many times from that day on."),),
        downloads=(
            Download(_("Download the test (CSV)"),
                     reverse("fit_test_csv", args=[run.region.slug, run.pk])),
        ),
    )  # fmt: skip


def _chart(test: HeldBack, row: HeldBackRow, label: str) -> str:
    points = [
        charts.BandPoint(month=month, low=low, mid=mid, high=high)
        for month, low, mid, high in zip(test.months, row.low, row.median, row.high, strict=True)
    ]
    observed = list(zip(test.months, row.happened, strict=True))
    series = charts.BandSeries(
        name=_("expected"), points=points, role="scenario", observed=observed
    )
    return charts.band_chart([series], y_title=label, language=get_language() or "nl")


def _table(test: HeldBack, row: HeldBackRow, label: str) -> Table:
    columns = [
        Column(_("Month"), "month"),
        Column(_("Happened"), "number"),
        Column(_("Expected"), "number"),
        Column(_("Band from"), "number"),
        Column(_("Band to"), "number"),
    ]
    rows: list[list[Value]] = [
        list(line)
        for line in zip(test.months, row.happened, row.median, row.low, row.high, strict=True)
    ]
    return Table(label, columns, rows)
