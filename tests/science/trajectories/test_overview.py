"""The published set of a day: what its figures are, and that nobody follows from all of it."""

from __future__ import annotations

from statistics import median

import pytest

from vliegwiel.science.trajectories import (
    OTHERS,
    TOTAL,
    Choices,
    Clock,
    Counted,
    Outcome,
    Selection,
    Split,
    Trajectories,
    Trust,
    View,
    WaitingOverview,
    analyst_view,
    counted_waits,
    delivery_begin,
    derive,
    waiting_figure,
    waiting_list,
    waiting_overview,
    waits_of,
)
from vliegwiel.science.trajectories.published import row_of, window_of
from vliegwiel.science.trajectories.shown_counts import Grouped, Part, grouped

from .attack import PART_OF, Published, uncovered
from .crowd import KNOWN, crowd
from .story import day, told


@pytest.fixture(scope="module")
def found() -> Trajectories:
    records = crowd(360)
    return derive(records, known=KNOWN, choices=Choices(observed_from=delivery_begin(records)))


@pytest.fixture(scope="module")
def overview(found: Trajectories) -> WaitingOverview:
    return waiting_overview(found, KNOWN)


@pytest.fixture(scope="module")
def items(found: Trajectories) -> tuple[Counted, ...]:
    return counted_waits(found, waits_of(found, KNOWN))


@pytest.fixture(scope="module")
def truth(items: tuple[Counted, ...], overview: WaitingOverview) -> Grouped:
    keys = {split: [row_of(split, item, KNOWN) for item in items] for split in Split}
    return grouped(items, keys, norm_days=overview.norm_days)


def published(overview: WaitingOverview) -> dict[tuple[Split, str, Part], int]:
    """Every count that the tables hold; a share within the norm tells how many that are."""
    seen: dict[tuple[Split, str, Part], int] = {}
    for table in overview.tables:
        for row in (overview.total, *table.rows):
            for clock, count in row.counts.items():
                seen[table.split, row.key, PART_OF[clock]] = count
    return seen


def with_shares(
    overview: WaitingOverview, truth: Grouped, counts: Published
) -> dict[tuple[Split, str, Part], int]:
    """The counts, and as counts the shares within the norm that are shown."""
    seen = dict(counts)
    for table in overview.tables:
        for row in (overview.total, *table.rows):
            figure = row.figures.get(Clock.W1)
            if figure is not None and figure.within is not None:
                members = truth.members(table.split, row.key, Part.NORM)
                seen[table.split, row.key, Part.NORM] = len(members)
    return seen


def test_nobody_follows_from_all_tables_together(overview: WaitingOverview, truth: Grouped) -> None:
    seen = with_shares(overview, truth, published(overview))
    assert len(seen) > 60
    assert list(uncovered(seen, truth)) == []


def test_the_attack_finds_what_hiding_small_counts_alone_gives_away(truth: Grouped) -> None:
    naive = {
        (split, row, part): len(members)
        for split, rows in truth.rows.items()
        for row in (TOTAL, *rows)
        for part in truth.parts
        if not truth.is_small(members := truth.members(split, row, part))
    }
    assert next(uncovered(naive, truth), None) is not None


def test_every_count_is_of_at_least_ten_youths(overview: WaitingOverview, truth: Grouped) -> None:
    for split, row, part in published(overview):
        members = truth.members(split, row, part)
        assert len({truth.youths[place] for place in members}) >= 10


def test_small_providers_are_one_row(overview: WaitingOverview, truth: Grouped) -> None:
    assert OTHERS in truth.rows[Split.PROVIDER]
    (table,) = (table for table in overview.tables if table.split is Split.PROVIDER)
    assert {row.key for row in table.rows} == set(truth.rows[Split.PROVIDER])


def test_first_clocks_are_the_figures_of_the_method(
    found: Trajectories, overview: WaitingOverview
) -> None:
    (table,) = (table for table in overview.tables if table.split is Split.FORM)
    (ambulant,) = (row for row in table.rows if row.key == "ambulant")
    for form, row in ((None, overview.total), ("ambulant", ambulant)):
        selection = Selection(form=form, first=window_of(KNOWN), last=KNOWN, view=View.UNDER_WAY)
        figure = waiting_figure(found, KNOWN, selection, norm_days=overview.norm_days)
        shown = row.figures[Clock.W1]
        assert row.counts[Clock.W1] == figure.waits
        assert (shown.median, shown.ninth) == (figure.median, figure.ninth)
        if row is overview.total:
            # Of a form it may be hidden beside a smaller one.
            assert shown.within is not None
            assert figure.within_norm is not None
            assert shown.within.value == round(figure.within_norm.value or 0, 2)


def test_other_clocks_are_plain_quantiles(
    items: tuple[Counted, ...], overview: WaitingOverview
) -> None:
    asked = [item.wait.decision_days or 0 for item in items if item.asked]
    so_far = [(KNOWN - item.wait.origin).days for item in items if item.waiting]
    for clock, days in ((Clock.W4, asked), (Clock.W7, so_far)):
        assert overview.total.counts[clock] == len(days)
        # The first day on which half have ended: the lower of two middle ones.
        assert overview.total.figures[clock].median.value in {
            float(median(days)), float(sorted(days)[(len(days) - 1) // 2]),
        }  # fmt: skip


def test_who_waits_is_the_waiting_list(found: Trajectories, overview: WaitingOverview) -> None:
    listed = waiting_list(found, KNOWN)
    assert overview.now.on == KNOWN
    assert overview.now.assignments == listed.assignments == overview.total.counts[Clock.W7]
    # Everybody waits once here: both numbers would tell that nobody waits twice.
    assert overview.now.youths is None
    assert len(overview.trend) == 13
    before = overview.trend[-2]
    assert before.assignments == waiting_list(found, before.on).assignments


def test_with_few_youths_nothing_is_shown() -> None:
    few = derive(told("decided 01-10 for 01-15; start 02-09; decided 02-01 for 02-03 as 2 of B"),
                 known=day("06-30"))  # fmt: skip
    overview = waiting_overview(few, few.known)
    assert overview.total.counts == {}
    assert overview.total.figures == {}
    assert all(table.rows == () for table in overview.tables)
    assert {now.assignments for now in overview.trend} == {None}
    assert overview.label.trust is None


def test_clocks_of_one_youth_count_what_they_say() -> None:
    story = (
        "request 01-03 by 02 ref R; decided 01-10 for 01-15 to 03-31 ref R; start 02-09;"
        "stop 03-31; decided 03-20 for 04-07 as 2 category 41; start 05-10 as 2 category 41"
    )
    found = derive(told(story), known=day("06-30"))
    first, second = counted_waits(found, waits_of(found, found.known))
    assert (first.wait.outcome, first.asked, first.first_help) == (Outcome.STARTED, True, 37)
    assert first.wait.decision_days == 7
    assert (second.asked, second.first_help, second.after_former) == (False, None, 40)


def test_the_same_day_gives_the_same_bytes_whatever_came_later(overview: WaitingOverview) -> None:
    """As known on a day: later messages change nothing."""
    known = day("2025-03-31")
    records = crowd(40, seed=4)
    early = [record for record in records if record.message.dated <= known]
    then, now = (waiting_overview(derive(some, known=known), known) for some in (early, records))
    assert len(early) < len(records)
    assert repr(then) == repr(now)


def test_an_analyst_sees_who_may_be_lost_and_how_late_starts_come(found: Trajectories) -> None:
    view = analyst_view(found, KNOWN)
    listed = waiting_list(found, KNOWN)
    assert len(view.lost) == len(listed.without_sign) > 0
    assert [item.days for item in view.lost] == sorted((i.days for i in view.lost), reverse=True)
    assert all(item.days > found.choices.lost_days for item in view.lost)
    assert len(view.late) == 6
    assert view.late[-1].month == KNOWN.replace(day=1)


def test_the_label_says_how_many_starts_were_told(overview: WaitingOverview) -> None:
    assert overview.label.trust in set(Trust)
    assert overview.label.started is not None
    assert 50 < overview.label.started < 95
    assert "before_decision" in overview.label.unseen


def test_a_region_in_which_nobody_asked_has_an_overview() -> None:
    """No row of the table by referrer has a request: that part of the total has no rows at all."""
    parts = "; ".join(
        f"decided 01-{day} for 01-{day} as {day} of {day}; start 02-{day} as {day} of {day}"
        for day in range(10, 22)
    )
    shown = waiting_overview(derive(told(parts), known=day("06-30")), day("06-30"))
    assert shown.total.counts[Clock.W1] == 12
    assert Clock.W3 not in shown.total.counts
    (referrers,) = [table for table in shown.tables if table.split is Split.REFERRER]
    assert all(Clock.W3 not in row.counts for row in referrers.rows)
