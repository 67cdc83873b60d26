"""The register, the cover and the comparison as files; the register can be loaded as it is."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from vliegwiel.apps.explorer.spreadsheets import Value
from vliegwiel.apps.offers import queries
from vliegwiel.apps.offers.queries import OfferLine, OfferWanted, WaitSource
from vliegwiel.web.pages.access import RegionRequest, region_page
from vliegwiel.web.pages.attached import attached_table

_COVER = ("on", "form", "municipality", "name", "cover", "offers", "free", "shortest_wait_days")
_COMPARED = (
    *("table", "known", "provider_code", "provider", "form", "until", "offers"),
    *("stated_low", "stated_high", "stated_on", "sources", "clock"),
    *("provider_median", "provider_low", "provider_high"),
    *("form_median", "form_low", "form_high", "reasons"),
)


@require_safe
@region_page("region.view")
def offers_csv(request: RegionRequest, region: Any) -> HttpResponse:
    """What is offered today, in the form that can be loaded."""
    found = queries.find_offers(region, OfferWanted(), on=timezone.localdate())
    columns = [heading.name for heading in queries.file_headings()]
    rows = [_offer(line, columns) for line in found]
    return _file(f"aanbod-{region.slug}", columns, rows)


def _offer(line: OfferLine, columns: Sequence[str]) -> Sequence[Value]:
    cells: dict[str, Value] = {
        "offer_code": line.code,
        "offer": line.title,
        "municipalities": "|".join(line.municipalities),
        "free": "yes" if line.free else "no",
    }
    if line.wait is not None:
        cells |= {
            "wait_days": line.wait.days,
            "wait_until": line.wait.until,
            "wait_on": line.wait.stated_on,
            "wait_source": line.wait.source,
            "wait_place": line.wait.place,
        }
    return [cells.get(name, getattr(line, name, None)) for name in columns]


@require_safe
@region_page("region.view")
def cover_csv(request: RegionRequest, region: Any) -> HttpResponse:
    """A line for each form and municipality."""
    found = queries.covering(region, on=timezone.localdate())
    names = dict(found.municipalities)
    rows = [
        (found.on, row.form, cell.municipality, names[cell.municipality], cell.cover, cell.offers,
         cell.free, cell.days, found.mark)
        for row in found.rows
        for cell in row.cells
    ]  # fmt: skip
    return _file(f"dekking-{region.slug}", (*_COVER, "mark"), rows)


@require_safe
@region_page("region.view")
def compare_csv(request: RegionRequest, region: Any) -> HttpResponse:
    """Stated waits, then those on pages of providers, beside figures of the published set."""
    found = queries.stated_beside_measured(region, on=timezone.localdate())
    stated: list[Sequence[Value]] = [
        (
            *("stated", found.known, row.provider_code, row.provider, row.form, row.until),
            *(row.offers, row.stated_low, row.stated_high, row.stated_on),
            *("; ".join(row.source_labels), row.clock.value if row.clock else None),
            *_median(row.of_provider),
            *(*_median(row.of_form), " ".join(row.reasons), found.mark),
        )
        for row in found.rows
    ]
    # Pages tell no form of help, and the register's mark of made-up rows does not hold for them.
    published: list[Sequence[Value]] = [
        (
            *("published", found.known, row.provider_code, row.provider, None, row.until),
            *(row.offers, row.low, row.high, row.stated_on, str(WaitSource.PUBLISHED.label)),
            *(row.clock.value if row.clock else None, *_median(row.measured)),
            *(*_median(None), None, None),
        )
        for row in found.published
    ]
    return _file(f"opgegeven-en-gemeten-{region.slug}", (*_COMPARED, "mark"), [*stated, *published])


def _median(line: Any) -> tuple[Value, Value, Value]:
    if line is None:
        return None, None, None
    return line.median, line.median_low, line.median_high


def _file(name: str, columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> HttpResponse:
    return attached_table(f"{name}-{timezone.localdate().isoformat()}", columns, rows)
