"""Gaps in care: which ends are one, which are none, and what may be counted of them."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.science.trajectories.crowd import KNOWN, crowd
from tests.science.trajectories.knowledge import Knowledge
from tests.science.trajectories.story import told
from tests.science.trajectories.whole_attack import add_gaps
from vliegwiel.science.ijw import Person, Record
from vliegwiel.science.trajectories import (
    CareGap,
    CountTable,
    GapChoices,
    GapKind,
    GapRows,
    GapSplit,
    care_gaps,
    derive,
    gap_counts,
    gap_rows,
    waiting_list,
    waiting_study,
)

ON = date(2025, 6, 30)
CRISIS = (
    "decided 01-10 for 01-10 to 12-31 category 46; start 01-10 category 46; "
    "stop 02-20 because 31 category 46"
)
MOVED = "decided 01-10 for 01-10 to 12-31; start 01-10; stop 02-20 because 38"


def gaps_of(
    story: str, *, born: date = date(2012, 3, 1), on: date = ON, choices: GapChoices | None = None
) -> tuple[CareGap, ...]:
    return care_gaps(derive(aged(told(story), born), known=on), choices=choices)


def aged(records: list[Record], born: date) -> list[Record]:
    """The same records about somebody of another age."""
    return [
        record._replace(person=record.person._replace(birth_month=born))  # type: ignore[call-arg, union-attr]
        if isinstance(getattr(record, "person", None), Person)
        else record
        for record in records
    ]


@pytest.mark.parametrize(
    ("story", "kinds"),
    [
        pytest.param(CRISIS, [GapKind.AFTER_CRISIS], id="nothing after a crisis"),
        pytest.param(MOVED, [GapKind.AFTER_TRANSFER], id="nothing at the other provider"),
        pytest.param(MOVED.replace("38", "31"), [], id="ended as planned"),
        pytest.param(MOVED.replace("38", "39"), [], id="to another law"),
        pytest.param(MOVED.replace("38", "02"), [], id="death"),
        pytest.param(f"{CRISIS}; request 03-10", [], id="asked for in time"),
        pytest.param(
            f"{CRISIS}; request 03-25", [GapKind.AFTER_CRISIS], id="asked for after the term"
        ),
        pytest.param(
            f"{MOVED}; decided 02-15 for 03-01 as 2 at Y", [], id="assigned, and waiting"
        ),
        pytest.param(
            f"{CRISIS}; decided 01-02 for 01-02 as 2; start 01-05 as 2", [], id="care beside it"
        ),
        pytest.param(
            f"{CRISIS}; decided 02-20 for 01-10 to 02-20 because 07 category 46", [],
            id="moved to another municipality",
        ),
        pytest.param(
            "decided 01-10 for 01-10; start 01-10; decided 02-20 for 01-10 to 02-20 because 09; "
            "stop 02-20 because 36",
            [GapKind.AFTER_TRANSFER],
            id="the assignment tells of the transfer",
        ),
    ],
)  # fmt: skip
def test_what_is_a_gap(story: str, kinds: list[GapKind]) -> None:
    assert [gap.kind for gap in gaps_of(story)] == kinds


def test_the_days_to_wait_must_be_over() -> None:
    last = date(2025, 2, 20) + timedelta(days=30)
    assert gaps_of(CRISIS, on=last)
    assert not gaps_of(CRISIS, on=last - timedelta(days=1))
    assert gaps_of(CRISIS, on=date(2025, 3, 6), choices=GapChoices(follow_up_days=14))


def test_what_is_long_ago_is_no_work_any_more() -> None:
    assert not gaps_of(CRISIS, choices=GapChoices(look_back=60))


@pytest.mark.parametrize(
    ("story", "born", "kinds"),
    [
        pytest.param(MOVED.replace("38", "36"), (2007, 2), [GapKind.AT_18], id="stops at 18"),
        pytest.param(MOVED.replace("38", "31"), (2007, 2), [], id="as planned"),
        pytest.param(MOVED.replace("38", "39"), (2007, 2), [], id="told to another law"),
        pytest.param(MOVED, (2007, 2), [GapKind.AFTER_TRANSFER], id="one question an end"),
        pytest.param(MOVED.replace("38", "36"), (2006, 9), [], id="long after 18"),
        pytest.param(
            "decided 01-10 for 01-10 to 10-15; start 01-10", (2007, 10), [GapKind.TURNING_18],
            id="18 before long",
        ),
        pytest.param(
            "decided 01-10 for 01-10 to 10-15", (2007, 10), [GapKind.TURNING_18], id="waiting"
        ),
        pytest.param("decided 01-10 for 01-10; start 01-10", (2008, 2), [], id="18 next year"),
        pytest.param("decided 01-10 for 01-10; start 01-10", (2007, 6), [], id="18 already"),
    ],
)  # fmt: skip
def test_eighteen(story: str, born: tuple[int, int], kinds: list[GapKind]) -> None:
    assert [gap.kind for gap in gaps_of(story, born=date(*born, 1))] == kinds


def test_it_tells_whether_help_is_assigned_beyond_eighteen() -> None:
    short = gaps_of("decided 01-10 for 01-10 to 10-15; start 01-10", born=date(2007, 10, 1))
    longer = gaps_of("decided 01-10 for 01-10 to 12-31; start 01-10", born=date(2007, 10, 1))
    assert [short[0].arranged, longer[0].arranged] == [False, True]
    assert short[0].since == date(2025, 10, 1)


def test_a_key_stays_the_same_when_the_end_is_corrected() -> None:
    later = f"{MOVED}; stop 02-20 undone because 38; stop 02-22 because 38"
    assert {gap.key for gap in gaps_of(MOVED)} == {gap.key for gap in gaps_of(later)}


@settings(max_examples=30, deadline=None)
@given(
    st.sampled_from([CRISIS, MOVED]),
    st.dates(date(2025, 2, 21), date(2025, 6, 20)),
    st.sampled_from(["request {0}", "decided {0} for {0} as 2", "start {0} as none"]),
    st.integers(1, 120),
)
def test_anything_within_the_days_closes_a_gap_and_nothing_later_does(
    story: str, when: date, follows: str, days: int
) -> None:
    found = gaps_of(
        f"{story}; {follows.format(f'{when:%m-%d}')}", choices=GapChoices(follow_up_days=days)
    )
    in_time = when <= date(2025, 2, 20) + timedelta(days=days)
    assert bool(found) is not in_time


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from([CRISIS, MOVED]), min_size=1, max_size=4), st.randoms())
def test_the_order_of_messages_changes_nothing(stories: list[str], draw: object) -> None:
    records = [
        record
        for number, story in enumerate(stories)
        for record in told(
            "; ".join(f"{part.strip()} of Y{number} as {number}" for part in story.split(";"))
        )
    ]
    before = care_gaps(derive(records, known=ON))
    draw.shuffle(records)  # type: ignore[attr-defined]
    assert care_gaps(derive(records, known=ON)) == before
    assert len(before) == len(stories)


ROWS = GapRows(
    municipalities=frozenset({"0150", "0166", "0175", "0193"}),
    forms=frozenset({"ambulant", "crisis", "daily", "foster_care"}),
)


def test_no_small_count_is_shown_nor_follows() -> None:
    gaps = [
        CareGap(
            kind=GapKind.AFTER_CRISIS,
            key=str(number),
            youth=str(number),
            municipality="0193" if number < 25 else "0150" if number < 33 else "0166",
            provider="X",
            form="crisis",
            since=date(2025, 1 + number % 2, 3),
        )
        for number in range(60)
    ]
    counts = gap_counts(gaps, ON, ROWS)
    places, forms, months = counts.tables[GapKind.AFTER_CRISIS]
    assert [places.split, places.total] == [GapSplit.MUNICIPALITY, 60]
    # Eight youths in one place and nobody in another: both are hidden alike, and one beside them.
    assert places.rows == {"0150": None, "0166": 27, "0175": None, "0193": None}
    assert forms.rows == {"crisis": 60}
    # Every month in which help can have ended has a row. That nobody is in the others would follow
    # from the total and both months.
    assert len(months.rows) == 12
    assert sorted(filter(None, months.rows.values())) in ([], [30])
    assert {"2025-01", "2025-02"} <= months.rows.keys()
    few = gap_counts(gaps[:9], ON, ROWS)
    assert few == gap_counts([], ON, ROWS)
    assert set(few.tables.values()) == {()}


@pytest.mark.slow
def test_that_a_row_lacks_tells_nothing_and_would_if_it_told_of_nobody() -> None:
    draw = random.Random(5)
    seen = lacking = 0
    for _region in range(5):
        likely = [draw.random() ** 3 for _row in range(8)]
        gaps = [
            CareGap(
                kind=draw.choice([GapKind.AFTER_TRANSFER, GapKind.AT_18]),
                key=str(number),
                youth=str(number),
                municipality=draw.choices(sorted(ROWS.municipalities), likely[:4])[0],
                provider="X",
                form=draw.choices(sorted(ROWS.forms - {"crisis"}), likely[4:7])[0],
                since=date(2025, draw.randint(1, 5), 3),
            )
            for number in range(draw.randint(20, 160))
        ]
        counts = gap_counts(gaps, ON, ROWS)
        know = Knowledge()
        add_gaps(know, gaps, counts, ROWS)
        assert list(know.uncovered()) == []
        seen += len(know.seen)
        # As it would be with rows only of those who have gaps.
        fewer = Knowledge()
        some = {
            kind: tuple(_without_nobody(table, kind, gaps) for table in tables)
            for kind, tables in counts.tables.items()
        }
        add_gaps(fewer, gaps, replace(counts, tables=some), ROWS)
        lacking += next(fewer.uncovered(), None) is not None
    assert seen > 10
    assert lacking > 2


def _without_nobody(table: CountTable, kind: GapKind, gaps: list[CareGap]) -> CountTable:
    """The same table without the rows in which nobody is."""
    there = {
        key for gap in gaps if gap.kind is kind
        for key in (gap.municipality, gap.form, f"{gap.since:%Y-%m}")
    }  # fmt: skip
    return replace(table, rows={key: n for key, n in table.rows.items() if key in there})


def test_every_row_is_there_in_which_there_is_care() -> None:
    found = derive(told(f"{CRISIS}; decided 02-01 for 02-01 of B as 2 in 0150"), known=ON)
    assert gap_rows(found) == GapRows(
        municipalities=frozenset({"0193", "0150"}), forms=frozenset({"crisis", "ambulant"})
    )


def test_the_months_of_who_turns_eighteen_lie_ahead() -> None:
    gaps = [
        CareGap(
            kind=GapKind.TURNING_18,
            key=str(number),
            youth=str(number),
            municipality="0193",
            provider="X",
            form="daily",
            since=date(2025, 10, 1),
        )
        for number in range(30)
    ]
    (*_others, months) = gap_counts(gaps, ON, ROWS).tables[GapKind.TURNING_18]
    assert list(months.rows) == [f"2025-{month:02}" for month in range(7, 13)]


@pytest.mark.slow
def test_the_study_counts_every_wait_and_shows_no_small_count() -> None:
    found = derive(crowd(200), known=KNOWN)
    study = waiting_study(found, KNOWN)
    waits = len(waiting_list(found, KNOWN).waits)
    for table in (study.length, study.meanwhile):
        shown = [count for count in table.rows.values() if count is not None]
        assert table.total == waits
        assert all(count >= 10 for count in shown)
        assert sum(shown) == waits or None in table.rows.values()
        # That a row is not there would tell that nobody waits so long, or had that meanwhile.
        assert len(table.rows) == 4


def test_what_somebody_had_while_waiting_is_the_first_that_holds() -> None:
    rows = {"crisis": 0, "other_care": 0, "earlier_care": 0, "nothing": 0}
    extra = {
        "crisis": "decided 02-01 for 02-01 as 2 category 46; start 02-01 as 2 category 46",
        "other_care": "decided 02-01 for 02-01 as 2; start 02-01 as 2",
        "earlier_care": "decided 02-01 for 02-01 as 2; start 02-01 as 2; stop 03-01 as 2",
        "nothing": "",
    }
    records = [
        record
        for number in range(40)
        for record in told(
            _of(f"decided 01-10 for 01-10 category 41; {_nth(extra, number)}", number)
        )
    ]
    table = waiting_study(derive(records, known=ON), ON).meanwhile
    assert table.rows == dict.fromkeys(rows, 10)


def _nth(extra: dict[str, str], number: int) -> str:
    return list(extra.values())[number % len(extra)]


def _of(story: str, number: int) -> str:
    """The story about a youth with a number, with assignments of his own."""
    parts = [part.strip() for part in story.split(";") if part.strip()]
    numbered = [
        part.replace("as 2", f"as 2{number}") if " as 2" in part else f"{part} as 1{number}"
        for part in parts
    ]
    return "; ".join(f"{part} of Y{number}" for part in numbered)
