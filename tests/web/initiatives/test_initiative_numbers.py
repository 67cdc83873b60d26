"""Pages cost as many queries with many initiatives as with few; the register as a file."""

import csv
import html
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from vliegwiel.apps.initiatives.models import Initiative
from vliegwiel.apps.insights.models import Observation
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.searching import MOST_FOUND

HOME = "/regio/ijsselland/"
PAGES = (
    *(f"{HOME}innovaties/", f"{HOME}innovaties/lijst/", f"{HOME}innovaties/lijst/?zoek=dagstart"),
    f"{HOME}innovaties/nieuw/?title=Dagstart+bij+crisis&summary=Een+dagstart+bij+een+crisis",
    f"{HOME}innovaties/innovaties.csv",
    *("/innovaties/", "/innovaties/?zoek=dagstart", "/innovaties/landschap/"),
    *("/innovaties/catalogus/", "/innovaties/innovaties.csv"),
    *(f"{HOME}begrijpen/signalen/", f"{HOME}begrijpen/signalen/?words=dagstart"),
    *(f"{HOME}zoeken/?woorden=dagstart", f"{HOME}agenda/partners/"),
    *("/api/v1/initiatives", "/api/v1/regions/ijsselland/initiatives?text=dagstart"),
)


def fill(region: Region, by: User, start: int, end: int) -> None:
    other, _made = Region.objects.get_or_create(code="JZ14", slug="twente", name="Twente")
    Initiative.objects.bulk_create(
        Initiative(
            region=region if number % 2 else other,
            title_nl=f"Dagstart {number}",
            summary_nl="Elke dag kort overleg bij een crisis.",
            stage=("idea", "pilot")[number // 2 % 2],
            themes=["digitalisation"],
            questions=["access_and_cost"],
            published_at=timezone.now(),
            made_by=by,
        )
        for number in range(start, end)
    )
    Observation.objects.bulk_create(
        Observation(region=region, kind="quote", text_nl=f"De dagstart helpt {number}.")
        for number in range(start, end)
    )


@pytest.fixture
def as_manager(client: Client, manager: User) -> Client:
    client.force_login(manager)
    return client


def test_ten_and_sixty_take_as_many_queries(
    as_manager: Client, region: Region, manager: User
) -> None:
    counted: dict[str, list[int]] = {page: [] for page in PAGES}
    for start, end in ((0, 10), (10, 60)):
        fill(region, manager, start, end)
        for page in PAGES:
            # The first look draws what is kept, and counts what a session begins with.
            as_manager.get(page)
            with CaptureQueriesContext(connection) as asked:
                answer = as_manager.get(page)
            assert answer.status_code == 200, page
            counted[page].append(len(asked))
    assert {page: few for page, (few, _many) in counted.items()} == {
        page: many for page, (_few, many) in counted.items()
    }
    # Of very many the newest are ranked, and the page says so.
    fill(region, manager, 60, 60 + MOST_FOUND)
    found = as_manager.get(f"{HOME}zoeken/?woorden=dagstart").content.decode()
    heard = as_manager.get(f"{HOME}begrijpen/signalen/?words=dagstart").content.decode()
    assert f"meer dan {MOST_FOUND} resultaten" in found
    assert f"Meer dan {MOST_FOUND} signalen." in heard
    assert (
        f"{60 + MOST_FOUND} signalen"
        in as_manager.get(f"{HOME}begrijpen/signalen/").content.decode()
    )


def test_the_file_holds_what_the_list_shows(
    as_manager: Client, region: Region, manager: User
) -> None:
    fill(region, manager, 0, 4)
    Initiative.objects.filter(title_nl="Dagstart 1").update(published_at=None)

    def titles(client: Client, address: str) -> set[str]:
        answer = client.get(address)
        assert answer["Content-Type"] == "text/csv; charset=utf-8"
        rows = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
        return {row["title"] for row in rows}

    assert titles(as_manager, f"{HOME}innovaties/innovaties.csv") == {"Dagstart 1", "Dagstart 3"}
    assert titles(as_manager, "/innovaties/innovaties.csv?fase=idea") == {
        "Dagstart 0",
        "Dagstart 1",
    }
    assert titles(Client(), "/innovaties/innovaties.csv") == {
        f"Dagstart {number}" for number in (0, 2, 3)
    }
    assert Client().get(f"{HOME}innovaties/innovaties.csv").status_code == 302
    page = as_manager.get(f"{HOME}innovaties/lijst/?zoek=dagstart").content.decode()
    assert f'{HOME}innovaties/innovaties.csv?zoek=dagstart&amp;"' in page


def test_the_landscape_names_all_that_tie_and_marks_an_example(
    as_manager: Client, region: Region, manager: User
) -> None:
    def landscape() -> str:
        return as_manager.get("/innovaties/landschap/").content.decode()

    fill(region, manager, 1, 2)
    assert "Eén regio werkt aan wat hier staat: versnippering is dan niet te meten" in landscape()
    assert "Voorbeeldgegevens" not in landscape()
    fill(region, manager, 2, 3)
    Initiative.objects.filter(region=region).update(mark="example")
    page = landscape()
    assert "Fasen: het vaakst “Idee” en “Proef” (elk 1)" in html.unescape(page)
    assert "Voorbeeldgegevens" in page
    listed, catalogue = (
        html.unescape(as_manager.get(f"/innovaties/{part}").content.decode())
        for part in ("", "catalogus/")
    )
    assert "2 initiatieven" in listed
    assert "Terug naar regio IJsselland" in listed
    assert "Terug naar regio" not in Client().get("/innovaties/").content.decode()
    assert "2 initiatieven van regio" in catalogue
    assert "0 initiatieven" not in catalogue
    Initiative.objects.create(
        title_nl="Elders",
        summary_nl="Zo.",
        catalogue_key="elsewhere",
        published_at=timezone.now(),
        made_by=manager,
    )
    listed = html.unescape(as_manager.get("/innovaties/").content.decode())
    assert "3 innovaties: 2 van regio's, 1 uit de catalogus" in listed
