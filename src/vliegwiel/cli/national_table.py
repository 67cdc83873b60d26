"""The country as files for machines, and as a table on a terminal."""

import csv
import io
import json
import resource
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import typer
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import override
from rich.console import Console
from rich.table import Table

from vliegwiel.science.caresystem import ALL, YearCounts
from vliegwiel.science.country import COLUMNS, COUNTRY, CountryRegion, Line, country_lines

from .national_folder import NationalFolder, write_whole

COUNTRY_SCHEMA = "vliegwiel.country/1"
_KIND = "outcome of a model"
_KIBIBYTE = 1024


def write(kept: NationalFolder, *, seed: int, months: int) -> None:
    """Writes country.csv and country.json from the finished regions, one region at a time."""
    lines = list(country_lines(kept.plan, _finished(kept)))
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([*COLUMNS, "kind"])
    writer.writerows([*(_cell(line[column]) for column in COLUMNS), _KIND] for line in lines)
    write_whole(kept.root / "country.csv", text.getvalue().encode())
    described = {
        "schema": COUNTRY_SCHEMA,
        "kind": _in_both(_KIND),
        "plan": kept.plan.hash,
        "replications": kept.plan.replications,
        "months": months,
        "seed": seed,
        "regions": [_described(kept, region) for region in kept.plan.regions],
        "rows": lines,
    }
    document = json.dumps(described, ensure_ascii=False, allow_nan=False)
    write_whole(kept.root / "country.json", document.encode())


def _finished(kept: NationalFolder) -> Iterator[tuple[str, YearCounts]]:
    for region in kept.plan.regions:
        years = kept.years(region)
        if years is None:  # somebody changed the file since it was finished
            raise OSError(None, _("the outcome of this region is damaged"), region.name)
        yield region.code, years


def _described(kept: NationalFolder, region: CountryRegion) -> dict[str, Any]:
    plan = kept.plan.plans[region.code]
    return {
        "code": region.code, "name": region.name, "care_system": plan.system.id,
        "care_system_version": plan.system.version, "youths_with_care_2020": round(region.youths),
        "size_is_published": region.published, "stream": plan.stream, "plan": plan.hash,
        "municipalities": [row.code for row in region.municipalities],
    }  # fmt: skip


def _in_both(words: str) -> dict[str, str]:
    found = {}
    for language in ("nl", "en"):
        with override(language):
            found[language] = str(_(words))
    return found


def _cell(value: str | float | None) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else f"{value:.10g}"


def show_regions(regions: Sequence[CountryRegion]) -> None:
    """The regions with their size and whether that is published."""
    table = Table(box=None, padding=(0, 2, 0, 0))
    for column in (_("Code"), _("Region")):
        table.add_column(column)
    for column in (_("Municipalities"), _("Youths with care (2020)")):
        table.add_column(column, justify="right")
    table.add_column(_("Size"))
    for region in regions:
        table.add_row(
            region.code,
            region.name,
            str(len(region.municipalities)),
            number_format(round(region.youths), 0, force_grouping=True),
            _("published") if region.published else _("assumed"),
        )
    total = number_format(round(sum(r.youths for r in regions)), 0, force_grouping=True)
    table.add_row("", _("Together"), str(sum(len(r.municipalities) for r in regions)), total, "")
    Console(highlight=False).print(table)


def show(kept: NationalFolder) -> None:
    """The country by year, and where everything stands."""
    described = json.loads((kept.root / "country.json").read_bytes())
    rows = [row for row in described["rows"]
            if row["region"] == COUNTRY and row["care_type"] == ALL]  # fmt: skip
    scenario = any(row["scenario_median"] is not None for row in rows)
    console = Console(highlight=False)
    console.print(_table(_("The country without the change") if scenario else _("The country"),
                         rows, "baseline"))  # fmt: skip
    if scenario:
        console.print(_table(_("Differences through the change"), rows, "difference"))
    console.print(_("Outcome of a model, not a measurement. In brackets: 80 of 100 outcomes."))
    assumed = sum(1 for region in kept.plan.regions if not region.published)
    console.print(
        _("The size of %(assumed)s of the %(total)s regions is an assumption.")
        % {"assumed": assumed, "total": len(kept.plan.regions)}
    )
    typer.echo(_("In %(folder)s: country.csv, country.json and a forecast of each region.")
               % {"folder": kept.root}, err=True)  # fmt: skip
    typer.echo(_("At most %(size)s MB of memory.") % {"size": _peak()}, err=True)


_SHOWN = ("waiting_time", "waiting_list", "in_care", "cost")


def _table(title: str, rows: Iterable[Line], arm: str) -> Table:
    table = Table(title=title, title_justify="left", box=None, padding=(0, 2, 0, 0))
    headings = (
        _("Year"), _("Waiting time (days)"), _("Waiting list (youths)"), _("In care (youths)"),
        _("Cost (× € 1,000,000)"),
    )  # fmt: skip
    for column, heading in enumerate(headings):
        table.add_column(heading, justify="right" if column else "left")
    by_year: dict[int, dict[str, str]] = {}
    for row in rows:
        by_year.setdefault(int(row["year"] or 0), {})[str(row["measure"])] = _band(row, arm)
    for year, cells in by_year.items():
        table.add_row(str(year), *(cells[measure] for measure in _SHOWN))
    return table


def _band(row: Line, arm: str) -> str:
    found = [row[f"{arm}_{limit}"] for limit in ("median", "low", "high")]
    if not all(isinstance(value, (int, float)) for value in found):
        return "–"
    unit = 1e6 if row["measure"] == "cost" else 1.0
    decimals = 1 if row["measure"] == "waiting_time" else 0
    mid, low, high = (
        number_format(round(float(value or 0) / unit, decimals), decimals, force_grouping=True)
        for value in found
    )
    return _("%(mid)s (%(low)s to %(high)s)") % {"mid": mid, "low": low, "high": high}


def _peak() -> int:
    """Largest memory of this process so far, in megabytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(most / (_KIBIBYTE**2 if sys.platform == "darwin" else _KIBIBYTE))
