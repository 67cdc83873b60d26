"""What the change of a waiting time means."""

from __future__ import annotations

from .forecast_rows import Interval


def wait_code(found: Interval, paired: bool) -> str:
    """Code of the sentence about a waiting time, or about its change when it is ``paired``."""
    if found.median is None or found.low is None or found.high is None:
        return "wait_unknown"
    if not paired:
        return "wait_baseline"
    if found.low == found.high == 0:
        return "wait_same"
    if found.high < 0:
        return "wait_shorter"
    return "wait_longer" if found.low > 0 else "wait_unclear"


def verdict(change: Interval) -> str:
    """``better``, ``worse``, ``unclear`` or ``same``, of the change of a waiting time."""
    verdicts = {"wait_shorter": "better", "wait_longer": "worse", "wait_unclear": "unclear"}
    return verdicts.get(wait_code(change, True), "same")
