"""All that is published of a day, attacked together: no small count is known."""

import pytest

from vliegwiel.science.trajectories import Choices, bridges, delivery_begin, derive

from .attack_beside import add_bridge, add_youths, some, two_days
from .crowd import KNOWN, crowd
from .knowledge import Knowledge, without_protection
from .whole_attack import everything, published


@pytest.fixture(scope="module")
def known() -> Knowledge:
    records = crowd(32, seed=4)
    found = derive(records, known=KNOWN, choices=Choices(observed_from=delivery_begin(records)))
    shown = published(found, KNOWN)
    know = everything(found, KNOWN, shown)
    add_youths(know, found, shown.overview.now)
    return know


def test_all_counts_of_a_day_together_give_nobody_away(known: Knowledge) -> None:
    assert len(known.seen) >= 7
    assert list(known.uncovered()) == []


def test_it_would_be_found_if_one_did(known: Knowledge) -> None:
    """The small counts hidden, and nothing else: what is left of a sum is one of them."""
    assert next(without_protection(known).uncovered(), None) is not None


def test_the_bridge_gives_nobody_away_and_would_without_protection() -> None:
    """Who is helped has one trajectory at least, and who has two forms counts in both."""
    records = crowd(32, seed=4)
    found = derive(records, known=KNOWN, choices=Choices(observed_from=delivery_begin(records)))
    (bridge, *_older) = bridges(found)
    know = Knowledge()
    add_bridge(know, found, bridge)
    assert know.seen
    assert list(know.uncovered()) == []
    assert next(without_protection(know).uncovered(), None) is not None


def test_who_kept_an_earlier_day_is_certain_only_of_what_stayed() -> None:
    """Of 20 and then 24 he knows that some came, not how many; with 8 and then 20 it is another."""
    then, now = Knowledge(), Knowledge()
    then.count("waits", some(20), 20)
    now.count("waits", some(24), 24)
    assert list(two_days(then, now).uncovered()) == []
    then.count("fewer", some(8), 8)
    now.count("fewer", some(20), 20)
    assert list(two_days(then, now).uncovered()) != []
