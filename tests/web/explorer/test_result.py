"""The page of a finished forecast: differences, costs, what matters, and how it was calculated."""

import random
import re
from dataclasses import replace

import pytest
from django.test import Client
from django.utils.translation import override

from vliegwiel.apps.explorer import queries
from vliegwiel.apps.explorer.models import SimulationRun
from vliegwiel.apps.explorer.services import work
from vliegwiel.apps.regions.models import User
from vliegwiel.science.caresystem import ALL, Interval
from vliegwiel.science.caresystem.verdicts import verdict
from vliegwiel.web import notation
from vliegwiel.web.charts import keeping
from vliegwiel.web.components import Toned
from vliegwiel.web.pages.explorer import costs, figures, matters, municipalities, results

pytestmark = pytest.mark.django_db


@pytest.fixture
def frame(finished: SimulationRun) -> results.Frame:
    return results._frame(finished, queries.outcome_of(finished))


@pytest.fixture
def page(finished: SimulationRun) -> results.ResultPage:
    with override("nl"):
        return results.result_page(finished, {})


def test_the_difference_is_the_paired_one(
    page: results.ResultPage, finished: SimulationRun
) -> None:
    band = queries.outcome_of(finished).forecast.of("waiting_time", "ambulant").difference
    assert band is not None
    figure = page.figures.difference
    assert figure is not None
    assert len(figure.table.rows) == 24
    assert [row[1] for row in figure.table.rows] == list(band.median)
    assert "▼ korter wachten" in figure.chart
    assert "▲ langer wachten" in figure.chart


def test_the_judgement_of_the_page_is_that_of_the_model(frame: results.Frame) -> None:
    """On random bands, by form of care and by municipality."""
    words = {
        "better": "Korter wachten",
        "worse": "Langer wachten",
        "same": "Geen verschil",
        "unclear": "Niet duidelijk",
        "unknown": notation.MISSING,
    }
    rng = random.Random(1)
    found = [
        Interval(None, None, None) if rng.random() < 0.1 else Interval(median, low, high)
        for low, median, high in (
            sorted(rng.choice((-2.0, -1.0, 0.0, 1.0)) for _ in range(3)) for _ in range(80)
        )
    ]
    judged = [verdict(one) for one in found]
    assert set(judged) == set(words)
    row = frame.forecast.water_bed[0]
    bed = [
        replace(row, waiting_time=one, verdict=said)
        for one, said in zip(found, judged, strict=True)
    ]
    here = next(one for one in frame.forecast.municipalities if one.care_type == ALL)
    rows = [
        replace(
            here,
            code=str(k),
            waiting_time=replace(here.waiting_time, difference=one),
            verdict=said,
        )
        for k, (one, said) in enumerate(zip(found, judged, strict=True))
    ]
    changed = replace(frame.forecast, water_bed=tuple(bed), municipalities=tuple(rows))
    with override("nl"):
        shown = figures.water_bed(replace(frame, forecast=changed)).table.rows
        places = municipalities.waiting(replace(frame, forecast=changed))
    assert [one[1] for one in shown] == [words[said] for said in judged]
    assert places is not None
    for cells, said in zip(places.table.rows, judged, strict=True):
        cell = cells[1]
        if said == "unknown":
            assert cell is None
            continue
        assert isinstance(cell, Toned)
        assert cell.text.partition("\N{NO-BREAK SPACE}")[2].startswith(words[said].lower())
        assert cell.tone == (said if said in ("better", "worse") else "plain")


def test_an_outcome_of_before_has_no_judgement_where_there_is_no_change(
    frame: results.Frame,
) -> None:
    row = replace(
        frame.forecast.water_bed[0], waiting_time=Interval(None, None, None), verdict="same"
    )
    older = replace(frame, forecast=replace(frame.forecast, water_bed=(row,)))
    assert figures.water_bed(older).table.rows[0][1] == notation.MISSING


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("wait_new", "In 80 van de 100 uitkomsten van het model ligt de wachttijd"),
        ("wait_ended", "in een van de twee begint naar verwachting niemand"),
        ("wait_seldom", "In meer dan 10 van de 100 uitkomsten van het model begint er niemand"),
        ("wait_free", ""),
    ],
)
def test_how_sure_it_is_follows_the_headline(frame: results.Frame, code: str, words: str) -> None:
    headline = replace(frame.forecast.headline, code=code)
    with override("nl"):
        said = results._sure(replace(frame.forecast, headline=headline))
    assert words in said
    assert bool(said) == bool(words)


def test_where_no_care_has_a_limit_on_places_no_wait_is_shown(frame: results.Frame) -> None:
    free = replace(frame.forecast, limited=())
    for care_type in ("all", "ambulant"):
        asked = {"measure": "waiting_time", "care_type": care_type}
        assert results.ChoiceForm(asked, frame.forecast).has_numbers()
        assert not results.ChoiceForm(asked, free).has_numbers()


def test_every_end_of_the_tornado_is_in_words(page: results.ResultPage) -> None:
    chart = page.figures.tornado.chart
    assert re.search(r"◀ bij \d+% \w+: −", chart)
    assert "◀ korter wachten – langer wachten ▶" in chart
    assert "Grootte van de verandering" in chart
    assert "0,6" not in re.findall(r">([^<]*)<", chart)


def test_what_chance_explains_is_told_and_not_drawn(
    frame: results.Frame, finished: SimulationRun
) -> None:
    found = queries.outcome_of(finished).sensitivity
    quiet = [replace(row, noise_low=1e6, noise_high=1e6) for row in found.rows[1:]]
    loud = replace(found.rows[0], noise_low=0.0, noise_high=1e6)
    with override("nl"):
        block = matters.tornado(frame, replace(found, rows=(loud, *quiet), within_noise=len(quiet)))
        assert f"veranderen er {len(quiet)} de uitkomst niet meer dan toeval" in block.what
        assert block.chart.count("font-weight") >= 1
        assert "niet meer dan toeval" in block.chart
        assert [row[6] for row in block.table.rows] == ["ja"] + ["nee"] * len(quiet)
        none = matters.tornado(frame, replace(found, rows=tuple(quiet), within_noise=len(quiet)))
    assert none.chart == ""
    assert none.title == "Geen enkele aanname verandert de uitkomst"


def test_costs_add_up_to_a_total_with_its_reasons(page: results.ResultPage) -> None:
    labels = [row[0] for row in page.figures.costs.table.rows]
    assert labels[-2:] == ["Samen", "Gemiddeld per jaar"]
    reasons = page.figures.reasons
    assert reasons is not None
    assert "2024 tot en met 2025" in page.figures.costs.title
    assert any("Wie betaalt en wie bespaart" in fact for fact in page.money)
    assert any("van wat alle jeugdzorg van de regio" in fact for fact in page.money)


def test_reasons_are_sorted_by_size_and_only_sure_ones_named(frame: results.Frame) -> None:
    first, second, *rest = frame.forecast.cost_totals
    unsure = replace(first, difference=Interval(9e6, -1e6, 2e7))
    saved = replace(second, difference=Interval(-2e6, -3e6, -1e6))
    changed = replace(frame.forecast, cost_totals=(saved, unsure, *rest[-1:]))
    with override("nl"):
        block = costs.reasons(replace(frame, forecast=changed))
    assert block is not None
    assert [row[0] for row in block.table.rows] == [
        frame.forecast.labels[one.care_type]["nl"] for one in (unsure, saved)
    ]
    assert "gaat eraf" in block.title
    assert "duidelijk iets bij" in block.title


def test_a_forecast_without_totals_is_still_shown(frame: results.Frame) -> None:
    older = replace(frame, forecast=replace(frame.forecast, cost_totals=()))
    assert costs.reasons(older) is None
    assert costs.costs(older).table.rows
    assert costs.facts(older)


def test_names_for_machines_stand_in_the_fold_for_researchers(
    client: Client, reader: User, finished: SimulationRun
) -> None:
    client.force_login(reader)
    html = client.get(f"/regio/ijsselland/verkennen/berekening/{finished.pk}/").content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    fold = main.index("Voor onderzoekers")
    folded = main[fold : main.index("</details>", fold)]
    for words in ("Vingerafdruk", "Startgetal", "finite", "Wet van Little"):
        assert words in folded
    open_part = re.sub(r"<[^>]+>", " ", main.replace(folded, ""))
    for words in ("Vingerafdruk", "Little", "SHA-256", "finite ("):
        assert words not in open_part
    assert re.search(r"\d × 10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+|verschil 0", folded)
    assert "e-1" not in folded


@pytest.mark.usefixtures("nothing_drawn_yet")
def test_the_first_view_is_drawn_before_the_run_is_done(
    finished: SimulationRun, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who opens the page then draws nothing any more."""
    name = "vliegwiel.web.pages.explorer.results.draw_first_view"
    settings.BEFORE_A_FORECAST_IS_SHOWN = name  # type: ignore[attr-defined]
    work._make_ready(finished, queries.outcome_of(finished))
    stored: list[str] = []
    monkeypatch.setattr(keeping.cache, "set", lambda key, *_rest: stored.append(key))
    with override("nl"):
        results.result_page(finished, {})
    assert stored == []
    with override("nl"):
        results.result_page(finished, {"measure": "cost"})
    assert len(stored) == 2


def test_a_forecast_does_not_fail_by_its_drawings(
    finished: SimulationRun, settings: object, caplog: pytest.LogCaptureFixture
) -> None:
    settings.BEFORE_A_FORECAST_IS_SHOWN = "vliegwiel.nowhere.at_all"  # type: ignore[attr-defined]
    work._make_ready(finished, queries.outcome_of(finished))
    assert "was not made ready" in caplog.text
