"""Loading what ships, and deciding what comes first without losing what was decided."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from vliegwiel import reference
from vliegwiel.apps.figures.models import Source
from vliegwiel.apps.figures.services import load_sources
from vliegwiel.apps.insights import InsightsRefused, PriorityRefused
from vliegwiel.apps.insights.models import (
    Chance,
    Consultation,
    Insight,
    InsightMap,
    InsightRelation,
    Observation,
    Priority,
    Support,
)
from vliegwiel.apps.insights.services import (
    load_insights,
    load_shipped,
    make_insight,
    set_priority,
)
from vliegwiel.apps.regions import NotAllowed
from vliegwiel.apps.regions.models import Region, User

COUNTED = (Insight, InsightRelation, Chance, Observation, Priority, Consultation)


def counts() -> list[int]:
    return [model.objects.count() for model in COUNTED]


def test_what_ships(loaded: Region) -> None:
    assert counts() == [7, 15, 11, 25, 7, 4]


def test_loading_twice_changes_nothing(loaded: Region, system: User) -> None:
    before = list(Insight.objects.values_list("pk", flat=True))
    outcome = load_shipped(region=loaded, by=system)
    assert (outcome.changed, outcome.insights, outcome.relations) == (False, 7, 15)
    assert list(Insight.objects.values_list("pk", flat=True)) == before
    assert counts() == [7, 15, 11, 25, 7, 4]


def test_a_newer_version_renews_texts_and_leaves_decisions(
    loaded: Region, system: User, manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    insight = Insight.objects.get(region=loaded, number=1)
    set_priority(insight_id=insight.pk, by=manager, **decision())
    shipped = reference.insights_of("ijsselland")
    assert shipped is not None
    first = shipped.insights[0]
    title = reference.BilingualText(nl="Nieuwe titel", en="New title")
    renewed = shipped.model_copy(
        update={
            "version": shipped.version + 1,
            "insights": [first.model_copy(update={"title": title}), *shipped.insights[1:]],
        }
    )
    monkeypatch.setattr(reference, "insights_of", lambda slug: renewed)
    assert load_shipped(region=loaded, by=system).changed
    insight.refresh_from_db()
    assert insight.title_nl == "Nieuwe titel"
    assert insight.priorities.get(replaced_at__isnull=True).level == "focus"
    assert counts() == [7, 15, 11, 25, 8, 4]
    assert InsightMap.objects.get(region=loaded).version == shipped.version + 1


def test_a_document_takes_no_number_of_the_region_itself(
    region: Region, system: User, manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_sources(by=system)
    own = make_insight(region=region, title="Eigen", summary="x", observation_ids=[], by=manager)
    assert own == 1001
    shipped = reference.insights_of("ijsselland")
    assert shipped is not None
    first = shipped.insights[0].model_copy(update={"number": own, "related_to": []})
    given = shipped.model_copy(update={"region": region.code, "insights": [first]})
    with pytest.raises(InsightsRefused) as refused:
        load_insights(region=region, document=given.model_dump_json().encode(), by=manager)
    assert [(fault.path, fault.code) for fault in refused.value.faults] == [
        ("insights[0].number", "too_large_number")
    ]
    # One that the region made before its numbers lay above those of documents.
    Insight.objects.filter(number=own).update(number=2)
    with pytest.raises(InsightsRefused) as refused:
        load_shipped(region=region, by=manager)
    assert [fault.code for fault in refused.value.faults] == ["number_of_own"]
    assert Insight.objects.get(region=region).title_nl == "Eigen"


def test_a_newer_version_moves_no_text_on_which_an_own_insight_rests(
    loaded: Region, manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = reference.insights_of("ijsselland")
    assert shipped is not None
    first = next(insight for insight in shipped.insights if len(insight.heard) > 2)
    place = shipped.insights.index(first)
    rows = Observation.objects.filter(shipped_key__startswith=f"{first.number}.").order_by("pk")
    gone, better, *_rest = rows
    own = make_insight(
        region=loaded,
        title="Eigen",
        summary="x",
        observation_ids=[gone.pk, better.pk],
        by=manager,
    )
    new, worded = (first.heard[0].model_copy(), first.heard[1].model_copy())
    new = new.model_copy(update={"text": reference.BilingualText(nl="Een regel.", en="A line.")})
    text = reference.BilingualText(nl=f"{worded.text.nl} Nu beter.", en=worded.text.en)
    heard = [new, new, worded.model_copy(update={"text": text}), *first.heard[2:]]
    insights = [*shipped.insights]
    insights[place] = first.model_copy(update={"heard": heard})
    renewed = shipped.model_copy(update={"version": shipped.version + 1, "insights": insights})
    monkeypatch.setattr(reference, "insights_of", lambda slug: renewed)
    assert load_shipped(region=loaded, by=manager).changed
    rests = Support.objects.filter(insight__number=own, ended_at__isnull=True)
    assert [row.observation.text_nl for row in rests] == [gone.text_nl, text.nl]
    gone.refresh_from_db()
    assert gone.shipped_key == ""
    standing = Support.objects.filter(insight__number=first.number, ended_at__isnull=True)
    assert [row.observation.text_nl for row in standing] == [line.text.nl for line in heard]


def test_nothing_ships_for_most_regions(db: None, system: User) -> None:
    elsewhere = Region.objects.create(code="JZ14", slug="twente", name="Twente")
    outcome = load_shipped(region=elsewhere, by=system)
    assert (outcome.changed, outcome.insights) == (False, 0)
    assert counts() == [0, 0, 0, 0, 0, 0]


def test_who_may_only_read_changes_nothing(loaded: Region, reader: User) -> None:
    insight = Insight.objects.get(region=loaded, number=1)
    with pytest.raises(NotAllowed):
        set_priority(insight_id=insight.pk, by=reader, **decision())
    with pytest.raises(NotAllowed):
        load_shipped(region=loaded, by=reader)
    assert insight.priorities.count() == 1


def decision(**changed: Any) -> dict[str, Any]:
    fields = {
        "level": "focus",
        "basis_for_all_projects": False,
        "reason": "Hier gebeurt nu al veel.",
        "decided_by": "Kernteam",
        "decided_on": date(2026, 3, 1),
    }
    return {**fields, **changed}


def test_a_new_decision_keeps_the_old_one(loaded: Region, manager: User) -> None:
    insight = Insight.objects.get(region=loaded, number=1)
    new = set_priority(insight_id=insight.pk, by=manager, **decision())
    kept = insight.priorities.order_by("pk")
    assert [priority.level for priority in kept] == ["long_term", "focus"]
    assert kept[0].replaced_at is not None
    assert kept[1].pk == new
    assert kept[1].replaced_at is None
    assert kept[1].recorded_by == manager


def test_the_same_decision_again_changes_nothing(loaded: Region, manager: User) -> None:
    insight = Insight.objects.get(region=loaded, number=1)
    first = set_priority(insight_id=insight.pk, by=manager, **decision())
    assert set_priority(insight_id=insight.pk, by=manager, **decision()) == first
    assert insight.priorities.count() == 2


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"level": "urgent"}, "level"),
        ({"reason": "  "}, "reason"),
        ({"decided_by": ""}, "decided_by"),
        ({"decided_by": "x" * 201}, "decided_by"),
        ({"decided_on": timezone.localdate() + timedelta(days=1)}, "decided_on"),
    ],
)
def test_a_decision_that_says_too_little_is_refused(
    loaded: Region, manager: User, changed: dict[str, Any], field: str
) -> None:
    insight = Insight.objects.get(region=loaded, number=1)
    with pytest.raises(PriorityRefused) as refused:
        set_priority(insight_id=insight.pk, by=manager, **decision(**changed))
    assert list(refused.value.problems) == [field]
    assert insight.priorities.count() == 1


def test_all_problems_at_once(loaded: Region, manager: User) -> None:
    insight = Insight.objects.get(region=loaded, number=1)
    wrong = decision(level="", reason="", decided_by="")
    with pytest.raises(PriorityRefused) as refused:
        set_priority(insight_id=insight.pk, by=manager, **wrong)
    assert set(refused.value.problems) == {"level", "reason", "decided_by"}


def priority_of(insight: Insight, by: User, **changed: Any) -> Priority:
    fields = {
        "insight": insight,
        "level": "focus",
        "reason_nl": "x",
        "decided_by_nl": "x",
        "decided_on": date(2026, 1, 1),
        "recorded_by": by,
        "replaced_at": timezone.now() + timedelta(days=1),
    }
    return Priority(**{**fields, **changed})


def heard(insight: Insight, **changed: Any) -> Observation:
    return Observation(**{"region": insight.region, "kind": "quote", "text_nl": "x", **changed})


@pytest.mark.parametrize(
    ("make", "constraint"),
    [
        (lambda i, by: Insight(region=i.region, number=1, title_nl="a", title_en="a"),
         "an_insight_number_once"),
        (lambda i, by: Insight(region=i.region, number=0, title_nl="a", title_en="a"),
         "insight_number_from_one"),
        (lambda i, by: Insight(region=i.region, number=9, title_nl="a"),
         "insight_titled_in_both_languages"),
        (lambda i, by: InsightRelation(origin=i, target=i), "an_insight_is_not_related_to_itself"),
        (lambda i, by: InsightRelation(origin=i, target=Insight.objects.get(number=2)),
         "a_relation_once"),
        (lambda i, by: Chance(insight=i, position=0), "a_chance_place_once"),
        (lambda i, by: heard(i, shipped_key="1.0"), "a_shipped_observation_once"),
        (lambda i, by: heard(i, cited_source=Source.objects.first()),
         "cited_source_is_cited_as_something"),
        (lambda i, by: heard(i, kind="rumour"), "observation_kind_is_known"),
        (lambda i, by: heard(i, role="neighbour"), "observation_role_is_known"),
        (lambda i, by: heard(i, text_nl=""), "observation_says_something"),
        (lambda i, by: Support(insight=i, observation=i.supports.first().observation),
         "an_observation_supports_an_insight_once"),
        (lambda i, by: Support(insight=i, observation=Observation.objects.last(), ended_by=by),
         "support_ends_by_somebody"),
        (lambda i, by: priority_of(i, by, replaced_at=None), "one_priority_at_a_time"),
        (lambda i, by: priority_of(i, by, level="x"), "priority_level_is_known"),
        (lambda i, by: priority_of(i, by, reason_nl=""), "priority_has_a_reason_and_somebody"),
        (lambda i, by: priority_of(i, by, replaced_at=timezone.now() - timedelta(days=1)),
         "priority_is_replaced_after_it_was_recorded"),
        (lambda i, by: Consultation(region=i.region, key="core-team", start=date(2024, 1, 1),
                                    end=date(2024, 1, 1), source=Source.objects.first()),
         "a_consultation_once"),
        (lambda i, by: Consultation(region=i.region, key="k", start=date(2024, 1, 2),
                                    end=date(2024, 1, 1), source=Source.objects.first()),
         "consultation_ends_after_it_starts"),
    ],
)  # fmt: skip
def test_what_the_database_refuses(
    loaded: Region, system: User, make: Any, constraint: str
) -> None:
    insight = Insight.objects.get(region=loaded, number=1)
    wrong = make(insight, system)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        wrong.save()
