"""The offers on pages, in files and by the API: who may do what, and that files load again."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.apps.figures.waiting_files import content
from tests.apps.figures.waiting_files import row as stated
from tests.apps.offers.offer_files import csv_of, row, without_wait
from tests.apps.trajectories.kept import make_region
from tests.web.answers import Enter, rows_of, text
from vliegwiel.apps.figures.services import deliver_waiting_times
from vliegwiel.apps.offers.models import Offer, OfferVersion, OfferWait, Provider
from vliegwiel.apps.offers.services import load_offers, name_provider
from vliegwiel.apps.regions.models import Region
from vliegwiel.apps.regions.rights import Role
from vliegwiel.apps.regions.services import system_user
from vliegwiel.science.trajectories import Split
from vliegwiel.web.pages.care_waits.words import Names

BASE = "/regio/ijsselland/aanbod/"
API = "/api/v1/regions/ijsselland/"


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def filled(region: Region) -> Region:
    rows = [
        row(mark="generated"),
        row(offer_code="b", offer="Opname", care_form="secure", free="no", wait_days="120"),
        without_wait(offer_code="c", offer="=Crisis", care_form="crisis", municipalities="all"),
    ]
    load_offers(region=region, name="aanbod.csv", content=csv_of(rows), by=system_user())
    return region


def test_the_finder_shows_what_fits_with_its_source_and_keeps_nothing(
    filled: Region, enter: Enter
) -> None:
    client = enter(Role.READER)
    everything = text(client.get(BASE))
    assert everything.index("Gezinshulp thuis") < everything.index("Opname")
    assert "Verzonnen gegevens" in everything
    wanted = {"vorm": "own_network", "leeftijd": "12", "gemeente": "0193", "vrij": "on"}
    with CaptureQueriesContext(connection) as queries:
        asked = client.get(BASE, wanted)
    assert queries.captured_queries
    assert {query["sql"].split()[0] for query in queries.captured_queries} == {"SELECT"}
    assert "1 aanbieding past" in text(asked)
    assert "42 dagen (6 weken)" in text(asked)
    assert "Doorgegeven door de aanbieder, 1 maart 2026" in text(asked)
    assert "https://www.debeuk.example/wachttijd" in asked.content.decode()
    assert "Aanbieding toevoegen" not in everything
    assert "Geen aanbod past bij deze keuzes" in text(client.get(BASE, {"leeftijd": "23"}))
    assert client.get(BASE, {"leeftijd": "oud"}).status_code == 200


def test_every_page_of_an_empty_register_says_what_will_be_there(
    region: Region, enter: Enter
) -> None:
    reader, analyst = enter(Role.READER), enter(Role.ANALYST)
    for page in ("", "dekking/", "vergelijken/"):
        assert "Het register van het aanbod is nog leeg" in text(reader.get(BASE + page))
        assert "Tabel met aanbod inlezen" in text(analyst.get(BASE + page))


def test_who_may_see_and_who_may_edit(filled: Region, enter: Enter) -> None:
    pk = Offer.objects.get(code="amb").pk
    reader, visitor = enter(Role.READER), Client()
    for page in ("", "dekking/", "vergelijken/", f"{pk}/", "aanbod.csv", "dekking.csv",
                 "vergelijking.csv"):  # fmt: skip
        assert reader.get(BASE + page).status_code == 200, page
        assert visitor.get(BASE + page).status_code == 302, page
    for page in ("nieuw/", f"{pk}/wijzigen/", "inlezen/", "aanbieders/"):
        assert reader.get(BASE + page).status_code == 403, page
        assert reader.post(BASE + page, {}).status_code == 403, page
    assert reader.get(f"{BASE}999999/").status_code == 404
    for path in ("offers", "offer-cover", "offer-waits"):
        assert reader.get(API + path).status_code == 200, path
        assert visitor.get(API + path).status_code == 401, path


def test_the_downloaded_register_loads_again_without_a_change(filled: Region, enter: Enter) -> None:
    client = enter(Role.ANALYST)
    content = client.get(f"{BASE}aanbod.csv").content
    # What a spreadsheet would take for a formula is marked in the file, and not when it comes back.
    assert b"'=Crisis" in content
    before = OfferVersion.objects.count()
    again = {"file": SimpleUploadedFile("aanbod.csv", content)}
    answer = client.post(f"{BASE}inlezen/", again, follow=True)
    assert "Alles uit deze tabel stond er al" in text(answer)
    assert OfferVersion.objects.count() == before


def test_a_table_with_faults_is_refused_with_every_place(filled: Region, enter: Enter) -> None:
    client = enter(Role.ANALYST)
    content = csv_of([row(free="soms"), row(offer_code="x", age_to="99")])
    answer = client.post(f"{BASE}inlezen/", {"file": SimpleUploadedFile("fout.csv", content)})
    assert answer.status_code == 422
    assert "regel 2, kolom “free”" in text(answer)
    assert "regel 3, kolom “age_to”" in text(answer)
    assert Offer.objects.count() == 3


def test_an_offer_is_added_changed_and_keeps_its_history(region: Region, enter: Enter) -> None:
    client = enter(Role.PROGRAMME_MANAGER)
    typed = {
        "provider_code": "01234567", "provider": "De Beuk", "code": "amb", "title": "Gezinshulp",
        "care_form": "own_network", "age_from": "0", "age_to": "17", "municipalities": ["0193"],
        "free": "on", "wait_days": "30", "wait_until": "start", "wait_on": "2026-01-05",
        "wait_source": "published", "wait_place": "jaarverslag",
    }  # fmt: skip
    # No form of care is chosen beforehand: passing it over is no answer.
    assert client.get(f"{BASE}nieuw/").context["form"]["care_form"].field.choices[0][0] == ""
    assert client.post(f"{BASE}nieuw/", {**typed, "care_form": ""}).status_code == 422
    wrong = client.post(f"{BASE}nieuw/", {**typed, "age_to": "99", "wait_on": ""})
    assert wrong.status_code == 422
    assert not Offer.objects.exists()
    added = client.post(f"{BASE}nieuw/", typed, follow=True)
    assert "De aanbieding is opgeslagen" in text(added)
    offer = Offer.objects.get()
    change = f"{BASE}{offer.pk}/wijzigen/"
    seen = client.get(change).context["form"].initial["seen"]
    changed = client.post(
        change, {**typed, "age_to": "12", "wait_days": "", "seen": seen}, follow=True
    )
    assert "0 tot en met 12 jaar" in text(changed)
    assert "vervangen op" in text(changed)
    assert OfferVersion.objects.count() == 2
    assert OfferWait.objects.get().days == 30
    late = client.post(change, {**typed, "age_to": "9", "wait_days": "", "seen": seen})
    assert late.status_code == 422
    assert "Iemand anders heeft deze aanbieding intussen gewijzigd" in text(late)
    assert OfferVersion.objects.count() == 2


def test_a_named_provider_stands_by_its_name_where_its_code_stood(
    region: Region, enter: Enter
) -> None:
    client = enter(Role.ANALYST)
    assert Names(region).row(Split.PROVIDER, "65000001") == "Aanbieder 65000001"
    bad = client.post(f"{BASE}aanbieders/", {"provider_code": "65", "provider": "De Beuk"})
    assert bad.status_code == 422
    client.post(f"{BASE}aanbieders/", {"provider_code": "65000001", "provider": "De Beuk"})
    assert Names(region).row(Split.PROVIDER, "65000001") == "De Beuk"
    name_provider(region=region, code="65000001", title="De Beuken", by=system_user())
    assert Names(region).row(Split.PROVIDER, "65000001") == "De Beuken"
    assert Provider.objects.count() == 2


def test_page_file_and_api_say_the_same_of_cover(filled: Region, enter: Enter) -> None:
    client = enter(Role.READER)
    rows = rows_of(client.get(f"{BASE}dekking.csv"))
    answer = client.get(f"{API}offer-cover").json()
    told = {
        (line["form"], cell["municipality"]): cell["cover"]
        for line in answer["rows"]
        for cell in line["cells"]
    }
    assert {(line["form"], line["municipality"]): line["cover"] for line in rows} == told
    assert told["secure", "0193"] == "not_free"
    page = client.get(f"{BASE}dekking/")
    assert "Aangeboden binnen de norm: 42 dagen" in text(page)
    assert page.content.decode().count("<svg") >= 2
    gaps = sum(cover in {"none", "not_free", "beyond_norm"} for cover in told.values())
    assert f"In {gaps} van de {len(told)} vakken" in text(page)


def test_the_api_finds_as_the_page_does(filled: Region, enter: Enter) -> None:
    client = enter(Role.READER)
    answer = client.get(f"{API}offers?age=12&municipality=0193&onlyFree=true").json()
    assert [line["title"] for line in answer["results"]] == ["Gezinshulp thuis", "=Crisis"]
    assert answer["results"][0]["wait"] == {
        "days": 42, "until": "start", "statedOn": "2026-03-01", "source": "stated",
        "place": "https://www.debeuk.example/wachttijd",
    }  # fmt: skip
    assert answer["results"][1]["wait"] is None
    assert client.get(f"{API}offers?age=24").status_code == 400


def test_stated_waits_without_messages_say_that_nothing_is_measured(
    filled: Region, enter: Enter
) -> None:
    client = enter(Role.READER)
    found = content(stated(p="De Beuk", i=4, b=10), stated(p="de beuk", w="Groep", i=2, b=None))
    deliver_waiting_times(region=filled, name="a.json", content=found, by=system_user())
    shown = text(client.get(f"{BASE}vergelijken/"))
    assert "Er zijn nog geen gemeten wachttijden" in shown
    # Nothing is said of bars that are not there.
    assert "gemeten mediaan" not in shown
    assert "De berichten zeggen er niets over" in shown
    (first, second, *published) = rows_of(client.get(f"{BASE}vergelijking.csv"))
    assert {first["stated_low"], second["stated_low"]} == {"42", "120"}
    assert first["provider_median"] == second["form_median"] == ""
    answer = client.get(f"{API}offer-waits").json()
    assert [line["reasons"] for line in answer["rows"]] == [["not_shown"], ["not_shown"]]
    assert [(line["form"], line["statedLow"]) for line in answer["forms"]] == [
        ("own_network", 42), ("secure", 120),
    ]  # fmt: skip
    # What providers publish stands on the page, in the file and in the API alike.
    told = [("to_intake", 14, 28, 2), ("to_treatment", 70, 70, 1), ("both", 98, 98, 1)]
    assert [
        (line["until"], line["low"], line["high"], line["offers"]) for line in answer["published"]
    ] == told
    assert [
        (line["until"], int(line["stated_low"]), int(line["stated_high"]), int(line["offers"]))
        for line in published
    ] == told
    assert [line["table"] for line in (first, *published)] == ["stated", *["published"] * 3]
    assert all(f" {days} " in shown for days in ("14 tot 28", "70", "98"))
