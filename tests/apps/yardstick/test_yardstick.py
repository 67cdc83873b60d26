"""Indicators keep their versions, targets their reasons, and the database keeps them too."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from vliegwiel.apps.regions import NotAllowed
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.services import system_user
from vliegwiel.apps.yardstick import (
    ChangedMeanwhile,
    IndicatorFacts,
    TargetFacts,
    YardstickRefused,
)
from vliegwiel.apps.yardstick.models import IndicatorVersion, Target
from vliegwiel.apps.yardstick.queries import library as library_of
from vliegwiel.apps.yardstick.queries import targets_of, versions_of
from vliegwiel.apps.yardstick.services import define, load_library, read_off, set_target

OWN = IndicatorFacts(
    name="Thuis gebleven",
    definition="Deel van de jongeren dat na een half jaar nog thuis woont.",
    kind="share",
    unit="aandeel",
    better="higher",
    level="youth",
    numerator="jongeren die nog thuis wonen",
    denominator="jongeren die begonnen",
    lowest=0,
    highest=1,
)


def shipped(key: str) -> int:
    return IndicatorVersion.objects.get(indicator__key=key).pk


def target(version: int, **changed: object) -> TargetFacts:
    facts = TargetFacts(
        version=version,
        base=0.2,
        base_on=date(2026, 1, 1),
        percent=15,
        due_on=date(2028, 1, 1),
        reason="Afgesproken in de agenda.",
    )
    return replace(facts, **changed)  # type: ignore[arg-type]


def test_the_library_is_kept_once(library: int) -> None:
    assert library == 19
    assert load_library(by=system_user()) == 0


def test_only_the_system_loads_the_library(manager: User) -> None:
    with pytest.raises(NotAllowed):
        load_library(by=manager)


def test_a_changed_definition_is_a_new_version(region: Region, manager: User) -> None:
    first = define(region=region, facts=OWN, by=manager)
    assert define(region=region, facts=OWN, by=manager).pk == first.pk
    sharper = replace(OWN, definition="Deel van de jongeren dat na een jaar nog thuis woont.")
    second = define(region=region, facts=sharper, key="thuis-gebleven", seen=1, by=manager)
    assert second.number == 2
    assert [one.number for one in versions_of("thuis-gebleven", region=region)] == [2, 1]
    assert [one.number for one in library_of(region)] == [2]
    with pytest.raises(ChangedMeanwhile):
        define(region=region, facts=OWN, key="thuis-gebleven", seen=1, by=manager)


def test_another_definition_under_the_same_name_is_refused(region: Region, manager: User) -> None:
    define(region=region, facts=OWN, by=manager)
    with pytest.raises(YardstickRefused) as refused:
        define(region=region, facts=replace(OWN, unit="procent"), by=manager)
    assert set(refused.value.problems) == {"name"}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": " "}, "name"),
        ({"kind": "guess"}, "kind"),
        ({"denominator": ""}, "denominator"),
        ({"highest": 100}, "highest"),
        ({"breakdowns": ("shoe_size",)}, "breakdowns"),
    ],
)
def test_a_definition_that_says_too_little_is_refused(
    region: Region, manager: User, changed: dict[str, object], field: str
) -> None:
    with pytest.raises(YardstickRefused) as refused:
        define(region=region, facts=replace(OWN, **changed), by=manager)  # type: ignore[arg-type]
    assert set(refused.value.problems) == {field}


def test_who_reads_changes_nothing(region: Region, reader: User, library: int) -> None:
    version = shipped("drop-out")
    with pytest.raises(NotAllowed):
        define(region=region, facts=OWN, by=reader)
    with pytest.raises(NotAllowed):
        set_target(region=region, facts=target(version), by=reader)
    with pytest.raises(NotAllowed):
        read_off(
            region=region, version=version, day=date(2026, 2, 1), value=0.1, found_in="x", by=reader
        )


def test_a_target_shows_how_far_it_is(region: Region, manager: User, library: int) -> None:
    version = shipped("drop-out")
    set_target(region=region, facts=target(version), by=manager)
    set_target(region=region, facts=target(version, percent=20.0), by=manager)
    for value in (0.3, 0.18):
        read_off(
            region=region,
            version=version,
            day=date(2026, 11, 1),
            value=value,
            found_in="Opgave van aanbieders",
            by=manager,
        )
    (found,) = targets_of(region, today=date(2026, 11, 23))
    assert found.percent == 20
    assert found.readings == ((date(2026, 11, 1), 0.18),)
    assert found.progress.goal == pytest.approx(0.16)
    assert found.progress.done == pytest.approx(0.5)
    assert Target.objects.count() == 2


def test_a_target_that_cannot_be_is_refused(region: Region, manager: User, library: int) -> None:
    for key, changed, field in (
        ("drop-out", {"base": 1.4}, "base"),
        ("drop-out", {"base": 0.0}, "base"),
        ("drop-out", {"base": 5e-324}, "base"),
        ("drop-out", {"percent": 0.0}, "percent"),
        ("drop-out", {"percent": 1e-15}, "percent"),
        ("goal-attainment", {"base": 0.9, "percent": 20.0}, "percent"),
        ("families-registered", {"base": 9.0}, "version"),
        ("drop-out", {"due_on": date(2026, 1, 1)}, "due_on"),
        ("drop-out", {"reason": ""}, "reason"),
    ):
        with pytest.raises(YardstickRefused) as refused:
            set_target(region=region, facts=target(shipped(key), **changed), by=manager)
        assert set(refused.value.problems) == {field}, (key, changed)


def test_another_regions_indicator_cannot_be_used(region: Region, manager: User) -> None:
    other = Region.objects.create(code="JZ08", slug="elders", name="Elders")
    theirs = define(region=other, facts=OWN, by=system_user())
    assert library_of(region) == []
    with pytest.raises(IndicatorVersion.DoesNotExist):
        set_target(region=region, facts=target(theirs.pk), by=manager)


def test_the_database_keeps_definitions(library: int) -> None:
    for change in ("UPDATE yardstick_indicatorversion SET unit_nl = 'x'", "DELETE FROM {}"):
        statement = change.format("yardstick_indicatorversion")
        with (
            pytest.raises(DatabaseError, match="never change"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_the_database_refuses_a_share_of_more_than_everything(
    region: Region, manager: User
) -> None:
    made = define(region=region, facts=OWN, by=manager)
    made.pk, made.number, made.highest = None, 9, 100
    with pytest.raises(IntegrityError, match="a_share_lies_between"), transaction.atomic():
        made.save(force_insert=True)
