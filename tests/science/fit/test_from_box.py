"""A region in a box: its messages tell the same visits as the simulation that they were made of."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from tests.science.regionbox import boxes
from vliegwiel.science.fit import Came, Ending, Visits, visits_of_histories, visits_of_trajectories
from vliegwiel.science.trajectories import derive

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def both() -> tuple[Visits, Visits]:
    """Visits from messages and from the histories, over the same time."""
    box = boxes.told_at_once()
    known = box.options.day(box.courses.last) + timedelta(days=10)
    found = derive(boxes.read(box).records, known=known)
    true = visits_of_histories(box.histories)
    told = visits_of_trajectories(found, begin=box.options.start)
    return told.before(true.end), true


def test_nobody_is_missed_and_nobody_is_made_up(both: tuple[Visits, Visits]) -> None:
    told, true = both
    assert len(told) == len(true) > 400
    assert len(np.unique(told.youth)) == len(np.unique(true.youth))
    for ending in Ending:
        assert (told.ending == ending).sum() == (true.ending == ending).sum()


def test_days_are_the_same_to_a_few_days(both: tuple[Visits, Visits]) -> None:
    """Messages know dates, and the last day of care is one of care.

    Of who moves the old municipality tells an end first, and the new one a start later.
    """
    for name in ("started", "ended"):
        ours, other = (np.sort(getattr(visits, name)) for visits in both)
        known = ~np.isnan(other)
        assert np.array_equal(~np.isnan(ours), known)
        seen = other[known] >= 0
        apart = np.abs(ours[known][seen] - other[known][seen])
        assert (apart <= 2.0).mean() > 0.97, name
        assert apart.max() < 8
    ours, other = ((v.cared_until - v.started)[v.started >= 0].sum() for v in both)
    assert ours == pytest.approx(other, rel=0.01)


def test_what_followed_and_who_came_back_are_found_again(both: tuple[Visits, Visits]) -> None:
    told, true = both
    for came in (Came.PRESENT, Came.FROM_CARE, Came.RETURNED):
        ours, other = ((visits.source == came).sum() for visits in both)
        # Who left before the messages begin comes as if for the first time.
        assert ours == pytest.approx(other, rel=0.2), came
        assert ours <= other
    onward = [(v.next[v.ending == Ending.CARE] < v.base).sum() for v in (told, true)]
    unknown = ((told.next < 0) & (told.ending == Ending.CARE)).sum()
    assert onward[0] - unknown == pytest.approx(onward[1], abs=4)
