"""What was heard: kept once, whole or not at all, without persons, and with what rests on it."""

from datetime import date, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from vliegwiel.apps.insights import (
    ChangedMeanwhile,
    InsightRefused,
    NotThere,
    ObservationRefused,
    ObservationsRefused,
    PersonInText,
    queries,
    services,
)
from vliegwiel.apps.insights.models import Insight, Observation, Support
from vliegwiel.apps.insights.queries import Wanted
from vliegwiel.apps.insights.services import Heard
from vliegwiel.apps.regions import NotAllowed
from vliegwiel.apps.regions.models import Region, User

TEXT = "Scholen verwijzen ouders naar de huisarts voor jeugdhulp."


def heard(text: str = TEXT, **changed: Any) -> Heard:
    return Heard(**{"text": text, "kind": "interview", "heard_on": None, "role": "", **changed})


def add(region: Region, by: User, text: str = TEXT, **more: Any) -> int:
    return services.add_observation(region=region, heard=heard(text), by=by, **more)


def test_the_same_form_sent_twice_is_kept_once_and_another_text_is_not_lost(
    region: Region, manager: User
) -> None:
    first = add(region, manager, entry_key="form-1")
    assert add(region, manager, entry_key="form-1") == first
    assert add(region, manager, "Iets anders", entry_key="form-1") != first
    assert Observation.objects.count() == 2


def test_who_only_reads_keeps_nothing(region: Region, reader: User) -> None:
    with pytest.raises(NotAllowed):
        add(region, reader)


@pytest.mark.parametrize(
    "text",
    [
        "De moeder van Fatima wacht al lang.",
        "Zij heet 123456782 in het dossier.",
        "Bel 06-12345678 voor meer.",
        "Geboren op 3 mei 2014.",
    ],
)
def test_a_text_that_may_hold_a_person_is_asked_about(
    region: Region, manager: User, text: str
) -> None:
    with pytest.raises(PersonInText) as asked:
        add(region, manager, text)
    assert set(asked.value.problems) == {"text"}
    assert add(region, manager, text, nobody_in_it=True)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"text": "  "}, "text"),
        ({"text": "x" * 2001}, "text"),
        ({"text": "a\x00b"}, "text"),
        ({"kind": "rumour"}, "kind"),
        ({"role": "neighbour"}, "role"),
        ({"heard_on": timezone.localdate() + timedelta(days=1)}, "heard_on"),
    ],
)
def test_what_is_refused(
    region: Region, manager: User, changed: dict[str, Any], field: str
) -> None:
    with pytest.raises(ObservationRefused) as refused:
        services.add_observation(region=region, heard=heard(**changed), by=manager)
    assert set(refused.value.problems) == {field}


def test_a_change_keeps_what_stood_there_and_two_editors_lose_nothing(
    region: Region, manager: User
) -> None:
    pk = add(region, manager)

    def change(text: str, seen: int) -> None:
        services.change_observation(
            region=region, observation_id=pk, heard=heard(text), seen=seen, by=manager
        )

    change("Eerste verbetering.", 1)
    change("Eerste verbetering.", 1)
    with pytest.raises(ChangedMeanwhile):
        change("Tweede verbetering.", 1)
    detail = queries.observation(region, pk)
    assert detail is not None
    assert (detail.line.text, detail.line.version) == ("Eerste verbetering.", 2)
    assert [was.text for was in detail.earlier] == [TEXT]


def test_an_earlier_text_with_a_person_is_let_go(region: Region, manager: User) -> None:
    pk = add(region, manager, "De broer van Fatima wacht.", nobody_in_it=True)
    services.change_observation(
        region=region, observation_id=pk, heard=heard("Een broer wacht."), seen=1, by=manager
    )
    detail = queries.observation(region, pk)
    assert detail is not None
    assert [was.text for was in detail.earlier] == [""]


def test_lines_are_kept_all_or_none(region: Region, manager: User) -> None:
    given: dict[str, Any] = {"kind": "session", "heard_on": date(2026, 1, 2), "role": "parent"}
    with pytest.raises(ObservationsRefused) as refused:
        services.add_lines(region=region, text="Een.\nEen.\nMet Fatima erbij.", by=manager, **given)
    assert [found.code for found in refused.value.findings] == [
        "observation_twice",
        "person_in_text",
    ]
    assert not refused.value.only_persons
    assert not Observation.objects.exists()
    kept = services.add_lines(region=region, text="- Een.\n\n• Twee.\n", by=manager, **given)
    again = services.add_lines(region=region, text="Twee.\nDrie.", by=manager, **given)
    assert (kept.added, again.added, again.known) == (2, 1, 1)
    page = queries.observations(region, Wanted(), 1)
    assert [row.text for row in page] == ["Drie.", "Een.", "Twee."]
    assert {(row.kind, row.role, row.heard_on) for row in page} == {
        ("session", "parent", date(2026, 1, 2))
    }


def test_a_file_is_taken_whole_or_not_at_all(region: Region, manager: User) -> None:
    def load(content: str) -> services.ObservationsKept:
        return services.load_observations(
            region=region, name="signalen.csv", content=content.encode(), by=manager
        )

    with pytest.raises(ObservationsRefused) as refused:
        load("signaal;soort;datum\nGoed;rapport;1-2-2026\nFout;gerucht;31-2-2026\n")
    assert [(item.code, item.path) for item in refused.value.findings] == [
        ("not_a_day", "line 3, day"),
        ("unknown_value", "line 3, kind"),
    ]
    content = "signaal;soort;datum;wie\nGoed;rapport;1-2-2026;huisarts\nOok;citaat;;\n"
    assert load(content).added == 2
    assert (load(content).added, load(content).known) == (0, 2)


def test_an_observation_supports_several_insights_and_what_is_taken_off_is_kept(
    loaded: Region, manager: User
) -> None:
    pk = add(loaded, manager)
    one, two = (Insight.objects.get(region=loaded, number=number) for number in (1, 2))

    def set_to(*insights: Insight, seen: tuple[Insight, ...]) -> None:
        services.set_supported(
            region=loaded,
            observation_id=pk,
            insight_ids=[item.pk for item in insights],
            seen=[item.pk for item in seen],
            by=manager,
        )

    set_to(one, two, seen=())
    with pytest.raises(ChangedMeanwhile):
        set_to(one, seen=())
    set_to(two, seen=(one, two))
    detail = queries.insight_detail(loaded, 2)
    assert detail is not None
    assert detail.observations[-1].id == pk
    ended = Support.objects.get(observation=pk, insight=one)
    assert (ended.ended_by, ended.ended_at is None) == (manager, False)
    with pytest.raises(ObservationRefused):
        services.remove_observation(region=loaded, observation_id=pk, by=manager)
    services.end_support(region=loaded, insight_id=two.pk, observation_id=pk, by=manager)
    services.remove_observation(region=loaded, observation_id=pk, by=manager)
    assert queries.observation(loaded, pk) is None


def test_an_insight_of_the_region_itself(loaded: Region, manager: User) -> None:
    pks = [add(loaded, manager, text) for text in ("Eerste.", "Tweede.")]
    given: dict[str, Any] = {"region": loaded, "by": manager, "entry_key": "once"}
    with pytest.raises(InsightRefused) as refused:
        services.make_insight(title="", summary="", observation_ids=pks, **given)
    assert set(refused.value.problems) == {"title", "summary"}
    number = services.make_insight(title="Nieuw", summary="Zo", observation_ids=pks, **given)
    again = {**given, "observation_ids": pks}
    assert services.make_insight(title="Nieuw", summary="Zo", **again) == number
    detail = queries.insight_detail(loaded, number)
    assert detail is not None
    assert (number, [row.id for row in detail.observations]) == (1001, pks)
    other = Insight.objects.get(region=loaded, number=3)
    relate: dict[str, Any] = {"region": loaded, "insight_id": detail.id, "by": manager}
    services.set_relations(names=[other.pk], seen=[], **relate)
    drawn = queries.insight_detail(loaded, number)
    assert drawn is not None
    assert [ref.number for ref in drawn.relates_to] == [3]
    with pytest.raises(NotThere):
        services.set_relations(names=[0], seen=[other.pk], **relate)
    with pytest.raises(ChangedMeanwhile):
        services.set_relations(names=[], seen=[], **relate)
    services.set_relations(names=[other.pk], seen=[], **relate)
    services.set_relations(names=[], seen=[other.pk], **relate)
    drawn = queries.insight_detail(loaded, number)
    assert drawn is not None
    assert drawn.relates_to == []


def test_what_is_typed_after_the_back_button_is_not_lost(region: Region, manager: User) -> None:
    pk = add(region, manager)
    given: dict[str, Any] = {"region": region, "by": manager, "entry_key": "form"}

    def make(summary: str, pks: list[int]) -> int:
        return services.make_insight(title="Een", summary=summary, observation_ids=pks, **given)

    first = make("Zo", [pk])
    assert make("Zo", [pk]) == first
    assert len({first, make("Anders", [pk]), make("Zo", [])}) == 3
    day = date(2026, 1, 1)

    def record(reason: str) -> int:
        return services.record_consultation(
            group="Raad", start=day, end=day, reason=reason, result="", **given
        )

    held = record("Toets")
    assert record("Toets") == held
    assert record("Iets anders") != held
    assert {row.reason for row in queries.consultations(region)} == {"Toets", "Iets anders"}


def test_what_says_alike_is_suggested(loaded: Region, manager: User) -> None:
    alike = add(loaded, manager, "De scholen sturen ouders meteen naar een huisarts door.")
    add(loaded, manager, "Het kost veel administratie om een besluit te wijzigen.")
    (best, why), *_rest = queries.observations_like(loaded, TEXT)
    assert best.id == alike or "huisarts" in best.text
    assert {"huisart", "ouder"} & set(why.shared)
    insights = queries.insights_like(loaded, "verwijzers zoals de huisarts en het voorveld")
    assert insights[0].id == Insight.objects.get(region=loaded, number=2).pk


def test_the_register_is_filtered_and_read_in_few_queries(
    loaded: Region, manager: User, django_assert_max_num_queries: Any
) -> None:
    add(loaded, manager, "De jeugdhulpwachtlijst groeit.")
    with django_assert_max_num_queries(5):
        page = queries.observations(loaded, Wanted(words="wachtlijsten"), 1)
        texts = [row.text for row in page]
        assert [row.insights for row in page] == [[]]
    assert texts == ["De jeugdhulpwachtlijst groeit."]
    assert queries.observation_counts(loaded) == (26, 1)
    assert queries.observations(loaded, Wanted(loose=True), 1).paginator.count == 1
    assert queries.observations(loaded, Wanted(kind="report"), 9).paginator.count > 0
    assert len(queries.observations(loaded, Wanted(), 1)) == 25


def test_a_word_that_others_use_much_still_counts_in_a_small_region(
    loaded: Region, manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Region.objects.create(code="JZ99", slug="elders", name="Elders")
    Observation.objects.bulk_create(
        Observation(region=other, kind="interview", text_nl=f"Huisarts en wachtlijst {number}")
        for number in range(60)
    )
    alike = add(loaded, manager, "Een huisarts ziet een wachtlijst en doet iets.")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE insights_observation")
    reading = import_module("vliegwiel.apps.insights.queries.observations")
    monkeypatch.setattr(reading, "_MOST_HOLDERS", 50)
    text = "Huisarts belt wachtlijst kwartaaloverleg thuisbegeleider."
    assert [row.id for row, _why in queries.observations_like(loaded, text)] == [alike]
    assert not queries.observations_like(other, text)
