"""`vliegwiel pool` and `vliegwiel monitor`: small tables in, sentences or JSON out."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation
from typer.testing import CliRunner, Result

from vliegwiel.cli.main import app
from vliegwiel.science.evidence.monitoring import monitor_estimates
from vliegwiel.science.evidence.pooling import pool

REGIONS = "region;effect;error\nIJsselland;-0,9;0,2\nTwente;-0,3;0,15\nVeluwe;-0,6;0,2\n"
LOOKS = "look,size,estimate,error\nmaart,50,0.4,0.3\njuni,120,0.6,0.18\nseptember,240,0.7,0.12\n"


@pytest.fixture(autouse=True)
def language_of_others(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A command chooses its language for the whole program; afterwards it is as it was."""
    monkeypatch.setenv("VLIEGWIEL_LANGUAGE", "nl")
    with translation.override("nl"):
        yield


def run(tmp_path: Path, text: str, *arguments: str) -> Result:
    file = tmp_path / "table.csv"
    file.write_text(text, encoding="utf-8")
    return CliRunner().invoke(app, [arguments[0], str(file), *arguments[1:]])


def test_regions_together(tmp_path: Path) -> None:
    done = run(tmp_path, REGIONS, "pool", "--json")
    assert done.exit_code == 0, done.output
    found, expected = json.loads(done.stdout), pool([-0.9, -0.3, -0.6], [0.04, 0.0225, 0.04])
    assert found["names"] == ["IJsselland", "Twente", "Veluwe"]
    assert found["coefficients"] == pytest.approx(expected.coefficients)
    assert found["next_low"] == pytest.approx(expected.next_low)
    assert "few_regions" in {one["code"] for one in found["checks"]}
    told = run(tmp_path, REGIONS, "pool", "--language", "nl")
    assert "Gemiddelde over de regio’s" in told.stdout


def test_intervals_at_each_look(tmp_path: Path) -> None:
    asked = ("monitor", "--tuning-size", "200")
    done = run(tmp_path, LOOKS, *asked, "--json")
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    expected = monitor_estimates(
        [0.4, 0.6, 0.7], [0.3, 0.18, 0.12], [50, 120, 240], tuning_size=200
    )
    assert [one["low"] for one in found["looks"]] == pytest.approx(
        [look.low for look in expected.looks]
    )
    assert found["signal"]["state"] == "better"
    told = run(tmp_path, LOOKS, *asked, "--better", "lower", "--language", "nl")
    assert told.stdout.startswith("Er is een waarschuwing: de uitkomst is slechter")


@pytest.mark.parametrize(
    ("text", "arguments", "said"),
    [
        ("region,effect\na,1\n", ("pool",), "line 1: there is no column error."),
        ("region,effect,error\na,much,1\n", ("pool",), "line 2: effect is much."),
        ("region,effect,error\na,1,0\nb,2,1\n", ("pool",), "line 2: error is not above 0."),
        ("region,effect,error\na,1,1\n", ("pool",), "Give at least two regions"),
        (LOOKS, ("monitor", "--tuning-size", "0"), "--tuning-size: write a number above 0."),
    ],
)
def test_what_is_wrong_has_its_place_and_what_to_do(
    tmp_path: Path, text: str, arguments: tuple[str, ...], said: str
) -> None:
    done = run(tmp_path, text, *arguments, "--language", "en")
    assert done.exit_code == 2
    assert said in done.stderr
