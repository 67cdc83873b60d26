"""Insights of the region itself can be reworded; those of a document cannot."""

import pytest

from vliegwiel.apps.insights import (
    ChangedMeanwhile,
    InsightRefused,
    NotThere,
    queries,
    services,
)
from vliegwiel.apps.insights.models import Insight
from vliegwiel.apps.regions import NotAllowed
from vliegwiel.apps.regions.models import Region, User


@pytest.fixture
def own(region: Region, manager: User) -> Insight:
    number = services.make_insight(
        region=region, title="Eerst", summary="Zo.", observation_ids=[], by=manager
    )
    return Insight.objects.get(number=number)


def change(own: Insight, title: str, *, seen: int, by: User) -> None:
    services.change_insight(
        region=own.region, insight_id=own.pk, title=title, summary="Zo.", chances=[], stands_in="",
        seen=seen, by=by,
    )  # fmt: skip


def test_what_stood_there_is_kept_and_two_editors_lose_nothing(own: Insight, manager: User) -> None:
    change(own, " Dan ", seen=1, by=manager)
    change(own, "Dan", seen=1, by=manager)
    with pytest.raises(ChangedMeanwhile):
        change(own, "Anders", seen=1, by=manager)
    change(own, "Anders", seen=2, by=manager)
    now = queries.insight_detail(own.region, own.number)
    assert now is not None
    assert (now.title, now.version, now.is_own) == ("Anders", 3, True)
    earlier = queries.earlier_insights(own.pk)
    assert [(was.title, was.replaced_by) for was in earlier] == [
        ("Dan", "Manager"),
        ("Eerst", "Manager"),
    ]


def test_chances_and_sources_are_of_the_region_and_kept(own: Insight, manager: User) -> None:
    given = {"region": own.region, "insight_id": own.pk, "title": "Eerst", "summary": "Zo."}
    chances = [("Samen wachten", "Iemand belt elke week."), ("Sneller", "")]
    for seen in (1, 1):
        services.change_insight(
            **given, chances=chances, stands_in="Verslag\nNotulen", seen=seen, by=manager
        )
    now = queries.insight_detail(own.region, own.number)
    assert now is not None
    assert [(one.title, one.summary) for one in now.chances] == chances
    assert (now.stands_in, now.version) == (["Verslag", "Notulen"], 2)
    with pytest.raises(InsightRefused) as refused:
        services.change_insight(
            **given, chances=[("", "Waarom?")], stands_in="x" * 2001, seen=2, by=manager
        )
    assert set(refused.value.problems) == {"chances", "stands_in"}
    change(own, "Eerst", seen=2, by=manager)
    (was, _first) = queries.earlier_insights(own.pk)
    assert was.chances == "Samen wachten: Iemand belt elke week.\nSneller"
    assert was.stands_in == "Verslag\nNotulen"


def test_who_may_not_and_what_may_not(
    own: Insight, loaded: Region, manager: User, reader: User
) -> None:
    with pytest.raises(NotAllowed):
        change(own, "Anders", seen=1, by=reader)
    with pytest.raises(InsightRefused) as refused:
        change(own, " ", seen=1, by=manager)
    assert set(refused.value.problems) == {"title"}
    with pytest.raises(NotThere):
        change(Insight.objects.get(region=loaded, number=1), "Anders", seen=1, by=manager)
    assert not queries.earlier_insights(own.pk)
