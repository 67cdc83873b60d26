"""Figures of municipalities: a map with its table, and all of one municipality."""

import pytest

from vliegwiel.apps.figures.regional_csv import COLUMNS
from vliegwiel.apps.figures.services import load_figures
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import Role

from .conftest import Enter

MAP = "/regio/ijsselland/zien/gemeenten/"
SHARES = {"0193": "9.6", "0177": "5.9", "0150": "9.9", "1708": "8.0", "JZ07": "9.2", "NL": "10.6"}


def row(area: str, value: str, period: str, **changed: str) -> str:
    cells = {
        "measure": "share_of_youths", "region": area, "period": period, "sex": "all",
        "age_band": "0-22", "care_form": "all_youth_care", "referrer": "all", "value": value,
        "unit": "percent", "status": "provisional", "label": "printed", "source": "cbs-85099ned",
        "place": "StatLine 85099NED", "note_nl": "", "note_en": "", **changed,
    }  # fmt: skip
    return ",".join(cells[column] for column in COLUMNS)


@pytest.fixture
def with_municipalities(ijsselland: Region, system: User) -> Region:
    lines = [row(area, value, "2023") for area, value in SHARES.items()]
    lines += [row("0193", "9.1", "2022"), row("0193", "3450", "2023", unit="persons",
              measure="youths_with_care", sex="male")]  # fmt: skip
    content = "\n".join([",".join(COLUMNS), *lines]).encode()
    load_figures(region=ijsselland, name="gemeenten.csv", content=content, by=system)
    return ijsselland


def test_the_map_says_in_words_what_it_shows(enter: Enter, with_municipalities: Region) -> None:
    browser = enter(Role.READER, with_municipalities)
    page = browser.get(MAP).content.decode()
    assert "Hoogst in Deventer (9,9%), laagst in Raalte (5,9%)" in page
    assert 'aria-label="Zwolle: 9,6%"' in page
    assert f'href="{MAP}0193/"' in page
    assert "Van licht naar donker: 5,9% (1 gemeente)" in page
    assert "7 gemeenten met een onderbroken lijn hebben geen cijfer." in page
    assert "geen grenzen" in page
    table = page[page.index("<table") : page.index("</table>")]
    for name in ("Zwolle", "Staphorst", "IJsselland", "Nederland", "Voorlopig"):
        assert name in table
    earlier = browser.get(MAP, {"onderwerp": "share_of_youths.all_youth_care", "periode": "2022"})
    assert "9,1%" in earlier.content.decode()
    assert browser.get(MAP, {"onderwerp": "niets", "periode": "1822"}).status_code == 200


def test_one_municipality_stands_beside_region_and_country(
    enter: Enter, with_municipalities: Region
) -> None:
    browser = enter(Role.READER, with_municipalities)
    page = browser.get(f"{MAP}0193/").content.decode()
    assert "9,1% in 2022, 9,6% in 2023" in page
    newest = page[page.index('id="newest"') :]
    for words in ("9,6%", "9,2%", "10,6%", "3.450", "jongens"):
        assert words in newest, words
    assert browser.get(f"{MAP}0363/").status_code == 404
    assert browser.get(f"{MAP}niets/").status_code == 404


def test_without_figures_the_page_teaches_and_strangers_stay_out(
    enter: Enter, ijsselland: Region, twente: Region
) -> None:
    browser = enter(Role.READER, ijsselland)
    page = browser.get(MAP).content.decode()
    # The command is for who may load figures.
    assert "vliegwiel figures cbs" not in page
    assert "Vraag de data-analist van de regio" in page
    assert "Staphorst" in page
    page = enter(Role.ANALYST, ijsselland).get(MAP).content.decode()
    assert "vliegwiel figures cbs --region ijsselland" in page
    assert browser.get("/regio/twente/zien/gemeenten/").status_code == 403


def test_a_year_and_a_form_can_be_chosen(enter: Enter, with_municipalities: Region) -> None:
    browser = enter(Role.READER, with_municipalities)
    zien = "/regio/ijsselland/zien/"
    newest = browser.get(zien).content.decode()
    assert "9,2%" in newest
    of_2022 = browser.get(zien, {"jaar": "2022", "vorm": "with_residence"}).content.decode()
    assert '<option value="2022" selected>' in of_2022
    assert "8,5%" in of_2022
    assert "42,3%" in of_2022
    # Of 2019, and of a form that is not the one to follow.
    assert "8,1%" in newest
    assert "8,1%" not in of_2022
    assert browser.get(zien, {"jaar": "1822", "vorm": "niets"}).status_code == 200
