"""A region with the small sample care system, a scenario on it, and people who may do things."""

import pytest

from tests.science.caresystem import samples
from vliegwiel.apps.explorer import services
from vliegwiel.apps.explorer.models import CareSystemVersion, ScenarioVersion, SimulationRun
from vliegwiel.apps.regions import services as region_services
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import Role

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


@pytest.fixture
def finished(scenario: ScenarioVersion, lead: User) -> SimulationRun:
    """A run that is done."""
    run = services.start_run(scenario=scenario, months=24, replications=20, seed=1, by=lead)
    services.work_on_run(run_id=run.pk)
    run.refresh_from_db()
    return run
