"""What follows from care messages.

Examples of messages and of what follows from them. All are about one youth, one municipality and
one provider unless they say otherwise, in 2025; days are month-day, and everything is seen on 30
June. A first number is number 1. "W1" is the wait from decision to start, "W2" from the day that
was agreed, "W3" from the request, "W4" the time between request and decision, "W6" the wait
between two forms or providers, "W7" the wait so far; all in days. Reasons and referrers are the
codes of the standard.
"""

from datetime import date

import pytest

from tests.science.trajectories.facts import facts
from tests.science.trajectories.story import told
from vliegwiel.science.trajectories import derive

ON = date(2025, 6, 30)


def missing(messages: str, follows: str) -> list[str]:
    """What should follow and does not."""
    known = facts(derive(told(messages), known=ON), ON)
    return [part.strip() for part in follows.split(";") if part.strip() not in known]


@pytest.mark.parametrize(
    ("messages", "follows"),
    [
        (
            "decided 01-10 for 01-15 to 12-31; start 02-09",
            "W1 30; W2 25; in care",
        ),
        (
            "decided 01-10 for 01-15 to 12-31",
            "waiting; W7 171; no W1; not in care",
        ),
        (
            "decided 01-10 for 01-15 to 12-31; start 02-09; undo start 02-09; start 02-16",
            "W1 37; 1 spells; in care",
        ),
        (
            "decided 01-10 for 01-15 to 12-31; start 02-09; start 02-09 sent 02-12",
            "W1 30; 1 spells; found insert_twice",
        ),
        (
            "decided 03-10 for 02-01; start 02-03 sent 03-12",
            "retroactive; no W1; in care",
        ),
        (
            "request 02-20 by 02 ref R; decided 03-10 for 02-01 ref R; start 02-03 sent 03-12",
            "retroactive; no W1; no W3; W4 18; referrer general_practitioner",
        ),
        (
            "decided 01-10 for 01-15; declared 03-01 sent 04-05; declared 04-01 sent 05-05",
            "declared; W1 50 to 80",
        ),
        (
            "decided 01-10 for 01-15 to 12-31; start 02-09; rejected",
            "waiting; W7 171; not in care",
        ),
    ],
)
def test_a_wait_ends_with_the_first_start(messages: str, follows: str) -> None:
    """A start ends the wait, whatever the order in which messages came. A start before the decision
    is no wait of no days: the wait lies before the messages. Declared care without a start
    proves one within a month. A message that was rejected was never sent."""
    assert not missing(messages, follows)


@pytest.mark.parametrize(
    ("messages", "follows"),
    [
        (
            "decided 01-10 for 01-15; decided 02-01 for 01-15 to 01-15 because 13",
            "0 assignments; 0 waits; waiting 0 assignments 0 youths",
        ),
        (
            "decided 01-10 for 01-15; decided 03-01 for 01-15 to 03-01 because 09",
            "withdrawn; other_provider on 03-01 after 50 days; 0 spells",
        ),
        (
            "decided 01-10 for 01-15; decided 01-10 for 01-15 as 2 category 41",
            "waiting 2 assignments 1 youths",
        ),
        (
            "decided 01-10 for 01-15; decided 01-10 for 01-15 sent 03-01",
            "1 assignments; 1 waits; W7 171",
        ),
        (
            "decided 01-10 for 01-15 as 7; decided 01-10 for 01-15 as 7 in 0150",
            "2 assignments; waiting 2 assignments 1 youths",
        ),
        (
            "decided 01-10 for 01-15 to 02-28; decided 02-20 for 03-01 as 2; start 03-11 as 2",
            "1 waits; W1 60",
        ),
    ],
)
def test_who_waits(messages: str, follows: str) -> None:
    """Who has an assignment without a start waits from the first decision, and a youth counts once.
    A removed assignment was never there. An assignment that replaces another one before a start
    goes on with its wait. An assignment that is withdrawn ends the wait in another way."""
    assert not missing(messages, follows)


@pytest.mark.parametrize(
    ("messages", "follows"),
    [
        (
            "decided 01-10 for 01-15; start 01-20; stop 02-20 because 20; start 03-20",
            "1 trajectories; 2 spells; pause 27; in care; 1 waits; W1 10",
        ),
        (
            "decided 01-10 for 01-15; start 01-20; stop 02-20 because 20; stop 04-01 because 31",
            "1 spells; spell 01-20 to 02-20, 32 days; spell reason 31; not in care",
        ),
        (
            "decided 01-10 for 01-15 to 03-31; start 01-20; decided 03-25 for 04-01 to 12-31 as 2;"
            " start 04-01 as 2; stop 03-31 because 37",
            "1 trajectories; 1 extensions; 1 waits; W1 10; in care",
        ),
        (
            "decided 01-10 for 01-15 to 03-31; start 01-20; decided 03-20 for 01-15 to 09-30"
            " because 04",
            "1 assignments; 1 extensions; 1 waits; in care",
        ),
        (
            "decided 01-10 for 01-15 to 03-31; start 01-20",
            "spell 01-20 to 03-31, 71 days; spell expired; spell reason unknown; not in care",
        ),
        (
            "decided 01-10 for 01-15; start 01-20; stop 03-01 because 38; "
            "decided 03-05 for 03-05 as 2 at Y; start 04-10 as 2 at Y",
            "2 trajectories; 1 episodes; W1 36; W6 40",
        ),
        (
            "decided 01-10 for 01-15; stop 05-01 because 31 begun 01-20",
            "spell 01-20 to 05-01, 102 days; spell start_from_stop; W1 10",
        ),
    ],
)
def test_spells_and_trajectories(messages: str, follows: str) -> None:
    """Care lasts from a start until its first stop. A pause does not end a trajectory, another
    number does not begin one, and help that goes on is not waited for. Care without a stop ends
    with its assignment. A stop without a start tells the start."""
    assert not missing(messages, follows)


@pytest.mark.parametrize(
    ("messages", "follows"),
    [
        (
            "request 01-10 ref R; answer 01-15 2 ref R; decided 02-14 for 02-14 ref R",
            "request granted; W4 35",
        ),
        (
            "request 01-10 ref R; answer 01-15 1 ref R because 3",
            "request rejected; 0 waits",
        ),
        (
            "decided 01-10 for 01-15; start 01-20",
            "referrer municipality; referrer presumed",
        ),
        (
            "decided 01-10 for 01-15 category 48; start 01-20 category 48",
            "referrer judge_or_prosecutor; referrer presumed",
        ),
        (
            "decided 01-10 for 01-15 ref Q; start 01-20",
            "referrer unknown",
        ),
    ],
)
def test_requests_and_referrers(messages: str, follows: str) -> None:
    """A request is granted by the assignment that carries its reference. A request that is rejected
    is no wait for care. Only a request tells who referred; without one it is presumed."""
    assert not missing(messages, follows)


@pytest.mark.parametrize(
    ("messages", "follows"),
    [
        ("start 02-09 as 5", "1 orphans; 0 spells; found unknown_assignment"),
        (
            "decided 01-10 for 01-15; undo start 02-09",
            "waiting; found delete_without_insert",
        ),
        (
            "decided 01-10 for 01-15; start 01-20; start 02-20",
            "2 spells; spell ended_by_next_start; found start_while_current",
        ),
        (
            "decided 01-10 for 01-15; start 01-20; stop 02-20 because 31; undo start 01-20",
            "1 spells; spell start_from_stop; found deleted_start_has_stop",
        ),
        (
            "decided 01-10 for 01-15 to 03-31; start 01-20; stop 04-03 because 31",
            "spell after_assignment; found outside_assignment",
        ),
        ("start 02-09 as none", "1 spells; spell unassigned; in care; 0 waits"),
    ],
)
def test_nothing_is_repaired_in_silence(messages: str, follows: str) -> None:
    """What contradicts is kept, marked and reported."""
    assert not missing(messages, follows)
