"""Start page, region home, and the parts that are still to come."""

import re

import pytest
from django.test import Client

from vliegwiel import reference
from vliegwiel.apps.figures import services as figures
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import Role
from vliegwiel.web import loop

from .conftest import Enter


@pytest.mark.django_db
def test_a_visitor_reads_what_this_is() -> None:
    page = Client().get("/").content.decode()
    assert "Samen leren wat jeugdigen helpt" in page


def test_who_works_in_one_region_goes_there(enter: Enter, ijsselland: Region) -> None:
    answer = enter(Role.READER, ijsselland).get("/")
    assert (answer.status_code, answer["Location"]) == (302, "/regio/ijsselland/")


def test_who_works_in_two_regions_chooses(enter: Enter, ijsselland: Region, twente: Region) -> None:
    page = enter(Role.READER, ijsselland, twente).get("/").content.decode()
    assert 'href="/regio/ijsselland/"' in page
    assert 'href="/regio/twente/"' in page


def test_who_has_no_role_is_told_what_to_do(enter: Enter) -> None:
    page = enter(Role.READER).get("/").content.decode()
    assert "nog geen rol in een regio" in page
    assert "reader@gemeente.example" in page


def test_region_home_counts_what_stands_in_each_part(enter: Enter, ijsselland: Region) -> None:
    page = enter(Role.READER, ijsselland).get("/regio/ijsselland/").content.decode()
    counted = dict(re.findall(r'aria-label="(\w+) (\d+) [\w\']+"', page))
    assert counted["Begrijpen"] == "7"
    assert int(counted["Zien"]) > 100
    assert "11 gemeenten" in page
    assert "13.450" in page
    assert "8,5%" in page


def test_region_home_marks_what_is_new_since_the_last_visit(
    enter: Enter, ijsselland: Region, system: User
) -> None:
    client = enter(Role.READER, ijsselland)
    first = client.get("/regio/ijsselland/").content.decode()
    assert "cijfers zijn ingelezen" in first
    assert 'utrecht-status-badge--active">Nieuw' not in first, "all is new on a first visit"
    file = reference.published_waiting_time_files("twente")[-1]
    figures.deliver_waiting_times(
        region=ijsselland, name=file.name, content=file.content, by=system
    )
    second = client.get("/regio/ijsselland/").content.decode()
    assert second.count('utrecht-status-badge--active">Nieuw') == 1
    assert "Gepubliceerde wachttijden van 14 augustus 2026 zijn ingelezen" in second


def test_an_empty_region_teaches(enter: Enter, system: object, twente: Region) -> None:
    page = enter(Role.READER, twente).get("/regio/twente/begrijpen/").content.decode()
    assert "Deze regio heeft nog geen inzichten" in page
    assert "IJsselland" in page


@pytest.mark.parametrize("part", [part for part in loop.PARTS if part.path])
def test_a_part_to_come_says_so(enter: Enter, ijsselland: Region, part: loop.LoopPart) -> None:
    client = enter(Role.READER, ijsselland)
    page = client.get(f"/regio/ijsselland/{part.path}/").content.decode()
    assert "Nog niet klaar" in page
    assert re.search(rf'aria-current="true">{part.label}', page)


def test_an_unknown_part_does_not_exist(enter: Enter, ijsselland: Region) -> None:
    assert enter(Role.READER, ijsselland).get("/regio/ijsselland/dromen/").status_code == 404


def test_another_regions_pages_stay_closed(
    enter: Enter, ijsselland: Region, twente: Region
) -> None:
    client = enter(Role.READER, twente)
    for path in ("", "zien/", "zien/cijfers.csv", "begrijpen/", "begrijpen/kaart/", "kiezen/"):
        assert client.get(f"/regio/ijsselland/{path}").status_code == 403, path


def test_every_page_is_there_in_english(enter: Enter, ijsselland: Region) -> None:
    client = enter(Role.READER, ijsselland)
    client.post("/language/setlang/", {"language": "en", "next": "/regio/ijsselland/"})
    page = client.get("/regio/ijsselland/").content.decode()
    assert '<html lang="en">' in page
    assert "What changed" in page
    assert "13,450" in page
