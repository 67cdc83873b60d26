"""A forecast as a file: one for programs, one for people with a Dutch spreadsheet."""

import csv
import io
import re
from datetime import date

import pytest
from django.utils.translation import override

from tests.science.caresystem import samples
from vliegwiel.apps.explorer import exports
from vliegwiel.science.caresystem import MEASURES, Forecast, forecast, read_care_system
from vliegwiel.science.caresystem import read_scenario as read


@pytest.fixture(scope="module")
def outcome() -> Forecast:
    system = read_care_system(samples.as_text(samples.care_system()))
    scenario = read(samples.as_text(samples.scenario()), system)
    return forecast(system, scenario, months=6, replications=3)


def for_people(outcome: Forecast, language: str) -> list[dict[str, str]]:
    with override(language):
        lines = exports.spreadsheet_lines(outcome, region="IJsselland", scenario="Eindig; eerst")
        text = "".join(lines)
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def for_programs(outcome: Forecast) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO("".join(exports.csv_lines(outcome)))))


def test_the_file_for_programs_is_the_same_in_every_language(outcome: Forecast) -> None:
    with override("nl"):
        dutch = "".join(exports.csv_lines(outcome))
    with override("en"):
        assert "".join(exports.csv_lines(outcome)) == dutch
    rows = for_programs(outcome)
    assert tuple(rows[0]) == exports.COLUMNS
    assert len(rows) == len(outcome.rows())
    assert {row["kind"] for row in rows} == {"outcome of a model"}
    assert {row["scenario"] for row in rows} == {"finite"}
    assert {row["measure"] for row in rows} == set(MEASURES)


def test_every_number_stands_there_once_and_exactly(outcome: Forecast) -> None:
    rows = {(r["measure"], r["care_type"], r["month"]): r for r in for_programs(outcome)}
    assert len(rows) == len(outcome.rows())
    series = outcome.of("in_care", "local")
    assert series.difference is not None
    row = rows["in_care", "local", "2024-04-01"]
    assert float(row["baseline_median"]) == series.baseline.median[3]
    assert float(row["difference_low"]) == series.difference.low[3]


def test_the_file_for_people_is_dutch_from_head_to_foot(outcome: Forecast) -> None:
    rows = for_people(outcome, "nl")
    assert list(rows[0]) == [
        "Regio", "Scenario", "Maand", "Zorgvorm", "Wat", "Eenheid",
        "Zonder de verandering: midden", "Zonder de verandering: lage kant",
        "Zonder de verandering: hoge kant",
        "Met de verandering: midden", "Met de verandering: lage kant",
        "Met de verandering: hoge kant",
        "Verschil: midden", "Verschil: lage kant", "Verschil: hoge kant",
        "Soort getal",
    ]  # fmt: skip
    assert {row["Soort getal"] for row in rows} == {"uitkomst van een model"}
    assert {row["Scenario"] for row in rows} == {"Eindig; eerst"}
    assert "Ambulante hulp" in {row["Zorgvorm"] for row in rows}
    assert {row["Eenheid"] for row in rows} == {
        "dagen", "jeugdigen", "jeugdigen per maand", "euro per maand", "procent",
    }  # fmt: skip
    for row in rows:
        for name, value in row.items():
            if ":" in name and value:
                assert re.fullmatch(r"-?\d+(,\d+)?(e[+-]\d+)?", value), (name, value)


def test_both_files_hold_the_same_numbers(outcome: Forecast) -> None:
    """Shares are percentages for people; all else is the same."""
    for machine, person in zip(for_programs(outcome), for_people(outcome, "nl"), strict=True):
        day, month, year = map(int, person["Maand"].split("-"))
        assert date(year, month, day).isoformat() == machine["month"]
        factor = 100 if machine["unit"] == "share" else 1
        wanted = machine["difference_high"]
        found = person["Verschil: hoge kant"]
        if not wanted:
            assert found == ""
        else:
            assert float(found.replace(",", ".")) == pytest.approx(float(wanted) * factor)


def test_an_english_reader_gets_english_words_in_the_same_notation(outcome: Forecast) -> None:
    rows = for_people(outcome, "en")
    assert "Without the change: middle" in rows[0]
    assert {row["Kind of number"] for row in rows} == {"outcome of a model"}
    assert any("," in row["Without the change: middle"] for row in rows)


@pytest.mark.parametrize("title", ["=HYPERLINK(1)", "+1", "-1", "@x", "\tx"])
def test_a_name_is_never_a_formula(outcome: Forecast, title: str) -> None:
    lines = list(exports.spreadsheet_lines(outcome, region="IJsselland", scenario=title))
    assert {row[1] for row in csv.reader(lines[2:], delimiter=";")} == {f"'{title}"}
