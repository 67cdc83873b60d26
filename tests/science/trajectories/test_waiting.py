"""Waiting times, the list of who waits, the label beside them, and late messages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from tests.science.trajectories.story import day, told
from vliegwiel.science.ijw import Record
from vliegwiel.science.trajectories import (
    UNSEEN_MESSAGES,
    Cause,
    Choices,
    Clock,
    Estimate,
    Outcome,
    Selection,
    Trajectories,
    Truncated,
    Trust,
    View,
    WaitClock,
    Waits,
    corrected,
    counted_waits,
    delay_of,
    derive,
    quality_of,
    waiting_figure,
    waiting_list,
    waits_of,
)
from vliegwiel.science.trajectories.clock_figures import clock_figure
from vliegwiel.science.trajectories.waiting_numbers import trust_of

ON = date(2025, 6, 30)


def derived(story: str, known: date = ON, **choices: object) -> Trajectories:
    return derive(told(story), known=known, choices=Choices(**choices))  # type: ignore[arg-type]


def many(waits: list[int | None], *, begin: str = "01-10", first: int = 0) -> str:
    """A story of youths who started after so many days, or (None) have not."""
    decided = day(begin)
    parts = []
    for number, days in enumerate(waits, first):
        name = f"as n{number} of y{number}"
        parts.append(f"decided {begin} for {begin} {name}")
        if days is not None:
            parts.append(f"start {decided + timedelta(days=days):%m-%d} {name}")
    return ";".join(parts)


def test_three_counts_of_who_waits() -> None:
    listed = waiting_list(
        derived(
            "decided 01-10 for 01-15; decided 01-10 for 01-15 as 2 category 41;"
            "decided 01-10 for 01-15 as 3 of B;"
            "decided 01-02 for 01-02 as 4 of B category 41; start 01-05 as 4 of B category 41"
        ),
        ON,
    )
    assert (listed.assignments, listed.youths, listed.youths_without_care) == (3, 2, 1)


def test_who_begins_later_does_not_wait_yet() -> None:
    listed = waiting_list(derived("decided 06-01 for 07-15"), ON)
    assert (listed.assignments, len(listed.planned)) == (0, 1)
    soon = waiting_list(derived("decided 06-01 for 07-14"), ON)
    assert (soon.assignments, len(soon.planned)) == (1, 0)


def test_who_has_no_sign_of_delivery_is_listed() -> None:
    story = "decided 01-01 for 01-01; decided 01-02 for 01-02 as 2 category 41"
    assert [w.form for w in waiting_list(derived(story), ON).without_sign] == []
    late = waiting_list(derived(story, lost_days=179), ON)
    assert [w.form for w in late.without_sign] == ["ambulant"]


@pytest.mark.parametrize(
    ("reason", "cause"),
    [("02", Cause.DEATH), ("06", Cause.OTHER_DOMAIN), ("07", Cause.MOVED), ("05", Cause.OTHER)],
)
def test_why_a_wait_ended(reason: str, cause: Cause) -> None:
    found = derived(f"decided 01-10 for 01-15; decided 03-01 for 01-15 to 03-01 because {reason}")
    (wait,) = waits_of(found, ON).waits
    assert (wait.outcome, wait.cause, wait.days) == (Outcome.WITHDRAWN, cause, 50)
    (before,) = waits_of(found, day("03-01")).waits
    assert before.outcome is Outcome.WAITING


def test_an_assignment_that_ran_out_ends_the_wait() -> None:
    (wait,) = waits_of(derived("decided 01-10 for 01-15 to 03-31"), ON).waits
    assert (wait.outcome, wait.cause, wait.days) == (Outcome.EXPIRED, Cause.UNKNOWN, 80)


def test_a_wait_before_the_delivery_is_left_out_or_comes_in_late() -> None:
    story = many([30, 90])
    (wait, _) = waits_of(derived(story, observed_from=day("02-01")), ON).waits
    assert wait.bounds is None
    late = derived(story, observed_from=day("02-01"), truncated=Truncated.ENTER_LATE)
    assert [w.entered for w in waits_of(late, ON).waits] == [22, 22]
    figure = waiting_figure(late, ON, Selection())
    assert figure.curve.at_risk.tolist() == [2, 1]
    assert waiting_figure(derived(story, observed_from=day("02-01")), ON, Selection()).waits == 0


def test_who_may_have_started_before_the_delivery_is_not_said_to_wait() -> None:
    """Old assignments come again in later messages, their starts do not."""
    story = "decided 01-10 for 01-15; decided 03-10 for 03-15 as 2 of B"
    listed = waiting_list(derived(story, observed_from=day("02-01")), ON)
    assert [wait.youth for wait in listed.waits] == ["B"]
    assert [wait.youth for wait in listed.unsure] == ["A"]
    elsewhere = waiting_list(derived(story, observed_from={"0150": day("02-01")}), ON)
    assert (elsewhere.assignments, len(elsewhere.unsure)) == (2, 0)
    cut_off = waiting_list(derived("decided 03-10 for 03-15 because 04"), ON)
    assert (cut_off.assignments, len(cut_off.unsure)) == (0, 1)


def test_a_start_that_is_deleted_makes_a_youth_wait_again() -> None:
    (wait,) = waits_of(derived("decided 01-10 for 01-15; start 02-09; undo start 02-09"), ON).waits
    assert (wait.outcome, wait.days) == (Outcome.WAITING, 171)


def test_an_extension_is_not_waited_for() -> None:
    found = derived(
        "decided 01-10 for 01-15 to 03-31; start 01-20; stop 03-31 because 37;"
        "decided 03-25 for 04-01 as 2; start 05-10 as 2"
    )
    waits = waits_of(found, ON)
    assert len(waits.waits) == 1
    assert waits.continuations == (("0193", "2"),)


def test_two_lines_that_begin_together_are_both_waited_for() -> None:
    found = derived(
        "decided 01-10 for 01-15; start 01-15; decided 01-10 for 01-15 as 2; start 01-15 as 2"
    )
    assert [wait.days for wait in waits_of(found, ON).waits] == [5, 5]


def test_the_median_counts_who_still_waits() -> None:
    figure = waiting_figure(derived(many([10, 20, 30, 40, None, None, None])), ON, Selection())
    assert (figure.started, figure.waiting, figure.youths) == (4, 3, 7)
    assert figure.median.value == 40
    assert figure.median_of_waiters == 171
    assert figure.quality.due == 7
    assert figure.quality.share_started == pytest.approx(4 / 7)


def test_the_share_within_the_norm() -> None:
    figure = waiting_figure(derived(many([10, 20, 30, 40])), ON, Selection(), norm_days=28)
    assert figure.within_norm is not None
    assert figure.within_norm.value == pytest.approx(0.5)
    assert figure.within_norm.low is not None
    assert 0 < figure.within_norm.low < 0.5


@pytest.mark.parametrize(("norm_days", "share"), [(40, 1.0), (9, 0.0)])
def test_a_share_of_all_or_of_nobody_is_not_said_to_be_certain(
    norm_days: int, share: float
) -> None:
    found = derived(many([10, 20, 30, 40]))
    items = counted_waits(found, waits_of(found, ON))
    figure = clock_figure(found, items, Clock.W1, ON, norm_days=norm_days)
    assert figure.within == Estimate(share, None, None)


def test_withdrawals_compete() -> None:
    gone = "decided 01-10 for 01-15 as w of W;decided 01-20 for 01-15 to 01-20 because 09 as w of W"
    figure = waiting_figure(derived(f"{many([20, 30, 40])};{gone}"), ON, Selection())
    assert figure.otherwise == 1
    assert figure.ways["withdrawn"].within(100).value == pytest.approx(0.25)
    assert figure.ways["start"].within(100).value == pytest.approx(0.75)


def test_a_start_that_only_a_declaration_proves_lies_between_two_days() -> None:
    story = f"{many([60, 70])};decided 01-10 for 01-15; declared 03-01 sent 04-05"
    figure = waiting_figure(derived(story), ON, Selection())
    assert figure.proved_by_declaration == 1
    assert figure.median.value == 65
    assert figure.median_bounds == (60, 70)


def test_clocks_are_not_mixed() -> None:
    story = (
        "request 01-02 ref R; decided 01-10 for 01-15 ref R; start 02-09;"
        "decided 01-10 for 01-15 as 2 of B; start 01-12 as 2 of B"
    )
    found = derived(story)
    asked = waiting_figure(found, ON, Selection(), clock=WaitClock.REQUEST_TO_START)
    assert (asked.waits, asked.median.value) == (1, 38)
    agreed = waiting_figure(found, ON, Selection(), clock=WaitClock.AGREED_TO_START)
    assert agreed.curve.times.tolist() == [0, 25]


def test_a_selection_takes_its_own() -> None:
    story = f"{many([10, 20])};decided 03-10 for 03-10 as 9 of Z at Y in 0150 category 41"
    found = derived(story)
    for selection, waits in (
        (Selection(form="ambulant"), 2),
        (Selection(provider="Y"), 1),
        (Selection(municipality="0150"), 1),
        (Selection(first=day("03-01"), last=ON), 1),
        (Selection(last=day("03-01")), 2),
    ):
        assert waiting_figure(found, ON, selection).waits == waits


def test_a_period_looks_at_what_happened_in_it() -> None:
    """Who waits since long before comes in late; who starts after it is still waiting."""
    story = f"{many([10, 80, 100])};{many([5, 40], begin='03-20', first=10)}"
    selection = Selection(first=day("03-01"), last=day("03-31"), view=View.UNDER_WAY)
    figure = waiting_figure(derived(story), ON, selection)
    assert (figure.waits, figure.started, figure.waiting) == (4, 2, 2)
    assert figure.curve.times.tolist() == [5, 80]
    assert figure.curve.at_risk.tolist() == [2, 2]


def test_the_label_says_what_messages_cannot_see() -> None:
    story = (
        f"{many([10, None])};decided 01-10 for 02-01 as 5 of E sent 03-01; start 01-02 as 5 of E;"
        "start 01-02 as 99 of F;"
        "decided 01-10 for 01-15 as 6 of G ref R; request 01-02 ref R of G"
    )
    found = derived(story)
    label = quality_of(found, waits_of(found, ON), silent_from=1)
    assert (label.due, label.started, label.retroactive, label.caught_up) == (4, 2, 1, 1)
    assert (label.requested, label.presumed, label.orphans) == (1, 3, 1)
    assert set(label.unseen) == set(UNSEEN_MESSAGES)
    assert not label.silent
    nothing = derived(many([None, None]))
    (silent,) = quality_of(nothing, waits_of(nothing, ON), silent_from=2).silent
    assert (silent.provider, silent.municipality, silent.assignments) == ("X", "0193", 2)


def test_a_label_without_assignments_has_no_share() -> None:
    found = derived("start 02-09")
    label = quality_of(found, Waits(on=ON, waits=(), continuations=()))
    assert label.share_started is None


# Contract waves


def wave(reason: str, *, other: str = "") -> str:
    usual = (
        many([5] * 12, begin="02-03")
        + ";"
        + ";".join(f"decided 03-{d:02d} for 03-{d:02d} as u{d} of u{d}" for d in range(1, 20))
    )
    moved = ";".join(
        f"decided 01-05 for 01-06 to 03-31{reason} as a{n} of m{n}; start 01-06 as a{n} of m{n};"
        f"decided 03-20 for 04-01 as b{n} of m{n}{other}"
        for n in range(12)
    )
    return f"{usual};{moved}"


def test_a_wave_of_contracts_is_no_wave_of_waits() -> None:
    found = derived(wave(""))
    (day_of_wave,) = [w for w in found.successions.waves if w.day == day("04-01")]
    assert (day_of_wave.assignments, day_of_wave.usual, day_of_wave.following) == (12, 1, 12)
    waiting = {wait.youth for wait in waiting_list(found, ON).waits}
    assert not any(youth.startswith("m") for youth in waiting)


def test_in_a_wave_a_form_may_get_another_name() -> None:
    found = derived(wave("", other=" category 54"))
    assert len(found.successions.relabelled) == 12
    assert not any(w.youth.startswith("m") for w in waiting_list(found, ON).waits)
    (one,) = (chain for chain in found.trajectories if chain.youth == "m1")
    assert one.end is None


def test_without_a_wave_another_form_is_another_wait() -> None:
    story = "decided 01-05 for 01-06 to 03-31; start 01-06;decided 03-20 for 04-01 as 2 category 54"
    assert waiting_list(derived(story), ON).assignments == 1
    contract = story.replace(
        "decided 03-20", "decided 03-19 for 01-06 to 03-31 because 03;decided 03-20"
    )
    assert waiting_list(derived(contract), ON).assignments == 0


# Delay of messages


def late_starts(delays: list[tuple[str, int]]) -> list[Record]:
    parts = []
    for number, (begin, delay) in enumerate(delays):
        name = f"as {number} of y{number}"
        sent = day(begin) + timedelta(days=delay)
        parts += [f"decided 01-02 for 01-02 {name}", f"start {begin} {name} sent {sent:%m-%d}"]
    return told(";".join(parts))


def test_the_delay_of_old_starts_is_what_was_seen() -> None:
    found = derive(
        late_starts([("02-01", 0), ("02-01", 5), ("02-02", 10), ("02-03", 40)]), known=ON
    )
    delay = delay_of(found.starts, known=ON, choices=Choices())
    assert delay.count == 4
    assert delay.share_known(ON) == pytest.approx(0.25)
    assert delay.share_known(ON - timedelta(days=9)) == pytest.approx(0.5)
    assert delay.days_until(0.75) == 10
    assert delay.late_share == pytest.approx(0.5)
    assert delay.share_known(ON + timedelta(days=1)) == 0


def test_long_delays_are_not_missed_because_they_have_not_come_in() -> None:
    """Right truncation: what is seen of the last days has short delays alone."""
    random = np.random.default_rng(5)
    chosen = Choices(delay_window=365, delay_most=60)
    every = [
        (date(2025, 1, 1) + timedelta(days=int(d)), int(w))
        for d, w in zip(random.integers(0, 181, 4000), random.geometric(0.1, 4000) - 1, strict=True)
    ]
    starts = []
    template = derive(told("decided 01-02 for 01-02; start 02-01"), known=ON).starts[0]
    for begin, wait in every:
        known = begin + timedelta(days=wait)
        if known <= ON:
            starts.append(replace(template, begin=begin, known=known))
    delay = delay_of(starts, known=ON, choices=chosen)
    truth = 1 - 0.9 ** (np.arange(61) + 1)
    assert np.abs(delay.known_share - truth).max() < 0.03
    june = [s.begin for s in starts if s.begin >= date(2025, 6, 1)]
    whole = sum(begin >= date(2025, 6, 1) for begin, _ in every)
    found = corrected(delay, june)
    assert found.known == len(june) < whole
    assert found.expected == pytest.approx(whole, rel=0.08)
    assert found.low is not None
    assert found.high is not None
    assert found.low <= whole <= found.high


def test_too_little_known_is_not_guessed_at() -> None:
    found = derive(late_starts([("02-01", 30)] * 9 + [("02-01", 0)]), known=ON)
    delay = delay_of(found.starts, known=ON, choices=Choices())
    assert corrected(delay, [ON]).expected is None
    assert corrected(delay, [date(2025, 2, 1)]).expected == 1
    nothing = delay_of([], known=ON, choices=Choices())
    assert nothing.days_until(0.95) is None
    assert corrected(nothing, [ON]).expected is None


def told_and_stopped(count: int, untold: int, more: str = "") -> str:
    """Help that has ended, of which some starts were told by the stop alone."""
    return ";".join(
        f"decided 01-10 for 01-15 as {n} of {n}{more};"
        + ("" if n < untold else f"start 02-{1 + n % 20:02} as {n} of {n};")
        + f"stop 04-01 because 31 begun 02-{1 + n % 20:02} as {n} of {n}"
        for n in range(count)
    )


def test_the_label_goes_by_starts_that_were_not_told() -> None:
    """Whoever still waits does not make a label poorer; a start that only a stop tells does."""
    waiting = ";".join(f"decided 05-01 for 05-10 as {n} of {n}" for n in range(100, 140))
    for untold, trust in ((0, Trust.GOOD), (2, Trust.GOOD), (3, Trust.FAIR), (4, Trust.POOR)):
        found = derived(f"{told_and_stopped(20, untold)};{waiting}")
        quality = quality_of(found, waits_of(found, ON))
        assert quality.share_started == pytest.approx(20 / 60)
        assert (quality.proved, quality.told) == (20, 20 - untold)
        assert trust_of(quality) is trust


def test_declared_care_tells_a_start() -> None:
    """From it the start follows within a month."""
    declared = ";".join(f"declared 02-01 as {n} of {n}" for n in range(10))
    found = derived(f"{told_and_stopped(20, 10)};{declared}")
    assert quality_of(found, waits_of(found, ON)).share_told == 1.0
