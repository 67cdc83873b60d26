"""The checklist with its history, reviews of cases, and what keeps persons out of both."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from vliegwiel.apps.continuity import NotThere, Refused, queries, services
from vliegwiel.apps.continuity.models import CaseReview, CheckAnswer, CheckItem
from vliegwiel.apps.continuity.reviewing import BY_KEY, QUESTIONS
from vliegwiel.apps.figures.services import load_sources
from vliegwiel.apps.insights.models import Insight
from vliegwiel.apps.insights.services import load_shipped
from vliegwiel.apps.regions import NotAllowed, Trace, traces_of
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.queries import municipalities_of
from vliegwiel.apps.regions.services import system_user

ANSWERS = {question.key: [next(iter(question.answers))] for question in QUESTIONS}


@pytest.fixture
def filled(region: Region, analyst: User) -> Region:
    assert services.load_checklist(region=region, by=analyst) == 10
    return region


def answer(region: Region, by: User, **more: Any) -> int:
    given: dict[str, Any] = {
        "item_id": queries.checklist(region)[0].id,
        "municipality": "0193",
        "state": "under_way",
        "deadline": date(2026, 12, 1),
        "owner": "team toegang",
        "evidence": "",
    }
    return services.answer_item(region=region, by=by, **{**given, **more})


def test_an_answer_replaces_the_one_before_which_stays(filled: Region, analyst: User) -> None:
    first = answer(filled, analyst)
    assert answer(filled, analyst) == first
    answer(filled, analyst, state="stands", deadline=None, evidence="Afspraak met de toegang")
    line = queries.checklist(filled)[0]
    assert line.cells["0193"].state == "stands"
    history = queries.answers_of(line.id, "0193")
    assert [cell.state for cell in history] == ["stands", "under_way"]
    assert [cell.replaced_at is None for cell in history] == [True, False]


def test_loading_again_renews_words_and_keeps_answers(filled: Region, analyst: User) -> None:
    answer(filled, analyst)
    CheckItem.objects.filter(region=filled).update(title_en="old")
    services.load_checklist(region=filled, by=analyst)
    lines = queries.checklist(filled)
    assert len(lines) == 10
    assert lines[0].title == "The access works"
    assert set(lines[0].cells) == {"0193"}


def test_deadlines_are_told_until_it_stands(filled: Region, analyst: User) -> None:
    answer(filled, analyst)
    (due,) = queries.deadlines(filled, until=date(2026, 12, 1))
    assert (due.municipality_name, due.owner) == ("Zwolle", "team toegang")
    assert not queries.deadlines(filled, until=date(2026, 11, 30))
    assert queries.checklist(filled)[0].cells["0193"].is_late(date(2026, 12, 2))
    answer(filled, analyst, state="stands", evidence="Het staat.")
    assert not queries.deadlines(filled, until=date(2027, 1, 1))


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"state": "stands"}, "evidence"),
        ({"deadline": None}, "deadline"),
        ({"state": "perhaps"}, "state"),
        ({"owner": "x" * 81}, "owner"),
        ({"evidence": "Bel Sanne op 0612345678"}, "evidence"),
    ],
)
def test_an_answer_that_lacks_something_is_refused(
    filled: Region, analyst: User, given: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        answer(filled, analyst, **given)
    assert set(refused.value.problems) == {field}
    assert not CheckAnswer.objects.exists()


def test_a_region_adds_an_item_once(filled: Region, analyst: User, reader: User) -> None:
    own = {"title": "Vervoer is geregeld", "why": "Anders komt niemand.", "evidence": "Contract"}
    number = services.add_item(region=filled, by=analyst, **own)
    found = queries.check_item(filled, number)
    assert found is not None
    assert (found.own, found.title) == (True, "Vervoer is geregeld")
    for wrong in (own, {**own, "title": " "}):
        with pytest.raises(Refused):
            services.add_item(region=filled, by=analyst, **wrong)
    with pytest.raises(NotAllowed):
        services.add_item(region=filled, by=reader, **{**own, "title": "Iets anders"})
    with pytest.raises(NotThere):
        answer(filled, analyst, municipality="0363")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("het nummer is 111222333", Trace.NUMBER),
        ("bel 06 12 34 56 78", Trace.NUMBER),
        ("mail naar iemand@example.nl", Trace.EMAIL),
        ("het begon op 3-5-2012", Trace.DATE),
        ("sinds 3 mei gaat het slechter", Trace.DATE),
        ("woont op 8011 AB", Trace.ADDRESS),
        ("de moeder van Kees belde", Trace.NAME),
        ("Sanne wacht al lang", Trace.NAME),
        ("de arts J. Jansen zegt dat", Trace.NAME),
    ],
)
def test_what_could_lead_to_a_person_is_found(text: str, kind: Trace) -> None:
    assert kind in {trace for trace, _piece in traces_of(text)}


@pytest.mark.parametrize(
    "text",
    [
        "De wachttijd was 26 weken in 2025. Eerst hielp het wijkteam, daarna de GGZ.",
        "In Zwolle belde Veilig Thuis; de school wist van niets.",
        "Het gezin wachtte 3 tot 4 maanden (2 gesprekken).",
        "",
    ],
)
def test_a_lesson_without_a_person_may_be_kept(text: str) -> None:
    assert traces_of(text, places=["Zwolle"]) == ()


def review(region: Region, by: User, **more: Any) -> int:
    given: dict[str, Any] = {
        "municipality": "0193",
        "month": date(2025, 5, 14),
        "answers": ANSWERS,
        "lesson": "Eén vast gezicht had het wachten korter gemaakt.",
    }
    return services.add_review(region=region, by=by, **{**given, **more})


def keep_reviews(region: Region, by: User, number: int, **answers: list[str]) -> None:
    """Reviews that are alike, written at once."""
    place = municipalities_of(region)[0]
    given = {**ANSWERS, **answers}
    CaseReview.objects.bulk_create(
        CaseReview(region=region, municipality=place, month=date(2025, 5, 1), answers=given, by=by)
        for _each in range(number)
    )


def counted(region: Region, key: str) -> dict[str, int]:
    """What is shown of a question."""
    (table,) = (table for table in queries.review_tables(region).tables if table.key == key)
    assert len(table.rows) == len(BY_KEY[key].answers)
    return {label: count for label, count in table.rows if count is not None}


def test_reviews_are_counted_ten_at_a_time(region: Region, analyst: User) -> None:
    assert review(region, analyst)
    assert CaseReview.objects.values_list("month", flat=True)[0] == date(2025, 5, 1)
    keep_reviews(region, analyst, 8)
    assert queries.review_tables(region).reviews == 0
    keep_reviews(region, analyst, 10)
    assert queries.review_tables(region).reviews == 10
    assert counted(region, "obstacle") == {"No place at the provider": 10}
    keep_reviews(region, analyst, 1)
    assert counted(region, "obstacle") == {"No place at the provider": 20}
    # Twenty of twenty would tell that nobody gave another answer.
    assert counted(region, "how_long") == {}


def test_a_small_count_of_reviews_does_not_follow_from_others(
    region: Region, analyst: User
) -> None:
    several = list(BY_KEY["meanwhile"].answers)
    keep_reviews(region, analyst, 20, how_long=["0-28"], meanwhile=several[1:])
    keep_reviews(region, analyst, 13, how_long=["28-91"], meanwhile=several[1:])
    keep_reviews(region, analyst, 7, how_long=["91-182"], meanwhile=several[:1])
    # Seven is small; thirteen would tell it to who knows that all are forty.
    assert counted(region, "how_long") == {"Less than 4 weeks": 20}
    assert len(counted(region, "meanwhile")) == len(several) - 1


def test_the_least_of_a_small_count_does_not_follow_from_others(
    region: Region, analyst: User
) -> None:
    first, *others = BY_KEY["meanwhile"].answers
    for key in others:
        keep_reviews(region, analyst, 11, meanwhile=[key])
    keep_reviews(region, analyst, 5, meanwhile=[first])
    # Of sixty reviews fifty-five gave another answer, and every review gave one at least.
    assert len(counted(region, "meanwhile")) == len(others) - 1


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"municipality": "0363"}, "municipality"),
        ({"month": date(2999, 1, 1)}, "month"),
        ({"lesson": "Sanne wacht"}, "lesson"),
        ({"answers": {**ANSWERS, "how_long": ["long"]}}, "how_long"),
        ({"answers": {**ANSWERS, "how_long": ["0-28", "28-91"]}}, "how_long"),
        ({"answers": {}}, "obstacle"),
    ],
)
def test_a_review_that_does_not_fit_is_refused(
    region: Region, analyst: User, given: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        review(region, analyst, **given)
    assert field in refused.value.problems
    assert not CaseReview.objects.exists()


def test_a_review_speaks_with_an_insight_once(region: Region, analyst: User, reader: User) -> None:
    load_sources(by=system_user())
    load_shipped(region=region, by=system_user())
    insight = Insight.objects.first()
    assert insight is not None
    number = review(region, analyst)
    for _again in range(2):
        services.observe(region=region, review_id=number, insight_id=insight.pk, by=analyst)
    (heard,) = queries.observations_of(insight.pk)
    assert heard.text.startswith("Eén vast gezicht")
    silent = review(region, analyst, lesson="")
    with pytest.raises(Refused):
        services.observe(region=region, review_id=silent, insight_id=insight.pk, by=analyst)
    with pytest.raises(NotThere):
        services.observe(region=region, review_id=0, insight_id=insight.pk, by=analyst)
    with pytest.raises(NotAllowed):
        services.observe(region=region, review_id=number, insight_id=insight.pk, by=reader)


def test_the_database_refuses_what_cannot_be(filled: Region, analyst: User) -> None:
    answer(filled, analyst)
    kept = CheckAnswer.objects.get()
    number = review(filled, analyst)
    wrong = [
        lambda: CheckAnswer.objects.update(state="perhaps"),
        lambda: CheckAnswer.objects.update(state="stands"),
        lambda: CheckAnswer.objects.update(replaced_at="2000-01-01T00:00Z"),
        lambda: CheckItem.objects.update(why_nl=""),
        lambda: CaseReview.objects.filter(pk=number).update(month=date(2025, 5, 2)),
        lambda: CheckAnswer.objects.create(
            item=kept.item, municipality=kept.municipality, state="not_begun", by=analyst
        ),
    ]
    for attempt in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()
