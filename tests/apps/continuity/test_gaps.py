"""The work list: what stays when messages change, who may see it, and that reading is noted."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from vliegwiel.apps.continuity import NotThere, Refused, queries, services
from vliegwiel.apps.continuity.models import ContinuityCheck, Gap, GapStep
from vliegwiel.apps.intake.services import delete_person
from vliegwiel.apps.regions import NotAllowed
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.services import system_user
from vliegwiel.science.trajectories import GapKind

from .conftest import CRISIS, OTHER, YOUTH, keep_stories, search


def only_gap(region: Region, *, status: str = "") -> queries.GapInfo:
    (found,) = queries.gaps(region, queries.last_search(region), status=status)
    return found


def test_a_search_finds_the_gap_and_names_nobody(broken_off: Region) -> None:
    gap = only_gap(broken_off)
    assert (gap.kind, gap.municipality, gap.form) == (GapKind.AFTER_CRISIS, "0193", "crisis")
    assert (gap.since, gap.days) == (date(2025, 2, 20), 100)
    assert len(gap.reference) == 8
    assert YOUTH not in repr(gap)
    found = queries.last_search(broken_off)
    assert found.counts is not None
    assert found.counts.on == date(2025, 5, 31)
    # One youth: a kind with few looks like a kind with none.
    assert found.counts.tables[GapKind.AFTER_CRISIS] == found.counts.tables[GapKind.AT_18] == ()


def test_what_was_done_stays_when_more_messages_come(broken_off: Region, analyst: User) -> None:
    gap = only_gap(broken_off)
    services.set_status(region=broken_off, gap_id=gap.id, status="looked_at", by=analyst)
    keep_stories(broken_off, CRISIS.format(f"{3:032x}"), name="later.xml")
    assert queries.last_search(broken_off).known is None
    assert not queries.gaps(broken_off, queries.last_search(broken_off))
    search(broken_off)
    now = {item.id: item for item in queries.gaps(broken_off, queries.last_search(broken_off))}
    assert len(now) == 2
    assert (now[gap.id].status, now[gap.id].reference) == ("looked_at", gap.reference)
    assert [step.by for step in queries.gap_steps(gap.id)] == [str(analyst)]


@pytest.mark.parametrize("worked_on", [True, False])
def test_a_gap_that_is_closed_by_messages_leaves_the_list(
    broken_off: Region, analyst: User, *, worked_on: bool
) -> None:
    gap = only_gap(broken_off)
    if worked_on:
        services.set_status(region=broken_off, gap_id=gap.id, status="looked_at", by=analyst)
    follows = f"decided 03-01 for 03-01 of {YOUTH} as {9:032x} at 65000002"
    keep_stories(broken_off, follows, name="later.xml")
    search(broken_off)
    assert not queries.gaps(broken_off, queries.last_search(broken_off))
    # What somebody did can still be read; what nobody touched is gone.
    left = queries.gaps(broken_off, queries.last_search(broken_off), status="looked_at")
    assert [item.found for item in left] == [False] * worked_on
    assert Gap.objects.count() == worked_on


def test_nothing_stays_of_a_youth_who_was_removed(broken_off: Region, analyst: User) -> None:
    gap = only_gap(broken_off)
    services.set_status(region=broken_off, gap_id=gap.id, status="closed", by=analyst)
    delete_person(region=broken_off, youth=YOUTH, by=analyst)
    assert queries.gap_info(broken_off, gap.id, queries.last_search(broken_off)) is None
    search(broken_off)
    assert not Gap.objects.exists()
    assert not GapStep.objects.exists()
    delete_person(region=broken_off, youth=OTHER, by=analyst)
    ContinuityCheck.objects.filter(region=broken_off).update(state="another")
    services.refresh(region=broken_off)
    assert queries.last_search(broken_off).known is None


def test_each_step_is_kept_and_an_explanation_is_asked(broken_off: Region, analyst: User) -> None:
    gap = only_gap(broken_off)

    def leave(status: str, explanation: str = "") -> None:
        services.set_status(
            region=broken_off, gap_id=gap.id, status=status, explanation=explanation, by=analyst
        )

    with pytest.raises(Refused) as refused:
        leave("explained")
    assert set(refused.value.problems) == {"explanation"}
    with pytest.raises(Refused):
        leave("gone")
    leave("looked_at")
    leave("explained", "other_law")
    leave("explained", "other_law")
    steps = queries.gap_steps(gap.id)
    assert [step.status_label for step in steps] == ["Explained", "Being looked into"]
    assert only_gap(broken_off, status="explained").id == gap.id
    assert not queries.gaps(broken_off, queries.last_search(broken_off))


def test_only_who_may_works_on_gaps(broken_off: Region, reader: User, analyst: User) -> None:
    gap = only_gap(broken_off)
    with pytest.raises(NotAllowed):
        services.set_status(region=broken_off, gap_id=gap.id, status="closed", by=reader)
    with pytest.raises(NotAllowed):
        services.note_read(region=broken_off, rows=1, by=reader)
    with pytest.raises(NotThere):
        services.set_status(region=broken_off, gap_id=gap.id + 1, status="closed", by=analyst)
    services.note_read(region=broken_off, rows=1, by=analyst)
    (read,) = queries.reads(broken_off)
    assert (read.by, read.rows, read.reference) == (str(analyst), 1, "")


def test_a_search_that_fails_says_so_and_keeps_nothing(
    broken_off: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_stories(broken_off, CRISIS.format(f"{3:032x}"), name="later.xml")

    def fails(*_given: object, **_more: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("vliegwiel.apps.continuity.services.searching.derive", fails)
    search(broken_off)
    found = queries.last_search(broken_off)
    assert (found.failed, found.known) == (True, None)


def test_the_database_refuses_what_is_not_true(broken_off: Region) -> None:
    gap = Gap.objects.get()
    wrong = [
        lambda: Gap.objects.filter(pk=gap.pk).update(kind="unheard"),
        lambda: Gap.objects.filter(pk=gap.pk).update(status="gone"),
        lambda: ContinuityCheck.objects.update(status="asleep"),
        lambda: ContinuityCheck.objects.update(status="failed", counts="{}"),
        lambda: GapStep.objects.create(gap=gap, status="explained", by=system_user()),
        lambda: GapStep.objects.create(gap=gap, status="gone", by=system_user()),
    ]
    for attempt in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()
