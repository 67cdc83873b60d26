"""Pages of instruments: making one, a round from link to outcome, and triage that keeps nothing."""

import csv
import io
import json
import logging
from collections.abc import Callable

import pytest
from allauth.core import ratelimit
from django.db import connection
from django.test import Client

from tests.apps.trajectories.kept import make_person, make_region
from vliegwiel.apps.instruments import queries, services
from vliegwiel.apps.instruments.models import RoundAnswer
from vliegwiel.apps.instruments.services import answering
from vliegwiel.apps.offers import services as offers
from vliegwiel.apps.regions.models import Region
from vliegwiel.apps.regions.rights import Role
from vliegwiel.apps.regions.services import system_user

BASE = "/regio/ijsselland/instrumenten/"
Enter = Callable[[Role], Client]


@pytest.fixture
def region(db: None) -> Region:
    found = make_region()
    services.load_shipped(by=system_user())
    return found


@pytest.fixture
def enter(region: Region) -> Enter:
    def as_person(role: Role) -> Client:
        client = Client()
        client.force_login(make_person(region, role))
        return client

    return as_person


def number_of(region: Region, key: str) -> int:
    return next(
        line.id
        for line in queries.instrument_list(region)
        for detail in [queries.instrument_detail(region, line.id)]
        if detail is not None and detail.instrument.key == key
    )


def test_a_round_from_link_to_outcome(region: Region, enter: Enter) -> None:
    lead, reader = enter(Role.PROJECT_LEAD), enter(Role.READER)
    page = f"{BASE}{number_of(region, 'process-statements')}/"
    assert "28" in reader.get(BASE).content.decode()
    assert reader.get(page).status_code == 200
    assert reader.get(f"{page}ronde/").status_code == 403
    assert lead.post(f"{page}ronde/", {"title": "", "parties": ""}).status_code == 422
    opened = lead.post(f"{page}ronde/", {"title": "Voorjaar", "parties": "Noord\nZuid\n"})
    shown = opened.headers["Location"]
    (line,) = queries.round_list(region)
    detail = queries.round_detail(region, line.id)
    assert detail is not None
    north = detail.parties[0].invite
    page_of_lead = lead.get(shown).content.decode()
    assert north in page_of_lead
    assert "0 ingeleverd, 0 nog bezig" in page_of_lead
    assert "Ja, sluiten en weggooien wat niet is ingeleverd" in page_of_lead
    assert north not in reader.get(shown).content.decode()
    visitor = Client()
    assert visitor.get(f"/invullen/{north}/").status_code == 200
    assert not RoundAnswer.objects.exists()
    keys = [question.key for question in detail.instrument.questions]
    mine = visitor.post(f"/invullen/{north}/").headers["Location"]
    assert visitor.post(mine, {keys[0]: "2", "later": "1"}).status_code == 302
    assert 'value="2"' in visitor.get(mine).content.decode()
    first = dict.fromkeys(keys, "1")
    assert visitor.post(mine, {**first, "hand_in": "1"}).status_code == 302
    others = [(north, "2345"), (detail.parties[1].invite, "12345")]
    for invite, points in others:
        for point in points:
            given = dict.fromkeys(keys, point)
            secret = services.begin_answer(invite=invite)
            services.save_answer(secret=secret, given=given, hand_in=True)
    assert visitor.post(mine, {keys[0]: "9"}).status_code == 422
    assert visitor.post(mine, {keys[0]: "1", "hand_in": "1"}).status_code == 422
    assert "vw-chart__narrow" not in reader.get(shown).content.decode()
    assert reader.post(f"{shown}sluiten/").status_code == 403
    assert lead.post(f"{shown}sluiten/").status_code == 302
    assert lead.post(f"{shown}herzien/", {"again_on": "2020-01-01"}).status_code == 302
    outcome = reader.get(shown).content.decode()
    assert "vw-chart__narrow" in outcome
    assert "3,00" in outcome
    assert "Voorjaar" in reader.get(BASE).content.decode()
    told = csv.DictReader(
        io.StringIO(reader.get(f"{shown}uitkomst.csv").content.decode("utf-8-sig"))
    )
    rows = [row for row in told if row["level"] == "aspect"]
    assert {(row["group"], row["mean"]) for row in rows} == {
        (group, "3") for group in ("", "Noord", "Zuid")
    }
    home = "/regio/ijsselland/"
    assert f'href="{shown}"' in lead.get(home).content.decode()
    assert "/hulpvraag/ijsselland/" in lead.get(home).content.decode()
    frozen = visitor.get(mine)
    assert frozen.headers["Referrer-Policy"] == "same-origin"
    assert "noindex" in frozen.headers["X-Robots-Tag"]
    assert b"<form class" not in frozen.content
    assert visitor.get("/invullen/nergens/").status_code == 404
    assert visitor.get("/invullen/antwoord/nergens/").status_code == 404
    assert lead.get(f"{BASE}rondes/{line.id + 1}/").status_code == 404


def test_answers_of_a_conversation_become_observations(region: Region, enter: Enter) -> None:
    lead, reader = enter(Role.PROJECT_LEAD), enter(Role.READER)
    guide = number_of(region, "brainstorm")
    shown = lead.post(f"{BASE}{guide}/ronde/", {"title": "Gesprek", "parties": "Noord"})["Location"]
    (line,) = queries.round_list(region)
    detail = queries.round_detail(region, line.id)
    assert detail is not None
    press = f"/regio/ijsselland/begrijpen/signalen/uit-ronde/{line.id}/"
    assert press not in lead.get(shown).content.decode()
    secret = services.begin_answer(invite=detail.parties[0].invite)
    given = {"own": "Vraag Jan de Vries om crisishulp."}
    services.save_answer(secret=secret, given=given, hand_in=True)
    assert press in lead.get(shown).content.decode()
    assert press not in reader.get(shown).content.decode()
    assert reader.post(press).status_code == 403
    asked = lead.post(press)
    assert asked.status_code == 422
    assert "Noord: " in asked.content.decode()
    register = lead.post(press, {"nobody_in_it": "1"}, follow=True).content.decode()
    assert "Vraag Jan de Vries om crisishulp." in register
    assert lead.post(f"{press[:-1]}0/").status_code == 404


def test_a_link_that_is_none_full_or_used_too_often(
    region: Region, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead, visitor = enter(Role.PROJECT_LEAD), Client()
    new = f"{BASE}{number_of(region, 'process-statements')}/ronde/"
    sent = [lead.post(new, {"title": "Voorjaar", "parties": "Noord"}) for _time in range(2)]
    assert sent[0].headers["Location"] == sent[1].headers["Location"]
    detail = queries.round_detail(region, queries.round_list(region)[0].id)
    assert detail is not None
    link = f"/invullen/{detail.parties[0].invite}/"
    for lost in ("a%00b", "a" * 42, "a" * 43, "a" * 42 + "%00"):
        assert visitor.get(f"/invullen/{lost}/").status_code == 404
        assert visitor.get(f"/invullen/antwoord/{lost}/").status_code == 404
    monkeypatch.setattr(answering, "MOST_ANSWERS", 1)
    mine = visitor.post(link).headers["Location"]
    full = visitor.post(link)
    assert full.status_code == 409
    assert "Hier kan niemand meer antwoorden" in full.content.decode()
    key = detail.instrument.questions[0].key
    assert visitor.post(mine, {key: "2"}).status_code == 302
    monkeypatch.setattr(ratelimit, "consume", lambda _request, *, action: action != "save_answer")
    often = visitor.post(mine, {key: "4"})
    assert often.status_code == 422
    assert "Wacht een minuut" in often.content.decode()
    assert RoundAnswer.objects.get().answers == {key: "2"}


def test_access_models_say_what_differs_and_the_risk(region: Region, enter: Enter) -> None:
    lead = enter(Role.PROJECT_LEAD)
    pk = number_of(region, "access-models")
    form = lead.get(f"{BASE}{pk}/ronde/").content.decode()
    assert form.count('name="parties"') == 4
    opened = lead.post(f"{BASE}{pk}/ronde/", {"title": "Toegang", "parties": ["0193", "0150"]})
    shown = opened.headers["Location"]
    detail = queries.round_detail(region, queries.round_list(region)[0].id)
    assert detail is not None
    for party, model in zip(detail.parties, "bd", strict=True):
        secret = services.begin_answer(invite=party.invite)
        given = {
            q.key: q.choices[0].key if q.choices else "yes" for q in detail.instrument.questions
        }
        services.save_answer(secret=secret, given={**given, "model": model}, hand_in=True)
    page = lead.get(shown).content.decode()
    assert page.index("vaste kosten") < page.index("Alle leeftijden")
    told = lead.get(f"{shown}uitkomst.csv").content.decode()
    assert "model" in told
    assert "Deventer" in told


def test_an_instrument_is_made_in_the_browser(region: Region, enter: Enter) -> None:
    lead, manager = enter(Role.PROJECT_LEAD), enter(Role.PROGRAMME_MANAGER)
    new = f"{BASE}nieuw/"
    empty = lead.get(new).content.decode()
    given = {
        "title": "Onze scan",
        "intro": "Voor teams.",
        "use": "conversation",
        "of": "group",
        "q0-text": "Wat gaat goed?",
        "q0-kind": "text",
        "q1-text": "",
        "q2-text": "Waar?",
        "q2-kind": "choice",
        "q2-choices": "Hier",
    }
    assert empty.count("-text") >= 5
    more = lead.post(new, {**given, "more": "1"})
    assert more.status_code == 200
    assert "q7-text" in more.content.decode()
    assert "Wat gaat goed?" in more.content.decode()
    refused = lead.post(new, given)
    assert refused.status_code == 422
    assert "Wat gaat goed?" in refused.content.decode()
    made = lead.post(new, {**given, "q2-choices": "Hier\nDaar"})
    assert made.status_code == 302
    page = made.headers["Location"]
    change = lead.get(f"{page}aanpassen/").content.decode()
    assert "Daar" in change
    again = {**given, "q2-choices": "Hier\nDaar\nNergens", "q0-key": "q1", "q2-key": "q2"}
    assert lead.post(f"{page}aanpassen/", {**again, "seen": "1"}).status_code == 302
    assert lead.post(f"{page}aanpassen/", {**again, "seen": "1"}).status_code == 422
    assert lead.post(f"{page}delen/").status_code == 403
    assert manager.post(f"{page}delen/").status_code == 302
    assert lead.get(f"{BASE}{number_of(region, 'brainstorm')}/aanpassen/").status_code == 404


ANSWERS = {
    "safety": "no",
    "subject": "mind",
    "problems": "several",
    "daily": "stuck",
    "network": "no",
    "earlier": "none",
    "place": "0193",
    "age": "11",
}


def test_triage_leads_to_offers_and_keeps_nothing(
    region: Region, enter: Enter, caplog: pytest.LogCaptureFixture
) -> None:
    enter(Role.ANALYST)
    table = (
        "provider_code,provider,offer_code,offer,care_form,age_from,age_to,municipalities,free,"
        "wait_days,wait_until,wait_on,wait_source\n"
        "65000001,De Brug,A1,Gesprekken,outpatient,6,17,0193,no,35,start,2026-01-05,stated\n"
        "65000001,De Brug,A2,Voor ouderen,outpatient,16,17,0193,no,5,start,2026-01-05,stated\n"
    )
    offers.load_offers(region=region, name="a.csv", content=table.encode(), by=system_user())
    visitor = Client()
    page = "/hulpvraag/ijsselland/"
    assert visitor.get(page).status_code == 200
    before = rows_of_every_table()
    with caplog.at_level(logging.DEBUG):
        caplog.clear()
        answer = visitor.post(page, ANSWERS)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Specialistische hulp" in text
    assert "Gesprekken" in text
    assert "Voor ouderen" not in text
    assert "no-store" in answer.headers["Cache-Control"]
    assert rows_of_every_table() == before
    assert set(visitor.cookies) == {"csrf"}
    told = json.dumps(
        [{**vars(record), "args": str(record.args)} for record in caplog.records], default=str
    )
    for value in ("stuck", "several", "0193"):
        assert value not in told
    danger = visitor.post(page, {**ANSWERS, "safety": "yes"}).content.decode()
    for number in ("112", "08002000", "08000432"):
        assert f'href="tel:{number}"' in danger
        assert f'href="tel:{number}"' in visitor.get(page).content.decode()
    assert visitor.post(page, {**ANSWERS, "daily": ""}).status_code == 422
    assert visitor.get("/hulpvraag/nergens/").status_code == 404


def rows_of_every_table() -> dict[str, int]:
    with connection.cursor() as cursor:
        counts = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            counts[table] = cursor.fetchone()[0]
    return counts
