"""A law of the simulation that a run broke stands on the page of its forecast, and which one."""

import re

import pytest
from django.test import Client

from tests.science.caresystem.broken_runs import damage_run
from vliegwiel.apps.explorer import services
from vliegwiel.apps.explorer.models import ScenarioVersion
from vliegwiel.apps.regions.models import User

BASE = "/regio/ijsselland/verkennen/"
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.mark.parametrize(
    ("what", "broken"),
    [
        ("an arrival in the last month is not counted", "is niet elke jeugdige verantwoord"),
        ("a day of waiting too much", "op twee manieren geteld. De uitkomsten zijn niet gelijk"),
    ],
)
def test_a_broken_law_is_told(
    client: Client,
    scenario: ScenarioVersion,
    lead: User,
    monkeypatch: pytest.MonkeyPatch,
    what: str,
    broken: str,
) -> None:
    damage_run(monkeypatch, what)
    run = services.start_run(scenario=scenario, months=12, replications=20, seed=1, by=lead)
    services.work_on_run(run_id=run.pk)
    client.force_login(lead)
    page = client.get(f"{BASE}berekening/{run.pk}/").content.decode()
    how = page.split('id="how"')[1].split("</ul>")[0]
    lines = [" ".join(re.sub("<[^>]+>", " ", line).split()) for line in how.split("<li>")[1:]]
    (told,) = [line for line in lines if line.startswith("Klopt niet")]
    assert broken in told
    assert sum(line.startswith("Klopt ") for line in lines) == 2  # the other law, and this one
