"""What is said of a waiting time: which sentence, and which verdict."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

import numpy as np
import pytest

from vliegwiel.science.caresystem import (
    SENTENCES,
    CareSystem,
    Chunk,
    Forecast,
    ForecastPlan,
    Interval,
    Scenario,
    WaitCode,
    read_care_system,
    run_chunk,
    summarise,
    way_of,
)
from vliegwiel.science.caresystem.intervals import compared, interval, intervals, share_known
from vliegwiel.science.caresystem.measuring import MEASURED
from vliegwiel.science.caresystem.verdicts import unknown_code, verdict, wait_code

from . import samples

KNOWN, UNKNOWN = Interval(5.0, 3.0, 8.0), Interval(None, None, None)
REPLICATIONS = 200
AMBULANT = 0


@pytest.mark.parametrize(
    ("change", "code", "judged"),
    [
        (Interval(-5.0, -8.0, -3.0), "wait_shorter", "better"),
        (Interval(5.0, 3.0, 8.0), "wait_longer", "worse"),
        (Interval(1.0, -1.0, 3.0), "wait_unclear", "unclear"),
        (Interval(-1.0, -2.0, 0.0), "wait_unclear", "unclear"),
        (Interval(0.0, 0.0, 0.0), "wait_same", "same"),
        (UNKNOWN, "wait_unknown", "unknown"),
    ],
)
def test_a_change_goes_a_way_only_with_its_whole_band(
    change: Interval, code: str, judged: str
) -> None:
    assert wait_code(change, True) == code
    assert verdict(change) == judged


def test_sentence_verdict_and_way_are_one_rule() -> None:
    """On random bands: none may say shorter where another says longer, or nothing."""
    agree = {
        "less": ("wait_shorter", "better"),
        "more": ("wait_longer", "worse"),
        "same": ("wait_same", "same"),
        "unclear": ("wait_unclear", "unclear"),
        "unknown": ("wait_unknown", "unknown"),
    }
    rng, seen = np.random.default_rng(1), set()
    for _ in range(300):
        low, median, high = np.sort(rng.integers(-2, 3, 3)).tolist()
        found = Interval(median, low, high) if rng.random() < 0.9 else UNKNOWN
        way = way_of(found)
        seen.add(way)
        assert (wait_code(found, True), verdict(found)) == agree[way]
        if way in ("less", "more"):
            assert low * high > 0
    assert seen == set(agree)


def test_without_a_scenario_the_wait_itself_is_told() -> None:
    assert wait_code(KNOWN, False) == "wait_baseline"
    assert wait_code(UNKNOWN, False) == "wait_unknown"


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        (0.0, 1.0, "wait_new"),
        (0.005, 1.0, "wait_new"),
        (0.1, 0.9, "wait_new"),
        (0.105, 1.0, "wait_seldom"),
        (0.0, 0.895, "wait_seldom"),
        (1.0, 0.0, "wait_ended"),
        (0.9, 0.1, "wait_ended"),
        (0.005, 0.0, "wait_unknown"),
        (0.895, 0.0, "wait_seldom"),
        (1.0, 0.5, "wait_seldom"),
        (0.5, 0.5, "wait_seldom"),
        # Each world can be told, but not enough replications have both.
        (0.92, 0.92, "wait_seldom"),
        (0.0, 0.0, "wait_unknown"),
        (0.1, 0.1, "wait_unknown"),
        (0.0, None, "wait_unknown"),
        (0.1, None, "wait_unknown"),
        (0.895, None, "wait_seldom_baseline"),
    ],
)
def test_why_a_change_is_not_known(before: float, after: float | None, code: str) -> None:
    for everything in (True, False):
        found = unknown_code(before, after, limited=True, everything=everything)
        assert found == code


@pytest.mark.parametrize("after", [None, 0.0, 1.0])
def test_without_a_limit_on_places_nobody_waits(after: float | None) -> None:
    assert unknown_code(0.0, after, limited=False, everything=True) == "wait_nowhere"
    assert unknown_code(0.0, 0.0, limited=False, everything=False) == "wait_free"
    # A forecast without a scenario may come here.
    assert "change" not in SENTENCES["wait_nowhere"]
    assert "change" not in SENTENCES["wait_seldom_baseline"]


def test_every_code_has_its_sentence() -> None:
    codes = set(get_args(WaitCode))
    assert codes == {code for code in SENTENCES if code.startswith("wait_")}


@pytest.mark.parametrize(("known", "told"), [(0, False), (1, False), (179, False), (180, True)])
def test_a_number_that_too_few_replications_have_is_not_known(known: int, told: bool) -> None:
    values = np.full(REPLICATIONS, np.nan)
    values[:known] = np.arange(known) + 1.0
    found = interval(values)
    assert (found.median is not None) == told
    assert share_known(values) == known / REPLICATIONS
    if told:
        assert found.median == pytest.approx(90.5)
    paired = compared(np.zeros((REPLICATIONS, 1)), values[:, None])[0,]
    assert paired == (Interval(0.0, 0.0, 0.0), found, found)
    # Of those who start alone, with their share beside it.
    of_those = intervals(values[:, None], least=0.0)[0,]
    assert (of_those.median is None) == (known == 0)


@pytest.fixture(scope="module")
def plan(system: CareSystem, scenario: Scenario) -> ForecastPlan:
    return ForecastPlan(system, scenario, months=12, by_municipality=True)


def _with_starts(plan: ForecastPlan, before: int, after: int) -> Forecast:
    """A forecast in which youths start ambulant help in so many of the replications.

    One real replication many times over, from which the starts are taken.
    """
    one = run_chunk(replace(plan, replications=1), 0, 1)
    arrays: dict[str, Any] = {
        name: np.repeat(value, REPLICATIONS, axis=0)
        for name in Chunk.__dataclass_fields__
        if isinstance(value := getattr(one, name), np.ndarray)
    }
    starts, wait = MEASURED.index("starts"), MEASURED.index("wait_sum")
    assert arrays["measured"][:, :, starts, :, AMBULANT].sum(axis=2).min() > 0
    for arm, some in enumerate((before, after)[: arrays["measured"].shape[1]]):
        for k in (starts, wait):
            arrays["measured"][some:, arm, k, :, AMBULANT] = 0.0
        arrays["by_municipality"][some:, arm, :, :, AMBULANT] = 0.0
    chunk = replace(one, last=REPLICATIONS, **arrays)
    return summarise(replace(plan, replications=REPLICATIONS), [chunk])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        (1, 200, "wait_new"),
        (0, 200, "wait_new"),
        (200, 1, "wait_ended"),
        (1, 0, "wait_unknown"),
        (100, 200, "wait_seldom"),
    ],
)
def test_one_start_by_chance_makes_no_headline(
    plan: ForecastPlan, before: int, after: int, code: str
) -> None:
    made = _with_starts(plan, before, after)
    headline = made.headline
    assert headline.code == code
    assert (headline.value, headline.low, headline.high) == (None, None, None)
    assert ("days" in headline.params) == (code in ("wait_new", "wait_ended"))
    row = next(row for row in made.water_bed if row.care_type == "ambulant")
    assert (row.verdict, row.waiting_time) == ("unknown", UNKNOWN)
    municipal = [row for row in made.municipalities if row.care_type == "ambulant"]
    assert {(row.verdict, row.waiting_time.difference) for row in municipal} == {
        ("unknown", UNKNOWN)
    }
    assert "enough_replications" not in {check.code for check in made.checks}


@pytest.mark.slow
def test_starts_in_nearly_all_replications_are_enough(plan: ForecastPlan) -> None:
    made = _with_starts(plan, 180, 200)
    assert made.headline.code in ("wait_shorter", "wait_longer", "wait_same")
    assert made.headline.value is not None
    assert "enough_replications" in {check.code for check in made.checks}


@pytest.mark.slow
def test_where_no_care_has_a_limit_on_places_nobody_waits(system: CareSystem) -> None:
    """Youths do start: only nobody waits, with a scenario or without one."""
    document = samples.care_system()
    for care in document["care_types"]:
        care["capacity"] = {"kind": "free"}
        care.pop("patience", None)
        care.pop("waiting_at_start", None)
    free = read_care_system(samples.as_text(document))
    bare = ForecastPlan(free, None, months=12, replications=2)
    made = summarise(bare, [run_chunk(bare, 0, 2)])
    assert made.limited == ()
    assert sum(value or 0.0 for value in made.of("starts", "all").baseline.median) > 0
    assert made.headline.code == "wait_nowhere"
    # One care type with places is enough for a wait.
    limited = ForecastPlan(system, None, months=12, replications=2)
    assert summarise(limited, [run_chunk(limited, 0, 2)]).headline.code == "wait_baseline"
