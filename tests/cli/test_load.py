"""`vliegwiel load ...`: whole or not at all, told with its place, by the services of the pages."""

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tests import worker_process
from tests.apps.figures import waiting_files
from tests.apps.offers import offer_files
from tests.science.caresystem import samples
from vliegwiel import reference
from vliegwiel.apps.explorer.models import CareSystemVersion, ScenarioVersion
from vliegwiel.apps.explorer.services import load_care_system, load_example
from vliegwiel.apps.figures.models import (
    FigureDelivery,
    RegionalFigure,
    WaitingTimeDelivery,
    WaitingTimeStatement,
)
from vliegwiel.apps.figures.services import load_sources
from vliegwiel.apps.insights.models import Insight
from vliegwiel.apps.offers.models import OfferVersion
from vliegwiel.apps.regions.models import Municipality, Region
from vliegwiel.apps.regions.services import system_user
from vliegwiel.cli import shipped
from vliegwiel.cli.main import app

pytestmark = pytest.mark.usefixtures("as_if_alone")


@pytest.fixture
def ijsselland(db: None) -> Region:
    load_sources(by=system_user())
    return Region.objects.create(code="JZ07", slug="ijsselland", name="IJsselland")


@pytest.fixture
def twente(db: None) -> Region:
    return Region.objects.create(code="JZ14", slug="twente", name="Twente")


def load(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["load", *map(str, arguments)])


def begin(lines: list[str], words: str) -> list[str]:
    """The lines that begin so; there must be one."""
    found = [line for line in lines if line.startswith(words)]
    assert found, lines
    return found


def written(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def shipped_figures(folder: Path) -> Path:
    files = {file.name: file.content for file in reference.regional_figure_files()}
    return written(folder, "ijsselland.csv", files["ijsselland.csv"])


class TestFigures:
    def test_a_good_file_is_loaded_and_the_same_again_changes_nothing(
        self, ijsselland: Region, tmp_path: Path
    ) -> None:
        file = shipped_figures(tmp_path)
        first = load("figures", file, "--region", "ijsselland")
        number = RegionalFigure.objects.count()
        assert number > 30
        assert (first.exit_code, first.stderr) == (0, "")
        assert first.stdout == (
            f"ijsselland.csv: {number} cijfers gelezen, waarvan {number} nieuw en 0 veranderd.\n"
        )
        again = load("figures", file, "--region", "JZ07")
        assert again.exit_code == 0
        assert "Er is niets veranderd" in again.stdout
        assert RegionalFigure.objects.count() == number
        assert FigureDelivery.objects.count() == 1

    def test_the_file_says_its_region_itself(self, ijsselland: Region, tmp_path: Path) -> None:
        assert load("figures", shipped_figures(tmp_path)).exit_code == 0
        assert set(RegionalFigure.objects.values_list("region__slug", flat=True)) == {"ijsselland"}

    def test_a_file_about_the_country_alone_needs_a_region(
        self, ijsselland: Region, tmp_path: Path
    ) -> None:
        files = {file.name: file.content for file in reference.regional_figure_files()}
        file = written(tmp_path, "nl.csv", files["netherlands.csv"])
        asked = load("figures", file)
        assert asked.exit_code == 2
        assert "--region" in asked.stderr
        assert load("figures", file, "--region", "ijsselland").exit_code == 0

    def test_a_broken_file_is_refused_whole_with_every_place(
        self, ijsselland: Region, tmp_path: Path
    ) -> None:
        lines = shipped_figures(tmp_path).read_text(encoding="utf-8").splitlines()
        lines[3] = lines[3].replace("persons", "bananas").replace("percent", "bananas")
        lines[5] += ",one cell too many"
        done = load("figures", written(tmp_path, "broken.csv", "\n".join(lines)))
        assert (done.exit_code, done.stdout) == (2, "")
        said = done.stderr.splitlines()
        assert any(
            line.startswith("broken.csv: regel 4, kolom “unit” (line 4, unit): ") for line in said
        ), said
        assert any(line.startswith("broken.csv: regel 6 (line 6): ") for line in said), said
        assert said[-1] == "Er is niets ingelezen."
        assert not RegionalFigure.objects.exists()
        assert not FigureDelivery.objects.exists()


class TestWaitingTimes:
    def test_a_good_file_is_loaded_and_the_same_again_changes_nothing(
        self, twente: Region, tmp_path: Path
    ) -> None:
        shipped = reference.published_waiting_time_files("twente")[-1]
        file = written(tmp_path, shipped.name, shipped.content)
        first = load("waiting-times", file, "--region", "twente")
        assert first.exit_code == 0, first.stderr
        number = WaitingTimeStatement.objects.count()
        assert first.stdout == f"{shipped.name}: {number} opgaven ingelezen.\n"
        again = load("waiting-times", file, "--region", "twente")
        assert again.exit_code == 0
        assert "Er is niets veranderd" in again.stdout
        assert WaitingTimeDelivery.objects.count() == 1

    def test_what_stands_out_is_told_beside_what_was_loaded(
        self, twente: Region, tmp_path: Path
    ) -> None:
        odd = waiting_files.content(waiting_files.row(l="Nergenshuizen"))
        done = load("waiting-times", written(tmp_path, "odd.json", odd), "--region", "twente")
        assert (done.exit_code, done.stdout) == (0, "odd.json: 1 opgave ingelezen.\n")
        assert done.stderr.startswith("Let op: odd.json: ")

    def test_a_broken_file_is_refused_whole_with_every_place(
        self, twente: Region, tmp_path: Path
    ) -> None:
        rows = [waiting_files.row(), waiting_files.row(p=...), waiting_files.row(date="soon")]
        file = written(tmp_path, "broken.json", waiting_files.content(*rows))
        done = load("waiting-times", file, "--region", "twente")
        assert (done.exit_code, done.stdout) == (2, "")
        said = done.stderr.splitlines()
        assert any(line.startswith("broken.json: rij 2") and "rows[1]" in line for line in said), (
            said
        )
        assert any(line.startswith("broken.json: rij 3") and "rows[2]" in line for line in said), (
            said
        )
        assert said[-1] == "Er is niets ingelezen."
        assert not WaitingTimeDelivery.objects.exists()

    def test_english_when_asked(self, twente: Region, tmp_path: Path) -> None:
        file = written(tmp_path, "empty.json", "")
        done = load("waiting-times", file, "--region", "twente", "--language", "en")
        assert done.exit_code == 2
        assert done.stderr.splitlines()[0].startswith("empty.json: The file is empty.")
        assert done.stderr.splitlines()[-1] == "Nothing was loaded."


class TestOffers:
    def test_a_good_table_is_loaded_and_the_same_again_changes_nothing(
        self, twente: Region, tmp_path: Path
    ) -> None:
        place = Municipality.objects.create(code="0153", name="Enschede")
        twente.municipality_memberships.create(municipality=place, start=date(2026, 1, 1))
        rows = [offer_files.row(municipalities="all")]
        file = written(tmp_path, "aanbod.csv", offer_files.csv_of(rows))
        first = load("offers", file, "--region", "twente")
        assert (first.exit_code, first.stderr) == (0, "")
        assert first.stdout == "aanbod.csv: 1 aanbieding gelezen; nieuw: 1, veranderd: 0.\n"
        again = load("offers", file, "--region", "JZ14")
        assert "Er is niets veranderd" in again.stdout
        assert OfferVersion.objects.count() == 1
        wrong = [offer_files.row(municipalities="all", free="soms")]
        done = load("offers", written(tmp_path, "fout.csv", offer_files.csv_of(wrong)),
                    "--region", "twente")  # fmt: skip
        assert (done.exit_code, done.stdout) == (2, "")
        assert done.stderr.startswith("fout.csv: regel 2, kolom “free” (line 2, free): ")
        assert done.stderr.splitlines()[-1] == "Er is niets ingelezen."


class TestInitiatives:
    def test_a_table_is_loaded_once_and_a_wrong_one_not_at_all(
        self, twente: Region, tmp_path: Path
    ) -> None:
        file = written(tmp_path, "ideeen.csv", "titel;omschrijving\nDagstart;Kort overleg.\n")
        first = load("initiatives", file, "--region", "twente")
        assert (first.exit_code, first.stderr) == (0, "")
        assert first.stdout == "ideeen.csv: 1 initiatief gelezen; nieuw: 1, veranderd: 0.\n"
        assert "Er is niets veranderd" in load("initiatives", file, "--region", "twente").stdout
        wrong = written(tmp_path, "fout.csv", "titel;omschrijving;wie\nA;B;niemand\n")
        done = load("initiatives", wrong, "--region", "twente")
        assert (done.exit_code, done.stdout) == (2, "")
        assert done.stderr.startswith("fout.csv: regel 2, kolom “actors”")
        assert done.stderr.splitlines()[-1] == "Er is niets ingelezen."


class TestDocuments:
    def test_care_system_and_scenario_are_loaded_once(
        self, ijsselland: Region, tmp_path: Path
    ) -> None:
        system = written(tmp_path, "system.json", samples.as_text(samples.care_system()))
        scenario = written(tmp_path, "scenario.json", samples.as_text(samples.scenario()))
        for file, kind, words in (
            (system, "care-system", "nieuwste zorgstelsel van IJsselland"),
            (scenario, "scenario", "als scenario van IJsselland"),
        ):
            first = load(kind, file, "--region", "ijsselland")
            assert first.exit_code == 0, first.stderr
            assert words in first.stdout
            again = load(kind, file, "--region", "ijsselland")
            assert again.exit_code == 0
            assert "Er is niets veranderd" in again.stdout
        assert CareSystemVersion.objects.count() == 1
        assert not ScenarioVersion.objects.get().shipped

    def test_the_practice_region_can_be_loaded(self, ijsselland: Region, tmp_path: Path) -> None:
        shipped = reference.care_system_file("oefenregio")
        assert shipped is not None
        (scenario,) = reference.scenario_files("oefenregio")
        for kind, file in (("care-system", shipped), ("scenario", scenario)):
            path = written(tmp_path, file.name, file.content)
            done = load(kind, path, "--region", "ijsselland")
            assert done.exit_code == 0, done.stderr
        assert ScenarioVersion.objects.get().identifier == "practice-home-team"

    def test_a_changed_scenario_is_the_next_version_of_the_same(
        self, ijsselland: Region, tmp_path: Path
    ) -> None:
        system = written(tmp_path, "system.json", samples.as_text(samples.care_system()))
        assert load("care-system", system, "--region", "ijsselland").exit_code == 0
        for words in ("Eerst zo.", "Dan anders."):
            document = samples.scenario() | {"description": samples.text(words)}
            file = written(tmp_path, "scenario.json", samples.as_text(document))
            assert load("scenario", file, "--region", "ijsselland").exit_code == 0
        first, second = ScenarioVersion.objects.order_by("number")
        assert (second.identifier, second.number) == (first.identifier, 2)
        assert second.copied_from == first

    def test_an_example_is_left_alone_and_its_name_is_taken(
        self, ijsselland: Region, tmp_path: Path
    ) -> None:
        by = system_user()
        version = load_care_system(
            region=ijsselland, document=samples.as_text(samples.care_system()), by=by
        )
        example = load_example(
            care_system=version, document=samples.as_text(samples.scenario()), by=by
        )
        changed = samples.scenario() | {"description": samples.text("Van onszelf.")}
        same_name = written(tmp_path, "own.json", samples.as_text(changed))
        done = load("scenario", same_name, "--region", "ijsselland")
        assert done.exit_code == 2
        assert "heet al “Eindige trajecten”" in done.stderr
        named = changed | {"title": samples.text("Ons eigen scenario")}
        file = written(tmp_path, "own.json", samples.as_text(named))
        for _turn in range(2):
            assert load("scenario", file, "--region", "ijsselland").exit_code == 0
        own = ScenarioVersion.objects.exclude(pk=example.pk).get()
        assert (own.identifier, own.shipped) == ("finite-own", False)

    def test_a_scenario_needs_a_care_system(self, ijsselland: Region, tmp_path: Path) -> None:
        file = written(tmp_path, "scenario.json", samples.as_text(samples.scenario()))
        done = load("scenario", file, "--region", "ijsselland")
        assert done.exit_code == 2
        assert "vliegwiel load care-system" in done.stderr

    def test_every_fault_is_told_and_nothing_kept(self, ijsselland: Region, tmp_path: Path) -> None:
        document = samples.care_system()
        document["norm_days"]["value"] = -1.0
        document["care_types"][0]["stay"]["mean"]["unit"] = "youths"
        done = load(
            "care-system",
            written(tmp_path, "faulty.json", samples.as_text(document)),
            "--region",
            "ijsselland",
        )
        assert (done.exit_code, done.stdout) == (2, "")
        said = done.stderr.splitlines()
        assert any(line.startswith("faulty.json: norm_days") for line in said)
        assert any(line.startswith("faulty.json: care_types[0].stay.mean") for line in said)
        assert said[-1] == "Er is niets ingelezen."
        assert not CareSystemVersion.objects.exists()

    def test_faults_of_a_scenario_likewise(self, ijsselland: Region, tmp_path: Path) -> None:
        system = written(tmp_path, "system.json", samples.as_text(samples.care_system()))
        assert load("care-system", system, "--region", "ijsselland").exit_code == 0
        document = samples.scenario()
        document["interventions"][0]["target"] = "care_types.nothing"
        broken = written(tmp_path, "broken.json", samples.as_text(document))
        done = load("scenario", broken, "--region", "ijsselland")
        assert done.exit_code == 2
        assert done.stderr.startswith("broken.json: interventions[0].target: ")
        assert not ScenarioVersion.objects.exists()


class TestInsights:
    def document(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(
            (Path(reference.__file__).parent / "insights/ijsselland.json").read_text("utf-8")
        )
        return found

    def test_a_document_is_loaded_once_and_a_newer_version_renews_it(
        self, ijsselland: Region, tmp_path: Path
    ) -> None:
        document = self.document()
        for version, words in (
            (2, "7 inzichten ingelezen"),
            (2, "Er is niets veranderd"),
            (3, "7 inzichten ingelezen"),
        ):
            document["version"] = version
            document["insights"][0]["title"]["nl"] = f"Titel {version}"
            file = written(tmp_path, "insights.json", json.dumps(document))
            done = load("insights", file, "--region", "ijsselland")
            assert done.exit_code == 0, done.stderr
            assert words in done.stdout
            assert Insight.objects.get(number=1).title_nl == f"Titel {version}"

    def test_every_fault_is_told_with_its_place_and_nothing_kept(
        self, ijsselland: Region, tmp_path: Path
    ) -> None:
        document = self.document()
        document["region"] = "JZ14"
        document["source"] = "hearsay"
        document["insights"][1]["number"] = 1
        document["insights"][2]["related_to"] = [99]
        document["insights"][3]["title"]["nl"] = " "
        document["insights"][4]["number"] = 99_999
        document["insights"][5]["title"]["en"] = "x" * 201
        document["consultations"][0]["end"] = "2020-01-01"
        file = written(tmp_path, "faulty.json", json.dumps(document))
        done = load("insights", file, "--region", "ijsselland")
        assert (done.exit_code, done.stdout) == (2, "")
        said = done.stderr.splitlines()
        for words in (
            "faulty.json: region: Het document gaat over regio “JZ14”, niet over “JZ07”.",
            "faulty.json: source: De bron “hearsay” staat niet in de bronnenlijst.",
            "faulty.json: insights[1].number: Het nummer 1 komt vaker voor.",
            "faulty.json: insights[2].related_to[0]: Er is geen inzicht met nummer 99.",
            "faulty.json: insights[3].title.nl: Dit mag niet leeg zijn.",
            "faulty.json: insights[4].number: Het getal is 99.999; het mag hoogstens 1000 zijn.",
            "faulty.json: insights[5].title.en: De tekst heeft 201 tekens; dat mogen er hoogstens "
            "200 zijn.",
            "faulty.json: consultations[0].end: 2020-01-01 ligt voor 2023-11-20.",
        ):
            assert words in said, said
        assert said[-1] == "Er is niets ingelezen."
        assert not Insight.objects.exists()

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            (lambda d: d.pop("insights"), "Het veld “insights” ontbreekt."),
            (lambda d: d.update(more=1), "Het veld “more” bestaat hier niet."),
            (
                lambda d: d["insights"][0].update(number="one"),
                "insights[0].number: Hier is een getal nodig.",
            ),
            (
                lambda d: d["insights"][0]["priority"].update(level="high"),
                "insights[0].priority.level: “high” kan hier niet",
            ),
        ],
    )
    def test_the_shape(
        self,
        ijsselland: Region,
        tmp_path: Path,
        change: Callable[[dict[str, Any]], object],
        words: str,
    ) -> None:
        document = self.document()
        change(document)
        file = written(tmp_path, "shape.json", json.dumps(document))
        done = load("insights", file, "--region", "ijsselland")
        assert done.exit_code == 2
        assert words in done.stderr

    @pytest.mark.parametrize("content", ["", "[]", "{", "\xff", '{"region": "\\u0000"}'])
    def test_no_document_at_all(self, ijsselland: Region, tmp_path: Path, content: str) -> None:
        file = written(tmp_path, "none.json", content.encode("latin-1"))
        done = load("insights", file, "--region", "ijsselland")
        assert done.exit_code == 2
        assert done.stderr.startswith("none.json: ")


class TestWhatIsAsked:
    @pytest.mark.parametrize(
        ("region", "words"),
        [
            ("ijseland", "Bedoelt u ijsselland?"),
            ("nowhere", "Er is geen regio “nowhere”."),
            ("twente", "Geef eerst: vliegwiel load shipped"),
            ("jz14", "Geef eerst: vliegwiel load shipped"),
        ],
    )
    def test_an_unknown_region(
        self, ijsselland: Region, tmp_path: Path, region: str, words: str
    ) -> None:
        done = load("figures", shipped_figures(tmp_path), "--region", region)
        assert done.exit_code == 2
        assert words in done.stderr

    def test_a_file_that_is_not_there(self, ijsselland: Region, tmp_path: Path) -> None:
        done = load("figures", tmp_path / "gone.csv", "--region", "ijsselland")
        assert done.exit_code == 2
        assert "gone.csv" in done.stderr
        assert len(done.stderr.splitlines()) == 1

    def test_another_language(self, tmp_path: Path) -> None:
        assert load("figures", tmp_path / "a.csv", "--language", "fr").exit_code == 2


def test_what_ships_leaves_an_insight_of_the_region_alone(ijsselland: Region) -> None:
    own = Insight.objects.create(
        region=ijsselland, number=2, title_nl="A", title_en="A", summary_nl="B", summary_en="B",
        is_own=True,
    )  # fmt: skip
    said = shipped.load_insights(lambda _done, _of: None)
    assert said == (
        "0 inzichten; niet geladen: IJsselland: Inzicht 2 van de regio heeft de regio zelf gemaakt."
    )
    assert list(Insight.objects.all()) == [own]


@pytest.mark.slow
def test_what_ships_makes_an_empty_installation_ready_twice_alike(db: None) -> None:
    first = load("shipped")
    assert first.exit_code == 0, first.stderr
    assert "42 regio’s, 342 gemeenten" in first.stdout
    kinds = (RegionalFigure, WaitingTimeStatement, Insight, ScenarioVersion, Municipality)
    counts = [kind.objects.count() for kind in kinds]
    assert all(counts)
    assert load("shipped").stdout == first.stdout
    assert [kind.objects.count() for kind in kinds] == counts


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
class TestInAProcessOfItsOwn:
    def run(self, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "vliegwiel.cli", "load", *map(str, arguments)],
            env={**worker_process.environment(), **environment},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def test_status_and_lines(self, twente: Region, tmp_path: Path) -> None:
        good = written(tmp_path, "good.json", waiting_files.content())
        done = self.run("waiting-times", good, "--region", "twente")
        assert (done.returncode, done.stdout) == (0, "good.json: 1 opgave ingelezen.\n"), (
            done.stderr
        )
        assert WaitingTimeStatement.objects.count() == 1
        bad = written(tmp_path, "bad.json", b"\xff\xfe")
        done = self.run("waiting-times", bad, "--region", "twente")
        assert (done.returncode, done.stdout) == (2, "")
        assert "Traceback" not in done.stderr
        assert WaitingTimeDelivery.objects.count() == 1

    def test_a_database_that_is_away_is_one_line(self, tmp_path: Path) -> None:
        file = written(tmp_path, "good.json", waiting_files.content())
        away = {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing"}
        done = self.run("waiting-times", file, "--region", "twente", **away)
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        assert done.stderr.startswith("De database is niet te bereiken")
