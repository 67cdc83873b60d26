"""Who sees what, what is like what, and how the landscape counts."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from vliegwiel.apps.initiatives import Facts, InitiativeRefused, queries, services
from vliegwiel.apps.initiatives.models import Initiative
from vliegwiel.apps.initiatives.queries import Wanted
from vliegwiel.apps.insights.services import load_shipped
from vliegwiel.apps.regions import NotAllowed
from vliegwiel.apps.regions.models import Region, User

VISITOR = AnonymousUser()


def test_the_catalogue_is_open_and_loaded_once(
    catalogued: int, system: User, manager: User
) -> None:
    assert catalogued == services.load_catalogue(by=system) == 16
    assert len(queries.find(VISITOR, Wanted())) == 16
    assert len(queries.find(VISITOR, Wanted(kind="project", stage="scaling"))) == 5
    assert len(queries.find(VISITOR, Wanted(weight="heavy"))) == 2
    line = queries.public_line(VISITOR, queries.find(VISITOR, Wanted(weight="heavy"))[0].id)
    assert line is not None
    detail = queries.detail_of(line)
    assert (detail.place[:3], detail.steps, detail.versions) == ("1.3", [], [])
    with pytest.raises(NotAllowed):
        services.load_catalogue(by=manager)


def test_words_are_found_as_dutch(catalogued: int) -> None:
    found = queries.find(VISITOR, Wanted(text="robot autisme"))
    assert [line.title for line in found[:5]] == ["Zorgrobots"]
    assert len(queries.find(VISITOR, Wanted(text="%"))) == 0


def test_what_is_like_a_text_is_found_stopped_ones_with_their_lesson(
    catalogued: int, initiative: Initiative, provider: User, manager: User
) -> None:
    services.take_step(
        initiative_id=initiative.pk, origin="idea", target="stopped", reason="Klaar.",
        evidence="Huisbezoek kost veel reistijd.", by=manager,
    )  # fmt: skip
    text = "Intensieve behandelingen thuis voor een jongere in crisis"
    found = queries.similar_to(provider, text, weight="light", themes=["client_management"])
    assert found[0].line.id == initiative.pk
    assert found[0].lesson == "Huisbezoek kost veel reistijd."
    assert found[0].other_weight
    assert [label.key for label in found[0].shared_themes] == ["client_management"]
    assert 0.3 < found[0].likeness <= 1
    for others in (
        queries.similar_to(VISITOR, text),
        queries.similar_to(provider, text, without=initiative.pk),
    ):
        assert initiative.pk not in [one.line.id for one in others]
    for nothing in ("", "de het een", "' | & \\ !", "crisis"):
        assert not queries.similar_to(provider, nothing)


def test_the_landscape_counts_what_fits(catalogued: int) -> None:
    facets = {facet.name: facet for facet in queries.landscape(VISITOR, Wanted())}
    themes = {count.key: count.count for count in facets["themes"].counts}
    assert themes == {
        "advanced_therapies": 0,
        "advanced_technology": 5,
        "client_management": 6,
        "digitalisation": 5,
        "sustainability": 0,
    }
    narrowed = {facet.name: facet for facet in queries.landscape(VISITOR, Wanted(weight="heavy"))}
    stages = {count.key: count.count for count in narrowed["stage"].counts}
    assert stages["scaling"] == sum(stages.values()) == 2


def test_counts_are_kept_until_somebody_writes(
    catalogued: int, initiative: Initiative, provider: User
) -> None:
    def named(visitor: User | AnonymousUser) -> tuple[int, int]:
        landscape = queries.landscape(visitor, Wanted(stage="idea"))
        listed = [one for facet in queries.catalogue(visitor)[0] for one in facet.lines]
        return (
            next(one.count for one in landscape[0].counts if one.key == "client_management"),
            next(one.used for one in listed if one.key == "client_management"),
        )

    for _again in range(2):
        assert named(provider) == (1, 1)
        assert named(VISITOR) == (0, 0)
    with CaptureQueriesContext(connection) as asked:
        named(provider)
    assert not [one for one in asked.captured_queries if "unnest" in one["sql"]]
    Initiative.objects.filter(pk=initiative.pk).update(published_at=timezone.now())
    assert named(VISITOR) == (1, 1)
    with transaction.atomic():
        Initiative.objects.filter(pk=initiative.pk).update(themes=[])
        assert named(provider) == (0, 0)
        transaction.set_rollback(True)
    assert named(provider) == (1, 1)
    assert len(queries.find(VISITOR, Wanted())) == 17
    Initiative.objects.filter(region=None).delete()
    assert sum(one.count for one in queries.landscape(VISITOR, Wanted())[0].counts) == 1


def test_the_board_shows_the_newest_and_counts_all(initiative: Initiative, region: Region) -> None:
    columns = {column.stage: column for column in queries.board(region)}
    assert list(columns) == [str(stage) for stage in queries.Stage]
    assert (columns["idea"].count, columns["idea"].lines[0].id) == (1, initiative.pk)
    assert columns["pilot"].lines == []


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (Facts(title=" ", summary="Zo."), "title"),
        (Facts(title="x" * 201, summary="Zo."), "title"),
        (Facts(title="Nieuw", summary="Mail naar jan@voorbeeld.nl."), "summary"),
        (Facts(title="Nieuw", summary="Zo.", themes=("onzin",)), "themes"),
        (Facts(title="Nieuw", summary="Zo.", insights=(2,)), "insights"),
        (Facts(title="behandeling THUIS bij crisis", summary="Zo."), "title"),
    ],
)
def test_what_says_too_little_is_refused(
    initiative: Initiative, region: Region, provider: User, facts: Facts, field: str
) -> None:
    with pytest.raises(InitiativeRefused) as refused:
        services.start(region=region, facts=facts, by=provider)
    assert list(refused.value.problems) == [field]
    assert Initiative.objects.count() == 1


def test_examples_of_the_demo_are_marked_and_made_once(
    catalogued: int, region: Region, system: User
) -> None:
    load_shipped(region=region, by=system)
    for _again in range(2):
        assert services.load_examples(region=region, by=system) == 3
    lines = queries.find(VISITOR, Wanted(region="ijsselland"))[:]
    assert {line.mark for line in lines} == {"example"}
    assert {line.stage for line in lines} == {"idea", "proposal", "exploring"}
    exploring = next(line for line in lines if line.stage == "exploring")
    assert [ref.number for ref in queries.detail_of(exploring).insights] == [2]
    now = queries.hypothesis_now(exploring.id)
    assert now is not None
    assert len(now.facts.changes) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"region": None},
        {"catalogue_key": "both"},
        {"stage": ""},
        {"stage": "dreaming"},
        {"title_nl": ""},
        {"weight": "medium"},
    ],
)
def test_the_database_says_no(initiative: Initiative, wrong: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Initiative.objects.filter(pk=initiative.pk).update(**wrong)


def test_a_review_that_is_due_is_shown(
    initiative: Initiative, region: Region, manager: User
) -> None:
    today = timezone.localdate()
    services.hold_ethics_review(
        initiative_id=initiative.pk, held_on=today, questions="Wie?", outcome="Zo.",
        reviewers="Commissie", returns_on=today + timedelta(days=30), by=manager,
    )  # fmt: skip
    assert not queries.reviews_due(region, on=today)
    later = today + timedelta(days=30)
    assert [line.id for line, _day in queries.reviews_due(region, on=later)] == [initiative.pk]


def test_what_is_tried_apart_and_with_whom_it_could_be_done(region: Region, manager: User) -> None:
    twente = Region.objects.create(code="JZ14", slug="twente", name="Twente")
    utrecht = Region.objects.create(code="JZ19", slug="utrecht", name="Utrecht")

    def made(where: Region, title: str, question: str, stage: str = "pilot") -> None:
        Initiative.objects.create(
            region=where, title_nl=title, summary_nl="Zo.", stage=stage, made_by=manager,
            themes=["digitalisation", "sustainability"][: 1 + (where == twente)],
            questions=[question], published_at=timezone.now(),
        )  # fmt: skip

    first, second = (key for key, _title in queries.choices("questions")[:2])
    assert queries.spread(VISITOR, Wanted()).apart is None
    made(region, "A", first)
    assert queries.spread(VISITOR, Wanted()).regions == 1
    assert not queries.suggested_partners(region, VISITOR)
    made(twente, "B", first)
    made(twente, "C", first)
    made(utrecht, "D", second)
    made(utrecht, "E", first, "stopped")
    found = queries.spread(VISITOR, Wanted())
    # Of digitalisation: one here and two in Twente; of sustainability the two of Twente.
    assert (found.lines[0].initiatives, found.lines[0].regions) == (3, 2)
    assert found.lines[0].apart == pytest.approx(4 / 6)
    assert found.apart == pytest.approx(4 / 8)
    assert (found.kinds, found.in_several, found.regions) == (3, 1, 3)
    (partner,) = queries.suggested_partners(region, VISITOR)
    assert (partner.region_name, partner.together, partner.initiatives) == ("Twente", 1, 2)
    assert {line.title for line in partner.examples} == {"B", "C"}
    Initiative.objects.filter(title_nl="B").update(published_at=None)
    assert queries.suggested_partners(region, VISITOR)[0].initiatives == 1
