"""A region with the small sample care system, a scenario on it, and people who may do things."""

from datetime import datetime
from functools import cache
from typing import Any

import pytest
from django.utils import timezone

from tests.science.caresystem import samples
from vliegwiel.apps.explorer import services
from vliegwiel.apps.explorer.forecasting import Outcome
from vliegwiel.apps.explorer.models import CareSystemVersion, ScenarioVersion, SimulationRun
from vliegwiel.apps.regions import services as region_services
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import Role
from vliegwiel.science.caresystem import (
    ForecastPlan,
    Sensitivity,
    WaitingPlan,
    read_care_system,
    read_scenario,
    run_chunk,
    run_waiting,
    summarise,
    summarise_waiting,
)

PASSWORD = "a-long-password"


@pytest.fixture
def region(db: None) -> Region:
    return Region.objects.create(code="JZ07", slug="ijsselland", name="IJsselland")


def make_user(region: Region, role: Role) -> User:
    return region_services.make_user(
        email=f"{role}@example.org", name=f"Some {role}", password=PASSWORD, roles=[(region, role)]
    )


@pytest.fixture
def analyst(region: Region) -> User:
    return make_user(region, Role.ANALYST)


@pytest.fixture
def lead(region: Region) -> User:
    return make_user(region, Role.PROJECT_LEAD)


@pytest.fixture
def reader(region: Region) -> User:
    return make_user(region, Role.READER)


@pytest.fixture
def care_system(region: Region, analyst: User) -> CareSystemVersion:
    document = samples.as_text(samples.care_system())
    return services.load_care_system(region=region, document=document, by=analyst)


@pytest.fixture
def scenario(care_system: CareSystemVersion, analyst: User) -> ScenarioVersion:
    document = samples.as_text(samples.scenario())
    return services.load_example(care_system=care_system, document=document, by=analyst)


#: What working on the run below changed in it, by the name of the column.
_WORKED_ON: dict[str, Any] = {}


@pytest.fixture
def finished(scenario: ScenarioVersion, lead: User) -> SimulationRun:
    """A run that is done: worked on once, and the same each time."""
    run = services.start_run(scenario=scenario, months=24, replications=20, seed=1, by=lead)
    if not _WORKED_ON:
        asked = _columns(run)
        services.work_on_run(run_id=run.pk)
        run.refresh_from_db()
        assert run.status == "done", run.status
        done = _columns(run)
        _WORKED_ON.update({name: done[name] for name in done if done[name] != asked[name]})
    now = timezone.now()  # the times of the first run lie before this one was asked for
    worked_on = {k: now if isinstance(v, datetime) else v for k, v in _WORKED_ON.items()}
    SimulationRun.objects.filter(pk=run.pk).update(**worked_on)
    run.refresh_from_db()
    return run


def _columns(run: SimulationRun) -> dict[str, Any]:
    return {field.attname: getattr(run, field.attname) for field in run._meta.concrete_fields}


def sized(size: float, **changed: Any) -> dict[str, Any]:
    """The sample scenario with another size of its first change, and other parts."""
    document = samples.scenario() | changed
    document["interventions"][0]["size"] = samples.assumed(size, "ratio", 0.05, 0.95)
    return document


@cache
def outcome(size: float = 0.6, *, months: int = 24, replications: int = 6, seed: int = 1) -> str:
    """A whole outcome of the sample; which assumptions matter most is not looked for."""
    system = read_care_system(samples.as_text(samples.care_system()))
    scenario = read_scenario(samples.as_text(sized(size)), system)
    plan = ForecastPlan(system, scenario, months, replications, seed, by_municipality=True)
    waiting = WaitingPlan(plan, 8)
    queue = summarise_waiting(waiting, [run_waiting(waiting, 0, 8)])
    found = summarise(plan, [run_chunk(plan, 0, replications)], queue=queue)
    return Outcome(found, Sensitivity("ambulant", ("", ""), True, 0.0, 1, 0, 0, ())).to_json()


def kept_run(
    scenario: ScenarioVersion, result: str, *, by: User, months: int = 24, **settings: int
) -> SimulationRun:
    """A run that is done, with a result that was made elsewhere."""
    now = timezone.now()
    return SimulationRun.objects.create(
        scenario=scenario,
        months=months,
        **{"replications": 20, "seed": 1, **settings},
        status="done",
        result=result,
        created_by=by,
        started_at=now,
        ended_at=now,
    )
