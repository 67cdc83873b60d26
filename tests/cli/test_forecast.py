"""`vliegwiel forecast` and `vliegwiel check-document`, without a database."""

import csv
import gzip
import json
import statistics
import subprocess
from pathlib import Path

import pytest
from django.utils import translation

from tests.cli.without_database import typed, vliegwiel
from tests.science.caresystem import samples
from tests.science.caresystem.broken_runs import damage_run
from vliegwiel.apps.explorer.forecasting import Outcome
from vliegwiel.cli import forecast as command
from vliegwiel.cli.working import Begun
from vliegwiel.science.caresystem import MEASURES

pytestmark = [pytest.mark.slow]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample documents as files; small, so that a forecast takes a second."""
    made = tmp_path_factory.mktemp("documents")
    made.joinpath("system.json").write_text(samples.as_text(samples.care_system()))
    made.joinpath("scenario.json").write_text(samples.as_text(samples.scenario()))
    return made


USUAL = (
    "forecast", "--region", "system.json", "--scenario", "scenario.json",
    "--months", "24", "--replications", "20",
)  # fmt: skip


def forecast(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return vliegwiel(folder, *USUAL, *arguments)


def test_it_begins_with_the_sentence_and_says_what_it_is(folder: Path) -> None:
    done = forecast(folder)
    assert done.returncode == 0, done.stderr
    first = done.stdout.splitlines()[0]
    assert "ambulante hulp" in first
    assert "2025" in first
    assert "Uitkomst van een model" in done.stdout
    assert "Welke aannames het meeste uitmaken" in done.stdout


def test_english_is_complete(folder: Path) -> None:
    done = forecast(folder, "--language", "en")
    assert done.returncode == 0, done.stderr
    assert "ambulant help in 2025" in done.stdout
    assert "Outcome of a model" in done.stdout


def test_json_is_the_whole_outcome_and_the_same_on_one_and_two_threads(folder: Path) -> None:
    asked = ("--json", "--seed", "7", "--threads")
    # Typed, so that nothing that processes of one parent share can make the two equal.
    first = typed(folder, *USUAL, *asked, "1")
    again = forecast(folder, *asked, "2")
    body = json.loads(first.stdout)
    assert body["kind"]["nl"] == "uitkomst van een model"
    assert body["forecast"]["identity"]["seed"] == 7
    assert len(body["forecast"]["months"]) == 24
    assert first.stdout == again.stdout


def test_the_forecast_is_printed_before_the_rest_is_worked_out(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And says what it is, as somebody may stop waiting there."""
    go_on, printed = Begun.go_on, []

    def after(self: Begun) -> Outcome:
        printed.append(capsys.readouterr().out)
        return go_on(self)

    monkeypatch.setattr(Begun, "go_on", after)
    monkeypatch.setenv("VLIEGWIEL_LANGUAGE", "nl")
    asked = {"region": str(folder / "system.json"), "scenario": str(folder / "scenario.json")}
    with translation.override("nl"):
        command.forecast(**asked, months=24, replications=20, language="nl")
    (first,) = printed
    rest = capsys.readouterr().out
    for words in ("ambulante hulp", "Verschillen door de verandering", "Kosten per kalenderjaar"):
        assert words in first
        assert words not in rest.partition("Wie er bij de start wacht")[0]
    assert first.splitlines()[-1].startswith("Uitkomst van een model")
    assert "Wie er bij de start wacht" in rest
    assert "Welke aannames het meeste uitmaken" in rest


def test_a_law_that_a_run_broke_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = {"region": str(folder / "system.json"), "scenario": str(folder / "scenario.json")}
    size = {"months": 12, "replications": 20, "only_forecast": True}
    with translation.override("nl"):
        command.forecast(**asked, **size, language="nl")
        assert "✗" not in capsys.readouterr().out
        damage_run(monkeypatch, "a day of waiting too much")
        command.forecast(**asked, **size, language="nl")
    (told,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith("✗")]
    assert told.startswith("✗ In minstens één herhaling zijn de dagen wachten en zorg")
    assert "Gebruik deze uitkomst niet" in told


def test_the_forecast_alone_is_how_the_whole_begins(folder: Path) -> None:
    whole, alone = forecast(folder), forecast(folder, "--only-forecast")
    assert alone.returncode == 0, alone.stderr
    assert whole.stdout.startswith(alone.stdout)
    assert "Uitkomst van een model" in alone.stdout
    assert "Welke aannames het meeste uitmaken" not in alone.stdout
    assert "Wie er bij de start wacht" not in alone.stdout


def test_the_forecast_alone_has_the_same_numbers_as_json(folder: Path) -> None:
    whole = json.loads(forecast(folder, "--json").stdout)
    alone = json.loads(forecast(folder, "--json", "--only-forecast").stdout)
    assert set(alone) == {"kind", "sentence", "forecast"}
    assert whole["forecast"]["queue"]
    assert alone["forecast"] == {**whole["forecast"], "queue": []}
    assert (alone["kind"], alone["sentence"]) == (whole["kind"], whole["sentence"])


def test_csv_holds_every_number(folder: Path) -> None:
    done = forecast(folder, "--csv", "numbers.csv")
    assert done.returncode == 0, done.stderr
    with (folder / "numbers.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    # Every measure, three forms of care and all together, 24 months.
    assert {row["measure"] for row in rows} == set(MEASURES)
    assert len(rows) == len(MEASURES) * 4 * 24
    assert {row["kind"] for row in rows} == {"outcome of a model"}


def test_a_queue_without_end_is_said_before_the_run_and_beside_the_outcome(folder: Path) -> None:
    document = samples.care_system()
    ambulant = document["care_types"][0]
    ambulant["capacity"]["places"] = samples.printed(300.0, "places")
    ambulant["capacity"]["steps"] = [
        {"from": "2025-01-01", "value": samples.printed(90.0, "places")}
    ]
    del ambulant["patience"]
    folder.joinpath("short.json").write_text(samples.as_text(document))
    done = forecast(folder, "--region", "short.json", "--only-forecast", "--language", "en")
    assert done.returncode == 0, done.stderr
    for told in (done.stderr, done.stdout):
        assert "Without the change ambulant help cannot keep up from January 2025" in told
        assert "With the change ambulant help cannot keep up from January 2025" in told
        assert "and there are 90" in told


def test_a_number_can_be_set(folder: Path) -> None:
    body = json.loads(forecast(folder, "--json", "--set", "interventions.0.size=0,5").stdout)
    (used,) = [
        item
        for item in body["forecast"]["assumptions"]
        if item["address"] == "interventions.0.size"
    ]
    assert (used["low"], used["value"], used["high"]) == (0.5, 0.5, 0.5)


def test_it_can_be_warmed_up_and_then_says_that_who_waits_today_is_not_known(folder: Path) -> None:
    done = forecast(folder, "--warm-up", "24")
    assert done.returncode == 0, done.stderr
    assert "De simulatie begon leeg, 24 maanden vóór de start" in done.stdout
    assert "Plaats in de rij" not in done.stdout
    assert "Plaats in de rij" in forecast(folder).stdout
    refused = forecast(folder, "--warm-up", "241")
    assert refused.returncode == 2
    assert "warm_up_months" in refused.stderr


@pytest.mark.parametrize("name", ["each.csv", "each.csv.gz"])
def test_each_repetition_stands_in_a_file_whose_middle_is_the_forecast(
    folder: Path, name: str
) -> None:
    done = forecast(folder, "--only-forecast", "--json", "--replications-to", name)
    assert done.returncode == 0, done.stderr
    opened = gzip.open if name.endswith(".gz") else open
    with opened(folder / name, "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    body = json.loads(done.stdout)["forecast"]
    assert len(rows) == 20 * 24 * len(MEASURES) * 4
    assert {row["replication"] for row in rows} == {str(n) for n in range(1, 21)}
    assert {row["kind"] for row in rows} == {"outcome of a model"}
    values: dict[tuple[str, str, str], list[tuple[float, float]]] = {}
    for row in rows:
        if row["baseline"] and row["scenario"]:
            key = row["measure"], row["care_type"], row["month"]
            values.setdefault(key, []).append((float(row["baseline"]), float(row["scenario"])))
    for measure in ("waiting_list", "in_care", "cost", "arrivals"):
        for care_type in ("ambulant", "all"):
            series = body["series"][measure][care_type]
            for k, month in enumerate(body["months"]):
                pairs = values[measure, care_type, month]
                assert len(pairs) == 20
                for part, found in (
                    ("baseline", [plain for plain, _after in pairs]),
                    ("scenario", [after for _plain, after in pairs]),
                    ("difference", [after - plain for plain, after in pairs]),
                ):
                    middle = series[part]["median"][k]
                    assert statistics.median(found) == pytest.approx(middle, rel=1e-5, abs=1e-6)


def test_a_file_that_cannot_be_written_is_refused_before_anything_is_done(folder: Path) -> None:
    done = forecast(folder, "--replications-to", "nowhere/each.csv")
    assert done.returncode == 2
    assert "nowhere" in done.stderr


def test_it_stops_for_another_measure_and_form_of_care(folder: Path) -> None:
    found = {}
    for what in (
        "waiting_time",
        "waiting_list:ambulant",
        "cost:all",
        "share_within_norm:residential",
    ):
        width = "0.5" if what.startswith("share") else "30"
        done = vliegwiel(
            folder, "forecast", "--region", "system.json", "--scenario", "scenario.json",
            "--months", "24", "--precision", width, "--precision-of", what, "--json",
            "--replications", "75", "--only-forecast",
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        body = json.loads(done.stdout)["forecast"]
        check = next(c for c in body["checks"] if "precise" in c["code"])
        found[what] = body["identity"]["replications"], check["code"], check["params"]["width"]
    assert found["waiting_list:ambulant"][:2] == (50, "precise_enough")
    assert found["share_within_norm:residential"][:2] == (50, "precise_enough")
    # Nobody knows the cost of a region to within thirty euros.
    assert found["cost:all"][:2] == (75, "not_precise_enough")
    assert len({width for _count, _code, width in found.values()}) == 4


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--precision", "1", "--precision-of", "weight"), "waiting_time, waiting_time_median"),
        (("--precision", "1", "--precision-of", "waiting_time:nothing"), "ambulant, local"),
        (("--precision", "1", "--precision-of", "waiting_time:local"), "lokaal team"),
        (
            (
                "--precision-of",
                "cost",
            ),
            "--precision",
        ),
        (("--precision", "0", "--precision-of", "cost"), "is een getal boven nul"),
    ],
)
def test_what_can_never_be_known_so_is_refused(
    folder: Path, more: tuple[str, ...], words: str
) -> None:
    done = forecast(folder, *more)
    assert done.returncode == 2
    assert words in done.stderr


def test_it_stops_when_it_is_as_precise_as_asked_and_says_so(folder: Path) -> None:
    """Asked more precisely it goes on, with the replications that it had before."""
    found = {}
    for days in ("40", "0.5"):
        done = vliegwiel(
            folder, "forecast", "--region", "system.json", "--scenario", "scenario.json",
            "--months", "24", "--precision", days, "--json", "--replications", "150",
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        body = json.loads(done.stdout)["forecast"]
        check = next(c for c in body["checks"] if "precise" in c["code"])
        found[days] = body["identity"]["replications"], check["code"], check["params"]["width"]
    assert found["40"][:2] == (50, "precise_enough")
    assert found["0.5"][0] > 50
    assert found["0.5"][2] < found["40"][2] <= 40
    shown = forecast(folder, "--precision", "0.0001", "--replications", "60")
    assert "niet zo precies als gevraagd" in shown.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--precision", "0"], "--precision is een aantal dagen boven nul, niet 0.0"),
        (["--region", "nowhere"], "Kies uit: ijsselland"),
        (["--scenario", "nothing"], "Er is geen scenario “nothing”"),
        (["--months", "3"], "--months moet tussen 12 en 120 liggen, niet 3"),
        (["--replications", "5000"], "--replications moet tussen 20 en 1000 liggen"),
        (["--set", "care_types.ambulant.stay.mean"], "een naam en een getal"),
        (["--set", "care_types.nothing=3"], "“care_types.nothing” is geen kenmerk"),
        (["--set", "referrers.gp.rate=-3"], "zij mag niet onder nul zijn"),
        (["--csv", "no/such/folder.csv"], "bestaat niet"),
        (["--language", "fr"], "nl, en"),
        (["--region", "broken.json"], "geen geldige JSON: regel 1, kolom 2"),
    ],
)
def test_wrong_input_is_one_clear_line_and_status_two(
    folder: Path, arguments: list[str], words: str
) -> None:
    (folder / "broken.json").write_text("{nonsense")
    done = forecast(folder, *arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1


def test_shipped_names_are_listed(folder: Path) -> None:
    done = vliegwiel(folder, "forecast", "--region", "ijsselland", "--scenario", "x")
    assert done.returncode == 2
    assert "broader-treatment, deliberate-entry, finite-trajectories" in done.stderr


def test_check_document_lists_every_fault_with_its_place(folder: Path) -> None:
    document = samples.care_system()
    document["norm_days"]["value"] = -1.0
    document["care_types"][0]["stay"]["mean"]["unit"] = "youths"
    (folder / "faulty.json").write_text(samples.as_text(document))
    done = vliegwiel(folder, "check-document", "faulty.json")
    assert done.returncode == 2
    lines = done.stderr.strip().splitlines()
    assert any(line.startswith("faulty.json: norm_days") for line in lines)
    assert any(line.startswith("faulty.json: care_types[0].stay.mean") for line in lines)


def test_check_document_says_when_all_is_well(folder: Path) -> None:
    for file, run in (("system.json", vliegwiel), ("scenario.json", typed)):
        done = run(folder, "check-document", file, "--region", "system.json")
        assert (done.returncode, done.stdout.strip()) == (0, f"{file} heeft geen fouten.")
