"""A database of the first version, with insights in it, comes through to this one whole."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from vliegwiel.apps.insights import queries
from vliegwiel.apps.insights.models import Insight, Observation, Support
from vliegwiel.apps.regions.models import Region
from vliegwiel.apps.regions.searching import sought

FIRST = ("insights", "0001_initial")
REHEARSAL = "rehearsal"


@pytest.fixture
def empty_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Another database in place of the one of the tests, without a table."""
    usual = connection.settings_dict["NAME"]
    name = f"{usual}_{REHEARSAL}"

    def administer(statement: str) -> None:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'{statement} "{name}"')

    with django_db_blocker.unblock():
        administer("DROP DATABASE IF EXISTS")
        administer("CREATE DATABASE")
        connection.close()
        connection.settings_dict["NAME"] = name
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = usual
            administer("DROP DATABASE")


def newest_of_insights() -> tuple[str, str]:
    loader = MigrationExecutor(connection).loader
    (newest,) = loader.graph.leaf_nodes("insights")
    return newest


@pytest.mark.slow
@pytest.mark.usefixtures("empty_database")
def test_what_was_heard_is_found_again_with_the_insights_that_rest_on_it() -> None:
    executor = MigrationExecutor(connection)
    then = executor.migrate([FIRST]).apps
    region = then.get_model("regions", "Region").objects.create(
        code="JZ07", slug="ijsselland", name="IJsselland"
    )
    source = then.get_model("figures", "Source").objects.create(
        key="x", title="Verslag", publisher="Regio", kind="report"
    )
    heard = then.get_model("insights", "Observation").objects
    for number in (1, 2):
        insight = then.get_model("insights", "Insight").objects.create(
            region=region, number=number,
            **{f"{name}_{language}": name for name in ("title", "summary")
               for language in ("nl", "en")},
        )  # fmt: skip
        for position in (1, 2, 3):
            cited = {"cited_as": "Verslag", "cited_source": source} if position == 2 else {}
            heard.create(
                insight=insight, position=position, text_nl=f"Wachtlijsten {number}.{position}.",
                text_en="Waiting lists.", **cited,
            )  # fmt: skip

    MigrationExecutor(connection).migrate([newest_of_insights()])

    assert Observation.objects.count() == Support.objects.count() == 6
    for insight in Insight.objects.all():
        assert (insight.is_own, insight.version) == (False, 1)
        rests_on = insight.supports.order_by("position").select_related("observation")
        assert [row.observation.shipped_key for row in rests_on] == [
            f"{insight.number}.{position}" for position in (1, 2, 3)
        ]
        assert [row.observation.kind for row in rests_on] == ["interview", "report", "interview"]
        assert {row.observation.region_id for row in rests_on} == {insight.region_id}
        cited = rests_on[1].observation.cited_source
        assert cited is not None
        assert cited.title == "Verslag"
    found = queries.find_observations(Region.objects.get(), sought("jeugdhulpwachtlijst"), 8)
    assert found.total == 6
