"""`vliegwiel fit`: from the messages that a region delivered to a care system that was tested."""

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.apps.intake import messages
from tests.small_box import delivered_files
from vliegwiel import reference
from vliegwiel.apps.explorer import queries as explorer
from vliegwiel.apps.intake import services
from vliegwiel.apps.regions.models import Region
from vliegwiel.apps.regions.services import RegionFacts, load_regions, system_user
from vliegwiel.cli.main import app
from vliegwiel.science.caresystem import read_care_system

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("as_if_alone")]


@pytest.fixture
def region(db: None) -> Region:
    rows = [row for row in reference.municipality_rows() if row.region_code == "JZ07"]
    places = [(row.code, row.name) for row in rows]
    facts = [RegionFacts("JZ07", "IJsselland", places, date(2023, 1, 1))]
    load_regions(regions=facts, by=system_user())
    return Region.objects.get(code="JZ07")


def fit(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["fit", *map(str, arguments)])


def test_messages_become_a_care_system_that_was_tested(region: Region, tmp_path: Path) -> None:
    services.deliver(region=region, files=messages.files(delivered_files()), by=system_user())
    file = tmp_path / "fitted.json"
    asked = ["--region", "ijsselland", "--begin", "2023-07-01", "--held-back", "6"]
    done = fit(*asked, "--replications", "20", "--file", file, "--keep", "--json", "--threads", "1")
    assert done.exit_code == 0, done.stderr
    found = json.loads(done.stdout)
    assert (found["begin"], found["until"]) == ("2023-07-01", "2024-12-01")
    system = read_care_system(file.read_bytes())
    assert json.loads(file.read_bytes()) == found["care_system"]
    assert {"outpatient", "ambulant"} <= set(system.care_type_ids)
    assert {part["address"].split(".")[0] for part in found["parts"]} >= {"care_types", "referrers"}
    assert found["back_test"]["months"][0] == "2024-06-01"
    codes = {check["code"] for check in found["back_test"]["checks"]}
    assert {"model_better", "coverage", "told_errors", "exact_errors"} <= codes
    assert {row["exact"] for row in found["back_test"]["rows"]} == {None}
    assert all("%(" not in check["sentence"] for check in found["checks"])
    kept = explorer.newest_care_system(region)
    assert kept is not None
    assert explorer.care_system(kept) == system
    told = fit(*asked, "--held-back", "0", "--threads", "1")
    assert told.exit_code == 0, told.stderr
    assert told.stdout.startswith("IJsselland: ")
    assert "Wie verwijst" in told.stdout
    assert "procent van wat er gebeurde" not in told.stdout


def test_what_cannot_be_fitted_is_refused_in_a_line(region: Region, tmp_path: Path) -> None:
    nothing = fit("--region", "ijsselland")
    assert nothing.exit_code == 2
    assert "Van deze regio zijn er geen zorgberichten" in nothing.stderr
    services.deliver(region=region, files=messages.files(messages.one_of_each()), by=system_user())
    short = fit("--region", "ijsselland")
    assert short.exit_code == 2
    assert "niet genoeg maanden" in short.stderr
    for wrong, words in (
        (["--until", "2025-01-15"], "eerste van een maand"),
        (["--like", "nergens"], "nergens"),
        (["--file", tmp_path / "nowhere" / "x.json"], "bestaat niet"),
    ):
        refused = fit("--region", "ijsselland", *wrong)
        assert refused.exit_code == 2, refused.stdout
        assert words in refused.stderr
