"""Published regional and national figures."""

import csv
import io
from collections.abc import Mapping, Sequence
from functools import cache

from pydantic import TypeAdapter

from .files import ReferenceFile, read_all, read_text
from .texts import BilingualText, Shipped


class SeriesBreak(Shipped):
    """Between periods `after` and `before`, figures of these measures do not compare."""

    measures: list[str]
    after: str
    before: str
    source: str
    note: BilingualText


def regional_figure_files() -> Sequence[ReferenceFile]:
    """The shipped CSV files of figures: each region that has one, and the Netherlands."""
    return read_all("figures", start="", end=".csv")


@cache
def series_breaks() -> Sequence[SeriesBreak]:
    return TypeAdapter(tuple[SeriesBreak, ...]).validate_json(
        read_text("figures", "series_breaks.json")
    )


@cache
def national_shares_by_referrer() -> Mapping[str, float]:
    """Part of the youths who enter that each referrer sent in the Netherlands in 2022, per cent."""
    return {
        row["referrer"]: float(row["value"])
        for row in csv.DictReader(io.StringIO(read_text("figures", "netherlands.csv")))
        if (row["measure"], row["region"], row["period"]) == ("share_by_referrer", "NL", "2022")
    }
