"""What explains a forecast further: flows, municipalities, the spread of waits, who waits today."""

import csv
import io
import json
import math
import re
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from tests.explorer_world import kept_run, outcome
from vliegwiel.apps.explorer import queries
from vliegwiel.apps.explorer.models import ScenarioVersion, SimulationRun
from vliegwiel.apps.regions.models import User
from vliegwiel.science.caresystem import ALL, FlowRow, Interval
from vliegwiel.web.pages.explorer import (
    explaining,
    flows,
    matters,
    municipalities,
    results,
    today,
    waits,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def finished(scenario: ScenarioVersion, lead: User) -> SimulationRun:
    """A run that is done."""
    return kept_run(scenario, outcome(), by=lead)


@pytest.fixture
def frame(finished: SimulationRun) -> results.Frame:
    return results._frame(finished, queries.outcome_of(finished))


@pytest.fixture
def as_reader(client: Client, reader: User) -> Client:
    client.force_login(reader, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def changed(frame: results.Frame, **parts: Any) -> results.Frame:
    return replace(frame, forecast=replace(frame.forecast, **parts))


def address(run: SimulationRun) -> str:
    return f"/regio/ijsselland/verkennen/berekening/{run.pk}/"


def test_the_page_shows_every_part_with_its_finding(
    as_reader: Client, finished: SimulationRun
) -> None:
    answer = as_reader.get(address(finished))
    text = answer.content.decode()
    further = answer.context["page"].further
    for figure in (
        further.flows.figure,
        further.municipality_waits,
        further.municipality_costs,
        further.waits,
        further.today.figure,
    ):
        assert figure.title
        assert f'id="{figure.id}"' in text
        assert [download.url for download in figure.downloads]
    assert "Bereken het scenario opnieuw om het te zien" not in text
    for anchor in re.findall(r'href="#([\w-]+)"', text):
        assert f'id="{anchor}"' in text, anchor


def test_an_outcome_of_before_says_to_calculate_again(
    as_reader: Client, finished: SimulationRun
) -> None:
    kept = json.loads(queries.result_text(finished.pk))
    for part in ("flows", "flow_labels", "municipalities", "municipality_costs", "queue"):
        del kept["forecast"][part]
    for measure in ("waiting_time_median", "waiting_time_p90", "wait_so_far"):
        del kept["forecast"]["series"][measure]
    SimulationRun.objects.filter(pk=finished.pk).update(result=json.dumps(kept))
    queries._outcome.cache_clear()
    answer = as_reader.get(address(finished))
    text = answer.content.decode()
    assert text.count("Bereken het scenario opnieuw om het te zien") == 5
    assert "Wachttijd waar de helft" not in text
    assert "stromen.csv" not in text
    assert 'id="headline"' in text
    queries._outcome.cache_clear()


def test_every_flow_stands_in_the_table_and_small_ones_together_in_the_picture(
    frame: results.Frame,
) -> None:
    with override("nl"):
        block = flows.flows(frame, "baseline")
    assert len(block.table.rows) == len(frame.forecast.flows)
    rows = frame.forecast.flows
    links = list(flows._links(rows, "baseline", 20.0))
    drawn = sum(link.value for link in links if link.target.startswith("1:"))
    arriving = sum(
        flows._middle(row.baseline)
        for row in rows
        if row.origin.split(":")[0] in ("referrer", "return")
        or row.destination not in ("base", "out")
    )
    assert drawn == pytest.approx(arriving)
    assert any(link.target == "1:small" or link.target == "2:small" for link in links)
    assert all(
        link.value >= 20.0 or "small" in f"{link.source}{link.target}" or link.aside
        for link in links
    )


def test_who_goes_on_or_stops_stands_on_both_sides_or_aside() -> None:
    number = Interval(30.0, 20.0, 40.0)
    rows = [
        FlowRow("referrer:gp", "a", number, None, None),
        FlowRow("care:a", "b", number, None, None),
        FlowRow("queue:a", "out", number, None, None),
        FlowRow("return", "a", number, None, None),
        FlowRow("referrer:gp", "base", number, None, None),
    ]
    found = {(x.source, x.target): x.aside for x in flows._links(rows, "baseline", 1.0)}
    assert found == {
        ("0:referrer:gp", "1:a"): False,
        ("0:other", "1:b"): False,
        ("1:a", "2:b"): False,
        ("1:a", "2:stopped"): True,
        ("0:return", "1:a"): False,
        ("0:referrer:gp", "1:base"): False,
    }


def test_a_difference_draws_only_what_is_sure() -> None:
    number, sure, unsure = Interval(30.0, 20.0, 40.0), Interval(-8.0, -9.0, -7.0), (3.0, -1.0, 9.0)
    rows = [
        FlowRow("referrer:gp", "a", number, number, sure),
        FlowRow("care:a", "out", number, number, Interval(*unsure)),
        FlowRow("return", "a", number, number, Interval(0.4, 0.2, 0.6)),
    ]
    (link,) = flows._links(rows, "difference", 2.0)
    assert (link.source, link.value) == ("0:referrer:gp", -8.0)
    assert flows._stream(link, "difference").style == "less"


@pytest.mark.parametrize(("arrivals", "limit"), [(90, 1.0), (400, 2.0), (1000, 5.0), (10500, 50.0)])
def test_the_limit_of_a_small_flow_is_a_round_number(arrivals: float, limit: float) -> None:
    row = FlowRow("referrer:gp", "a", Interval(arrivals, 0.0, 0.0), None, None)
    assert flows._limit([row]) == limit


def test_tabs_choose_the_flows_without_scripts(as_reader: Client, finished: SimulationRun) -> None:
    page = as_reader.get(address(finished), {"flows": "difference", "measure": "cost"}).context[
        "page"
    ]
    tabs = {tab.label: tab for tab in page.further.flows.tabs}
    assert [tab.current for tab in page.further.flows.tabs] == [False, False, True]
    assert tabs["Zonder de verandering"].address == "?measure=cost&flows=baseline#flow"
    usual = as_reader.get(address(finished), {"flows": "x"}).context["page"]
    assert [tab.current for tab in usual.further.flows.tabs] == [False, True, False]
    assert usual.further.flows.figure.chart != page.further.flows.figure.chart


def test_the_picture_of_flows_is_read_as_a_finding(frame: results.Frame) -> None:
    with override("nl"):
        chart = flows.flows(frame, "scenario").chart
    label = re.search(r'aria-label="([^"]+)"', chart)
    assert label
    assert "Per jaar worden ongeveer" in label[1]
    assert "stoppen met wachten" in label[1]


def test_a_table_of_municipalities_has_words_and_signs(frame: results.Frame) -> None:
    with override("nl"):
        block = municipalities.waiting(frame)
    assert block is not None
    assert block.chart == ""
    assert [row[0] for row in block.table.rows] == ["Zwolle", "Deventer", "Kampen"]
    rows = {row.name: row for row in frame.forecast.municipalities if row.care_type == ALL}
    for row in block.table.rows:
        verdict, cell = rows[str(row[0])].verdict, row[1]
        word = {
            "better": "▼\u00a0korter wachten: −",
            "worse": "▲\u00a0langer wachten: +",
            "unclear": "?\u00a0niet duidelijk: ",
        }
        assert str(getattr(cell, "text", "")).startswith(word.get(str(verdict), "=\u00a0geen"))


def test_who_pays_and_who_gains_is_told_when_it_is_sure(frame: results.Frame) -> None:
    costs = frame.forecast.municipality_costs
    whole = [cost for cost in costs if cost.care_type == ALL and cost.year is None]
    assert len(whole) == 3
    more, less, unsure = (
        replace(cost, difference=Interval(*numbers))
        for cost, numbers in zip(
            whole, ((4e5, 1e5, 6e5), (-2e5, -3e5, -1e5), (9e5, -1e5, 2e6)), strict=True
        )
    )
    with override("nl"):
        block = municipalities.paying(changed(frame, municipality_costs=(more, less, unsure)))
        assert block is not None
        assert block.title == (
            f"{more.name} betaalt het meest extra (€\u00a0400.000), {less.name} bespaart het "
            "meest (€\u00a0200.000)"
        )
        only = municipalities.paying(changed(frame, municipality_costs=(unsure,)))
        assert only is not None
        assert only.title.startswith("Voor geen enkele gemeente")


def test_a_forecast_without_municipalities_has_no_such_tables(frame: results.Frame) -> None:
    bare = changed(frame, municipalities=(), municipality_costs=())
    assert municipalities.waiting(bare) is None
    assert municipalities.paying(bare) is None
    assert [d.url.rpartition("/")[2] for d in explaining.downloads(bare)] == [
        "stromen.csv?notation=nl",
        "wachtenden.csv?notation=nl",
    ]


def test_the_spread_of_waits_has_three_lines_and_both_worlds_in_the_table(
    frame: results.Frame,
) -> None:
    with override("nl"):
        block = waits.waits(frame, "ambulant")
        everything = waits.waits(frame, "local")
    assert block is not None
    for words in ("9 van de 10", "gemiddeld", "de helft wacht"):
        assert words in block.chart
    assert len(block.table.rows) == 24
    assert len(block.table.columns) == 9
    assert everything is not None
    assert "alle zorg met plekken" in everything.title


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("wait_free", "Deze zorgvorm heeft in het model altijd plek"),
        ("wait_nowhere", "In het model heeft alle zorg altijd plek"),
        ("wait_unknown", "In deze periode begint naar verwachting niemand met deze zorg"),
        ("wait_new", "Zonder de verandering begint in deze periode naar verwachting niemand"),
        ("wait_ended", "Met de verandering begint in deze periode naar verwachting niemand"),
        ("wait_seldom", "In deze periode beginnen te weinig jeugdigen"),
        ("wait_seldom_baseline", "In deze periode beginnen te weinig jeugdigen"),
    ],
)
def test_no_assumption_matters_where_the_headline_has_no_wait(
    frame: results.Frame, finished: SimulationRun, code: str, words: str
) -> None:
    """The reason is that of the headline, also where a chance start gave an outcome."""
    found = queries.outcome_of(finished).sensitivity
    assert math.isfinite(found.outcome)
    headline = replace(frame.forecast.headline, code=code, value=None, low=None, high=None)
    with override("nl"):
        block = matters.tornado(changed(frame, headline=headline), found)
    assert block.what.startswith(words)
    assert block.title == "Niet te zeggen welke aanname het meest uitmaakt"
    assert (block.chart, list(block.table.rows)) == ("", [])


def test_too_few_starts_with_the_likeliest_assumptions_are_told(
    frame: results.Frame, finished: SimulationRun
) -> None:
    found = replace(queries.outcome_of(finished).sensitivity, outcome=math.nan)
    with override("nl"):
        block = matters.tornado(frame, found)
    assert block.what.startswith("In deze periode beginnen te weinig jeugdigen")


def test_who_waits_today_are_youths_of_the_model(frame: results.Frame) -> None:
    with override("nl"):
        block = today.today(frame, "ambulant")
        table = today.everywhere(frame)
    assert "geen personen" in block.what
    assert [row[0] for row in block.table.rows][:3] == [1, 2, 3]
    assert "Van de 40 die op 1 januari 2024 wachten op ambulante hulp" in block.title
    assert [row[:2] for row in table.rows] == [("Ambulante hulp", 40), ("Verblijf", 4)]


def test_another_queue_is_chosen_in_the_address(as_reader: Client, finished: SimulationRun) -> None:
    page = as_reader.get(address(finished), {"queue": "residential"}).context["page"]
    assert page.further.today.opened
    assert "verblijf" in page.further.today.figure.title.lower()
    usual = as_reader.get(address(finished), {"queue": "nowhere"}).context["page"]
    assert "ambulante hulp" in usual.further.today.figure.title


@pytest.mark.parametrize(
    "table",
    ["stromen", "gemeenten", "gemeentekosten", "wachtenden", "waterbed", "kosten", "aannames"],
)
def test_every_table_is_a_file_for_people_and_for_programs(
    as_reader: Client, finished: SimulationRun, table: str
) -> None:
    dutch = as_reader.get(f"{address(finished)}{table}.csv", {"notation": "nl"})
    text = dutch.content.decode("utf-8-sig")
    people = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    english = as_reader.get(f"{address(finished)}{table}.csv").content.decode()
    programs = list(csv.DictReader(io.StringIO(english)))
    forecast = queries.outcome_of(finished).forecast
    count = {
        "stromen": len(forecast.flows),
        "gemeenten": 7 * len(forecast.municipalities),
        "gemeentekosten": len(forecast.municipality_costs),
        "wachtenden": len(forecast.queue),
        "waterbed": 4 * len(forecast.water_bed),
        "kosten": len(forecast.costs) + 2 * len(forecast.cost_totals),
        "aannames": len(forecast.assumptions),
    }[table]
    assert len(people) == len(programs) == count
    assert {row["Soort getal"] for row in people} == {"uitkomst van een model"}
    assert {row["Regio"] for row in people} == {"IJsselland"}
    assert {row["kind"] for row in programs} == {"outcome of a model"}
    assert f"-{finished.pk}-{table}.csv" in dutch.headers["Content-Disposition"]
    numbers = [name for name in programs[0] if name.endswith(("_median", "leaves", "est"))]
    assert numbers
    for name in numbers:
        assert all(re.fullmatch(r"-?[\d.]*(e[+-]\d+)?", row[name]) for row in programs)


@pytest.mark.parametrize(
    "file",
    ["uitkomst", "stromen", "gemeenten", "gemeentekosten", "waterbed", "kosten", "aannames"],
)
def test_a_file_for_programs_is_the_same_in_every_language(
    as_reader: Client, finished: SimulationRun, file: str
) -> None:
    dutch = as_reader.get(f"{address(finished)}{file}.csv").content
    as_reader.cookies["language"] = "en"
    assert as_reader.get(f"{address(finished)}{file}.csv").content == dutch
    assert b"Eindige" not in dutch
    people = as_reader.get(f"{address(finished)}{file}.csv", {"notation": "nl"}).content
    assert "Finite trajectories" in people.decode("utf-8-sig")


def test_a_file_that_is_not_there_is_not_found(as_reader: Client, finished: SimulationRun) -> None:
    assert as_reader.get(f"{address(finished)}geheimen.csv").status_code == 404
