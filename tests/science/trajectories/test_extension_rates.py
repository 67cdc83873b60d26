"""How often help goes on after its agreed end, and what somebody can know of few youths by it."""

import random
from datetime import date

import pytest

from vliegwiel.science.trajectories import (
    OTHERS,
    TOTAL,
    agreed_ends,
    contract_waves,
    derive,
    extension_table,
    first_ends,
)
from vliegwiel.science.trajectories.extension_rates import extension_period, extension_rows

from .attack_analysis import add_extensions, add_waves
from .knowledge import Knowledge, without_protection
from .story import day, told

ON = day("06-30")


@pytest.mark.parametrize(
    ("story", "ends"),
    [
        # Help that had stopped by then did not go on.
        ("stop 02-10 because 31", [("03-31", False, True)]),
        ("stop 03-31 because 31", [("03-31", False, False)]),
        # The office wrote the last day of help over the one that was agreed.
        (
            "stop 02-10 because 31; decided 02-11 for 01-02 to 02-10 because 05",
            [("02-10", False, True)],
        ),
        # Extended, and stopped before the extension began.
        (
            "decided 03-10 for 01-02 to 09-30 because 04; stop 03-20 because 32",
            [("03-31", False, True), ("09-30", False, True)],
        ),
        # Extended, and the extension was taken back.
        (
            "decided 03-10 for 01-02 to 09-30 because 04; decided 03-12 for 01-02 to 03-31",
            [("03-31", False, True)],
        ),
        # A contract, or a move: it goes on as it was agreed, under another number.
        (
            "decided 02-10 for 01-02 to 02-28 because 03; stop 02-28 because 36; "
            "decided 02-10 for 03-01 to 03-31 as 2; start 03-01 as 2",
            [("03-31", False, False)],
        ),
        ("decided 02-10 for 01-02 to 02-28 because 07; stop 02-28 because 35", []),
        # Nobody could have extended it.
        ("stop 02-10 because 39", []),
        # A new number a month before the end, as the provider had asked.
        (
            "stop 02-28 because 37; decided 02-20 for 03-01 to 06-15 as 2; start 03-01 as 2",
            [("06-15", False, False)],
        ),
        # Extended on paper, and stopped for good on the very day.
        (
            "decided 03-10 for 01-02 to 09-30 because 04; stop 03-31 because 31",
            [("03-31", False, False), ("09-30", False, True)],
        ),
        ("stop 03-31 because 31; decided 03-20 for 04-01 to 06-15 as 2", [("03-31", False, False)]),
        # Stopped on that day, and begun again within a month.
        (
            "stop 03-31 because 31; decided 04-10 for 04-15 to 06-15 as 2; start 04-15 as 2",
            [("03-31", True, False), ("06-15", False, False)],
        ),
        # Begun again much later.
        (
            "decided 03-10 for 01-02 to 06-25 because 04; stop 03-31 because 31; start 06-20",
            [("03-31", False, False), ("06-25", False, False)],
        ),
        # Another domain on that day: nobody could have extended it.
        ("stop 03-31 because 39", []),
        # A new decision about this youth, under another number.
        (
            "stop 03-31 because 37; decided 03-20 for 04-01 to 06-15 as 2; start 04-01 as 2",
            [("03-31", True, False), ("06-15", False, False)],
        ),
        # A new contract from the day after the agreed end, as the old number says or the new one.
        (
            "decided 03-10 for 01-02 to 03-31 because 03; stop 03-31 because 36; "
            "decided 03-10 for 04-01 to 06-15 as 2; start 04-01 as 2",
            [("06-15", False, False)],
        ),
        (
            "stop 03-31 because 36; decided 03-10 for 04-01 to 06-15 as 2 because 10; "
            "start 04-01 as 2",
            [("06-15", False, False)],
        ),
        # The provider had asked for the change: somebody decided about this youth.
        (
            "decided 03-10 for 01-02 to 03-31 because 12; stop 03-31 because 37; "
            "decided 03-10 for 04-01 to 06-15 as 2; start 04-01 as 2",
            [("03-31", True, False), ("06-15", False, False)],
        ),
        # Before the first day of help nothing ends.
        ("undo start 01-05", []),
    ],
)
def test_what_an_agreed_end_is(story: str, ends: list[tuple[str, bool, bool]]) -> None:
    found = derive(told(f"decided 01-02 for 01-02 to 03-31; start 01-05; {story}"), known=ON)
    assert [
        (f"{item.on:%m-%d}", item.extended, item.stopped) for item in agreed_ends(found)
    ] == ends


def test_a_youth_counts_once_with_a_provider_and_only_when_it_can_be_known() -> None:
    story = (
        "decided 01-02 for 01-02 to 02-28; start 01-05; decided 02-20 for 01-02 to 04-15 because 04"
        "; decided 01-02 for 01-02 to 06-20 as 2 of B; start 01-05 as 2 of B"
    )
    found = derive(told(story), known=ON)
    assert extension_period(found, ON)[1] == date(2025, 4, 29)
    ((there, item),) = first_ends(found, ON).items()
    assert (there, item.on, item.extended) == (("A", "X"), date(2025, 2, 28), True)


def test_a_new_contract_for_many_at_once_lifts_no_rate() -> None:
    """Help of fifty goes on under another number the day after; of twenty it had stopped."""
    stopped = ";".join(
        f"decided 01-{1 + n:02} for 01-{1 + n:02} to 03-31 as s{n} of s{n};"
        f"start 01-{1 + n:02} as s{n} of s{n}; stop 02-20 as s{n} of s{n}"
        for n in range(20)
    )
    found = derive(told(f"{wave(50, 0)};{stopped}"), known=ON)
    assert [one.day for one in contract_waves(found)] == [day("04-01")]
    went_on = first_ends(found, ON)
    assert {youth[0] for youth, _provider in went_on} == {"s"}
    assert not any(item.extended for item in went_on.values())


def rows_of(*providers: tuple[str, int, int]) -> dict[str, tuple[object, ...]]:
    """The rows of providers with so many youths, and so many whose help went on."""
    went_on = {
        (f"{name}{number}", name): number < extended
        for name, youths, extended in providers
        for number in range(youths)
    }
    return {row.provider: (row.youths, row.extended, row.share) for row in extension_rows(went_on)}


def test_a_provider_with_enough_youths_has_a_rate_beside_that_of_the_region() -> None:
    rows = rows_of(("X", 40, 10), ("Y", 50, 40), ("Z", 30, 12))
    assert rows[TOTAL] == (120, 62, 51.7)
    assert rows["X"] == (40, 10, 25.0)
    assert rows["Y"] == (50, 40, 80.0)


def test_few_youths_hide_their_row_and_what_would_tell_it() -> None:
    rows = rows_of(("X", 24, 12), ("Y", 6, 0))
    assert rows[TOTAL] == (30, 12, 40.0)
    # Six at Y are too few; so nothing by provider is there beside the total.
    assert rows["X"] == rows[OTHERS] == (None, None, None)
    # Nobody at Y looks the same.
    assert rows_of(("X", 30, 12))["X"] == (None, None, None)


def test_a_youth_at_two_providers_counts_at_both_and_twice_in_the_region() -> None:
    """Counted once, the region beside its rows would tell how few are at two providers."""
    went_on = {(str(number), "X"): number < 10 for number in range(25)}
    went_on |= {(str(number), "Y"): number < 30 for number in range(22, 47)}
    rows = {row.provider: row.youths for row in extension_rows(went_on)}
    assert len({youth for youth, _provider in went_on}) == 47
    assert rows[TOTAL] == 50


def test_the_rates_of_a_day_hold_a_year_and_know_that_day() -> None:
    found = derive(told("decided 01-02 for 01-02 to 02-28; start 01-05"), known=ON)
    table = extension_table(found, ON)
    assert (table.last - table.first).days == 364
    assert {row.youths for row in table.rows} == {None}
    with pytest.raises(ValueError, match="nothing"):
        extension_table(found, day("07-31"))


@pytest.mark.slow
def test_all_rates_together_give_nobody_away() -> None:
    draw = random.Random(7)
    bare = seen = 0
    for _region in range(12):
        likely = [draw.random() for _provider in range(9)]
        went_on = {}
        for youth in range(draw.randrange(20, 300)):
            at = min(int(draw.expovariate(0.4)), 8)
            went_on[f"{youth}", f"P{at}"] = draw.random() < likely[at]
        know = Knowledge()
        add_extensions(know, went_on, extension_rows(went_on))
        assert list(know.uncovered()) == []
        bare += next(without_protection(know).uncovered(), None) is not None
        seen += len(know.seen)
    assert bare > 3
    assert seen > 60


def wave(following: int, others: int) -> str:
    """A day of so many new assignments, of which some go on from another; few on other days."""
    parts = [
        f"decided 01-{1 + n % 28:02} for 01-{1 + n % 28:02} to 03-31 as a{n} of m{n};"
        f"start 01-{1 + n % 28:02} as a{n} of m{n}; decided 03-20 for 04-01 as b{n} of m{n}"
        for n in range(following)
    ]
    parts += [f"decided 03-20 for 04-01 as c{n} of n{n}" for n in range(others)]
    return ";".join(parts)


@pytest.mark.parametrize(
    ("following", "others", "least", "most"),
    [
        (25, 30, 25, 25),
        (50, 4, 35, 54),
        # Nobody else looks the same as a few.
        (54, 0, 35, 54),
        (4, 50, 0, 19),
        (15, 15, None, None),
    ],
)
def test_a_wave_tells_how_much_went_on(
    following: int, others: int, least: int | None, most: int | None
) -> None:
    found = derive(told(wave(following, others)), known=ON)
    (told_of,) = [one for one in contract_waves(found) if one.day == day("04-01")]
    assert told_of.assignments == following + others
    assert (told_of.least, told_of.most) == (least, most)
    know = Knowledge()
    add_waves(know, found, [told_of])
    assert list(know.uncovered()) == []
