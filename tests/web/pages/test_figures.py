"""Regional figures and published waiting times on their pages."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.web.answers import rows_of
from vliegwiel import reference
from vliegwiel.apps.figures.models import WaitingTimeDelivery, WaitingTimeStatement
from vliegwiel.apps.regions.models import Region
from vliegwiel.apps.regions.rights import Role

from .conftest import Enter

ZIEN = "/regio/ijsselland/zien/"
WAITING = "/regio/twente/zien/wachttijden/"
DELIVER = "/regio/twente/zien/wachttijden/inlezen/"


def test_figures_stand_there_as_printed(enter: Enter, ijsselland: Region) -> None:
    page = enter(Role.READER, ijsselland).get(ZIEN).content.decode()
    for printed in ("145.420", "534.800", "13.450", "8,5%", "42,3%", "32,6%", "6.500"):
        assert printed in page, printed
    assert (
        "In IJsselland hebben minder jeugdigen jeugdzorg zonder verblijf: 8,5%, landelijk 10%"
        in page
    )
    assert "Gemeente verwijst het vaakst: 42,3%, landelijk 32,6%" in page


def test_the_two_unnamed_rows_carry_their_reservation(enter: Enter, ijsselland: Region) -> None:
    page = enter(Role.READER, ijsselland).get(ZIEN).content.decode()
    assert "13.275" in page
    assert "Niet bewezen" in page


def test_every_figure_names_its_source(enter: Enter, ijsselland: Region) -> None:
    page = enter(Role.READER, ijsselland).get(ZIEN).content.decode()
    figures = page.split('<figure class="vw-figure"')[1:]
    assert len(figures) >= 4
    for figure in figures:
        assert "Bron" in figure
        assert "Hoe is dit berekend?" in figure
        assert "<caption" in figure


def figure(page: str, name: str) -> str:
    """The words of one figure block."""
    start = page.index(f'<figure class="vw-figure" id="{name}"')
    return " ".join(re.sub("<[^>]+>", " ", page[start : page.index("</figure>", start)]).split())


def test_what_is_left_beside_the_referrers_is_marked(enter: Enter, ijsselland: Region) -> None:
    page = enter(Role.READER, ijsselland).get(ZIEN).content.decode()
    block = figure(page, "referrers")
    assert "Overige verwijzers, of onbekend (door ons berekend) 18% 23% −5" in block
    assert "100 procent min de aandelen die er staan" in block
    rows = rows_of(enter(Role.ANALYST, ijsselland).get(f"{ZIEN}cijfers.csv"))
    assert "other" not in {row["referrer"] for row in rows}, "what is calculated is not kept"


def test_no_jargon_of_the_trade(enter: Enter, ijsselland: Region) -> None:
    page = enter(Role.READER, ijsselland).get(ZIEN).content.decode()
    assert "gedrukt" not in page.lower()
    assert "Zo lezen wij de bron" in page


def test_figures_as_csv(enter: Enter, ijsselland: Region) -> None:
    answer = enter(Role.READER, ijsselland).get(f"{ZIEN}cijfers.csv")
    rows = rows_of(answer)
    youths = [r for r in rows if r["measure"] == "youths" and r["area"] == "JZ07"]
    assert [row["value"] for row in youths] == ["145420"]
    assert all(row["source"] for row in rows)
    assert {"table", "modified_on", "fetched_on"} <= set(rows[0])


def test_waiting_times_tell_kinds_of_statements_apart(enter: Enter, twente: Region) -> None:
    client = enter(Role.READER, twente)
    pages = "".join(
        client.get(f"{WAITING}?page={number}").content.decode() for number in range(1, 8)
    )
    for words in ("Onbekend", "Aanmeldstop", "Geen wachttijd", "weken"):
        assert words in pages, words
    assert "Veranderd sinds 7 augustus 2026" in pages
    assert pages.count('rel="noreferrer">pagina') == 130


def test_one_count_is_taken_apart(enter: Enter, twente: Region) -> None:
    page = enter(Role.READER, twente).get(WAITING).content.decode()
    for part in (
        "151: 130 over hulp voor jeugdigen en 21 over hulp voor alleen volwassenen",
        "130: 122 gewone en 8 keer crisishulp",
        "130: 35 die dag van de pagina gelezen; van 92 is de pagina bezocht",
        "130 aanbiedingen voor jeugdigen",
    ):
        assert part in page, part


def test_the_finding_says_of_how_many_offers_it_is_the_middle(enter: Enter, twente: Region) -> None:
    page = enter(Role.READER, twente).get(WAITING).content.decode()
    intake = figure(page, "wait-to-intake")
    assert intake.startswith(
        "Opgegeven wachttijd tot de intake: in het midden 10 weken, "
        "bij de 39 van 122 aanbiedingen die een getal noemen"
    )
    assert "door aanbieders opgegeven, niet gemeten" in intake
    assert "Wonen en verblijf 10 1 26 – 26" in intake, "one offer has no middle"


def test_changes_count_offers_and_say_how_they_are_known(enter: Enter, twente: Region) -> None:
    page = enter(Role.READER, twente).get(WAITING).content.decode()
    changed = page[page.index('aria-labelledby="changed"') : page.index('aria-labelledby="offers"')]
    words = " ".join(re.sub("<[^>]+>", " ", changed).split())
    assert (
        "Aanbiedingen op 14 augustus 2026 130 "
        "daarvan met een andere wachttijd 9 (3 langer, 2 korter, 4 op een andere manier) "
        "daarvan verbeterd in het bestand 1 daarvan nieuw 43 daarvan hetzelfde 77 "
        "Weg sinds 7 augustus 2026 8"
    ) in words
    assert words.count("Van de pagina gelezen op 14 augustus 2026") == 2
    assert words.count("Genoteerd op 11 augustus 2026, na de vorige levering") == 7
    assert "niet opnieuw gelezen" not in words


def test_crisis_help_alone_speaks_of_crisis_help(enter: Enter, twente: Region) -> None:
    page = enter(Role.READER, twente).get(f"{WAITING}?soort=crisis").content.decode()
    treatment = figure(page, "wait-to-treatment")
    assert treatment.startswith("Opgegeven wachttijd van intake tot behandeling: in het midden")
    assert "telt niet mee in de zin hierboven" not in treatment
    assert "8 aanbiedingen voor jeugdigen" in page


def test_a_chosen_kind_shows_that_kind_alone(enter: Enter, twente: Region) -> None:
    page = enter(Role.READER, twente).get(f"{WAITING}?soort=residence").content.decode()
    table = figure(page, "wait-to-intake")
    assert "26 weken (1 aanbieding)" in table
    assert "Behandeling" not in table


@pytest.mark.parametrize(
    "query", ["soort=diagnostics", "zoek=accare", "soort=bestaat-niet", "page=999", "page=x"]
)
def test_filters_always_answer(enter: Enter, twente: Region, query: str) -> None:
    assert enter(Role.READER, twente).get(f"{WAITING}?{query}").status_code == 200


def test_a_filter_narrows_the_list_and_the_download(enter: Enter, twente: Region) -> None:
    client = enter(Role.READER, twente)
    page = client.get(f"{WAITING}?zoek=accare").content.decode()
    count = int(re.search(r'id="offers">(\d+) aanbieding', page)[1])  # type: ignore[index]
    rows = rows_of(client.get("/regio/twente/zien/wachttijden.csv?zoek=accare"))
    assert 0 < count < 130
    assert len(rows) == count
    assert all("accare" in " ".join(row.values()).lower() for row in rows)


def test_nothing_that_fits_says_what_to_do(enter: Enter, twente: Region) -> None:
    page = enter(Role.READER, twente).get(f"{WAITING}?zoek=bestaatnietxyz").content.decode()
    assert "Geen aanbod past bij deze keuzes" in page


def test_a_region_without_waiting_times_teaches(enter: Enter, ijsselland: Region) -> None:
    reader = enter(Role.READER, ijsselland).get(f"{ZIEN}wachttijden/").content.decode()
    analyst = enter(Role.ANALYST, ijsselland).get(f"{ZIEN}wachttijden/").content.decode()
    assert "nog geen gepubliceerde wachttijden" in reader
    assert "wachttijden/inlezen/" not in reader
    assert "wachttijden/inlezen/" in analyst


def shipped_file() -> tuple[str, bytes]:
    file = reference.published_waiting_time_files("twente")[-1]
    return file.name, file.content


def upload(client: Client, name: str, content: bytes) -> object:
    return client.post(DELIVER, {"file": SimpleUploadedFile(name, content)})


def test_a_reader_may_not_deliver(enter: Enter, twente: Region) -> None:
    assert enter(Role.READER, twente).get(DELIVER).status_code == 403


def test_a_delivery_is_shown_first_and_taken_when_confirmed(enter: Enter, twente: Region) -> None:
    WaitingTimeDelivery.objects.all().delete()
    client = enter(Role.ANALYST, twente)
    answer = upload(client, *shipped_file())
    assert answer.status_code == 302  # type: ignore[attr-defined]
    assert not WaitingTimeDelivery.objects.exists()
    confirm = answer["Location"]  # type: ignore[index]
    preview = client.get(confirm).content.decode()
    assert "Dit brengt het bestand" in preview
    assert "151" in preview
    done = client.post(confirm, follow=True)
    assert "151 opgaven zijn ingelezen" in done.content.decode()
    assert WaitingTimeStatement.objects.count() == 151


def test_the_same_file_again_changes_nothing(enter: Enter, twente: Region) -> None:
    before = WaitingTimeDelivery.objects.count()
    client = enter(Role.ANALYST, twente)
    confirm = upload(client, *shipped_file())["Location"]  # type: ignore[index]
    assert "al eerder ingelezen" in client.get(confirm).content.decode()
    assert "Er is niets veranderd" in client.post(confirm, follow=True).content.decode()
    assert WaitingTimeDelivery.objects.count() == before


@pytest.mark.parametrize(
    "content", [b"<html>geen json</html>", b"", b'{"schemaVersion": 99}', b"\xff\xfe\x00"]
)
def test_a_broken_file_is_refused_whole_with_what_is_wrong(
    enter: Enter, twente: Region, content: bytes
) -> None:
    before = WaitingTimeDelivery.objects.count()
    answer = upload(enter(Role.ANALYST, twente), "kapot.json", content)
    page = answer.content.decode()  # type: ignore[attr-defined]
    assert answer.status_code == 200  # type: ignore[attr-defined]
    assert 'role="alert"' in page
    assert WaitingTimeDelivery.objects.count() == before


def test_a_table_is_told_which_file_is_wanted(enter: Enter, twente: Region) -> None:
    client = enter(Role.ANALYST, twente)
    table = client.get("/regio/twente/zien/wachttijden.csv").content
    page = upload(client, "wachttijden.csv", table).content.decode()  # type: ignore[attr-defined]
    assert "Dit lijkt een CSV-bestand (de naam eindigt op .csv)." in page
    assert "U kunt hier alleen een JSON-bestand (de naam eindigt op .json) inlezen." in page
    assert "Hoe ziet zo'n bestand eruit?" in page


def test_a_finding_stands_there_as_a_person_says_it(enter: Enter, twente: Region) -> None:
    name, content = shipped_file()
    broken = content.replace(b'"schemaVersion": 1', b'"schemaVersion": 7')
    page = upload(enter(Role.ANALYST, twente), name, broken).content.decode()  # type: ignore[attr-defined]
    words = " ".join(re.sub("<[^>]+>", " ", page).split())
    assert "versie van het formaat schemaVersion" in words
    assert re.search(r"rij 11 \([^)]+\), financiering rows\[10\]\.c", words)


def test_only_who_chose_the_file_can_take_it(enter: Enter, twente: Region) -> None:
    confirm = upload(enter(Role.ANALYST, twente), *shipped_file())["Location"]  # type: ignore[index]
    other = enter(Role.PROGRAMME_MANAGER, twente).get(confirm)
    assert (other.status_code, other["Location"]) == (302, DELIVER)


def test_cells_that_look_like_a_formula_are_harmless(enter: Enter, twente: Region) -> None:
    WaitingTimeStatement.objects.update(offer="=1+1")
    rows = rows_of(enter(Role.READER, twente).get("/regio/twente/zien/wachttijden.csv"))
    assert {row["offer"] for row in rows} == {"'=1+1"}
