"""What is said of a waiting time: which sentence, and which verdict."""

from __future__ import annotations

import pytest

from vliegwiel.science.caresystem import SENTENCES, Interval
from vliegwiel.science.caresystem.verdicts import unknown_code, verdict, wait_code

KNOWN, UNKNOWN = Interval(5.0, 3.0, 8.0), Interval(None, None, None)


@pytest.mark.parametrize(
    ("change", "code", "judged"),
    [
        (Interval(-5.0, -8.0, -3.0), "wait_shorter", "better"),
        (Interval(5.0, 3.0, 8.0), "wait_longer", "worse"),
        (Interval(1.0, -1.0, 3.0), "wait_unclear", "unclear"),
        (Interval(-1.0, -2.0, 0.0), "wait_unclear", "unclear"),
        (Interval(0.0, 0.0, 0.0), "wait_same", "same"),
        (UNKNOWN, "wait_unknown", "unknown"),
    ],
)
def test_a_change_goes_a_way_only_with_its_whole_band(
    change: Interval, code: str, judged: str
) -> None:
    assert wait_code(change, True) == code
    assert verdict(change) == judged


def test_without_a_scenario_the_wait_itself_is_told() -> None:
    assert wait_code(KNOWN, False) == "wait_baseline"
    assert wait_code(UNKNOWN, False) == "wait_unknown"


@pytest.mark.parametrize(
    ("before", "after", "limited", "code"),
    [
        (UNKNOWN, KNOWN, True, "wait_new"),
        (KNOWN, UNKNOWN, True, "wait_ended"),
        (KNOWN, KNOWN, True, "wait_seldom"),
        (UNKNOWN, UNKNOWN, True, "wait_unknown"),
        (UNKNOWN, None, True, "wait_unknown"),
        (UNKNOWN, UNKNOWN, False, "wait_free"),
    ],
)
def test_why_a_change_is_not_known(
    before: Interval, after: Interval | None, limited: bool, code: str
) -> None:
    assert unknown_code(before, after, limited) == code
    assert code in SENTENCES
