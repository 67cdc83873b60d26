"""How many youths had youth care in each part of the country, as published."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from .files import read_text


@dataclass(frozen=True, slots=True)
class YouthNumber:
    """Youths with youth care in a year, in the country, a province or a youth-care region.

    `area` is "NL", "province" or the code of a region. `share` is the percentage that they are of
    all youths there from 0 to 22 years, None where it is not printed.
    """

    area: str
    name: str
    period: str
    youths: int
    share: float | None
    source: str
    place: str


@cache
def youth_numbers() -> Sequence[YouthNumber]:
    """The Netherlands, its twelve provinces, and the regions that are printed by themselves."""
    return tuple(
        YouthNumber(
            area=row["area"],
            name=row["name"],
            period=row["period"],
            youths=int(row["youths_with_care"]),
            share=float(row["share_of_youths"]) if row["share_of_youths"] else None,
            source=row["source"],
            place=row["place"],
        )
        for row in csv.DictReader(io.StringIO(read_text("youths_with_care.csv")))
    )
