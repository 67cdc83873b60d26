"""All that is published of a day, attacked together: no small count is known."""

import pytest

from vliegwiel.science.trajectories import Choices, delivery_begin, derive

from .crowd import KNOWN, crowd
from .whole_attack import Knowledge, everything, published


@pytest.fixture(scope="module")
def known() -> Knowledge:
    records = crowd(32, seed=4)
    found = derive(records, known=KNOWN, choices=Choices(observed_from=delivery_begin(records)))
    return everything(found, KNOWN, published(found, KNOWN))


def test_all_counts_of_a_day_together_give_nobody_away(known: Knowledge) -> None:
    assert len(known.seen) >= 7
    assert list(known.uncovered()) == []


def test_it_would_be_found_if_one_did(known: Knowledge) -> None:
    """The small counts hidden, and nothing else: what is left of a sum is one of them."""
    shown = {name: len(members) for name, members in known.members.items()
             if not known.is_small(name)}  # fmt: skip
    naive = Knowledge(known.members, shown, known.sums, known.at_most, known.told, known.about)
    assert next(naive.uncovered(), None) is not None
