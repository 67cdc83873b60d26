"""A run that stops as soon as what is asked is known well enough."""

import pytest

from tests.science.caresystem import samples
from vliegwiel.apps.explorer import Interrupted, PrecisionRefused, queries, services
from vliegwiel.apps.explorer.models import RunPiece, ScenarioVersion, SimulationRun
from vliegwiel.apps.regions.models import User
from vliegwiel.science.caresystem import Precision, forecast, read_care_system, read_scenario

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ASKED = {"months": 24, "replications": 100, "seed": 1}
ROUGHLY = Precision(30.0, "waiting_list", "ambulant")


def done(scenario: ScenarioVersion, lead: User, precision: Precision | None) -> SimulationRun:
    run = services.start_run(scenario=scenario, by=lead, precision=precision, **ASKED)
    services.work_on_run(run_id=run.pk)
    run.refresh_from_db()
    assert run.status == "done", run.error_code
    return run


def test_it_stops_early_with_the_numbers_of_the_science_and_says_so(
    scenario: ScenarioVersion, lead: User
) -> None:
    run = done(scenario, lead, ROUGHLY)
    made = queries.outcome_of(run)
    assert made.forecast.identity.replications == 50
    assert (run.replications, run.work_done) == (100, run.work_total)
    system = read_care_system(samples.as_text(samples.care_system()))
    change = read_scenario(samples.as_text(samples.scenario()), system)
    same = forecast(
        system, change, months=24, replications=100, by_municipality=True, precision=ROUGHLY
    )
    assert made.forecast.series == same.series
    assert made.forecast.checks == same.checks
    assert [check.code for check in made.forecast.checks][-1] == "precise_enough"
    assert made.sensitivity.rows


def test_it_goes_on_to_the_most_when_that_is_not_enough(
    scenario: ScenarioVersion, lead: User
) -> None:
    made = queries.outcome_of(done(scenario, lead, Precision(0.001, "cost", "all")))
    assert made.forecast.identity.replications == 100
    assert made.forecast.checks[-1].code == "not_precise_enough"


def test_it_goes_on_where_it_stopped_and_gives_the_same_bytes(
    scenario: ScenarioVersion, lead: User
) -> None:
    run = services.start_run(scenario=scenario, by=lead, precision=ROUGHLY, **ASKED)
    left = iter(range(4))
    with pytest.raises(Interrupted):
        services.work_on_run(run_id=run.pk, interrupted=lambda: next(left, None) is None)
    assert RunPiece.objects.filter(run=run).count() == 4
    services.work_on_run(run_id=run.pk)
    stopped = queries.result_text(run.pk)
    SimulationRun.objects.filter(pk=run.pk).delete()
    assert queries.result_text(done(scenario, lead, ROUGHLY).pk) == stopped


def test_it_can_be_stopped_half_way(scenario: ScenarioVersion, lead: User) -> None:
    run = services.start_run(scenario=scenario, by=lead, precision=ROUGHLY, **ASKED)
    steps = iter(range(100))

    def stop() -> bool:
        if next(steps) == 3:
            services.cancel_run(run=run, by=lead)
        return False

    services.work_on_run(run_id=run.pk, interrupted=stop)
    run.refresh_from_db()
    assert run.status == "cancelled"
    assert not RunPiece.objects.exists()


def test_another_precision_is_another_question(scenario: ScenarioVersion, lead: User) -> None:
    plain = services.start_run(scenario=scenario, by=lead, **ASKED)
    first = services.start_run(scenario=scenario, by=lead, precision=ROUGHLY, **ASKED)
    again = services.start_run(scenario=scenario, by=lead, precision=ROUGHLY, **ASKED)
    other = services.start_run(scenario=scenario, by=lead, precision=Precision(2.0), **ASKED)
    assert first == again
    assert len({plain.pk, first.pk, other.pk}) == 3


@pytest.mark.parametrize("care_type", ["nowhere", "local"])
def test_what_can_never_be_known_so_is_refused(
    scenario: ScenarioVersion, lead: User, care_type: str
) -> None:
    """A form of care that is not there, and one where nobody waits."""
    with pytest.raises(PrecisionRefused):
        services.start_run(
            scenario=scenario, by=lead, precision=Precision(1.0, care_type=care_type), **ASKED
        )
    assert not SimulationRun.objects.exists()
