"""What the change of a waiting time means: one rule for sentences, verdicts, pages and files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from .forecast_rows import Interval, Verdict
from .intervals import KNOWN
from .measures import BAND

#: Which way a change goes: ``unknown`` where there is no change to tell.
Way = Literal["less", "more", "same", "unclear", "unknown"]
#: Codes of the sentences of a headline.
WaitCode = Literal[
    "wait_shorter",
    "wait_longer",
    "wait_unclear",
    "wait_same",
    "wait_baseline",
    "wait_new",
    "wait_ended",
    "wait_seldom",
    "wait_seldom_baseline",
    "wait_free",
    "wait_nowhere",
    "wait_unknown",
]

_CODES: Mapping[Way, WaitCode] = {
    "less": "wait_shorter",
    "more": "wait_longer",
    "same": "wait_same",
    "unclear": "wait_unclear",
    "unknown": "wait_unknown",
}
_VERDICTS: Mapping[Way, Verdict] = {
    "less": "better",
    "more": "worse",
    "same": "same",
    "unclear": "unclear",
    "unknown": "unknown",
}


def way_of(change: Interval) -> Way:
    """Which way a change goes: a way only where the whole band lies on one side of zero."""
    if change.median is None or change.low is None or change.high is None:
        return "unknown"
    if change.low == change.high == 0:
        return "same"
    if change.high < 0:
        return "less"
    return "more" if change.low > 0 else "unclear"


def verdict(change: Interval) -> Verdict:
    """What the change of a waiting time is worth to youths."""
    return _VERDICTS[way_of(change)]


def wait_code(found: Interval, paired: bool) -> WaitCode:
    """Code of the sentence about a waiting time, or about its change when it is ``paired``."""
    if paired:
        return _CODES[way_of(found)]
    return "wait_unknown" if way_of(found) == "unknown" else "wait_baseline"


def unknown_code(
    before: float, after: float | None, *, limited: bool, everything: bool
) -> WaitCode:
    """Code of the sentence that says why a waiting time, or its change, is not known.

    In a world in which youths start in as many replications as :data:`.intervals.KNOWN` asks, the
    wait can be told; in one in which they do in no more than may lack the number, nobody is
    expected to start; in between too few do.

    Args:
        before: share of the replications in which somebody starts without the scenario.
        after: that with it; None without a scenario.
        limited: whether there is a limit on places, so that youths can wait at all.
        everything: whether it is about all care types with places together.
    """
    if not limited:
        return "wait_nowhere" if everything else "wait_free"
    few = BAND[0]
    if after is None:
        return "wait_unknown" if before <= few else "wait_seldom_baseline"
    if before <= few and after <= few:
        return "wait_unknown"
    if before <= few and after >= KNOWN:
        return "wait_new"
    return "wait_ended" if before >= KNOWN and after <= few else "wait_seldom"
