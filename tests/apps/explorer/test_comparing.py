"""Forecasts beside each other: which may be compared, and which way each number goes."""

from dataclasses import replace

import pytest

from tests.science.caresystem import samples
from vliegwiel.apps.explorer import comparing
from vliegwiel.apps.explorer.comparing import ComparedRow
from vliegwiel.science.caresystem import (
    ALL,
    Band,
    CareSystem,
    Forecast,
    Interval,
    Scenario,
    forecast,
    read_care_system,
    read_scenario,
)

LESS, MORE = Interval(-5.0, -9.0, -1.0), Interval(4.0, 2.0, 6.0)
UNCLEAR, SAME = Interval(1.0, -1.0, 2.0), Interval(0.0, 0.0, 0.0)


@pytest.fixture(scope="module")
def system() -> CareSystem:
    return read_care_system(samples.as_text(samples.care_system()))


def scenario(system: CareSystem, size: float) -> Scenario:
    document = samples.scenario()
    document["interventions"][0]["size"] = samples.assumed(size, "ratio", 0.05, 0.95)
    return read_scenario(samples.as_text(document), system)


@pytest.fixture(scope="module")
def pair(system: CareSystem) -> list[Forecast]:
    return [
        forecast(system, scenario(system, size), months=30, replications=6) for size in (0.2, 0.8)
    ]


def changed(found: Forecast, **identity: object) -> Forecast:
    return replace(found, identity=replace(found.identity, **identity))


def test_the_same_youths_may_be_compared(pair: list[Forecast]) -> None:
    assert comparing.refusal(pair) is None
    assert pair[0].of("waiting_time", "ambulant") != pair[1].of("waiting_time", "ambulant")


def test_one_is_too_few_and_six_are_too_many(pair: list[Forecast]) -> None:
    assert comparing.refusal(pair[:1]) == "too_few"
    assert comparing.refusal([]) == "too_few"
    assert comparing.refusal(pair * 3) == "too_many"
    assert comparing.refusal([*pair, *pair, pair[0]]) is None


@pytest.mark.parametrize(
    ("identity", "reason"),
    [
        ({"care_system_hash": "another"}, "care_system"),
        ({"replications": 7}, "repetitions"),
        ({"seed": 2}, "seed"),
        ({"code_version": "0.0.1"}, "version"),
    ],
)
def test_other_settings_are_refused_with_the_reason(
    pair: list[Forecast], identity: dict[str, object], reason: str
) -> None:
    assert comparing.refusal([pair[0], changed(pair[1], **identity)]) == reason


def test_another_number_of_months_is_refused(pair: list[Forecast], system: CareSystem) -> None:
    shorter = forecast(system, scenario(system, 0.8), months=24, replications=6)
    assert comparing.refusal([pair[0], shorter]) == "months"


def test_whether_the_same_youths_are_followed_is_known(
    pair: list[Forecast], system: CareSystem
) -> None:
    assert comparing.same_youths(pair)
    document = samples.scenario()
    document["interventions"] = [
        {
            "target": "referrers.gp.rate",
            "operation": "multiply",
            "size": samples.assumed(1.5, "ratio", 1.2, 1.8),
            "stages": [{"from": "2025-01-01", "municipalities": "all"}],
        }
    ]
    more = read_scenario(samples.as_text(document), system)
    busier = forecast(system, more, months=30, replications=6)
    assert comparing.refusal([pair[0], busier]) is None
    assert not comparing.same_youths([pair[0], busier])


def test_a_number_of_one_form_of_care_tells_other_youths_apart(pair: list[Forecast]) -> None:
    first, second = pair
    series = second.of("in_care", "local")
    other = replace(series, baseline=Band(*([1.0] * 30,) * 3))  # type: ignore[arg-type]
    in_care = {**second.series["in_care"], "local": other}
    moved = replace(second, series={**second.series, "in_care": in_care})
    assert not comparing.same_youths([first, moved])


def test_a_forecast_without_a_change_is_refused(pair: list[Forecast], system: CareSystem) -> None:
    plain = forecast(system, months=30, replications=6)
    assert comparing.refusal([pair[0], plain]) == "no_change"


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        (LESS, "less"),
        (MORE, "more"),
        (UNCLEAR, "unclear"),
        (SAME, "same"),
        (None, "unknown"),
        (Interval(None, None, None), "unknown"),
        (Interval(-1.0, -2.0, 0.0), "unclear"),
    ],
)
def test_a_way_is_told_only_when_the_whole_band_goes_it(
    found: Interval | None, wanted: str
) -> None:
    assert comparing.way(found) == wanted


def test_every_number_of_every_form_of_care_is_there_once(pair: list[Forecast]) -> None:
    found = comparing.rows(pair)
    keys = [(row.measure, row.care_type, row.span) for row in found]
    assert len(set(keys)) == len(keys) == 4 * 5
    row = next(row for row in found if (row.measure, row.care_type) == ("waiting_time", "ambulant"))
    wanted = [
        next(bed.waiting_time for bed in one.water_bed if bed.care_type == "ambulant")
        for one in pair
    ]
    assert list(row.differences) == wanted
    total = next(row for row in found if row.span == "total" and row.care_type == ALL)
    assert total.differences[0] == next(
        one.difference for one in pair[0].cost_totals if one.care_type == ALL
    )


def test_what_only_one_of_them_brings_is_unknown_for_the_other(pair: list[Forecast]) -> None:
    first, second = pair
    bed = replace(first.water_bed[0], care_type="hub")
    brings = replace(
        first, care_types=(*first.care_types, "hub"), water_bed=(*first.water_bed, bed)
    )
    found = [row for row in comparing.rows([second, brings]) if row.care_type == "hub"]
    assert {row.ways[0] for row in found} == {"unknown"}
    assert next(row for row in found if row.measure == "waiting_time").differences[1] is not None
    assert comparing.care_types_of([second, brings])[-1] == "hub"


def row(*differences: Interval | None) -> ComparedRow:
    return ComparedRow("waiting_time", ALL, "period", differences)


def test_the_strongest_stands_in_front_and_doubt_between_both_is_told() -> None:
    larger, far = Interval(-8.0, -10.0, -6.0), Interval(-30.0, -33.0, -28.0)
    side = comparing.strongest(row(LESS, UNCLEAR, larger, None, MORE), "less")
    assert side.places == (2, 0)
    assert side.alike
    assert not comparing.strongest(row(larger, far), "less").alike
    assert comparing.strongest(row(larger, far), "less").places == (1, 0)
    alone = comparing.strongest(row(LESS, UNCLEAR, SAME), "less")
    assert (alone.places, alone.alike) == ((0,), False)
    assert comparing.strongest(row(LESS), "more").places == ()
