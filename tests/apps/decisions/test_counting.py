"""What counts over regions: never another measure, nor what is not published."""

import pytest

from vliegwiel.apps.decisions.models import Adoption, Evidence, ForecastRecord
from vliegwiel.apps.decisions.queries import expected_elsewhere, scores_of, tried
from vliegwiel.apps.initiatives.models import Initiative
from vliegwiel.apps.pilots.models import Delivery, Pilot, PlannedOutcome
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.yardstick.models import Indicator, IndicatorVersion


@pytest.fixture
def others(region: Region) -> list[Region]:
    return [
        Region.objects.create(code=f"JZ{number}", slug=f"r{number}", name=f"Regio {number}")
        for number in range(20, 23)
    ]


def version_of(by: User, of: Region | None, *, number: int = 1, unit: str = "dagen") -> int:
    indicator, _made = Indicator.objects.get_or_create(region=of, key="wachten")
    return IndicatorVersion.objects.create(
        indicator=indicator, number=number, role="outcome", name_nl="Wachten", definition_nl="x",
        kind="mean", unit_nl=unit, better="lower", level="youth", numerator_nl="x", by=by,
    ).pk  # fmt: skip


def measured(
    region: Region, version: int, by: User, *, published: bool = True, origin: int | None = None
) -> int:
    """An initiative with evidence, and what its proposers had said of it."""
    row = Initiative.objects.create(
        region=region, title_nl="Thuis", summary_nl="x", stage="pilot", made_by=by,
        published_at="2026-01-01T00:00Z" if published else None,
    )  # fmt: skip
    if origin is not None:
        Adoption.objects.create(origin_id=origin, adopted=row, region=region, by=by)
    pilot = Pilot.objects.create(initiative=row, title="Proef", made_by=by)
    outcome = PlannedOutcome(pilot=pilot, version_id=version, position=0, smallest_relevant=1)
    PlannedOutcome.objects.bulk_create([outcome])
    ForecastRecord.objects.create(
        outcome=outcome, whose="proposers", likely=0.5, low=0.1, high=0.9, by=by
    )
    delivery = Delivery.objects.create(
        outcome=outcome, channel="file", fingerprint="x", added=1, corrected=0, by=by
    )
    Evidence.objects.create(
        outcome=outcome, delivery=delivery, verdict="hard", design="randomised",
        scale="difference", estimate=0.8, error=0.1, level=5, measurements=9, effect={},
        plan="x", code="x", by=by,
    )  # fmt: skip
    return row.pk


def test_only_the_same_measure_is_pooled(
    region: Region, others: list[Region], manager: User
) -> None:
    days = version_of(manager, None)
    weeks = version_of(manager, None, number=2, unit="weken")
    first = measured(others[0], days, manager)
    measured(others[1], weeks, manager, origin=first)
    assert {(len(one.effects), one.pooled) for one in tried(region)} == {(1, None)}
    measured(others[2], days, manager, origin=first)
    here = measured(region, version_of(manager, region), manager, origin=first)
    assert sorted(len(one.effects) for one in tried(region)) == [1, 1, 2]
    found = expected_elsewhere(here, "wachten")
    assert sorted(found.regions) == ["Regio 20", "Regio 22"]
    assert found.pooled is not None


def test_own_indicators_of_regions_are_not_pooled(
    region: Region, others: list[Region], manager: User
) -> None:
    first = measured(others[0], version_of(manager, others[0]), manager)
    measured(others[1], version_of(manager, others[1]), manager, origin=first)
    assert [one.pooled for one in tried(region)] == [None, None]
    here = measured(region, version_of(manager, region), manager, origin=first)
    assert expected_elsewhere(here, "wachten").pooled is None


def test_others_count_when_published_and_with_three(
    region: Region, others: list[Region], manager: User
) -> None:
    version = version_of(manager, None)
    measured(region, version, manager, published=False)
    for other in others:
        measured(other, version, manager, published=False)
    assert scores_of(region).proposers_everywhere is None
    for other in others[:2]:
        measured(other, version, manager)
    assert scores_of(region).proposers_everywhere is None
    measured(others[2], version, manager)
    together = scores_of(region).proposers_everywhere
    assert together is not None
    assert len(together.rows) == 4, "three that are published, and its own"
