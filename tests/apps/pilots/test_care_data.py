"""An outcome is read from care data by its definition; small months stay hidden and say so."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.apps.trajectories.kept import keep, keep_crowd
from tests.science.trajectories.crowd import KNOWN, crowd
from vliegwiel.apps.decisions import services as decisions
from vliegwiel.apps.figures.services import load_sources
from vliegwiel.apps.intake.models import Delivery as Intake
from vliegwiel.apps.intake.models import Removal
from vliegwiel.apps.pilots import (
    GroupFacts,
    PilotRefused,
    PlanFacts,
    UploadUnderWay,
    queries,
    services,
)
from vliegwiel.apps.pilots.models import Delivery, Measurement, Pilot, Upload
from vliegwiel.apps.regions import NotAllowed
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.services import system_user
from vliegwiel.apps.trajectories import services as trajectories
from vliegwiel.apps.trajectories.services import monthly
from vliegwiel.apps.yardstick.models import IndicatorVersion
from vliegwiel.apps.yardstick.services import load_library
from vliegwiel.science.ijw import StartRecord
from vliegwiel.science.trajectories import Shown


@pytest.fixture
def waiting(
    region: Region, initiative: int, facts: PlanFacts, manager: User,
    monkeypatch: pytest.MonkeyPatch,
) -> Pilot:  # fmt: skip
    """A pilot in Zwolle beside Ommen, of which care messages know the waiting times."""
    load_sources(by=system_user())
    load_library(by=system_user())
    version = IndicatorVersion.objects.get(indicator__key="waiting-time")
    (outcome,) = facts.outcomes
    plan = replace(
        facts,
        title="Wachttijd in Zwolle",
        starts_on=KNOWN - timedelta(days=90),
        ends_on=KNOWN + timedelta(days=300),
        design="differences",
        lot="nothing",
        groups=(
            GroupFacts(key="zwolle", name="Zwolle", treated=True, municipality="0193"),
            GroupFacts(key="ommen", name="Ommen", treated=False, municipality="0175"),
        ),
        outcomes=(replace(outcome, version=version.pk, smallest_relevant=7.0),),
    )
    made = services.draft(initiative_id=initiative, facts=plan, by=manager)
    begin = plan.starts_on - timedelta(days=5) if plan.starts_on else KNOWN
    past = timezone.now().replace(year=begin.year, month=begin.month, day=begin.day)
    with monkeypatch.context() as clock:
        clock.setattr(timezone, "now", lambda: past)
        services.register(pilot_id=made.pk, by=manager)
    return Pilot.objects.get(pk=made.pk)


def test_months_are_read_once_and_small_ones_stay_hidden(
    region: Region, waiting: Pilot, manager: User
) -> None:
    keep_crowd(region, 600)
    outcome = waiting.outcomes.get().pk
    shown = queries.outcome_of(region, waiting.pk)
    assert shown is not None
    assert shown.no_care_data is None
    for _again in range(2):
        upload = decisions.ask_care_data(outcome_id=outcome, by=manager)
        decisions.take_measurements(upload_id=upload)
    line = queries.upload_of(region, waiting.pk, upload)
    assert line is not None
    assert (line.status, line.added) == ("taken", 0)
    assert line.unchanged == Measurement.objects.count() > 0
    assert {fault.code for fault in line.faults} >= {"few_youths"}
    assert any("Ommen" in str(fault) for fault in line.faults)
    delivery = Delivery.objects.get()
    assert (delivery.channel, delivery.by) == ("care_data", manager)
    assert set(Measurement.objects.values_list("unit", flat=True)) == {"zwolle"}
    # What comes in later is read by itself, once; also where that began before the last reading,
    # as a delivery is there for others when all of it is.
    assert decisions.read_care_data_again() == 0
    later = keep(region, [], name="later.xml")
    Intake.objects.filter(pk=later.pk).update(at=timezone.now() - timedelta(hours=1))
    # What somebody brings meanwhile and waits to be tried again, is not ended for it.
    brought = decisions.hand_over(
        outcome_id=outcome, content=b"x", name="a.csv", channel="file", correct=False, by=manager
    )
    file = Upload.objects.filter(pk=brought)
    file.update(taken_up_at=timezone.now())
    with pytest.raises(UploadUnderWay):
        decisions.ask_care_data(outcome_id=outcome, by=manager)
    assert decisions.read_care_data_again() == 0
    file.update(content=None, ended_at=timezone.now())
    assert decisions.read_care_data_again() == 1
    assert decisions.read_care_data_again() == 0
    newest = Upload.objects.order_by("pk").last()
    assert newest is not None
    assert (newest.channel, newest.by, newest.correct) == ("care_data", manager, True)
    decisions.take_measurements(upload_id=newest.pk)
    assert decisions.read_care_data_again() == 0
    # A delivery that was taken back changes what is known as well.
    Removal.objects.create(region=region, kind="delivery", delivered_at=timezone.now(), by=manager)
    assert decisions.read_care_data_again() == 1


def test_months_are_those_of_the_figures_and_derived_once(
    region: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_crowd(region, 600)
    places, first = ["0193", "0175", "9999"], KNOWN - timedelta(days=400)
    by_itself = monthly.read_months(region, places=places, first=first)
    snapshot = trajectories.refresh(region=region)
    assert snapshot is not None
    trajectories.work_on_snapshot(snapshot_id=snapshot.pk)
    # With figures of the day there is nothing to derive, for however many outcomes.
    monkeypatch.setattr(monthly, "derive", None)
    shared = monthly.read_months(region, places=places, first=first)
    assert shared == by_itself
    assert {wait.shown for wait in shared.waits if wait.municipality == "0193"} > {Shown.FEW}
    assert {wait.shown for wait in shared.waits if wait.municipality == "9999"} == {Shown.FEW}
    keep(region, [], name="later.xml")
    with pytest.raises(TypeError):
        monthly.read_months(region, places=places, first=first)


def test_where_nobody_waits_each_month_says_so(
    region: Region, waiting: Pilot, manager: User
) -> None:
    # Starts alone, without the assignments that a wait begins with.
    starts = [record for record in crowd(20) if isinstance(record, StartRecord)]
    keep(region, [record._replace(assignment=None) for record in starts])
    upload = decisions.ask_care_data(outcome_id=waiting.outcomes.get().pk, by=manager)
    decisions.take_measurements(upload_id=upload)
    line = queries.upload_of(region, waiting.pk, upload)
    assert line is not None
    assert (line.status, line.added) == ("taken", 0)
    assert {fault.code for fault in line.faults} == {"few_youths"}
    assert not Measurement.objects.exists()


def test_without_care_data_or_without_the_right_nothing_is_read(
    region: Region, waiting: Pilot, lead: User, manager: User, pilot: Pilot
) -> None:
    outcome = waiting.outcomes.get().pk
    with pytest.raises(NotAllowed):
        decisions.ask_care_data(outcome_id=outcome, by=lead)
    upload = decisions.ask_care_data(outcome_id=outcome, by=manager)
    decisions.take_measurements(upload_id=upload)
    line = queries.upload_of(region, waiting.pk, upload)
    assert line is not None
    assert [fault.code for fault in line.faults] == ["no_care_data"]
    assert not Measurement.objects.exists()
    with pytest.raises(PilotRefused):
        decisions.ask_care_data(outcome_id=pilot.outcomes.get().pk, by=manager)
