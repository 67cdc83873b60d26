"""Every operation keeps to the description, whatever it is asked: requests made by schemathesis."""

from collections.abc import Iterator

import hypothesis
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from schemathesis import Case
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.schemas import APIOperation

from vliegwiel.api.v1.description import description
from vliegwiel.apps.continuity import services as continuity
from vliegwiel.apps.explorer.models import SimulationRun
from vliegwiel.apps.initiatives.models import Initiative
from vliegwiel.apps.initiatives.services import load_catalogue
from vliegwiel.apps.pilots.models import Pilot
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.services import system_user

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

#: What is only taken when it fits a plan that was registered: test_measurements_api.py brings that.
NEEDS_A_PLAN = {"POST /api/v1/regions/{region}/pilots/{pilot}/outcomes/{outcome}/measurements"}
LIMITS = hypothesis.settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(hypothesis.HealthCheck),
)


@pytest.fixture
def one_connection() -> Iterator[None]:
    """Keeps the connection of the test, whose transaction holds the data, over the requests."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def of_session(
    full: Region, counted: None, finished: SimulationRun, everywhere: User, client: Client
) -> dict[str, str]:
    """The cookies of a browser in which somebody with every right is logged in."""
    check = continuity.refresh(region=full)
    assert check is not None
    continuity.search(check_id=check.pk)
    client.force_login(everywhere)
    client.get("/account/password/change/")
    return {name: client.cookies[name].value for name in ("session", "csrf")}


def ask(operation: APIOperation, cookies: dict[str, str], known: dict[str, int]) -> set[int]:
    """Asks an operation many things; raises when an answer is not as described. The statuses."""
    statuses: set[int] = set()

    @LIMITS
    @hypothesis.given(case=operation.as_strategy())
    def once(case: Case) -> None:
        # Made-up names and numbers end at 404; what lies behind them must be asked too.
        if "region" in case.path_parameters:
            waiting = operation.path.endswith("/waiting-times")
            case.path_parameters["region"] = "twente" if waiting else "ijsselland"
        number = case.path_parameters.get("number")
        if isinstance(number, int) and number % 2 == 0:
            part = operation.path.split("/{number}")[0].rsplit("/", 1)[1]
            case.path_parameters["number"] = known[part]
        for name in ("pilot", "outcome"):
            if name in case.path_parameters and case.path_parameters[name] % 2 == 0:
                case.path_parameters[name] = known[name]
        token = {"X-CSRFToken": cookies["csrf"]}
        answer = case.call_and_validate(headers=token, cookies=cookies)
        statuses.add(answer.status_code)

    once()
    return statuses


def test_every_operation_keeps_to_its_description(
    of_session: dict[str, str], finished: SimulationRun, planned: Pilot, one_connection: None
) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    load_catalogue(by=system_user())
    known = {
        "initiatives": Initiative.objects.values_list("pk", flat=True)[0],
        "insights": 1,
        "versions": 2,
        "scenarios": finished.scenario_id,
        "runs": finished.pk,
        "pilots": planned.pk,
        "pilot": planned.pk,
        "outcome": planned.outcomes.get().pk,
        "indicators": planned.outcomes.get().version_id,
    }
    wrong: dict[str, str] = {}
    well: set[str] = set()
    for found in schema.get_all_operations():
        operation = found.ok()
        try:
            if ask(operation, of_session, known) & {200, 202}:
                well.add(operation.label)
        except (Failure, FailureGroup) as error:
            wrong[operation.label] = str(error)
    assert not wrong, "\n".join(wrong.values())
    # Otherwise only refusals would have been looked at.
    paths = description()["paths"].items()
    every = {f"{method.upper()} {path}" for path, methods in paths for method in methods}
    assert every - well == NEEDS_A_PLAN
