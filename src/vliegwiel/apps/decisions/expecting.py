"""What a forecast of the care system says of an outcome of a pilot; no models here.

The model tells a change of the whole region by month. An outcome is measured of a youth, or of a
place in a month, between the start and the end of the pilot.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean

from vliegwiel.apps.yardstick import Kind
from vliegwiel.science.caresystem import Forecast
from vliegwiel.science.evidence.scoring import Said

#: Measures of the model that an outcome of this kind of number can be held against.
MEASURES_FOR: Mapping[str, tuple[str, ...]] = {
    Kind.TIME: ("waiting_time",),
    Kind.COUNT: ("in_care", "waiting_list", "arrivals", "starts"),
    Kind.MONEY: ("cost",),
    Kind.SHARE: ("share_within_norm",),
}
#: Indicators that ship, by key, with the measure that is the same thing.
SAME_AS: Mapping[str, str] = {"waiting-time": "waiting_time"}
#: What grows with the number of places: of one place it is a part.
ADDS_UP = frozenset({"in_care", "waiting_list", "arrivals", "starts", "cost"})
_BETWEEN = "|"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Of which number of the model, over which months, and on which scale.

    Attributes:
        measure, care_type: a series of the forecast.
        first, last: first days of the first and the last month.
        per_cent: whether the effect is a ratio (its logarithm is given), else a difference.
        part: which part of the region's change one measured place has; 1 for what does not add up.
    """

    measure: str
    care_type: str
    first: date
    last: date
    per_cent: bool
    part: float = 1.0


def choice_of(measure: str, care_type: str) -> str:
    """A series of the model as one word, for a form and for the record."""
    return f"{measure}{_BETWEEN}{care_type}"


def read_choice(choice: str) -> tuple[str, str]:
    """Measure and care type of such a word."""
    measure, _between, care_type = choice.partition(_BETWEEN)
    return measure, care_type


def choices_for(kind: str, forecast: Forecast) -> Sequence[tuple[str, str]]:
    """Measure and care type of every series that an outcome of this kind can be held against."""
    found = []
    for measure in MEASURES_FOR.get(kind, ()):
        for care_type, series in forecast.series[measure].items():
            if series.difference is not None and any(
                value is not None for value in series.difference.median
            ):
                found.append((measure, care_type))
    return found


def said_of(forecast: Forecast, wanted: Wanted) -> Said | None:
    """The expected effect with its band of 80 per cent; None where the model cannot tell.

    The means over the months of the middle and of both limits. Months of one replication go up and
    down together, as they share the assumed size of the change; as far as they do not, the band is
    a little too wide. A ratio is that of the change to the middle of the baseline.
    """
    series = forecast.series.get(wanted.measure, {}).get(wanted.care_type)
    if series is None or series.difference is None:
        return None
    months = [k for k, month in enumerate(forecast.months) if wanted.first <= month <= wanted.last]
    change = series.difference
    columns = (change.median, change.low, change.high, series.baseline.median)
    rows = [
        known
        for k in months
        if len(known := [v for column in columns if (v := column[k]) is not None]) == len(columns)
    ]
    if not rows:
        return None
    likely, low, high, baseline = (fmean(column) for column in zip(*rows, strict=True))
    if not wanted.per_cent:
        band = [value * wanted.part for value in (low, likely, high)]
    elif baseline > 0 and low > -baseline:
        band = [math.log1p(value / baseline) for value in (low, likely, high)]
    else:
        return None
    if not band[0] < band[2]:
        return None
    return Said(likely=min(max(band[1], band[0]), band[2]), low=band[0], high=band[2])
