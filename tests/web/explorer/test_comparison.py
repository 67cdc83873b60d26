"""The page that puts forecasts beside each other: what it shows, refuses and exports."""

import csv
import io
import re
from collections.abc import Callable

import pytest
from django.test import Client

from tests.explorer_world import kept_run, outcome, sized
from tests.science.caresystem import samples
from tests.whole_texts import no_whole_texts
from vliegwiel.apps.explorer import services
from vliegwiel.apps.explorer.models import CareSystemVersion, SimulationRun
from vliegwiel.apps.regions import services as regions
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import Role
from vliegwiel.web.pages.explorer.comparisons import ComparisonPage

pytestmark = pytest.mark.django_db
URL = "/regio/ijsselland/verkennen/vergelijken/"
Run = Callable[..., SimulationRun]


@pytest.fixture
def run(care_system: CareSystemVersion, analyst: User, lead: User) -> Run:
    """A finished forecast of a scenario of this name and size."""

    def finish(title: str, size: float = 0.5, **asked: int) -> SimulationRun:
        name = re.sub(r"\W+", "-", title.lower()).strip("-")
        document = sized(size, id=name, title=samples.text(title))
        scenario = services.load_scenario(
            care_system=care_system, document=samples.as_text(document), by=analyst
        )
        reckoned = asked | {"replications": asked.get("replications", 20) // 5}
        return kept_run(scenario, outcome(size, **reckoned), by=lead, **asked)

    return finish


@pytest.fixture
def pair(run: Run) -> tuple[SimulationRun, SimulationRun]:
    return run("Half", 0.5), run("=Bijna niets", 0.9)


@pytest.fixture
def as_reader(client: Client, reader: User) -> Client:
    client.force_login(reader, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def compared(client: Client, *runs: SimulationRun, **query: str) -> ComparisonPage:
    answer = client.get(URL, {"run": [run.pk for run in runs], **query})
    assert answer.status_code == 200
    page: ComparisonPage = answer.context["page"]
    return page


def test_each_scenario_has_a_sentence_a_line_and_a_column(
    as_reader: Client, pair: tuple[SimulationRun, ...]
) -> None:
    page = compared(as_reader, *pair)
    shown = page.shown
    assert shown is not None
    assert page.objection == ""
    assert [(card.letter, card.name) for card in shown.cards] == [
        ("A", "Half"),
        ("B", "=Bijna niets"),
    ]
    assert all(card.headline.startswith("Met deze verandering") for card in shown.cards)
    assert len(shown.lines.table.rows) == 24
    assert [column.label for column in shown.lines.table.columns[1:]] == [
        "A Half",
        "B =Bijna niets",
    ]
    assert [part.title for part in shown.parts] == [
        "Wachttijd van jeugdigen die beginnen (dagen) in 2025",
        "Wachtlijst (jeugdigen) in 2025",
        "Jeugdigen in zorg (jeugdigen) in 2025",
        "Kosten in 2025",
        "Kosten in 2024 tot en met 2025",
    ]
    text = as_reader.get(URL, {"run": [run.pk for run in pair]}).content.decode()
    assert "Een totaalcijfer is er niet" in text
    assert "▼ korter wachten" in text


_TONES = {"korter": "better", "langer": "worse", "niet duidelijk": "plain"}


def test_words_follow_the_bands(as_reader: Client, pair: tuple[SimulationRun, ...]) -> None:
    shown = compared(as_reader, *pair).shown
    assert shown is not None
    waiting = shown.parts[0]
    cells = {row[0]: row[1:] for row in waiting.table.rows}
    assert set(cells) == {"alle zorg met plekken", "Ambulante hulp", "Verblijf"}
    for values in cells.values():
        for cell in values:
            if cell is None:
                continue
            found = re.search(r"\(([+−]?[\d,]+) tot ([+−]?[\d,]+)\)", cell.text)
            if found is None:
                assert cell.text == "= geen verschil"
                continue
            low, high = (float(x.replace("−", "-").replace(",", ".")) for x in found.groups())
            words = [word for word in _TONES if word in cell.text]
            # What is shown as 0,0 may lie on either side of it.
            possible = {"korter": high <= 0, "langer": low >= 0, "niet duidelijk": low <= 0 <= high}
            assert len(words) == 1
            assert possible[words[0]]
            assert cell.tone == _TONES[words[0]]


def test_the_choice_of_number_and_form_of_care_stays_in_the_address(
    as_reader: Client, pair: tuple[SimulationRun, ...]
) -> None:
    query = {"run": [run.pk for run in pair], "measure": "cost", "care_type": "local"}
    text = as_reader.get(URL, query).content.decode()
    assert re.search(r'<option value="cost" selected', text)
    assert re.search(r'<option value="local" selected', text)
    for run in pair:
        assert f'<input type="hidden" name="run" value="{run.pk}">' in text
    waits = as_reader.get(URL, {**query, "measure": "waiting_time"}).content.decode()
    assert "Hier wacht niemand" in waits


def test_five_may_stand_beside_each_other_and_six_may_not(as_reader: Client, run: Run) -> None:
    runs = [run(f"Nummer {k}", 0.3 + k / 10) for k in range(6)]
    shown = compared(as_reader, *runs[:5]).shown
    assert shown is not None
    assert [card.letter for card in shown.cards] == [*"ABCDE"]
    page = compared(as_reader, *runs)
    assert page.shown is None
    assert page.objection == "U koos 6 voorspellingen. Kies er hoogstens 5."


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"months": 12}, "kijken niet even ver vooruit"),
        ({"replications": 40}, "niet evenveel herhalingen"),
        ({"seed": 2}, "ander startgetal"),
    ],
)
def test_other_settings_are_refused_in_plain_words(
    as_reader: Client, run: Run, other: dict[str, int], words: str
) -> None:
    page = compared(as_reader, run("Een"), run("Twee", **other))
    assert page.shown is None
    assert not page.wants_more
    assert words in page.objection
    assert "Bereken er een opnieuw" in page.objection
    assert len(page.groups) == 2
    assert all(choice.chosen for group in page.groups for choice in group.choices)


def test_one_forecast_asks_for_another(as_reader: Client, pair: tuple[SimulationRun, ...]) -> None:
    page = compared(as_reader, pair[0])
    assert page.wants_more
    assert "minstens twee" in page.objection
    (group,) = page.groups
    assert {choice.title: choice.chosen for choice in group.choices} == {
        "Half": True,
        "=Bijna niets": False,
    }
    assert compared(as_reader).objection == ""


def test_addresses_that_somebody_made_up_do_no_harm(
    as_reader: Client, pair: tuple[SimulationRun, ...]
) -> None:
    page = as_reader.get(URL, {"run": ["x", "-1", "9" * 40, "²", str(pair[0].pk)]}).context["page"]
    assert page.wants_more
    page = as_reader.get(URL, {"run": [pair[0].pk, pair[1].pk, 987654], "measure": "x"}).context[
        "page"
    ]
    assert page.shown is not None
    assert "1 voorspelling uit dit adres is er niet" in page.objection


def test_forecasts_of_another_region_are_not_there(
    as_reader: Client, reader: User, pair: tuple[SimulationRun, ...]
) -> None:
    other = Region.objects.create(code="JZ14", slug="twente", name="Twente")
    regions.give_role(user=reader, region=other, role=Role.READER)
    answer = as_reader.get("/regio/twente/verkennen/vergelijken/", {"run": [r.pk for r in pair]})
    assert answer.context["page"].shown is None
    assert answer.context["page"].groups == []
    assert "Nog niets om te vergelijken" in answer.content.decode()


def test_nobody_sees_it_without_a_role(client: Client, pair: tuple[SimulationRun, ...]) -> None:
    assert client.get(URL).status_code == 302


def test_the_table_is_exported_in_dutch_and_never_as_a_formula(
    as_reader: Client, pair: tuple[SimulationRun, ...]
) -> None:
    numbers = {"run": [run.pk for run in pair]}
    answer = as_reader.get(f"{URL}tabel.csv", {**numbers, "notation": "nl"})
    text = answer.content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert {row["Scenario"] for row in rows} == {"Half", "'=Bijna niets"}
    assert {row["Soort getal"] for row in rows} == {"uitkomst van een model"}
    assert "Verschil: midden" in rows[0]
    english = as_reader.get(f"{URL}tabel.csv", numbers).content.decode()
    told = list(csv.DictReader(io.StringIO(english)))
    assert len(told) == len(rows)
    assert {row["scenario_name"] for row in told} == {"Half", "'=Bijna niets"}
    assert {row["measure"] for row in told} == {"waiting_time", "waiting_list", "in_care", "cost"}
    for machine, person in zip(told, rows, strict=True):
        assert float(machine["difference_low"]) == float(
            person["Verschil: lage kant"].replace(",", ".")
        )
    assert {row["care_type_name"] for row in told} >= {"Ambulant help", "all care with places"}


def test_every_month_of_every_scenario_is_exported_under_one_heading(
    as_reader: Client, pair: tuple[SimulationRun, ...]
) -> None:
    asked = {"run": [run.pk for run in pair], "notation": "nl"}
    answer = as_reader.get(f"{URL}maanden.csv", asked)
    text = answer.content.decode("utf-8-sig")
    assert text.count("Zonder de verandering: midden") == 1
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert {row["Scenario"] for row in rows} == {"Half", "'=Bijna niets"}
    one = as_reader.get(f"{URL}maanden.csv", {"run": pair[0].pk})
    assert one.status_code == 404


def test_programs_read_the_months_of_a_comparison_as_they_read_those_of_one_forecast(
    as_reader: Client, pair: tuple[SimulationRun, ...]
) -> None:
    asked = {"run": [run.pk for run in pair]}
    text = as_reader.get(f"{URL}maanden.csv", asked).content.decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["scenario_name"] for row in rows[:: len(rows) // 2]] == ["Half", "'=Bijna niets"]
    alone = []
    for run in pair:
        address = f"/regio/ijsselland/verkennen/berekening/{run.pk}/uitkomst.csv"
        alone += csv.DictReader(io.StringIO(as_reader.get(address).content.decode()))
    assert [{k: v for k, v in row.items() if k != "scenario_name"} for row in rows] == alone
    as_reader.cookies["language"] = "en"
    assert as_reader.get(f"{URL}maanden.csv", asked).content.decode() == text


def test_files_of_a_comparison_have_names_of_their_own(
    as_reader: Client, pair: tuple[SimulationRun, ...]
) -> None:
    names = [
        as_reader.get(f"{URL}{file}", {"run": [run.pk for run in pair], **more}).headers[
            "Content-Disposition"
        ]
        for file, more in (
            ("tabel.csv", {"notation": "nl"}),
            ("tabel.csv", {}),
            ("maanden.csv", {"notation": "nl"}),
            ("maanden.csv", {}),
        )
    ]
    assert names == [
        'attachment; filename="vergelijking-2-JZ06-tabel.csv"',
        'attachment; filename="vergelijking-2-JZ06-table.csv"',
        'attachment; filename="vergelijking-2-JZ06-maanden.csv"',
        'attachment; filename="vergelijking-2-JZ06-months.csv"',
    ]


def test_the_table_for_programs_is_the_same_in_every_language(as_reader: Client, run: Run) -> None:
    # Two versions of one scenario: what tells them apart is a word of ours.
    numbers = {"run": [run("Half", size).pk for size in (0.5, 0.9)]}
    dutch = as_reader.get(f"{URL}tabel.csv", numbers).content.decode()
    assert {row["scenario_name"] for row in csv.DictReader(io.StringIO(dutch))} == {
        "Half, version 1",
        "Half, version 2",
    }
    people = as_reader.get(f"{URL}tabel.csv", {**numbers, "notation": "nl"}).content.decode()
    assert "Half, versie 2" in people
    as_reader.cookies["language"] = "en"
    assert as_reader.get(f"{URL}tabel.csv", numbers).content.decode() == dutch


def test_a_comparison_reads_no_documents(
    as_reader: Client, pair: tuple[SimulationRun, ...]
) -> None:
    compared(as_reader, *pair)  # outcomes are kept in memory from now on
    with no_whole_texts(pair[0], pair[0].scenario, pair[0].scenario.care_system):
        page = compared(as_reader, *pair)
    assert page.shown is not None
    assert {choice.title for group in page.groups for choice in group.choices} == {
        "Half",
        "=Bijna niets",
    }


def test_it_is_reached_from_the_overview_and_from_a_forecast(
    as_reader: Client, pair: tuple[SimulationRun, ...]
) -> None:
    text = as_reader.get("/regio/ijsselland/verkennen/").content.decode()
    assert f'<form id="compare" class="vw-stack" method="get" action="{URL}">' in text
    for run in pair:
        assert re.search(rf'form="compare" name="run" value="{run.pk}"', text)
    result = as_reader.get(f"/regio/ijsselland/verkennen/berekening/{pair[0].pk}/")
    assert f'href="{URL}?run={pair[0].pk}"' in result.content.decode()
