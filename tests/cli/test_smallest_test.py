"""`vliegwiel smallest-test`, without a database."""

import csv
import json
from pathlib import Path

import pytest

from tests.cli.without_database import typed, vliegwiel
from tests.science.evidence import samples
from vliegwiel.science.caresystem import write_document
from vliegwiel.science.evidence import SmallestTest

pytestmark = [pytest.mark.slow]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("documents")
    system = samples.region()
    made.joinpath("system.json").write_text(write_document(system))
    made.joinpath("scenario.json").write_text(write_document(samples.change(system, 1.4)))
    return made


ASKED = (
    "smallest-test", "--region", "system.json", "--scenario", "scenario.json",
    "--outcome", "arrivals", "--before", "6", "--longest", "9", "--pilots", "100",
)  # fmt: skip
SITES = tuple(f"--site=Town {code}" for code in samples.CODES[:6])


def test_it_begins_with_the_sentence_and_says_what_it_is(folder: Path) -> None:
    done = vliegwiel(folder, *ASKED, *SITES, "--language", "en")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("With 6 municipalities and ")
    assert "False alarms" in done.stdout
    assert "Outcome of a model" in done.stdout


def test_it_speaks_dutch(folder: Path) -> None:
    done = typed(folder, *ASKED, *SITES)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Met 6 gemeenten en ")
    assert "Uitkomst van een model" in done.stdout


def test_json_and_csv_hold_the_whole_answer(folder: Path) -> None:
    numbers = folder / "numbers.csv"
    done = vliegwiel(folder, *ASKED, *SITES, "--json", "--csv", str(numbers), "--threads", "2")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found.pop("kind") == "outcome of a model"
    test = SmallestTest.from_json(json.dumps(found))
    assert test.asked.given == samples.CODES[:6]
    with numbers.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [int(row["months"]) for row in rows] == [3, 4, 5, 6, 7, 8, 9]
    last = test.told.points[-1]
    assert float(rows[-1]["power"]) == pytest.approx(last.power.value)
    assert rows[-1]["kind"] == "outcome of a model"


def test_what_cannot_be_asked_is_refused_with_all_that_is_wrong(folder: Path) -> None:
    done = vliegwiel(folder, *ASKED, "--site", "Nergens", "--design", "gokken", "--language", "en")
    assert done.returncode == 2
    assert "there is no design gokken" in done.stderr
    assert "the care system has no municipality Nergens" in done.stderr
    assert "Traceback" not in done.stderr


def test_what_cannot_be_measured_is_an_answer(folder: Path) -> None:
    done = vliegwiel(folder, *ASKED, "--site", "1001", "--candidate", "1002", "--language", "en")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("This cannot be measured: this design needs")
