"""How good forecasts on record were: of the model and of proposers, here and everywhere."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vliegwiel.apps.decisions import queries
from vliegwiel.apps.decisions.queries import OnRecord, Scores
from vliegwiel.apps.explorer import effect_words
from vliegwiel.science.evidence.scoring import BAND_LEVEL, TrackRecord
from vliegwiel.web import charts
from vliegwiel.web.components import Column, FigureBlock, Table
from vliegwiel.web.pages.access import RegionRequest, region_page

from . import records

_PER_PAGE = 10
_PERCENT = 100.0


@require_safe
@region_page("region.view")
def scores(request: RegionRequest, region: Any) -> HttpResponse:
    """How often it came out as was said, whether it was too hopeful, and every forecast."""
    found, told = queries.scores_of(region), queries.on_record_in(region)
    page: Page[OnRecord] = Paginator(told, _PER_PAGE).get_page(request.GET.get("page"))
    named = _named(found, region.name)
    context = {
        "page": page,
        "records": [records.shown(one) for one in page.object_list],
        "figure": _figure(named) if named else None,
        "checks": [
            (label, [effect_words.check(check) for check in record.checks])
            for label, record in named
        ],
    }
    return render(request, "decisions/scores.html", context)


def _named(found: Scores, region: str) -> list[tuple[str, TrackRecord]]:
    rows = (
        (_("The model, %(region)s") % {"region": region}, found.model_here),
        (_("Who proposed it, %(region)s") % {"region": region}, found.proposers_here),
        (_("The model, all regions"), found.model_everywhere),
        (_("Who proposed it, all regions"), found.proposers_everywhere),
    )
    return [(label, record) for label, record in rows if record is not None]


def _figure(named: list[tuple[str, TrackRecord]]) -> FigureBlock:
    """Picture of the coverage with its interval, table with coverage, bias and realised part."""
    rows = [
        charts.MedianRow(
            label=label,
            text=f"{effect_words.number(round(_PERCENT * record.coverage.value))}%",
            median=_PERCENT * record.coverage.value,
            low=_PERCENT * record.coverage.low,
            high=_PERCENT * record.coverage.high,
        )
        for label, record in named
    ]
    promised = f"{BAND_LEVEL * _PERCENT:.0f}"
    what = _("Per cent of the outcomes within the band; %(promised)s was promised") % {
        "promised": promised
    }
    language = (get_language() or "nl")[:2]
    chart = charts.kept(charts.median_chart, rows, x_title=what, language=language)
    columns = [
        Column(_("Whose forecasts")),
        Column(_("Outcomes"), "number"),
        Column(_("Within the band"), "percent"),
        Column(_("That is almost certainly from – to")),
        Column(_("On average better (+) or worse (−) than said, in widths of the band")),
        Column(_("From – to")),
        Column(_("Part of the expected change that came"), "percent"),
    ]
    table = Table(_("Forecasts beside what was measured"), columns,
                  [_row(label, record) for label, record in named])  # fmt: skip
    return FigureBlock(
        id="scores",
        title=_title(named[0]),
        what=what,
        table=table,
        chart=chart,
        source=_("Forecasts on record and the newest evidence of each outcome"),
        how=[
            _(
                "A forecast is put on record before its pilot starts and never changes. It is held "
                "against the newest evidence; the uncertainty of what was measured counts."
            ),
            _(
                "The dot is the part that lay within its band, the line where that part almost "
                "certainly lies (exact interval). With few forecasts the line is long."
            ),
        ],
        heading=2,
    )


def _title(first: tuple[str, TrackRecord]) -> str:
    label, record = first
    inside = sum(row.inside for row in record.rows)
    return _("%(whose)s: %(inside)s of %(count)s outcomes lay within the band") % {
        "whose": label,
        "inside": inside,
        "count": len(record.rows),
    }


def _row(label: str, record: TrackRecord) -> tuple[Any, ...]:
    share = record.coverage
    low, high = (effect_words.number(v) for v in (record.bias_low, record.bias_high))
    return (
        label,
        len(record.rows),
        _PERCENT * share.value,
        f"{_PERCENT * share.low:.0f} – {_PERCENT * share.high:.0f}%",
        effect_words.number(round(record.bias, 2)),
        "–" if record.bias_low is None else f"{low} – {high}",
        None if record.realised is None else _PERCENT * record.realised,
    )
