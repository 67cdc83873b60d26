"""What a list of runs reads from the database, and what stays there."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.explorer_world import kept_run, outcome
from tests.whole_texts import no_whole_texts
from vliegwiel.apps.explorer import queries
from vliegwiel.apps.explorer.models import ScenarioVersion, SimulationRun
from vliegwiel.apps.regions.models import Region, User

pytestmark = pytest.mark.django_db
TITLE = ("Eindige trajecten", "Finite trajectories")


def test_finished_runs_are_listed_without_their_documents_and_results(
    region: Region, scenario: ScenarioVersion, lead: User
) -> None:
    made = [kept_run(scenario, outcome(), by=lead, seed=seed) for seed in (1, 2, 3)]
    with no_whole_texts(scenario, scenario.care_system, made[0]) as caught:
        found = queries.finished_runs(region)
        told = [
            (one.run.pk, one.title.nl, one.title.en, one.run.scenario.care_system.version)
            for one in found
        ]
    assert [pk for pk, *_rest in told] == [run.pk for run in reversed(made)]
    assert {(nl, en) for _pk, nl, en, _version in told} == {TITLE}
    assert [one.ended_at for one in found] == [run.ended_at for run in reversed(made)]
    assert len(caught) == 2
    # A document is there for who asks for it.
    assert found[0].run.scenario.document == scenario.document
    assert queries.outcome_of(found[0].run).forecast.focus == "ambulant"


def test_what_was_finished_last_is_news_without_its_document(
    region: Region, scenario: ScenarioVersion, lead: User
) -> None:
    made = [kept_run(scenario, outcome(), by=lead, seed=seed) for seed in (1, 2, 3, 4)]
    # The one that was asked for first took longest.
    SimulationRun.objects.filter(pk=made[0].pk).update(ended_at=timezone.now() + timedelta(hours=1))
    with no_whole_texts(scenario, scenario.care_system, made[0]) as caught:
        found = queries.newest_forecasts(region)
        assert {(one.title.nl, one.title.en) for one in found} == {TITLE}
    assert [one.run.pk for one in found] == [made[k].pk for k in (0, 3, 2)]
    assert [one.ended_at for one in found] == sorted((o.ended_at for o in found), reverse=True)
    assert len(caught) == 2


def test_the_title_of_a_care_system_is_read_without_its_document(
    scenario: ScenarioVersion,
) -> None:
    with no_whole_texts(scenario.care_system):
        title = queries.care_system_title(scenario.care_system)
    assert title == queries.care_system(scenario.care_system).title
