"""Start page, region home, and the parts that are still to come."""

import re
from html import unescape

import pytest
from django.test import Client

from tests.explorer_world import kept_run, outcome
from tests.science.caresystem import samples
from vliegwiel import reference
from vliegwiel.apps.explorer import services as explorer
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


def ring_links(page: str) -> dict[str, str]:
    """What a link of the ring says, and where it goes."""
    ring = page[page.index('<svg class="vw-ring"') : page.index("</svg>", page.index("vw-ring"))]
    links = re.findall(r'<a class="[\w-]+" href="([^"]+)"[^>]*>(.*?)</a>', ring, re.DOTALL)
    return {
        unescape(" ".join(re.sub("<[^>]+>", " ", inside).split())): href for href, inside in links
    }


def test_region_home_says_what_is_counted_in_each_part(
    enter: Enter, ijsselland: Region, twente: Region
) -> None:
    client = enter(Role.READER, ijsselland, twente)
    links = ring_links(client.get("/regio/ijsselland/").content.decode())
    assert links["Zien 37 cijfers"] == "/regio/ijsselland/zien/", "those of the region itself"
    assert links["Begrijpen 7 inzichten"] == "/regio/ijsselland/begrijpen/"
    assert links["Verkennen 0 scenario's"] == "/regio/ijsselland/verkennen/"
    links = ring_links(client.get("/regio/twente/").content.decode())
    assert links["Zien 0 cijfers"] == "/regio/twente/zien/"
    assert links["130 wachttijden"] == "/regio/twente/zien/wachttijden/"


def three_figures(page: str) -> list[str]:
    part = page[page.index('aria-labelledby="figures"') :]
    blocks = part.split('<div class="vw-keyfigure">')[1:]
    return [" ".join(re.sub("<[^>]+>", " ", block).split()) for block in blocks]


def test_three_figures_say_how_sure_they_are_and_what_they_were(
    enter: Enter, ijsselland: Region
) -> None:
    page = enter(Role.READER, ijsselland).get("/regio/ijsselland/").content.decode()
    youths, without, residence = three_figures(page)
    assert youths.startswith("13.450 jeugdigen hadden jeugdzorg in 2022")
    assert "In 2020: 12.820, toen anders geteld, dus niet te vergelijken." in youths
    assert "Zo lezen wij in de bron wat er is geteld" in youths
    assert without.startswith("8,5% van de jeugdigen had jeugdzorg zonder verblijf in 2022")
    assert "Nederland: 10%" in without
    assert "In 2019: 8,1%, toen anders geteld" in without
    assert residence.startswith("1,2% ")
    for figure in (youths, without, residence):
        assert "Een telling, geen steekproef: er is geen marge." in figure
        assert "Bron: " in figure


def test_waits_fill_the_three_figures_where_there_are_few_others(
    enter: Enter, twente: Region
) -> None:
    intake, treatment = three_figures(
        enter(Role.READER, twente).get("/regio/twente/").content.decode()
    )
    assert intake.startswith("10 weken is het midden van de wachttijden die aanbieders opgeven")
    assert "39 van 122 aanbiedingen noemen een getal, van 0 tot 39 weken" in intake
    assert "Op 7 augustus 2026: 12 weken" in intake
    assert "niet gemeten" in intake
    assert treatment.startswith("8 weken ")


def waiting_news(page: str) -> list[tuple[str, str]]:
    """Where each change in waiting times leads, if anywhere, and what it says."""
    return re.findall(r'(?:<a href="([^"]+)">|<li>|</span> )(Wachttijden van [^<]+)<', page)


def test_what_changed_tells_the_reader_and_not_the_administrator(
    enter: Enter, ijsselland: Region, twente: Region
) -> None:
    client = enter(Role.READER, ijsselland, twente)
    page = client.get("/regio/twente/").content.decode()
    assert waiting_news(page) == [
        (
            "/regio/twente/zien/wachttijden/#changed",
            "Wachttijden van 14 augustus 2026: langer bij 3 aanbiedingen, korter bij 2, nieuw: 43",
        ),
        (
            "",
            "Wachttijden van 7 augustus 2026: wat aanbieders zeggen over 95 aanbiedingen",
        ),
    ]
    page = client.get("/regio/ijsselland/").content.decode()
    assert page.count("Nieuwe cijfers van de regio, over 2019 tot en met 2022") == 1
    assert "ingelezen" not in page, "loads are for who manages the installation"


def test_only_a_change_that_the_page_shows_is_linked(
    enter: Enter, twente: Region, system: User
) -> None:
    file = reference.published_waiting_time_files("twente")[-1]
    for day in ("15", "16"):
        later = file.content.replace(b"2026-08-14", f"2026-08-{day}".encode())
        figures.deliver_waiting_times(region=twente, name=f"{day}.json", content=later, by=system)
    news = waiting_news(enter(Role.READER, twente).get("/regio/twente/").content.decode())
    assert [(url, text.split(":")[0]) for url, text in news] == [
        ("/regio/twente/zien/wachttijden/#changed", "Wachttijden van 16 augustus 2026"),
        ("", "Wachttijden van 15 augustus 2026"),
        ("", "Wachttijden van 14 augustus 2026"),
    ]
    assert news[-1][1].endswith("langer bij 3 aanbiedingen, korter bij 2, nieuw: 43")


def test_region_home_marks_what_is_new_since_the_last_visit(
    enter: Enter, ijsselland: Region, system: User
) -> None:
    client = enter(Role.READER, ijsselland)
    first = client.get("/regio/ijsselland/").content.decode()
    assert 'utrecht-status-badge--active">Nieuw' not in first, "all is new on a first visit"
    file = reference.published_waiting_time_files("twente")[-1]
    figures.deliver_waiting_times(
        region=ijsselland, name=file.name, content=file.content, by=system
    )
    second = client.get("/regio/ijsselland/").content.decode()
    assert second.count('utrecht-status-badge--active">Nieuw') == 1
    ((url, text),) = waiting_news(second)
    assert (url, text.split(":")[0]) == (
        "/regio/ijsselland/zien/wachttijden/",
        "Wachttijden van 14 augustus 2026",
    )


def test_renewed_figures_are_news(enter: Enter, ijsselland: Region, system: User) -> None:
    file = next(f for f in reference.regional_figure_files() if f.name == "ijsselland.csv")
    changed = file.content.replace(b",13450,", b",13455,").replace(b",145420,", b",145425,")
    figures.load_figures(region=ijsselland, name="nieuw.csv", content=changed, by=system)
    page = enter(Role.READER, ijsselland).get("/regio/ijsselland/").content.decode()
    assert "2 cijfers van de regio zijn vernieuwd" in page


def test_a_finished_forecast_is_news_with_the_title_of_its_scenario(
    enter: Enter, ijsselland: Region, system: User
) -> None:
    base = explorer.load_care_system(
        region=ijsselland, document=samples.as_text(samples.care_system()), by=system
    )
    scenario = explorer.load_example(
        care_system=base, document=samples.as_text(samples.scenario()), by=system
    )
    run = kept_run(scenario, outcome(), by=system)
    client = enter(Role.READER, ijsselland)
    client.get("/regio/ijsselland/")
    page = unescape(client.get("/regio/ijsselland/").content.decode())
    assert "Er is een voorspelling klaar: Eindige trajecten" in page
    assert f'href="/regio/ijsselland/verkennen/berekening/{run.pk}/"' in page


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


@pytest.mark.parametrize(
    ("path", "label"),
    [("aanbod/", "Zien"), ("zorgdata/", "Zien"), ("eigen-model/", "Verkennen")],
)
def test_a_page_shows_the_part_it_belongs_to(
    enter: Enter, ijsselland: Region, path: str, label: str
) -> None:
    page = enter(Role.ANALYST, ijsselland).get(f"/regio/ijsselland/{path}").content.decode()
    assert re.search(rf'aria-current="true">{label}', page)


def test_an_unknown_part_does_not_exist(enter: Enter, ijsselland: Region) -> None:
    assert enter(Role.READER, ijsselland).get("/regio/ijsselland/dromen/").status_code == 404


def test_another_regions_pages_stay_closed(
    enter: Enter, ijsselland: Region, twente: Region
) -> None:
    client = enter(Role.READER, twente)
    for path in ("", "zien/", "zien/cijfers.csv", "begrijpen/", "begrijpen/kaart/", "innovaties/"):
        assert client.get(f"/regio/ijsselland/{path}").status_code == 403, path


def test_every_page_is_there_in_english(enter: Enter, ijsselland: Region) -> None:
    client = enter(Role.READER, ijsselland)
    client.post("/language/setlang/", {"language": "en", "next": "/regio/ijsselland/"})
    page = client.get("/regio/ijsselland/").content.decode()
    assert '<html lang="en">' in page
    assert "What changed" in page
    assert "13,450" in page
