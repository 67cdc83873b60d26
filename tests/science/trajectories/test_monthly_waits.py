"""Waits by month of the decision: each in one month, small ones hidden, open ones not guessed."""

from datetime import date

import pytest

from tests.science.trajectories.crowd import KNOWN, crowd
from vliegwiel.science.trajectories import (
    Choices,
    Selection,
    Shown,
    Trajectories,
    delivery_begin,
    derive,
    monthly_waits,
    waiting_figure,
)

ZWOLLE, OMMEN = "0193", "0175"


@pytest.fixture(scope="module")
def found() -> Trajectories:
    records = crowd(600)
    return derive(records, known=KNOWN, choices=Choices(observed_from=delivery_begin(records)))


def test_a_month_is_the_figure_of_its_own_waits(found: Trajectories) -> None:
    first = date(KNOWN.year - 1, KNOWN.month, 1)
    told = monthly_waits(found, KNOWN, places=[ZWOLLE, OMMEN], first=first)
    months = sorted({one.month for one in told})
    assert months[0] == first
    assert all(month <= KNOWN for month in months)
    assert len(told) == 2 * len(months)
    shown = [one for one in told if one.shown is Shown.SHOWN]
    assert shown
    assert {one.municipality for one in told if one.shown is Shown.FEW} >= {OMMEN}
    for one in told:
        assert (one.median is None) is (one.shown is not Shown.SHOWN)
    one = shown[0]
    last = date(one.month.year + one.month.month // 12, one.month.month % 12 + 1, 1)
    figure = waiting_figure(
        found,
        KNOWN,
        Selection(
            municipality=ZWOLLE, first=one.month, last=date.fromordinal(last.toordinal() - 1)
        ),
    )
    assert figure.youths >= 10
    assert figure.median.value is not None
    assert one.median == round(figure.median.value)


def test_a_month_that_did_not_end_is_not_there(found: Trajectories) -> None:
    middle = KNOWN.replace(day=15)
    told = monthly_waits(found, middle, places=[ZWOLLE], first=middle)
    assert told == []
