"""Figures that are kept: asked for, made, stopped, and made anew when messages change."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.science.trajectories.crowd import KNOWN, crowd
from vliegwiel.apps.intake import services as intake
from vliegwiel.apps.regions import NotAllowed
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.trajectories import Interrupted, NoSuchDay, queries, services
from vliegwiel.apps.trajectories.days import month_ends
from vliegwiel.apps.trajectories.models import Snapshot, Status
from vliegwiel.apps.trajectories.services.asking import TASK
from vliegwiel.science.trajectories import (
    Choices,
    Clock,
    delivery_begin,
    derive,
    waiting_overview,
)

from .kept import keep, keep_crowd

MAY = date(2025, 5, 31)


def made(snapshot: Snapshot | None) -> Snapshot:
    assert snapshot is not None
    services.work_on_snapshot(snapshot_id=snapshot.pk)
    snapshot.refresh_from_db()
    return snapshot


def jobs() -> int:
    return ProcrastinateJob.objects.filter(task_name=TASK, status="todo").count()


def test_the_figures_are_those_of_science(region: Region) -> None:
    keep_crowd(region, 60)
    snapshot = services.refresh(region=region)
    assert snapshot is not None
    assert (snapshot.status, snapshot.known, jobs()) == (Status.QUEUED, KNOWN, 1)
    assert queries.overview(queries.situation(region)) is None
    assert made(snapshot).status == Status.DONE
    records = crowd(60)
    found = derive(records, known=KNOWN, choices=Choices(observed_from=delivery_begin(records)))
    shown = queries.overview(queries.situation(region))
    assert repr(shown) == repr(waiting_overview(found, KNOWN))
    assert shown is not None
    assert shown.total.counts[Clock.W1] >= 10
    # The same messages again: nothing is made anew.
    services.refresh(region=region)
    assert queries.situation(region).made_at == snapshot.ended_at


def test_as_known_on_a_day_stays_so_to_the_digit(region: Region, analyst: User) -> None:
    records = crowd(60)
    keep(region, [record for record in records if record.message.dated <= MAY], "mei.xml")
    then = made(services.order(region=region, known=MAY, by=analyst)).overview
    keep(region, [record for record in records if record.message.dated > MAY], "juni.xml")
    services.refresh(region=region)
    # Figures from other messages are gone, and made anew they are the same.
    assert not Snapshot.objects.filter(known=MAY).exists()
    assert made(services.order(region=region, known=MAY, by=analyst)).overview == then


def test_what_was_removed_is_not_seen_any_more(region: Region, analyst: User) -> None:
    delivery = keep_crowd(region, 40)
    made(services.refresh(region=region))
    assert queries.analysis(queries.situation(region)) is not None
    intake.delete_delivery(delivery_id=delivery.pk, region=region, by=analyst)
    # At once, before anybody made anything anew.
    assert queries.analysis(queries.situation(region)) is None
    services.refresh_all()
    assert not Snapshot.objects.exists()


def test_a_stop_ends_the_work_and_asking_again_begins_it(region: Region, analyst: User) -> None:
    keep_crowd(region, 30)
    snapshot = services.refresh(region=region)
    assert snapshot is not None
    services.cancel(snapshot=snapshot, by=analyst)
    assert made(snapshot).status == Status.CANCELLED
    # What somebody stopped stays so until somebody asks.
    services.refresh_all()
    snapshot.refresh_from_db()
    assert snapshot.status == Status.CANCELLED
    again = services.order(region=region, known=KNOWN, by=analyst)
    assert made(again).status == Status.DONE


def test_a_stop_is_seen_in_the_middle(region: Region, analyst: User) -> None:
    keep_crowd(region, 30)
    snapshot = services.refresh(region=region)
    assert snapshot is not None
    seen: list[str] = []

    def interrupted() -> bool:
        current = Snapshot.objects.get(pk=snapshot.pk)
        seen.append(current.activity)
        if current.activity == "deriving":
            services.cancel(snapshot=current, by=analyst)
        return False

    services.work_on_snapshot(snapshot_id=snapshot.pk, interrupted=interrupted)
    snapshot.refresh_from_db()
    assert (snapshot.status, seen[-1]) == (Status.CANCELLED, "deriving")


def test_a_worker_that_is_told_to_stop_leaves_the_work_to_the_next(region: Region) -> None:
    keep_crowd(region, 30)
    snapshot = services.refresh(region=region)
    assert snapshot is not None
    with pytest.raises(Interrupted):
        services.work_on_snapshot(snapshot_id=snapshot.pk, interrupted=lambda: True)
    assert made(snapshot).status == Status.DONE


def test_work_without_a_job_is_put_in_the_queue_again(region: Region) -> None:
    keep_crowd(region, 30)
    services.refresh(region=region)
    ProcrastinateJob.objects.all().delete()
    assert services.refresh_all() == 1
    assert jobs() == 1


def test_work_that_takes_its_worker_down_is_given_up(region: Region) -> None:
    keep_crowd(region, 30)
    snapshot = services.refresh(region=region)
    assert snapshot is not None
    Snapshot.objects.update(attempts=3)
    assert (made(snapshot).status, snapshot.error_code) == (Status.FAILED, "gave_up")


def test_messages_that_come_while_figures_are_made_win(region: Region) -> None:
    records = crowd(30)
    keep(region, records[40:], "een.xml")
    snapshot = services.refresh(region=region)
    assert snapshot is not None

    def more_comes() -> bool:
        if not region.care_deliveries.filter(name="twee.xml").exists():
            keep(region, records[:40], "twee.xml")
            services.refresh(region=region)
        return False

    services.work_on_snapshot(snapshot_id=snapshot.pk, interrupted=more_comes)
    snapshot.refresh_from_db()
    assert snapshot.status == Status.QUEUED
    assert made(snapshot).status == Status.DONE


def test_days_are_the_ends_of_whole_months(region: Region, analyst: User, reader: User) -> None:
    assert month_ends(None, None) == []
    assert month_ends(date(2025, 2, 3), date(2025, 2, 20)) == []
    ends = [date(2025, 3, 31), date(2025, 2, 28)]
    assert month_ends(date(2025, 2, 3), date(2025, 3, 31)) == ends
    keep_crowd(region, 30)
    assert queries.known_days(region)[:2] == [KNOWN, MAY]
    with pytest.raises(NoSuchDay):
        services.order(region=region, known=date(2025, 5, 30), by=analyst)
    with pytest.raises(NotAllowed):
        services.order(region=region, known=MAY, by=reader)


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": "ready"},
        {"percent": 101},
        {"status": Status.CANCELLED},
        {"overview": "{}"},
        {"status": Status.FAILED, "ended_at": "2025-06-30T12:00:00Z"},
    ],
)
def test_the_database_refuses_what_cannot_be(region: Region, wrong: dict[str, Any]) -> None:
    keep_crowd(region, 5)
    snapshot = services.refresh(region=region)
    assert snapshot is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        Snapshot.objects.filter(pk=snapshot.pk).update(**wrong)


def test_one_snapshot_for_a_day(region: Region, analyst: User) -> None:
    keep_crowd(region, 5)
    known = queries.known_days(region)[0]
    first = services.order(region=region, known=known, by=analyst)
    assert services.order(region=region, known=known, by=analyst) == first
    with pytest.raises(IntegrityError), transaction.atomic():
        Snapshot.objects.create(
            region=region, known=known, state="x", code_version="x", created_by=analyst
        )
