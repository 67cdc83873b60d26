"""Rounds: who may answer, which answer counts, that closed is closed, and what is told."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.apps.trajectories import kept
from vliegwiel import reference
from vliegwiel.apps.instruments import (
    NotThere,
    Refused,
    RoundClosed,
    RoundFull,
    queries,
    services,
)
from vliegwiel.apps.instruments.models import (
    Questionnaire,
    QuestionnaireVersion,
    Round,
    RoundAnswer,
    RoundParty,
)
from vliegwiel.apps.instruments.services import NewParty, answering
from vliegwiel.apps.regions.errors import NotAllowed
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import Role
from vliegwiel.apps.regions.services import system_user
from vliegwiel.science.questionnaires import Answered, generated_answers, read_instrument

from .conftest import answer, detail, instrument_id, opened

STATEMENTS = "Twelve statements about the innovation process"
SCAN = "Maturity of innovation"
BRAINSTORM = "Guide for a brainstorm"
MODELS = "Access models compared"


def all_points(region: Region, title: str, points: str) -> dict[str, str]:
    found = queries.instrument_detail(region, instrument_id(region, title))
    assert found is not None
    return {question.key: points for question in found.instrument.questions}


def test_what_ships_is_loaded_once(region: Region) -> None:
    assert services.load_shipped(by=system_user()) == len(reference.instrument_files())
    assert QuestionnaireVersion.objects.count() == len(reference.instrument_files())
    assert {line.owner for line in queries.instrument_list(region)} == {""}


def test_a_respondent_comes_back_and_the_newest_answer_counts(region: Region, lead: User) -> None:
    pk = opened(region, STATEMENTS, "North", by=lead)
    (party,) = detail(region, pk).parties
    secret = services.begin_answer(invite=party.invite)
    services.save_answer(secret=secret, given={"funding": "2"}, hand_in=False)
    found = queries.answering(secret)
    assert found is not None
    assert (found.answers, found.done, found.invited.party) == ({"funding": "2"}, False, "North")
    with pytest.raises(Refused) as refused:
        services.save_answer(secret=secret, given={"funding": "3"}, hand_in=True)
    assert len(refused.value.problems) == 11
    services.save_answer(secret=secret, given=all_points(region, STATEMENTS, "4"), hand_in=True)
    services.save_answer(secret=secret, given=all_points(region, STATEMENTS, "5"), hand_in=False)
    (row,) = RoundAnswer.objects.all()
    assert set(row.answers.values()) == {"5"}
    assert row.done
    assert secret not in f"{row.return_hash}{row.answers}"
    (line,) = detail(region, pk).parties
    assert (line.handed_in, line.busy) == (1, 0)


def test_a_closed_round_is_frozen(region: Region, lead: User, reader: User) -> None:
    pk = opened(region, STATEMENTS, "North", by=lead)
    secret = answer(region, pk, "North", all_points(region, STATEMENTS, "4"))
    (party,) = detail(region, pk).parties
    services.begin_answer(invite=party.invite)
    with pytest.raises(NotAllowed):
        services.close_round(region=region, round_id=pk, by=reader)
    services.close_round(region=region, round_id=pk, by=lead)
    assert RoundAnswer.objects.count() == 1
    for change in (
        lambda: services.save_answer(secret=secret, given={}, hand_in=False),
        lambda: services.begin_answer(invite=party.invite),
        lambda: services.close_round(region=region, round_id=pk, by=lead),
    ):
        with pytest.raises(RoundClosed):
            change()
    for lost in ("x" * 43, ""):
        with pytest.raises(NotThere):
            services.begin_answer(invite=lost)
        with pytest.raises(NotThere):
            services.save_answer(secret=lost, given={}, hand_in=False)
    assert queries.answering("x") is None
    assert queries.invited("x") is None


def test_a_link_that_goes_round_has_an_end(
    region: Region, lead: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "MOST_ANSWERS", 2)
    pk = opened(region, STATEMENTS, "North", "South", by=lead)
    north, south = detail(region, pk).parties
    answer(region, pk, "North", all_points(region, STATEMENTS, "4"))
    services.begin_answer(invite=north.invite)
    with pytest.raises(RoundFull):
        services.begin_answer(invite=north.invite)
    services.begin_answer(invite=south.invite)
    assert RoundAnswer.objects.count() == 3


def test_who_saves_and_who_closes_lock_in_the_same_order(region: Region, lead: User) -> None:
    """The other way round they would wait for each other, and the database would stop one."""
    pk = opened(region, STATEMENTS, "North", by=lead)
    secret = services.begin_answer(invite=detail(region, pk).parties[0].invite)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        services.save_answer(secret=secret, given={"funding": "2"}, hand_in=False)
    locks = [query["sql"] for query in asked if "FOR UPDATE" in query["sql"]]
    tables = [sql.split('FROM "')[1].split('"')[0] for sql in locks]
    assert tables == [Round._meta.db_table, RoundAnswer._meta.db_table]


def test_a_form_sent_twice_opens_one_round(region: Region, lead: User) -> None:
    first = opened(region, STATEMENTS, "North", "South", by=lead)
    assert opened(region, STATEMENTS, "North", "South", by=lead) == first
    assert RoundParty.objects.count() == 2
    other = kept.make_person(region, Role.PROGRAMME_MANAGER)
    others = [
        opened(region, STATEMENTS, "South", "North", by=lead),
        opened(region, STATEMENTS, "North", "South", by=lead, name="Round two"),
        opened(region, STATEMENTS, "North", "South", by=other),
    ]
    services.close_round(region=region, round_id=first, by=lead)
    others.append(opened(region, STATEMENTS, "North", "South", by=lead))
    long_ago = timezone.now() - timedelta(minutes=2)
    Round.objects.filter(pk=others[-1]).update(opened_at=long_ago)
    others.append(opened(region, STATEMENTS, "North", "South", by=lead))
    assert len({first, *others}) == 6


def test_a_scan_tells_nothing_while_open_and_never_of_a_small_party(
    region: Region, lead: User
) -> None:
    pk = opened(region, STATEMENTS, "Large", "Middle", "Small", by=lead)
    for party, number in (("Large", 7), ("Middle", 5), ("Small", 2)):
        for _respondent in range(number):
            answer(region, pk, party, all_points(region, STATEMENTS, "4"))
    assert queries.scanned(detail(region, pk)) is None
    services.close_round(region=region, round_id=pk, by=lead)
    found = queries.scanned(detail(region, pk))
    assert found is not None
    assert found.total is not None
    assert (found.total.respondents, set(found.parties)) == (14, {"Large"})
    assert found.hidden == {"Middle", "Small"}
    (earlier,) = queries.earlier_rounds(region, detail(region, pk).line.instrument_id)
    assert earlier.aspects == {"activate": 4.0, "plan": 4.0, "scale": 4.0}


def test_the_example_scan_has_the_profile_of_the_sector(region: Region) -> None:
    by = system_user()
    parties = {f"Organisation {n}": 8 for n in range(1, 6)}
    pk = services.open_round(
        region=region,
        instrument_id=instrument_id(region, SCAN),
        title="Example",
        parties=[NewParty(name) for name in parties],
        again_on=None,
        by=by,
        mark="generated",
    )
    instrument = detail(region, pk).instrument
    means = {aspect.key: aspect.compare for aspect in instrument.aspects if aspect.compare}
    made = generated_answers(instrument, parties, means, seed=1)
    services.add_example(region=region, round_id=pk, answers=made, by=by)
    services.close_round(region=region, round_id=pk, by=by)
    found = queries.scanned(detail(region, pk))
    assert found is not None
    assert found.total is not None
    shown = {key: round(score.mean, 10) for key, score in found.total.aspects.items()}
    assert shown == means
    assert sorted(shown.values(), reverse=True) == [3.7, 3.6, 3.45, 3.35, 3.2, 2.7]
    with pytest.raises(RoundClosed):
        services.add_example(region=region, round_id=pk, answers=made, by=by)


def test_made_up_answers_need_a_round_that_says_so(region: Region, lead: User) -> None:
    pk = opened(region, SCAN, "North", by=lead)
    with pytest.raises(ValueError, match="says so"):
        services.add_example(region=region, round_id=pk, answers=[Answered("North", {})], by=lead)


def test_municipalities_beside_each_other(region: Region, lead: User) -> None:
    pk = services.open_round(
        region=region,
        instrument_id=instrument_id(region, MODELS),
        title="Access",
        parties=[NewParty("Zwolle", "0193"), NewParty("Deventer", "0150")],
        again_on=None,
        by=lead,
    )
    instrument = detail(region, pk).instrument
    given = {q.key: q.choices[0].key if q.choices else "yes" for q in instrument.questions}
    answer(region, pk, "Zwolle", {**given, "model": "d"})
    answer(region, pk, "Zwolle", {**given, "model": "b"})
    answer(region, pk, "Deventer", {**given, "model": "c"})
    rows = {row.key: row for row in queries.compared(detail(region, pk))}
    assert rows["model"].answers == {"Zwolle": "b", "Deventer": "c"}
    assert rows["model"].alike is False
    assert all(row.alike for key, row in rows.items() if key != "model")


def test_what_was_said_goes_on_to_others(region: Region, lead: User) -> None:
    pk = opened(region, BRAINSTORM, "Providers", by=lead)
    answer(region, pk, "Providers", {"own": "Crisis help at home", "palette": "Number seven"})
    said = queries.spoken(region)
    assert [(line.question, line.text) for line in said] == [
        ("palette", "Number seven"),
        ("own", "Crisis help at home"),
    ]
    assert [line.question for line in queries.spoken_in(detail(region, pk))] == ["palette", "own"]
    assert said[0].party == "Providers"
    assert not queries.spoken(Region.objects.create(code="JZ42", slug="elders", name="Elders"))


def test_rounds_come_back_on_their_day(region: Region, lead: User, reader: User) -> None:
    pk = opened(region, BRAINSTORM, "Providers", by=lead)
    day = date(2027, 3, 1)
    with pytest.raises(NotAllowed):
        services.plan_again(region=region, round_id=pk, again_on=day, by=reader)
    services.plan_again(region=region, round_id=pk, again_on=day, by=lead)
    assert [line.id for line in queries.rounds_due(region, until=day)] == [pk]
    assert not queries.rounds_due(region, until=date(2027, 2, 28))
    with pytest.raises(NotThere):
        services.plan_again(region=region, round_id=pk + 1, again_on=day, by=lead)


@pytest.mark.parametrize(
    ("title", "parties", "fields"),
    [
        (" ", [], {"title", "parties"}),
        ("x" * 161, [NewParty("A"), NewParty("a")], {"title", "parties"}),
        ("Fine", [NewParty("x" * 121)], {"parties"}),
        ("Fine", [NewParty("Amsterdam", "0363")], {"parties"}),
        ("Fine", [NewParty(str(n)) for n in range(201)], {"parties"}),
    ],
)
def test_a_round_that_cannot_be_opened(
    region: Region, lead: User, title: str, parties: list[NewParty], fields: set[str]
) -> None:
    with pytest.raises(Refused) as refused:
        services.open_round(
            region=region,
            instrument_id=instrument_id(region, BRAINSTORM),
            title=title,
            parties=parties,
            again_on=None,
            by=lead,
        )
    assert set(refused.value.problems) == fields
    assert not Round.objects.exists()


def test_what_was_left_unfinished_makes_place(
    region: Region, lead: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "MOST_ANSWERS", 4)
    pk = opened(region, STATEMENTS, "North", by=lead)
    answer(region, pk, "North", all_points(region, STATEMENTS, "4"))
    (party,) = detail(region, pk).parties
    secrets = [services.begin_answer(invite=party.invite) for _ in range(3)]
    for secret in secrets[1:]:
        services.save_answer(secret=secret, given={"funding": "2"}, hand_in=False)
    with pytest.raises(RoundFull):
        services.begin_answer(invite=party.invite)

    def left(days: int) -> list[bool]:
        saved = timezone.now() - timedelta(days=days, minutes=1)
        RoundAnswer.objects.update(saved_at=saved)
        services.begin_answer(invite=party.invite)
        return [queries.answering(secret) is not None for secret in secrets]

    assert left(1) == [False, True, True]
    assert left(30) == [False, False, False]
    assert detail(region, pk).line.handed_in == 1


def test_lists_take_as_many_questions_however_long(
    region: Region, lead: User, django_assert_num_queries: object
) -> None:
    for number in range(3):
        opened(region, BRAINSTORM, "A", "B", by=lead, name=f"Round {number}")
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert len(queries.round_list(region)) == 3
    with django_assert_num_queries(3):  # type: ignore[operator]
        queries.instrument_list(region)


def test_the_database_refuses_what_cannot_be(region: Region, lead: User) -> None:
    pk = opened(region, BRAINSTORM, "A", by=lead)
    now, version = timezone.now(), QuestionnaireVersion.objects.all()[0]
    party = RoundParty.objects.get(round=pk)
    broken = [
        lambda: Questionnaire.objects.create(key="maturity-scan"),
        lambda: Questionnaire.objects.create(key="x", shared_at=now, shared_by=lead),
        lambda: Questionnaire.objects.create(key="x", region=region, shared_at=now),
        lambda: QuestionnaireVersion.objects.create(
            questionnaire=version.questionnaire, number=version.number, document="x", made_by=lead
        ),
        lambda: QuestionnaireVersion.objects.create(
            questionnaire=version.questionnaire, number=9, document="", made_by=lead
        ),
        lambda: Round.objects.filter(pk=pk).update(closed_at=now),
        lambda: Round.objects.filter(pk=pk).update(mark="real"),
        lambda: Round.objects.filter(pk=pk).update(title=""),
        lambda: RoundParty.objects.create(round_id=pk, position=2, title="A", invite="x" * 43),
        lambda: RoundParty.objects.create(round_id=pk, position=2, title="B", invite="short"),
        lambda: RoundAnswer.objects.create(party=party, return_hash="secret", saved_at=now),
    ]
    for change in broken:
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_shipped_documents_are_kept_as_they_read(region: Region) -> None:
    for file in reference.instrument_files():
        found = read_instrument(file.content)
        row = QuestionnaireVersion.objects.get(questionnaire__key=found.key)
        assert read_instrument(row.document) == found
