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


def unknown_code(before: Interval, after: Interval | None, limited: bool) -> str:
    """Code of the sentence that says why the change of a waiting time is not known.

    Args:
        before: the waiting time without the scenario.
        after: the one with it; None without a scenario.
        limited: whether there is a limit on places, so that youths can wait at all.
    """
    if not limited:
        return "wait_free"
    starts_before = before.median is not None
    starts_after = after is not None and after.median is not None
    if starts_before and starts_after:
        return "wait_seldom"
    if starts_after:
        return "wait_new"
    return "wait_ended" if starts_before else "wait_unknown"


def verdict(change: Interval) -> str:
    """``better``, ``worse``, ``unclear``, ``same`` or ``unknown``: a change of a waiting time."""
    verdicts = {
        "wait_shorter": "better",
        "wait_longer": "worse",
        "wait_unclear": "unclear",
        "wait_same": "same",
        "wait_unknown": "unknown",
    }
    return verdicts[wait_code(change, True)]
