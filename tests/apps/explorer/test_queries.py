"""What a list of runs reads from the database, and what stays there."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.explorer_world import kept_run, outcome
from vliegwiel.apps.explorer import queries
from vliegwiel.apps.explorer.models import ScenarioVersion
from vliegwiel.apps.regions.models import Region, User

pytestmark = pytest.mark.django_db
#: A large text as a column; within a cast the database takes only a title out of it.
WHOLE_TEXT = re.compile(r'"(document|result)"(?!\)::jsonb)')


def test_finished_runs_are_listed_without_their_documents_and_results(
    region: Region, scenario: ScenarioVersion, lead: User
) -> None:
    made = [kept_run(scenario, outcome(), by=lead, seed=seed) for seed in (1, 2, 3)]
    with CaptureQueriesContext(connection) as caught:
        found = queries.finished_runs(region)
        told = [
            (one.run.pk, one.title.nl, one.title.en, one.run.scenario.care_system.version)
            for one in found
        ]
    assert [pk for pk, *_rest in told] == [run.pk for run in reversed(made)]
    assert {(nl, en) for _pk, nl, en, _version in told} == {
        ("Eindige trajecten", "Finite trajectories")
    }
    assert len(caught) == 2
    assert [query["sql"] for query in caught if WHOLE_TEXT.search(query["sql"])] == []
    # A document is there for who asks for it.
    assert found[0].run.scenario.document == scenario.document
    assert queries.outcome_of(found[0].run).forecast.focus == "ambulant"


def test_the_title_of_a_care_system_is_read_without_its_document(
    scenario: ScenarioVersion,
) -> None:
    with CaptureQueriesContext(connection) as caught:
        title = queries.care_system_title(scenario.care_system)
    assert title == queries.care_system(scenario.care_system).title
    assert [query["sql"] for query in caught if WHOLE_TEXT.search(query["sql"])] == []
