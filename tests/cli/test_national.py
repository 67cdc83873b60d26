"""`vliegwiel national`: results, and that nothing that stops it changes them."""

import csv
import fcntl
import json
import resource
import signal
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.cli.national import (
    SMALL,
    national,
    outcome,
    pieces,
    start,
    until_pieces,
)
from tests.cli.without_database import command, environment, typed
from tests.warm_commands import Running
from vliegwiel.science.caresystem import Forecast, read_care_system

pytestmark = [pytest.mark.slow]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """What a calculation that nobody disturbs leaves behind.

    Typed, so that nothing that processes of one parent share can make the others equal to it.
    """
    where = tmp_path_factory.mktemp("whole")
    done = typed(where, "national", *SMALL, "--threads", "1")
    assert done.returncode == 0, done.stderr
    return outcome(where / "national")


@pytest.fixture(scope="module", autouse=True)
def nobody_answers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A command that waits ten seconds for a scheduler, which it does while other tests go on."""
    where = tmp_path_factory.mktemp("alone")
    running = start(where, "--scheduler", "tcp://127.0.0.1:1", "--only", "JZ10")
    yield running
    running.kill()


def rows(files: Mapping[str, bytes]) -> list[dict[str, str]]:
    return list(csv.DictReader(files["country.csv"].decode().splitlines()))


def test_a_forecast_of_each_region_and_a_table_of_the_country(whole: Mapping[str, bytes]) -> None:
    assert set(whole) == {
        "country.csv", "country.json", "plan.json", "years/JZ03.years", "years/JZ10.years",
        "regions/ijmond.json", "regions/kop-van-noord-holland.json",
    }  # fmt: skip
    forecast = Forecast.from_json(whole["regions/ijmond.json"].decode())
    assert forecast.identity.region == "JZ10"
    assert len(forecast.months) == 24
    found = rows(whole)
    assert {row["region"] for row in found} == {"JZ03", "JZ10", "NL"}
    assert {row["kind"] for row in found} == {"outcome of a model"}
    cost = {
        row["region"]: float(row["baseline_median"])
        for row in found
        if (row["measure"], row["year"], row["care_type"]) == ("cost", "2028", "all")
    }
    assert cost["NL"] == pytest.approx(cost["JZ03"] + cost["JZ10"], rel=0.1)


def test_the_document_of_the_country_says_what_it_is(whole: Mapping[str, bytes]) -> None:
    document = json.loads(whole["country.json"])
    assert document["kind"]["nl"] == "uitkomst van een model"
    assert document["replications"] == 130
    assert len(document["rows"]) == len(rows(whole))
    assert [region["size_is_published"] for region in document["regions"]] == [False, False]


def test_threads_do_not_matter(whole: Mapping[str, bytes], tmp_path: Path) -> None:
    done = national(tmp_path, *SMALL, "--threads", "2")
    assert done.returncode == 0, done.stderr
    assert outcome(tmp_path / "national") == whole


def test_killed_half_way_and_taken_up_again(whole: Mapping[str, bytes], tmp_path: Path) -> None:
    folder = tmp_path / "national"
    process = start(tmp_path, *SMALL, "--threads", "2")
    until_pieces(folder, process, 2)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    kept = {file.name: file.stat().st_mtime_ns for file in pieces(folder)}
    assert kept
    assert "country.csv" not in outcome(folder)
    again = start(tmp_path, *SMALL, "--threads", "2")
    until_pieces(folder, again, len(kept) + 1)
    now = {file.name: file.stat().st_mtime_ns for file in pieces(folder)}
    assert {name: now[name] for name in kept if name in now} == {
        name: kept[name] for name in kept if name in now
    }
    _out, errors = again.communicate(timeout=300)
    assert again.returncode == 0, errors
    assert outcome(folder) == whole


def test_a_damaged_piece_is_made_again(whole: Mapping[str, bytes], tmp_path: Path) -> None:
    folder = tmp_path / "national"
    process = start(tmp_path, *SMALL, "--threads", "1")
    until_pieces(folder, process, 2)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    cut, changed = pieces(folder)[:2]
    cut.write_bytes(cut.read_bytes()[:-100])
    content = bytearray(changed.read_bytes())
    content[len(content) // 2] ^= 1
    changed.write_bytes(content)
    done = national(tmp_path, *SMALL)
    assert done.returncode == 0, done.stderr
    assert outcome(folder) == whole


def test_a_finished_region_that_was_damaged_is_made_again(
    whole: Mapping[str, bytes], tmp_path: Path
) -> None:
    assert national(tmp_path, *SMALL).returncode == 0
    folder = tmp_path / "national"
    (folder / "regions/ijmond.json").write_text("{}")
    (folder / "years/JZ03.years").write_bytes(b"nothing")
    assert national(tmp_path, *SMALL).returncode == 0
    assert outcome(folder) == whole


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopping_is_clean(
    whole: Mapping[str, bytes], tmp_path: Path, number: signal.Signals
) -> None:
    folder = tmp_path / "national"
    process = start(tmp_path, *SMALL, "--threads", "1")
    until_pieces(folder, process, 1)
    process.send_signal(number)
    _out, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Gestopt. Wat klaar is, staat in national" in errors
    assert "Traceback" not in errors
    assert not list(folder.rglob("*.part"))
    assert national(tmp_path, *SMALL).returncode == 0
    assert outcome(folder) == whole


def test_the_folder_of_another_calculation_is_refused(tmp_path: Path) -> None:
    usual = ("--only", "JZ10", "--months", "12", "--replications", "20")
    assert national(tmp_path, *usual).returncode == 0
    before = outcome(tmp_path / "national")
    done = national(tmp_path, *usual, "--seed", "2")
    assert done.returncode == 2
    assert "staat een andere berekening" in done.stderr
    (tmp_path / "full").mkdir()
    (tmp_path / "full/letter.txt").write_text("dear reader")
    other = national(tmp_path, *usual, "--folder", "full")
    assert other.returncode == 2
    assert "letter.txt" in other.stderr
    assert outcome(tmp_path / "national") == before


def test_two_processes_do_not_work_in_one_folder(tmp_path: Path) -> None:
    folder = tmp_path / "national"
    folder.mkdir()
    with (folder / ".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # as another process does that works in it
        done = national(tmp_path, *SMALL)
    assert done.returncode == 2
    assert "Een ander proces is bezig in national" in done.stderr
    assert list(outcome(folder)) == []


def test_a_folder_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    done = national(tmp_path, *SMALL, "--folder", "file/inside")
    assert done.returncode == 1
    assert "kan niet worden geschreven" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_full_disk_is_one_clear_line_and_loses_nothing(
    whole: Mapping[str, bytes], tmp_path: Path
) -> None:
    """No file may grow beyond 20 kB: pieces are larger, so the first of them cannot be written."""
    done = subprocess.run(
        command("national", *SMALL), cwd=tmp_path, env=environment(), capture_output=True,
        text=True, timeout=300, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)),
    )  # fmt: skip
    assert done.returncode == 1
    assert "kan niet worden geschreven" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list((tmp_path / "national").rglob("*.part"))
    assert national(tmp_path, *SMALL).returncode == 0
    assert outcome(tmp_path / "national") == whole


def test_a_scenario_is_applied_in_every_region(tmp_path: Path) -> None:
    usual = ("--only", "JZ10", "--only", "JZ14", "--months", "36", "--replications", "20")
    done = national(tmp_path, *usual, "--scenario", "deliberate-entry", "--language", "en")
    assert done.returncode == 0, done.stderr
    assert "Differences through the change" in done.stdout
    found = [
        row
        for row in rows(outcome(tmp_path / "national"))
        if (row["measure"], row["year"], row["care_type"]) == ("waiting_time", "2029", "all")
    ]
    assert {row["region"] for row in found} == {"JZ10", "JZ14", "NL"}
    assert all(float(row["difference_median"]) != 0 for row in found)


def test_the_list_adds_up_to_the_country(tmp_path: Path) -> None:
    done = national(tmp_path, "--list")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) == 43
    assert "435.765" in lines[-1]
    assert not list(tmp_path.iterdir())


def test_documents_are_written_improved_and_used(tmp_path: Path) -> None:
    done = national(tmp_path, "--documents", "systems", "--only", "IJmond", "--only", "JZ03")
    assert done.returncode == 0, done.stderr
    file = tmp_path / "systems/ijmond.json"
    assert read_care_system(file.read_bytes()).region == "JZ10"
    document = json.loads(file.read_text())
    document["version"] = "ours"
    file.write_text(json.dumps(document))
    usual = ("--only", "ijmond", "--months", "12", "--replications", "20")
    assert national(tmp_path, *usual, "--from", "systems").returncode == 0
    described = json.loads((tmp_path / "national/country.json").read_text())
    assert described["regions"][0]["care_system_version"] == "ours"
    del document["youths"]
    file.write_text(json.dumps(document))
    refused = national(tmp_path, *usual, "--from", "systems")
    assert refused.returncode == 2
    assert "systems/ijmond.json" in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--only", "Atlantis"], "Er is geen regio “Atlantis”"),
        (["--months", "3"], "--months moet tussen 12 en 120 liggen, niet 3"),
        (["--replications", "5"], "--replications moet tussen 20 en 10000 liggen, niet 5"),
        (["--scenario", "nothing"], "Er is geen scenario “nothing”"),
        (["--from", "nowhere"], "staan geen zorgstelsels"),
    ],
)
def test_wrong_input_is_one_clear_line(tmp_path: Path, arguments: list[str], words: str) -> None:
    done = national(tmp_path, *arguments)
    assert done.returncode in (1, 2)
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_scheduler_that_does_not_answer_is_one_clear_line(nobody_answers: Running) -> None:
    _out, errors = nobody_answers.communicate(timeout=60)
    assert nobody_answers.returncode in (1, 2)
    assert "antwoordt geen Dask-scheduler" in errors
    assert "Traceback" not in errors
