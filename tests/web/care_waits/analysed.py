"""Figures of a region that a test wants to see on the pages for who may see care data."""

from dataclasses import replace
from typing import Any

from tests.apps.trajectories.kept import keep_crowd
from vliegwiel.apps.regions.models import Region
from vliegwiel.apps.trajectories import queries, services
from vliegwiel.apps.trajectories.documents import analysis_text
from vliegwiel.apps.trajectories.models import Snapshot
from vliegwiel.science.trajectories import AnalystView


def analysed(region: Region, youths: int, **changed: Any) -> AnalystView:
    """Make the figures of a few youths, and keep others in place of some; gives the first."""
    keep_crowd(region, youths)
    snapshot = services.refresh(region=region)
    assert snapshot is not None
    services.work_on_snapshot(snapshot_id=snapshot.pk)
    found = queries.analysis(queries.situation(region))
    assert found is not None
    told = analysis_text(replace(found, **changed))
    Snapshot.objects.filter(pk=snapshot.pk).update(analysis=told)
    return found
