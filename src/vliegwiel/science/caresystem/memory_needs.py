"""How much memory a simulation of a network takes at first: records of youths, and the calendar."""

from __future__ import annotations

import math

from ._layout import BUCKETS
from .network import Network

#: Ends of stays wanted in a span of the calendar, and the spans that the shortest stays should
#: last, or a day where they are shorter: what is planned in the present span takes more work.
_EVENTS_PER_SPAN = 32.0
_SPANS_PER_STAY = 8.0


def _coming(network: Network) -> float:
    """Candidates that the sources send in a day."""
    return float(network.candidates.max(axis=1).sum())


def _turnover(network: Network) -> float:
    """Rough number of stays that end in a day, of who is in care at the start."""
    return float((network.in_care_by_type / network.stay_mean.min(axis=0)).sum())


def buckets_per_day(network: Network) -> float:
    """Buckets of the calendar in a day: a power of two, and a whole number of spans."""
    # The calendar holds ends of stays. A care system that starts empty fills up with who comes.
    wanted = max(_coming(network), _turnover(network)) / _EVENTS_PER_SPAN
    short = _SPANS_PER_STAY / max(1.0, float(network.stay_mean.min()))
    # So that scaling a time is exact, and a month ends with a span.
    spans = 2 ** max(0, min(4, round(math.log2(max(1.0, wanted, short)))))
    return float(BUCKETS * spans)


def first_slots(network: Network) -> int:
    """Records of youths to begin with; there are more when a run takes more."""
    present = int(network.in_care.sum() + network.waiting.sum()) + network.returning
    if present == 0:  # it fills up with who comes
        days = min(network.horizon, float(network.stay_mean.mean()))
        present = math.ceil(_coming(network) * days)
    sources = len(network.candidates)
    return 256 + sources + 2 * present + 12 * math.ceil(_coming(network) + _turnover(network))
