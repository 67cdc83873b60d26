"""`vliegwiel measure`: a table of measurements, whole or not at all, told with row and column."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.apps.pilots.conftest import facts, initiative, lead, manager, mark, pilot, region
from vliegwiel.apps.decisions.models import Evidence
from vliegwiel.apps.pilots.models import Measurement, Pilot
from vliegwiel.cli.main import app

__all__ = ["facts", "initiative", "lead", "manager", "mark", "pilot", "region"]
pytestmark = pytest.mark.usefixtures("as_if_alone")
HEAD = "groep;eenheid;dag;waarde\n"


def measure(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["measure", *map(str, arguments)])


def test_a_table_is_taken_with_its_evidence(pilot: Pilot, tmp_path: Path) -> None:
    file = tmp_path / "metingen.csv"
    file.write_text(
        HEAD
        + "\n".join(
            f"{('met', 'zonder')[row % 2]};j{row};2026-{2 + row % 6:02d}-10;{6 + row % 3}"
            for row in range(40)
        )
    )
    done = measure("ijsselland", "proef in zwolle", file, "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert (told["added"], told["unchanged"], told["missing"]) == (40, 0, [])
    assert Evidence.objects.count() == 1
    again = measure("ijsselland", pilot.pk, file)
    assert "40 stonden er al" in again.stdout
    assert Measurement.objects.count() == 40


def test_what_is_wrong_is_said(pilot: Pilot, tmp_path: Path) -> None:
    file = tmp_path / "metingen.csv"
    file.write_text(f"{HEAD}met;j1;2026-02-10;70\n")
    done = measure("ijsselland", pilot.pk, file)
    assert done.exit_code == 2
    assert "regel 2, kolom waarde" in done.stderr
    assert not Measurement.objects.exists()
    assert "geen proef" in measure("ijsselland", "onbekend", file).stderr
    assert "geen uitkomst" in measure("ijsselland", pilot.pk, file, "--outcome", "x").stderr
