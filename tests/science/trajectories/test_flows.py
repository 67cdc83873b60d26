"""Who comes, goes, stays, extends, stops and switches."""

from __future__ import annotations

from datetime import date

import pytest

from tests.science.trajectories.story import day, told
from vliegwiel.science.ijw import AssignmentVersion, ChangeRequest, DeclaredLine
from vliegwiel.science.trajectories import (
    CareForms,
    Choices,
    Trajectories,
    Unended,
    about_to_turn_18,
    cost_of,
    counted_by,
    derive,
    durations,
    endings,
    expiries_of,
    extensions,
    follow_up,
    inflow,
    known_waits,
    outflow,
    steps,
    transitions,
    turning_18,
    volume_changes,
    youths_helped,
    youths_in_care,
)

ON = date(2025, 6, 30)
FIRST, LAST = date(2025, 1, 1), ON


def derived(story: str, known: date = ON, **choices: object) -> Trajectories:
    return derive(told(story), known=known, choices=Choices(**choices))  # type: ignore[arg-type]


def test_care_that_ends_on_a_day_is_not_in_care_at_its_end() -> None:
    found = derived("decided 01-10 for 01-15; start 01-20; stop 03-01 because 31")
    assert youths_in_care(found, day("02-28")) == 1
    assert youths_in_care(found, day("03-01")) == 0
    assert youths_helped(found, day("03-01"), day("03-31")) == 1
    assert youths_helped(found, day("03-02"), day("03-31")) == 0
    assert youths_in_care(found, day("01-19")) == 0


def test_transport_is_no_care() -> None:
    found = derived("decided 01-10 for 01-15 category 42; start 01-20 category 42")
    assert youths_in_care(found, ON) == 0
    assert len(found.spells) == 1
    assert not found.trajectories


def test_a_youth_in_two_forms_counts_once() -> None:
    found = derived(
        "decided 01-10 for 01-15; start 01-20;"
        " decided 01-10 for 01-15 as 2 category 41; start 01-20 as 2 category 41"
    )
    assert youths_in_care(found, ON) == 1
    assert counted_by(found, ON, lambda spell: spell.form) == {"ambulant": 1, "day_help": 1}


def test_the_product_list_of_the_region_tells_the_form() -> None:
    first, start = told("decided 01-10 for 01-15 category 43; start 01-20 category 43")
    records = [first._replace(product="43A05"), start._replace(product="43A05")]  # type: ignore[call-arg]
    found = derive(records, known=ON, forms=CareForms(by_product={"43A05": "foster_care"}))
    assert [chain.form for chain in found.trajectories] == ["foster_care"]


def test_who_comes_back_is_no_new_youth_but_repeats() -> None:
    found = derived(
        "decided 01-02 for 01-02; start 01-05; stop 01-20 because 31;"
        "decided 06-01 for 06-01 as 2; start 06-05 as 2"
    )
    assert len(found.episodes) == 2
    came = inflow(found, day("06-01"), ON)
    assert (came.youths, came.trajectories, came.new, came.repeated) == (1, 1, 0, 1)
    assert inflow(found, day("06-01"), ON, look_back=30).new == 1


def test_the_last_days_cannot_be_judged_yet() -> None:
    story = "decided 01-02 for 01-02; start 01-05; stop 03-01 because 31"
    assert outflow(derived(story), FIRST, LAST).youths == 1
    early = outflow(derived(story, known=day("05-01")), FIRST, day("05-01"))
    assert (early.youths, early.undecided) == (0, 1)


def test_gaps_decide_what_is_one() -> None:
    story = (
        "decided 01-02 for 01-02; start 01-05; stop 02-01 because 31;"
        "decided 03-01 for 03-01 as 2; start 03-12 as 2"
    )
    assert len(derived(story, chain_days=37).trajectories) == 2
    assert len(derived(story, chain_days=38).trajectories) == 1
    assert len(derived(story, episode_days=37).episodes) == 2


def test_a_long_pause_is_an_end() -> None:
    story = "decided 01-02 for 01-02; start 01-05; stop 02-01 because 20"
    assert derived(story).trajectories[0].end is None
    ended = derived(story, pause_limit=100).trajectories[0]
    assert (ended.end, ended.reason) == (day("02-01"), "20")


def test_merged_providers_are_one() -> None:
    story = (
        "decided 01-02 for 01-02; start 01-05; stop 03-31 because 36;"
        "decided 04-01 for 04-01 as 2 at Y; start 04-01 as 2 at Y"
    )
    assert len(derived(story).trajectories) == 2
    merged = derive(told(story), known=ON, forms=CareForms(merged={"X": "Y"}))
    assert len(merged.trajectories) == 1


def test_what_becomes_of_care_without_a_stop_is_a_choice() -> None:
    story = "decided 01-10 for 01-15 to 03-31; start 01-20"
    assert youths_in_care(derived(story), ON) == 0
    assert youths_in_care(derived(story, unended=Unended.OPEN), ON) == 1
    assert youths_in_care(derived(story, expiry_grace=100), ON) == 1


def test_care_goes_on_in_an_assignment_without_a_start() -> None:
    story = "decided 01-10 for 01-15 to 03-31; start 01-20; decided 03-25 for 04-01 as 2"
    assert youths_in_care(derived(story), ON) == 1
    assert youths_in_care(derived(story, carry_over=False), ON) == 0


def test_durations_in_three_ways() -> None:
    found = derived(
        "decided 01-02 for 01-02; start 01-05; stop 01-14 because 31;"
        "decided 01-02 for 01-02 as 2 of B; start 01-11 as 2 of B"
    )
    lasted = durations(found, FIRST, LAST)
    assert (lasted.ended, lasted.mean_ended) == (1, 10)
    assert (lasted.still_open, lasted.mean_elapsed) == (1, 171)
    assert lasted.all_begun.quantile(0.5).value == 10
    assert lasted.all_begun.quantile(0.9).value is None


def test_extensions_once_per_moment() -> None:
    story = (
        "decided 01-02 for 01-02 to 02-28; start 01-05; decided 02-20 for 01-02 to 04-30 because"
        " 04; decided 04-20 for 05-01 to 05-31 as 2; start 05-01 as 2"
    )
    found = derived(story)
    assert [(f"{m.on:%m-%d}", m.extended, m.same_number, m.days) for m in expiries_of(found)] == [
        ("02-28", True, True, 61),
        ("04-30", True, False, 31),
        ("05-31", False, False, None),
    ]
    extended = extensions(found, day("02-01"), day("04-30"))
    assert (extended.expiries, extended.extended, extended.same_number) == (2, 2, 1)
    assert extended.median_days == 46
    assert extended.share == 1


def test_help_that_stopped_before_is_not_up_for_extension() -> None:
    story = "decided 01-02 for 01-02 to 02-28; start 01-05; stop 02-10 because 31"
    assert not expiries_of(derived(story))


def test_an_assignment_without_an_end_has_no_extension() -> None:
    extended = extensions(derived("decided 01-02 for 01-02; start 01-05"), FIRST, LAST)
    assert (extended.expiries, extended.in_care, extended.open_ended) == (0, 1, 1)
    assert extended.share is None


def test_an_extension_that_was_asked_for() -> None:
    records = told("decided 01-02 for 01-02 to 02-28; start 01-05")
    asked = ChangeRequest(
        message=records[1].message._replace(code="JW317", dated=day("02-10"), digest="x"),
        youth="A",
        reference="Q",
        assignment="1",
        category="45",
        product=None,
        kind="change",
        begin=day("03-01"),
        end=day("05-01"),
    )
    assert extensions(derive([*records, asked], known=ON), FIRST, LAST).asked == 1
    sooner = asked._replace(end=day("02-15"))
    assert extensions(derive([*records, sooner], known=ON), FIRST, LAST).asked == 0
    unknown = derive([*records, asked._replace(assignment="9")], known=ON)
    assert [item.rule for item in unknown.findings] == ["change_of_unknown"]


def test_ends_by_their_reason() -> None:
    reasons = ("31", "31", "32", "34", "36", "38", "20")
    story = ";".join(
        f"decided 01-02 for 01-02 as {n}{of}; start 01-05 as {n}{of};"
        f" stop 02-0{n} because {reason} as {n}{of}"
        for n, reason in enumerate(reasons, 1)
        for of in [f" of Y{n}"]
    )
    ended = endings(derived(story), FIRST, LAST)
    assert ended.judged == 4
    assert ended.dropout_share == 0.25
    assert ended.early_share == 0.5
    assert ended.administrative == 1
    assert ended.by_reason["20"] == 1


@pytest.mark.parametrize(
    ("more", "stops", "without", "undecided"),
    [
        ("", 1, 1, 0),
        ("; decided 03-20 for 04-01 as 2", 1, 0, 0),
        ("; request 03-31 ref R", 1, 0, 0),
        ("; request 04-01 ref R", 1, 1, 0),
        ("; decided 02-01 for 02-01 as 2 at Y; start 02-05 as 2 at Y", 1, 0, 0),
    ],
)
def test_a_stop_without_follow_up(more: str, stops: int, without: int, undecided: int) -> None:
    story = f"decided 01-02 for 01-02; start 01-05; stop 03-01 because 33{more}"
    followed = follow_up(derived(story), FIRST, LAST)
    assert (followed.stops, followed.without, followed.undecided) == (stops, without, undecided)


def test_a_recent_stop_is_not_judged() -> None:
    story = "decided 01-02 for 01-02; start 01-05; stop 06-10 because 33"
    assert follow_up(derived(story), FIRST, LAST).undecided == 1


@pytest.mark.parametrize(
    ("after", "kind"),
    [
        ("category 43", "heavier"),
        ("category 41", "lighter"),
        ("category 50", "other"),
        ("at Y", "switched"),
    ],
)
def test_the_next_step(after: str, kind: str) -> None:
    category = "" if after == "at Y" else after
    story = (
        "decided 01-02 for 01-02; start 01-05; stop 03-01 because 31;"
        f"decided 03-01 for 03-10 as 2 {after}; start 03-20 as 2 {category}"
    )
    order = ("day_help", "ambulant", "with_residence")
    found = steps(derived(story), FIRST, LAST, intensity=order)
    assert found.ended == 1
    assert getattr(found, kind) == 1


def test_a_switch_that_is_told_is_one() -> None:
    story = "decided 01-02 for 01-02; start 01-05; stop 03-01 because 38"
    assert steps(derived(story), FIRST, LAST, intensity=()).switched == 1


def test_volumes_in_the_same_unit_are_compared() -> None:
    first, second, third = (
        version._replace(volume=volume, unit="04", frequency=frequency)
        for version, volume, frequency in zip(
            told(
                "decided 01-02 for 01-02 to 03-31; decided 03-01 for 04-01 to 05-31 as 2;"
                "decided 05-20 for 06-01 as 3"
            ),
            (2, 4, 4),
            ("2", "2", "4"),
            strict=True,
        )
        if isinstance(version, AssignmentVersion)
    )
    changes = volume_changes(derive([first, second, third], known=ON), FIRST, LAST)
    assert (changes.more, changes.less, changes.same, changes.incomparable) == (1, 0, 0, 1)


def test_stretching_was_due() -> None:
    """The same help under a new number, decided before the old one ended."""
    records = [
        version._replace(volume=2, unit="04", frequency="2")
        for version in told(
            "decided 01-02 for 01-02 to 03-31; decided 03-01 for 04-01 to 05-31 as 2"
        )
        if isinstance(version, AssignmentVersion)
    ]
    assert [f.rule for f in derive(records, known=ON).findings] == ["extension_new_number"]


def test_turning_18() -> None:
    story = "decided 01-02 for 01-02; start 01-05; stop 06-20 because {}"

    def born(found: str, month: date) -> Trajectories:
        records = [
            record._replace(person=record.person._replace(birth_month=month))  # type: ignore[call-arg, union-attr]
            for record in told(found)
        ]
        return derive(records, known=date(2025, 12, 31))

    went = born(story.format("39"), date(2007, 3, 1))
    assert turning_18(went, FIRST, LAST).other_domain == 1
    assert turning_18(born(story.format("31"), date(2007, 3, 1)), FIRST, LAST).stopped == 1
    stays = born(story.split("; stop", maxsplit=1)[0], date(2007, 3, 1))
    assert turning_18(stays, FIRST, LAST).going_on == 1
    assert about_to_turn_18(went, day("02-15")) == 1
    assert about_to_turn_18(went, day("03-15")) == 0


def test_the_known_wait_of_a_youth_runs_from_the_first_sign() -> None:
    story = (
        "request 01-05 ref R; decided 01-10 for 01-15 to 02-28 ref R;"
        "decided 02-01 for 02-05 as 2 at Y; start 03-01 as 2 at Y"
    )
    (wait,) = known_waits(derived(story))
    assert (wait.days, wait.origin) == (55, "request")
    (wait,) = known_waits(derived(story), applications={"A": (date(2024, 12, 30),)})
    assert (wait.days, wait.origin) == (61, "application")


def test_what_was_asked_before_the_last_episode_ended_belongs_to_it() -> None:
    story = (
        "decided 01-02 for 01-02; start 01-12; stop 01-20 because 31;"
        "decided 05-20 for 06-01 as 2; start 06-05 as 2"
    )
    assert [wait.days for wait in known_waits(derived(story))] == [10, 16]


def test_care_that_began_before_it_was_asked_for_has_no_known_wait() -> None:
    assert not known_waits(derived("decided 03-10 for 02-01; start 02-03 sent 03-12"))


def test_a_form_that_was_asked_for_long_after_is_no_transition() -> None:
    story = (
        "decided 01-02 for 01-02; start 01-05; stop 02-01 because 31;"
        "decided {} for 04-01 as 2 category 41; start 04-10 as 2 category 41"
    )
    assert [item.days for item in transitions(derived(story.format("03-04")))] == [68]
    assert not transitions(derived(story.format("03-05")))


def test_a_wait_that_a_new_contract_renumbered_began_with_the_first_number() -> None:
    """W5 and W6 of a wait that goes on for months under a number of its own."""
    replaced = (
        "decided 02-03 for 02-10 to 12-31 as 2 category 41;"
        "decided 02-20 for 02-10 to 03-05 because 03 as 2 category 41;"
        "decided 02-20 for 03-06 as 3 category 41; start 06-25 as 3 category 41"
    )
    (wait,) = known_waits(derived(replaced))
    assert (wait.since, wait.days) == (day("02-03"), 142)
    before = "decided 01-02 for 01-02; start 01-05; stop 01-10 because 31;"
    assert [item.days for item in transitions(derived(before + replaced))] == [166]
    # What was decided while there was care belongs to that; a new number is no new sign.
    until_then = "decided 01-02 for 01-02; start 01-05; stop 02-03 because 31;"
    assert [wait.start for wait in known_waits(derived(until_then + replaced))] == [day("01-05")]


def test_an_extension_that_was_decided_before_the_start_is_no_sign_of_asking() -> None:
    story = (
        "decided 01-02 for 01-02; start 01-05; stop 02-03 because 31;"
        "decided 02-03 for 02-10 to 05-31 as 2 category 41;"
        "decided 05-10 for 06-01 as 3 category 41;"
        "start 05-20 as 2 category 41; stop 05-31 because 37 as 2 category 41;"
        "start 06-01 as 3 category 41"
    )
    assert [wait.start for wait in known_waits(derived(story))] == [day("01-05")]


def line(story: str, **changes: object) -> DeclaredLine:
    (record,) = told(story)
    assert isinstance(record, DeclaredLine)
    message = record.message._replace(
        identification=f"D{changes.get('performance', 1)}", digest="d"
    )
    return record._replace(message=message, **changes)  # type: ignore[arg-type]


def test_cost_is_debit_less_credit() -> None:
    records = told("decided 01-02 for 01-02; start 01-05")
    debit = line("declared 02-01 sent 03-01", performance="a")
    credit = line("declared 02-01 sent 04-01", performance="b", previous="a", credit=True)
    again = line("declared 02-01 sent 04-02", performance="c", cents=7_000)
    found = derive([*records, debit, credit, again], known=ON)
    assert cost_of(found, found.trajectories[0]) == 7_000
    lost = derive([*records, credit._replace(previous="z")], known=ON)
    assert [item.rule for item in lost.findings] == ["credit_without_debit"]
    twice = derive(
        [*records, debit, line("declared 03-01 sent 05-01", performance="a", begin=day("03-01"))],
        known=ON,
    )
    assert len(twice.findings) == len(twice.declared["0193", "1"].months) == 1
