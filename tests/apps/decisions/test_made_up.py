"""The made-up pilot of the demo has evidence; only the system says something of it afterwards."""

from datetime import date

import pytest

from vliegwiel import reference
from vliegwiel.apps.decisions import ForecastTooLate, services
from vliegwiel.apps.decisions.models import Evidence, ForecastRecord
from vliegwiel.apps.decisions.queries import tried
from vliegwiel.apps.figures import services as figures
from vliegwiel.apps.initiatives.models import Initiative
from vliegwiel.apps.pilots.models import Pilot
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.services import RegionFacts, load_regions, system_user
from vliegwiel.apps.yardstick import services as yardstick
from vliegwiel.cli.shipped_decisions import keep_made_up_evidence
from vliegwiel.cli.shipped_pilots import make_pilots


def report(_done: int, _of: int) -> None:
    """Nobody looks how far it is."""


def test_a_made_up_pilot_has_evidence(initiative: int, region: Region, manager: User) -> None:
    rows = [row for row in reference.municipality_rows() if row.region_code == "JZ07"]
    facts = RegionFacts(
        code="JZ07",
        name="IJsselland",
        municipalities=[(row.code, row.name) for row in rows],
        since=date(2026, 1, 1),
    )
    load_regions(regions=[facts], by=system_user())
    figures.load_sources(by=system_user())
    yardstick.load_library(by=system_user())
    Initiative.objects.filter(pk=initiative).update(stage="exploring", mark="example")
    make_pilots(report)
    running = Pilot.objects.get(registered_at__isnull=False)
    with pytest.raises(ForecastTooLate):
        services.freeze_forecasts(pilot_id=running.pk, by=manager)
    for _again in range(2):
        keep_made_up_evidence(report)
    assert (Evidence.objects.count(), ForecastRecord.objects.count()) == (1, 1)
    (line,) = tried(region)
    assert line.mark == "example"
    Initiative.objects.filter(pk=initiative).update(published_at="2026-01-01T00:00Z")
    other = Region.objects.create(code="JZ08", slug="elders", name="Elders")
    assert tried(other) == []
