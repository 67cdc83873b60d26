"""`vliegwiel box`: a region in files, which a delivery takes without a remark."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from typer.testing import CliRunner, Result

from vliegwiel import reference
from vliegwiel.apps.figures.regional_csv import read_figures
from vliegwiel.apps.intake.models import KeptMessage
from vliegwiel.apps.offers.offer_table import read_offers
from vliegwiel.apps.regions.models import Region
from vliegwiel.apps.regions.services import RegionFacts, load_regions, system_user
from vliegwiel.cli.main import app
from vliegwiel.science.caresystem import read_care_system

pytestmark = [pytest.mark.slow]

SMALL = ("--region", "ijsselland", "--months", "18", "--scale", "0.003", "--seed", "3")


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Iterator[None]:
    """What a command changes in its process is put back; the key is its own."""
    monkeypatch.setenv("VLIEGWIEL_LANGUAGE", "en")
    settings.PSEUDONYM_KEY_FILE = tmp_path / "data" / "pseudonym-key"
    with translation.override("en"):
        yield


def vliegwiel(*arguments: object) -> Result:
    return CliRunner().invoke(app, [*map(str, arguments), "--language", "en"])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("boxes") / "region"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VLIEGWIEL_LANGUAGE", "en")  # which a command changes
        done = vliegwiel("box", *SMALL, "--folder", place, "--trait", "moves=0.1")
    assert done.exit_code == 0, done.stderr
    assert done.stdout.startswith("A region with ")
    assert "made up" in done.stdout
    return place


@pytest.fixture
def ijsselland(db: None) -> Region:
    file = reference.care_system_file("ijsselland")
    assert file is not None
    codes = [(m.code, m.name) for m in read_care_system(file.content).municipalities]
    facts = RegionFacts("JZ07", "IJsselland", codes, date(2023, 1, 1))
    load_regions(regions=[facts], by=system_user())
    return Region.objects.get(code="JZ07")


def test_its_messages_are_taken_whole_and_nothing_is_found(
    ijsselland: Region, folder: Path
) -> None:
    truth = json.loads((folder / "truth.json").read_text())
    done = vliegwiel("deliver", "--region", "ijsselland", "--json", folder / "messages")
    assert done.exit_code == 0, done.stderr
    taken = json.loads(done.stdout)
    assert (taken["findings"], taken["messages_left_out"], taken["differing"]) == ([], 0, 0)
    declared = KeptMessage.objects.filter(code__in=["JW323", "JW325"]).count()
    counts = truth["counts"]
    assert taken["new"] == counts["messages"] + counts["answers"] + declared
    assert declared > 50


def test_the_truth_says_what_was_asked_and_that_it_is_made_up(folder: Path) -> None:
    truth = json.loads((folder / "truth.json").read_text())
    assert truth["schema"] == "vliegwiel.region-box/1"
    assert truth["parameters"]["moves"] == 0.1
    assert truth["last_day"] == "2024-12-31"
    assert "verzonnen" in truth["generated"]["nl"]
    first = truth["waits"][0]
    assert (first["clock"], first["waits"]) == ("W1", truth["outcomes"]["started"])
    parts = [row for row in truth["waits"] if row["clock"] == "W1" and "care_type" in row]
    assert sum(row["waits"] for row in parts) == first["waits"]
    assert {row["clock"] for row in truth["waits"]} == {f"W{number}" for number in range(1, 8)}
    system = read_care_system((folder / "care-system.json").read_text())
    assert system.start == date(2023, 7, 1)


def test_its_tables_can_be_read(folder: Path) -> None:
    system = read_care_system((folder / "care-system.json").read_text())
    places = {place.code: place.name for place in system.municipalities}
    rows, findings = read_figures(
        (folder / "figures.csv").read_bytes(),
        name="figures.csv",
        region_code="JZ07",
        sources=reference.sources(),
        municipalities=places,
    )
    assert findings == ()
    assert rows is not None
    assert {row.period for row in rows} == {"2023H2", "2024", "2024H1", "2024H2"}
    assert all(row.value % 5 == 0 for row in rows)
    of_municipalities = [row for row in rows if row.area in places]
    assert of_municipalities
    assert all(row.value >= 10 for row in of_municipalities)
    offers, findings = read_offers(
        (folder / "offers.csv").read_bytes(),
        name="offers.csv",
        municipalities=places,
        today=date(2024, 12, 31),
    )
    assert findings == ()
    assert offers is not None
    assert {row.facts.mark for row in offers} == {"generated"}
    truth = json.loads((folder / "truth.json").read_text())
    assert sum(row.facts.places or 0 for row in offers) == truth["counts"]["in_care"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--trait", "moves=2"), "“moves” must lie between 0 and 1"),
        (("--trait", "hobby=2"), "There is no trait “hobby”"),
        (("--trait", "moves"), "--trait needs a name and a number"),
        (("--start", "first of May"), "--start is a day such as 2023-07-01"),
        (("--months", "0"), "“months” must lie between 1 and 240"),
        (("--scale", "0"), "“scale” must lie"),
        (("--scale", "0.00001", "--months", "1"), "Nobody needs care"),
        (("--region", "nowhere"), "nowhere"),
    ],
)
def test_what_cannot_be_is_one_line(given: tuple[str, ...], said: str, tmp_path: Path) -> None:
    done = vliegwiel("box", *SMALL, "--folder", tmp_path / "new", *given)
    assert done.exit_code == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "new").exists()


def test_nothing_is_written_into_a_folder_that_holds_something(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    done = vliegwiel("box", *SMALL, "--folder", tmp_path)
    assert done.exit_code == 2
    assert "is not an empty folder" in done.stderr


def test_a_region_of_the_future_is_said_to_be_one(tmp_path: Path) -> None:
    asked = ("--scale", "0.001", "--months", "1", "--start", "2090-01-01")
    done = vliegwiel("box", "--region", "ijsselland", *asked, "--folder", tmp_path / "later")
    assert done.exit_code == 0
    assert "after today" in done.stderr
