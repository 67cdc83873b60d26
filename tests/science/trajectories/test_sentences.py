"""A waiting time says in words what it is."""

from __future__ import annotations

from datetime import date

import pytest

from tests.science.trajectories.story import told
from tests.science.trajectories.test_waiting import many
from vliegwiel.science.kernel import Outcome
from vliegwiel.science.trajectories import (
    Selection,
    WaitClock,
    checks_of,
    derive,
    median_result,
    norm_result,
    waiting_figure,
    waits_of,
)

ON = date(2025, 6, 30)


@pytest.mark.parametrize(
    ("waits", "sentence"),
    [
        (
            [10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30],
            "Half of the youths start within 20 days (12 to 26 days), counted from the decision.",
        ),
        (
            [10, 20, 30, None, None],
            "Half of the youths start within 30 days (at least 10; how many at most cannot be told"
            " yet), counted from the decision.",
        ),
        (
            [10, None, None, None],
            "Fewer than half of the youths have started within the 171 days that they could be"
            " followed, counted from the decision.",
        ),
        ([], "There are no waits here of which the length can be told."),
    ],
)
def test_the_median_in_words(waits: list[int | None], sentence: str) -> None:
    figure = waiting_figure(derive(told(many(waits)), known=ON), ON, Selection())
    assert median_result(figure).sentence == sentence


def test_the_norm_in_words() -> None:
    found = derive(told(many([10, 20, 30, 40])), known=ON)
    result = norm_result(waiting_figure(found, ON, Selection(), norm_days=28))
    assert result is not None
    assert result.sentence.startswith("50 per cent of the youths start within 28 days (")
    assert result.value == pytest.approx(0.5)
    assert norm_result(waiting_figure(found, ON, Selection())) is None
    few = derive(told(many([None, None], begin="06-20")), known=ON)
    short = norm_result(waiting_figure(few, ON, Selection(), norm_days=28))
    assert short is not None
    assert short.sentence == (
        "Nobody could be followed for 28 days: how many start within them cannot be told."
    )


def test_the_clock_is_named() -> None:
    found = derive(
        told("request 01-02 ref R; decided 01-10 for 01-15 ref R; start 02-09"), known=ON
    )
    figure = waiting_figure(found, ON, Selection(), clock=WaitClock.REQUEST_TO_START)
    assert "the request of the provider" in median_result(figure).sentence


def test_everything_is_accounted_for() -> None:
    story = (
        "decided 01-10 for 01-15 to 03-31; start 01-20; decided 03-25 for 04-01 as 2;"
        "decided 01-10 for 01-15 as 3 of B; decided 01-10 for 01-15 as 4 of B category 42"
    )
    found = derive(told(story), known=ON)
    checks = checks_of(found, waits_of(found, ON))
    assert [check.outcome for check in checks] == [Outcome.PASSED, Outcome.PASSED]
    assert checks[0].params["assignments"] == 3
