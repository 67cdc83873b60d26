"""`vliegwiel regulation`: two files about a quarter, without persons and without small counts."""

import csv
import stat
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tests.apps.trajectories.kept import keep_crowd, make_region
from vliegwiel.apps.intake.models import Assignment
from vliegwiel.apps.regions.models import Region
from vliegwiel.cli.main import app

pytestmark = pytest.mark.usefixtures("as_if_alone")


@pytest.fixture
def region(db: None, settings: Any, tmp_path: Path) -> Region:
    settings.PSEUDONYM_KEY = ""
    settings.PSEUDONYM_KEY_FILE = tmp_path / "data" / "pseudonym-key"
    return make_region()


def regulation(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["regulation", "--region", "ijsselland", *map(str, arguments)])


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_two_files_of_the_last_quarter(region: Region, tmp_path: Path) -> None:
    keep_crowd(region, 120)
    folder = tmp_path / "kwartaal"
    done = regulation("--to", folder)
    assert (done.exit_code, done.stderr) == (0, "")
    assignments, waiting = sorted(folder.iterdir())
    assert stat.S_IMODE(assignments.stat().st_mode) == 0o600
    rows = rows_of(assignments)
    assert len(rows) > 50
    kept = {youth.hex for youth in Assignment.objects.values_list("youth", flat=True)}
    told = {row["youth"] for row in rows}
    assert not told & kept
    assert 1 < len(told) <= len(kept)
    counts = [int(row["waiting"]) for row in rows_of(waiting) if row["waiting"]]
    assert not [count for count in counts if count < 10]


def test_a_region_without_messages_is_told_so(region: Region, tmp_path: Path) -> None:
    done = regulation("--to", tmp_path / "kwartaal")
    assert done.exit_code == 2
    assert not (tmp_path / "kwartaal").exists()
