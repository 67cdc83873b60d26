"""The demo writes down made-up work on the pilot that runs, once."""

import pytest
from django.utils import timezone

from tests.apps.pilots.conftest import facts, initiative, lead, manager, mark, pilot, region
from vliegwiel.apps.pilots import queries
from vliegwiel.apps.pilots.models import Pilot
from vliegwiel.cli.shipped_pilot_work import make_pilot_work

__all__ = ["facts", "initiative", "lead", "manager", "mark", "pilot", "region"]
pytestmark = pytest.mark.usefixtures("as_if_alone")


def test_work_is_made_once(pilot: Pilot) -> None:
    for _again in range(2):
        make_pilot_work(lambda _done, _of: None)
    today = timezone.localdate()
    work = queries.work_of(pilot.pk, today=today)
    assert (len(work.milestones), len(work.iterations), len(work.risks)) == (2, 1, 2)
    page = queries.core_group(pilot.pk, today=today)
    assert {one.what for one in page.questions} >= {"milestone_late", "risk_without_measure"}
