"""`vliegwiel effect`, without a database."""

from pathlib import Path

import pytest

from tests.cli.without_database import vliegwiel
from tests.science.evidence.effects.tables import panel
from vliegwiel.science.evidence.effects import Effect, Role

pytestmark = [pytest.mark.slow]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("tables")
    columns = panel()
    rows = zip(*(columns[role] for role in columns), strict=True)
    text = "\n".join(";".join(str(value).replace(".", ",") for value in row) for row in rows)
    made.joinpath("table.csv").write_text(f"unit;period;start;Days\n{text}\n", encoding="utf-8")
    made.joinpath("bad.csv").write_text("unit,outcome\na,much\n,2\n", encoding="utf-8")
    assert tuple(columns) == (Role.UNIT, Role.PERIOD, Role.START, Role.OUTCOME)
    return made


ASKED = ("effect", "table.csv", "--outcome", "Days", "--name", "de wachttijd", "--unit", "dagen")


def test_it_begins_with_the_sentence_in_dutch(folder: Path) -> None:
    done = vliegwiel(folder, *ASKED, "--better", "lower")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Met het initiatief is de wachttijd ")
    assert "dagen lager (tussen " in done.stdout
    assert "Dat is de bedoelde richting." in done.stdout
    assert "Wat dit sterker zou maken:" in done.stdout


def test_json_holds_the_whole_effect_of_the_design_that_is_asked(folder: Path) -> None:
    done = vliegwiel(folder, *ASKED, "--design", "staggered", "--level", "0.9", "--json")
    assert done.returncode == 0, done.stderr
    effect = Effect.from_json(done.stdout)
    assert (effect.design, effect.level) == ("staggered", 0.9)
    assert effect.measure.outcome == "de wachttijd"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("bad.csv",),
            ("line 2: outcome is much, which is not a number.", "line 3: unit is empty."),
        ),
        (("table.csv", "--column", "outcom=Days"), ("ROLE=COLUMN",)),
    ],
)
def test_what_is_wrong_is_said_in_one_line_each(
    folder: Path, arguments: tuple[str, ...], said: tuple[str, ...]
) -> None:
    done = vliegwiel(folder, "effect", *arguments, "--language", "en")
    assert done.returncode == 2
    for line in said:
        assert line in done.stderr
    assert not done.stdout
