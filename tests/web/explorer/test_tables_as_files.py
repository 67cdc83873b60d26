"""The files of the findings of a forecast hold the numbers that stand on its page."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from tests.explorer_world import kept_run, outcome
from tests.science.caresystem import samples
from vliegwiel.apps.explorer import queries
from vliegwiel.apps.explorer.forecasting import Outcome
from vliegwiel.apps.explorer.models import ScenarioVersion, SimulationRun
from vliegwiel.apps.regions.models import User
from vliegwiel.science.caresystem import (
    ALL,
    Interval,
    Sensitivity,
    SensitivityRow,
    read_care_system,
    read_scenario,
)
from vliegwiel.science.caresystem import forecast as compute
from vliegwiel.web.pages.explorer import amounts, costs, figures, matters, providers, results

pytestmark = pytest.mark.django_db

ROWS = (
    SensitivityRow(
        "interventions.0.size", {"nl": "Grootte", "en": "Size"}, "ratio", 0.6, 0.4, 0.8,
        -31.25, -2.5, {"nl": "Proef", "en": "Pilot"}, 1.5, 2.0,
    ),
    SensitivityRow(
        "care_types.ambulant.stay.mean", {"nl": "Duur", "en": "Stay"}, "days", 210.0, 180.0, 250.0,
        -12.0, -10.5, {"nl": "Dossiers", "en": "Files"}, 4.0, None,
    ),
)  # fmt: skip


def with_providers(document: dict[str, Any]) -> dict[str, Any]:
    """The sample with ambulant care at two providers."""
    found = json.loads(json.dumps(document))
    found["care_types"][0]["capacity"] = {
        "kind": "several",
        "queue": "by_share",
        "providers": [
            {
                "id": name,
                "label": {"nl": nl, "en": en},
                "share": samples.printed(share, "share"),
                "capacity": {"kind": "places", "places": samples.printed(places, "places")},
            }
            for name, nl, en, share, places in (
                ("north", "Noord", "North", 0.5, 110.0),
                ("south", "Zuid", "South", 0.5, 70.0),
            )
        ],
    }
    return found


@pytest.fixture
def finished(scenario: ScenarioVersion, lead: User) -> SimulationRun:
    """A run with two assumptions that were tried, and of which one stands out."""
    made = Outcome.from_json(outcome())
    tried = Sensitivity("ambulant", ("2025-01", "2025-12"), True, -11.0, 10, 12, 2, ROWS, 0)
    return kept_run(scenario, replace(made, sensitivity=tried).to_json(), by=lead)


@pytest.fixture
def frame(finished: SimulationRun) -> results.Frame:
    return results._frame(finished, queries.outcome_of(finished))


@pytest.fixture
def as_reader(client: Client, reader: User) -> Client:
    client.force_login(reader, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def address(run: SimulationRun) -> str:
    return f"/regio/ijsselland/verkennen/berekening/{run.pk}/"


def table(client: Client, run: SimulationRun, name: str) -> list[dict[str, str]]:
    text = client.get(f"{address(run)}{name}.csv").content.decode()
    return list(csv.DictReader(io.StringIO(text)))


def interval(row: Mapping[str, str], part: str) -> Interval:
    ends = [row[f"{part}_{end}"] for end in ("median", "low", "high")]
    return Interval(*(float(end) if end else None for end in ends))


def cells(block: Any) -> list[list[Any]]:
    return [list(row) for row in block.table.rows]


def test_the_water_bed(as_reader: Client, finished: SimulationRun, frame: results.Frame) -> None:
    rows = {(r["care_type"], r["measure"]): r for r in table(as_reader, finished, "waterbed")}
    with override("en"):
        shown = cells(figures.water_bed(frame))
        for row, care_type in zip(shown, [*frame.forecast.care_types, ALL], strict=True):
            wait, waiting, in_care, cost = (
                rows[care_type, name]
                for name in ("waiting_time", "waiting_list", "in_care", "cost")
            )
            assert row[0] == wait["care_type_name"]
            assert row[1].lower() == (wait["judgement"] or "–").lower()
            assert row[2] == amounts.signed_interval(interval(wait, "difference"), decimals=1)
            assert row[3] == amounts.signed_interval(interval(waiting, "difference"))
            assert row[4] == amounts.signed_interval(interval(in_care, "difference"))
            assert row[5] == amounts.euro_interval(interval(cost, "difference"), signed=True)


def test_cost_by_year_and_by_form_of_care(
    as_reader: Client, finished: SimulationRun, frame: results.Frame
) -> None:
    rows = table(as_reader, finished, "kosten")
    of_all = [row for row in rows if row["care_type"] == ALL]
    with override("en"):
        shown = cells(costs.costs(frame))
        assert [row["span"] for row in of_all] == ["year", "year", "together", "average_year"]
        for row, found in zip(shown, of_all, strict=True):
            assert row[1] == amounts.euro_interval(interval(found, "baseline"))
            assert row[2] == amounts.euro_interval(interval(found, "scenario"))
            assert row[3] == amounts.euro_interval(interval(found, "difference"), signed=True)
        reasons = costs.reasons(frame)
        assert reasons is not None
        together = {r["care_type_name"]: r for r in rows if r["span"] == "together"}
        for name, difference, youths, plain in cells(reasons):
            found = together[name]
            assert difference == amounts.euro_interval(interval(found, "difference"), signed=True)
            assert youths == amounts.signed_interval(interval(found, "youths"), decimals=1)
            assert plain == amounts.euro_interval(interval(found, "baseline"))


def test_what_matters_most(
    as_reader: Client, finished: SimulationRun, frame: results.Frame
) -> None:
    rows = table(as_reader, finished, "tornado")
    with override("en"):
        shown = cells(matters.tornado(frame, queries.outcome_of(finished).sensitivity))
    assert len(shown) == len(ROWS)
    for row, found, kept in zip(shown, rows, ROWS, strict=True):
        assert row == [
            found["assumption_name"], found["likeliest_in_words"],
            found["lowest_in_words"], float(found["outcome_low"]),
            found["highest_in_words"], float(found["outcome_high"]),
            found["more_than_chance"], found["why"],
        ]  # fmt: skip
        assert (found["assumption"], float(found["lowest"])) == (kept.address, kept.low)
        assert float(found["outcome"]) == -11.0
    assert [row["chance_high"] for row in rows] == ["2", ""]


def test_nothing_matters_most_where_there_is_nothing_to_compare(
    as_reader: Client, finished: SimulationRun
) -> None:
    kept = json.loads(queries.result_text(finished.pk))
    kept["sensitivity"]["outcome"] = None
    SimulationRun.objects.filter(pk=finished.pk).update(result=json.dumps(kept))
    queries._outcome.cache_clear()
    assert table(as_reader, finished, "tornado") == []
    queries._outcome.cache_clear()


def test_every_assumption(as_reader: Client, finished: SimulationRun, frame: results.Frame) -> None:
    rows = table(as_reader, finished, "aannames")
    with override("en"):
        shown = [list(row) for row in matters.assumptions(frame).rows]
    assert [row[0] for row in shown] == [row["assumption_name"] for row in rows]
    for row, found in zip(shown, rows, strict=True):
        assert row[1] == found["likeliest_in_words"]
        # A text that begins as a formula does has a mark in front.
        low, high = (found[f"{end}_in_words"].removeprefix("'") for end in ("lowest", "highest"))
        assert row[2] == f"{low} to {high}"
        assert row[3] == found["why"]


def test_each_provider_on_the_page_and_as_a_file(
    as_reader: Client, scenario: ScenarioVersion, lead: User
) -> None:
    system = read_care_system(samples.as_text(with_providers(samples.care_system())))
    made = Outcome.from_json(outcome())
    change = read_scenario(samples.as_text(samples.scenario()), system)
    several = compute(system, change, months=24, replications=4)
    whole = replace(made, forecast=replace(made.forecast, providers=several.providers))
    run = kept_run(scenario, whole.to_json(), by=lead, seed=5)
    rows = table(as_reader, run, "aanbieders")
    assert len(rows) == 24 * sum(len(one.series) for one in several.providers)
    frame = results._frame(run, whole)
    month = frame.forecast.period[1].isoformat()
    found = {(r["provider_name"], r["measure_name"]): r for r in rows if r["month"] == month}
    with override("en"):
        block = providers.providers(frame)
    assert block is not None
    assert len(block.table.rows) == 2 * 4
    told: Sequence[str]
    for told in [[str(cell) for cell in row] for row in block.table.rows]:
        row = found[told[0].partition(" (")[0], told[1].rpartition(" (")[0]]
        with override("en"):
            decimals = 0
            assert told[2] == amounts.plain_interval(interval(row, "baseline"), decimals)
            assert told[3] == amounts.plain_interval(interval(row, "scenario"), decimals)
            assert told[4] == amounts.signed_interval(interval(row, "difference"))
    page = as_reader.get(address(run)).content.decode()
    assert 'id="providers"' in page
    assert f"{address(run)}aanbieders.csv" in page
    assert "Noord" in page


def test_a_forecast_without_several_providers_shows_none(
    as_reader: Client, finished: SimulationRun, frame: results.Frame
) -> None:
    assert providers.providers(frame) is None
    assert "aanbieders.csv" not in as_reader.get(address(finished)).content.decode()


def test_each_figure_offers_the_file_of_its_own_numbers(
    as_reader: Client, finished: SimulationRun
) -> None:
    page = as_reader.get(address(finished)).context["page"]
    for figure, name in (
        (page.figures.water_bed, "waterbed"),
        (page.figures.costs, "kosten"),
        (page.figures.reasons, "kosten"),
        (page.figures.tornado, "tornado"),
    ):
        assert [d.url for d in figure.downloads] == [
            f"{address(finished)}{name}.csv?notation=nl",
            f"{address(finished)}{name}.csv",
        ]
    assert [d.url for d in page.assumption_files][1] == f"{address(finished)}aannames.csv"
