"""Fitted numbers as they stand in a document, and a list of all that were written."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple, TypeAlias

from vliegwiel.science.yardstick import LEAST_SHOWN

from .ranges import WIDTH, interval, log_interval, pert_range
from .shares import ShareFit
from .small_counts import told_count
from .so_far import SoFar

Json: TypeAlias = dict[str, Any]

#: The entry of the bibliography that the data are.
DATA = "data"
#: What a document allows, by unit.
_BOUNDS = {
    "share": (0.0, 1.0),
    "days": (0.01, 36525.0),
    "ratio": (0.01, 100.0),
    "1/year": (-0.99, 0.5),
    "youths/month": (0.0, 1e6),
    "youths": (0.0, 1e7),
    "places": (1.0, 1e6),
}
_DIGITS = 7


@dataclass(frozen=True, slots=True)
class FitPart:
    """A fitted number: its address in the document, and how sure it is.

    ``low`` to ``high`` is the 95 per cent interval, ``error`` the standard error; ``observations``
    says on how many youths, stays or waits it rests, 0 for fewer than ten.
    """

    address: str
    value: float
    low: float
    high: float
    error: float
    unit: str
    observations: int


class Found(NamedTuple):
    """An estimate: its value, its standard error, and on how many observations it rests."""

    value: float
    error: float
    observations: int


def text(nl: str, en: str) -> Json:
    """A text in both languages."""
    return {"nl": nl, "en": en}


def rounded(value: float) -> float:
    """With seven digits that count: more would be noise, and fewer would move the value."""
    if value == 0.0 or not math.isfinite(value):
        return value
    return round(value, _DIGITS - 1 - math.floor(math.log10(abs(value))))


@dataclass(slots=True)
class Writer:
    """Writes numbers of a document and keeps what it wrote.

    ``parts`` are the numbers that tell a reader something, ``workings`` the steps between that the
    document needs besides.
    """

    until: date
    parts: list[FitPart] = field(default_factory=list)
    workings: list[Json] = field(default_factory=list)

    def number(
        self,
        address: str,
        found: Found,
        unit: str,
        why: Json,
        *,
        drawn_error: float | None = None,
        drawn_from: float = -math.inf,
        ends: tuple[float, float] | None = None,
        listed: bool = True,
    ) -> Json:
        """A fitted number.

        Args:
            drawn_error: the error of what is drawn, when that must differ.
            drawn_from: the lowest that is drawn, when bounds allow less.
            ends: the interval, when it is not symmetric.
            listed: whether it tells a reader something.
        """
        least, most = _BOUNDS[unit]
        error = found.error
        observations = told_count(found.observations)
        value = rounded(min(max(found.value, least), most))
        drawn = error if drawn_error is None else drawn_error
        lowest = min(max(least, drawn_from), value)
        low, high = pert_range(value, drawn, least=lowest, most=most)
        bottom, top = interval(value, error) if ends is None else ends
        bottom, top = max(bottom, least), min(top, most)
        if listed:
            part = FitPart(address, value, bottom, top, error, unit, observations)
            self.parts.append(part)
        origin = {
            "kind": "fitted",
            "low": min(value, rounded(low)),
            "high": max(value, rounded(high)),
            "why": why,
            "source": DATA,
            "until": self.until.isoformat(),
            "error": rounded(error),
            "observations": observations,
        }
        return {"value": value, "unit": unit, "provenance": origin}

    def positive(
        self, address: str, found: Found, unit: str, why: Json, *, listed: bool = True
    ) -> Json:
        """A fitted number above zero, given with the error of its natural logarithm.

        What is drawn lies no further below it than the same number of errors of the logarithm.
        """
        ends = log_interval(found.value, found.error)
        plain = found._replace(error=found.value * found.error)
        lowest = found.value * math.exp(-WIDTH * found.error)
        return self.number(address, plain, unit, why, ends=ends, drawn_from=lowest, listed=listed)

    def share(self, address: str, found: ShareFit, why: Json, *, of_list: bool) -> Json:
        """A fitted share; of a list when the list is scaled to a sum of 1 after drawing."""
        return self.number(
            address,
            Found(found.share, found.error, found.total),
            "share",
            why,
            drawn_error=found.loose_error if of_list else None,
            ends=found.interval,
        )

    def counted(self, value: float, *, most: float = math.inf) -> Json:
        """How many youths were there on the last day; of fewer than ten only that they were few."""
        if value < LEAST_SHOWN:
            why = text(
                "Op de laatste dag waren het er minder dan tien. Dat aantal laten we niet zien.",
                "There were fewer than ten on the last day. That count is not shown.",
            )
            high = max(value, min(LEAST_SHOWN - 1.0, most))
            few = {"kind": "assumed", "low": 0.0, "high": high, "why": why}
            return {"value": float(value), "unit": "youths", "provenance": few}
        place = f"counted at the begin of {self.until.isoformat()}, to the nearest five"
        origin = {"kind": "printed", "source": DATA, "place": place}
        return {"value": float(value), "unit": "youths", "provenance": origin}

    def observed(self, found: SoFar) -> Json:
        """How many days those who waited on the last day had waited."""
        place = f"counted at the begin of {self.until.isoformat()}; a point is a mean of ten youths"
        return {
            "points": [{"share": rounded(share), "days": days} for share, days in found.points],
            "provenance": {"kind": "printed", "source": DATA, "place": place},
        }
