"""Writing down, clustering, naming and searching in the browser: nothing typed is lost."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from vliegwiel.apps.insights import queries, services
from vliegwiel.apps.insights.models import Insight, Observation, Term
from vliegwiel.apps.insights.services import Heard, Meaning
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import Role

from .conftest import Enter

TEXT = "De wachtlijst voor ambulante hulp groeit."


@pytest.fixture
def twello(db: None) -> Region:
    return Region.objects.create(code="JZ09", slug="twello", name="Twello")


@pytest.fixture
def lead(enter: Enter, twello: Region) -> Client:
    return enter(Role.PROJECT_LEAD, twello)


def at(path: str = "") -> str:
    return f"/regio/twello/begrijpen/{path}"


def page_of(answer: Any) -> str:
    return str(answer.content.decode())


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found
    return found[1]


def add(region: Region, by: User, text: str = TEXT) -> int:
    return services.add_observation(region=region, heard=Heard(text, "quote", None, ""), by=by)


def test_the_next_one_is_ready_and_sending_twice_keeps_one(lead: Client, twello: Region) -> None:
    key = hidden(page_of(lead.get(at("signalen/nieuw/"))), "entry_key")
    sent = {"text": TEXT, "kind": "session", "role": "parent", "entry_key": key}
    first = lead.post(at("signalen/nieuw/"), sent)
    assert first["Location"] == f"{at('signalen/nieuw/')}?kind=session&role=parent"
    ready = page_of(lead.get(first["Location"]))
    assert "autofocus" in ready
    assert '<option value="session" selected>' in ready
    assert hidden(ready, "entry_key") != key
    lead.post(at("signalen/nieuw/"), sent)
    # Back in the browser, and something else typed in the old form.
    lead.post(at("signalen/nieuw/"), {**sent, "text": "Iets anders."})
    assert list(Observation.objects.values_list("text_nl", flat=True).order_by("pk")) == [
        TEXT,
        "Iets anders.",
    ]


def test_a_name_is_asked_about_and_what_was_typed_stays(lead: Client, twello: Region) -> None:
    sent = {"text": "Volgens Fatima duurt het lang.", "kind": "quote"}
    asked = lead.post(at("signalen/nieuw/"), sent)
    page = page_of(asked)
    assert asked.status_code == 422
    assert "Fatima" in page
    assert 'name="nobody_in_it"' in page
    assert not Observation.objects.exists()
    lead.post(at("signalen/nieuw/"), {**sent, "nobody_in_it": "on"})
    assert Observation.objects.get().text_nl == sent["text"]


def test_an_ended_session_keeps_what_was_typed(lead: Client, twello: Region) -> None:
    lead.get(at("signalen/nieuw/"))
    user = User.objects.get(email="project_lead@gemeente.example")
    lead.cookies.pop("sessionid", None)
    for name in [name for name in lead.cookies if "session" in name]:
        del lead.cookies[name]
    away = lead.post(at("signalen/nieuw/"), {"text": TEXT, "kind": "quote"})
    assert away.status_code == 302
    session = lead.session
    kept = dict(session.items())
    lead.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = lead.session
    session.update({name: kept[name] for name in ("kept_typed",) if name in kept})
    session.save()
    page = page_of(lead.get(at("signalen/nieuw/")))
    assert TEXT in page
    assert not Observation.objects.exists()


def test_two_editors_see_each_other(lead: Client, twello: Region) -> None:
    by = User.objects.get(email="project_lead@gemeente.example")
    pk = add(twello, by)
    form = {"kind": "quote", "seen": "1"}
    lead.post(at(f"signalen/{pk}/wijzigen/"), {**form, "text": "Van de een."})
    conflict = lead.post(at(f"signalen/{pk}/wijzigen/"), {**form, "text": "Van de ander."})
    page = page_of(conflict)
    assert conflict.status_code == 422
    assert "Van de een." in page
    assert "Van de ander." in page
    assert hidden(page, "seen") == "2"
    lead.post(at(f"signalen/{pk}/wijzigen/"), {**form, "text": "Van beiden.", "seen": "2"})
    assert Observation.objects.get().text_nl == "Van beiden."
    assert "Van de een." in page_of(lead.get(at(f"signalen/{pk}/")))


def test_many_at_once_whole_or_not_at_all(lead: Client, twello: Region) -> None:
    refused = lead.post(at("signalen/inlezen/"), {"lines": "Goed.\nMet Fatima.", "kind": "quote"})
    assert refused.status_code == 422
    assert "regel 2" in page_of(refused)
    assert "Goed.\nMet Fatima." in page_of(refused)
    assert not Observation.objects.exists()
    assert lead.post(at("signalen/inlezen/"), {"kind": "quote"}).status_code == 422
    lead.post(at("signalen/inlezen/"), {"lines": "Goed.\nOok goed.", "kind": "quote"})
    assert Observation.objects.count() == 2


def test_from_observations_to_an_insight(lead: Client, twello: Region) -> None:
    by = User.objects.get(email="project_lead@gemeente.example")
    first, second = add(twello, by), add(twello, by, "Een wachtlijst voor hulp thuis groeit ook.")
    page = page_of(lead.get(at(f"nieuw/?observations={first}")))
    assert "Een wachtlijst voor hulp thuis groeit ook." in page
    sent = {"title": "Wachtlijsten groeien", "summary": "Overal.", "observations": [first]}
    made = lead.post(at("nieuw/"), sent)
    assert made["Location"] == at("1001/")
    rests = page_of(lead.get(at("1001/rust-op/")))
    assert f'value="{second}"' in rests
    lead.post(at("1001/rust-op/"), {"observations": [second]})
    lead.post(at(f"1001/rust-op/{first}/verwijderen/"))
    detail = queries.insight_detail(twello, 1001)
    assert detail is not None
    assert [row.id for row in detail.observations] == [second]
    insight = Insight.objects.get()
    lead.post(at(f"signalen/{first}/inzichten/"), {"insights": [insight.pk], "rested": ""})
    detail = queries.insight_detail(twello, 1001)
    assert detail is not None
    assert [row.id for row in detail.observations] == [second, first]


def test_two_who_draw_relations_see_each_other(lead: Client, twello: Region) -> None:
    by = User.objects.get(email="project_lead@gemeente.example")
    for title in ("Een", "Twee", "Drie"):
        services.make_insight(region=twello, title=title, summary="x", observation_ids=[], by=by)
    _one, two, three = Insight.objects.order_by("number").values_list("pk", flat=True)
    page = page_of(lead.get(at("1001/rust-op/")))
    assert ">Een<" in page
    assert "1001. " not in page
    seen = hidden(page, "seen")
    lead.post(at("1001/samenhang/"), {"names": [two], "seen": seen})
    conflict = lead.post(at("1001/samenhang/"), {"names": [three], "seen": seen})
    page = page_of(conflict)
    assert conflict.status_code == 422
    assert "Dit inzicht noemt nu: Twee" in page
    assert f'id="names-{three}" checked' in page
    assert f'id="names-{two}" checked' not in page
    both = {"names": [two, three], "seen": hidden(page, "seen")}
    assert lead.post(at("1001/samenhang/"), both).status_code == 302
    detail = queries.insight_detail(twello, 1001)
    assert detail is not None
    assert [ref.id for ref in detail.relates_to] == [two, three]


def test_what_no_browser_sends_is_answered_too(lead: Client, twello: Region) -> None:
    by = User.objects.get(email="project_lead@gemeente.example")
    pk = add(twello, by)
    for number in ("²", "9" * 5000, "-1", "x"):
        assert lead.get(at("nieuw/"), {"observations": number}).status_code == 200
        sent = {"insights": [], "rested": number}
        assert lead.post(at(f"signalen/{pk}/inzichten/"), sent).status_code == 302
    assert lead.post(at("nieuw/"), {"title": "a\0b", "summary": "x"}).status_code == 422


def test_a_consultation_is_recorded_and_corrected(lead: Client, twello: Region) -> None:
    sent = {"group": "Jongerenraad", "start": "2026-01-02", "end": "2026-01-02", "reason": "Toets"}
    lead.post(at("raadplegingen/nieuw/"), sent)
    (held,) = queries.consultations(twello)
    lead.post(at(f"raadplegingen/{held.id}/"), {**sent, "result": "Zij herkennen het."})
    again = lead.post(at(f"raadplegingen/{held.id}/"), {**sent, "result": "Te laat."})
    assert again.status_code == 404
    (now,) = queries.consultations(twello)
    assert (now.result, [was.result for was in now.earlier]) == ("Zij herkennen het.", [""])


def test_the_map_shows_what_the_address_asks(enter: Enter, ijsselland: Region) -> None:
    reader = enter(Role.READER, ijsselland)

    def shown(asked: str) -> list[str]:
        page = page_of(reader.get(f"/regio/ijsselland/begrijpen/kaart/?{asked}"))
        rows = re.findall(r'data-insight="(\d)"', page)
        assert re.findall(r'data-node="(\d)"', page) == rows
        return rows

    assert shown("") == list("1234567")
    assert shown("prioriteit=focus") == list("246")
    assert shown("basis=on") == list("37")
    assert shown("prioriteit=focus&rond=6") == list("46")
    assert shown("woord=huisarts&prioriteit=focus") == list("26")
    assert shown("prioriteit=onzin&rond=99") == list("1234567")
    assert shown("woord=nergensgenoemd") == []


def test_terms_are_kept_marked_and_explained(lead: Client, twello: Region) -> None:
    sent = {"word": "wachtlijst", "party": "Gemeenten", "text": "Wie nog geen hulp heeft <b>."}
    assert lead.post(at("begrippen/betekenis/"), sent).status_code == 302
    other = {"word": "Wachtlijst", "other": "rij"}
    assert lead.post(at("begrippen/ander-woord/"), other).status_code == 302
    conflict = lead.post(at("begrippen/betekenis/"), {**sent, "text": "Anders."})
    assert conflict.status_code == 422
    seen = hidden(page_of(conflict), "seen")
    lead.post(at("begrippen/betekenis/"), {**sent, "text": "Anders.", "seen": seen})
    (kept,) = queries.term_list(twello)
    assert [row.text for row in kept.meanings] == ["Anders."]
    assert [row.text for row in kept.earlier] == ["Wie nog geen hulp heeft <b>."]
    by = User.objects.get(email="project_lead@gemeente.example")
    pk = add(twello, by, "De rij voor ambulante hulp groeit.")
    page = page_of(lead.get(at(f"signalen/{pk}/")))
    assert f'href="#uitleg-{kept.id}">rij<span' in page
    assert f'id="uitleg-{kept.id}"' in page
    assert "Wie nog geen hulp heeft &lt;b&gt;." in page_of(lead.get(at("begrippen/")))
    lead.post(at(f"begrippen/{kept.id}/verwijderen/"))
    assert not Term.objects.exists()


def test_what_is_found_and_in_how_many_queries(lead: Client, twello: Region) -> None:
    by = User.objects.get(email="project_lead@gemeente.example")
    for text in ("Het wachtlijstonderzoek begint.", "De jeugdhulpwachtlijst is lang.", "Iets."):
        add(twello, by, text)
    services.keep_meaning(
        region=twello, word="wachttijd", meaning=Meaning("Raad", "Dagen op een wachtlijst", ""),
        by=by,
    )  # fmt: skip

    def look(words: str) -> str:
        return page_of(lead.get("/regio/twello/zoeken/", {"woorden": words}))

    look("wachtlijst")
    with CaptureQueriesContext(connection) as few:
        page = look("wachtlijsten")
    assert "onderzoek begint." in page
    assert "jeugdhulp<mark>wachtlijst</mark>" in page
    assert 'href="/regio/twello/begrijpen/begrippen/#begrip-' in page
    assert "Iets." not in page
    for number in range(30):
        add(twello, by, f"Nog een wachtlijst, nummer {number}.")
    with CaptureQueriesContext(connection) as many:
        page = look("wachtlijsten")
    assert len(many) == len(few)
    assert "(32)" in page
    assert page.count("Nog een <mark>wachtlijst</mark>") == 6
    for nasty in ("' | !! :*", "\x00", "de het een", "<script>alert(1)</script>", "%_\\"):
        assert "<script>alert" not in look(nasty)


def test_two_who_change_an_insight_see_each_other(lead: Client, twello: Region) -> None:
    by = User.objects.get(email="project_lead@gemeente.example")
    number = services.make_insight(
        region=twello, title="Eerst", summary="Zo.", observation_ids=[], by=by
    )
    form = at(f"{number}/wijzigen/")
    assert "Kansen opschrijven" in page_of(lead.get(at(f"{number}/")))
    assert form in page_of(lead.get(at(f"{number}/")))
    seen = hidden(page_of(lead.get(form)), "seen")
    assert lead.post(form, {"title": "Een", "summary": "A", "seen": seen}).status_code == 302
    answer = lead.post(form, {"title": "Twee", "summary": "B", "seen": seen})
    page = page_of(answer)
    assert answer.status_code == 422
    assert "<strong>Een</strong>" in page
    assert 'value="Twee"' in page
    sent = {"title": "Twee", "summary": "B", "seen": hidden(page, "seen")}
    sent |= {
        "chances": "Bellen om 9:30: elke week\nZie https://voorbeeld.nl\n",
        "stands_in": "Notulen van mei",
    }
    assert lead.post(form, sent)["Location"] == at(f"{number}/")
    page = page_of(lead.get(at(f"{number}/")))
    assert page.count("vervangen door") == 2
    assert "Notulen van mei" in page
    assert "<p>elke week</p>" in page
    assert "Kansen opschrijven" not in page
    assert "Bellen om 9:30: elke week\nZie https://voorbeeld.nl<" in page_of(lead.get(form))
    new = f"/regio/twello/innovaties/nieuw/?inzicht={number}"
    assert new in page
    assert re.search(rf'value="{number}"[^>]* checked', page_of(lead.get(new)))
    printed = Insight.objects.create(
        region=twello, number=1, title_nl="A", title_en="A", summary_nl="B", summary_en="B"
    )
    assert lead.get(at(f"{printed.number}/wijzigen/")).status_code == 404


def test_who_reads_may_look_and_no_more(enter: Enter, twello: Region) -> None:
    reader, stranger = enter(Role.READER, twello), enter(Role.ANALYST)
    for path in ("signalen/", "begrippen/", "kaart/"):
        page = page_of(reader.get(at(path)))
        assert "/nieuw/" not in page
        assert stranger.get(at(path)).status_code == 403
    for path in ("signalen/nieuw/", "signalen/inlezen/", "nieuw/", "begrippen/betekenis/"):
        assert reader.get(at(path)).status_code == 403
    assert stranger.get("/regio/twello/zoeken/?woorden=x").status_code == 403
    assert Client().get("/regio/twello/zoeken/").status_code == 302
