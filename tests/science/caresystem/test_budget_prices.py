"""When the price of care rises, the money of a year is spent sooner, and intake stops then.

By the public path, from document to forecast. One place, stays of exactly ten days, a queue that
does not end and nobody who comes: what happens does not depend on chance, and can be worked out
without a simulator.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from vliegwiel.science.caresystem import Forecast, forecast, read_care_system, read_scenario

from . import samples
from .full_sample import step
from .samples import printed, shares

pytestmark = pytest.mark.slow

STAY, MONTHS = 10, 24
#: By its first month, a price or ceiling that holds from then on.
Steps = dict[str, float]


def document(ceiling: Steps, per_start: Steps, per_day: Steps) -> dict[str, Any]:
    """The sample with one care type, of which only money decides who starts."""

    def first(steps: Steps, unit: str) -> dict[str, Any]:
        return printed(steps["2024-01"], unit)

    def later(steps: Steps, unit: str) -> list[dict[str, Any]]:
        return [step(month, printed(v, unit)) for month, v in list(steps.items())[1:]]

    made = samples.care_system()
    made["care_types"] = [
        {
            "id": "training",
            "label": samples.text("Training"),
            "group": "ambulant",
            "capacity": {
                "kind": "budget", "ceiling": first(ceiling, "euro"),
                "steps": later(ceiling, "euro"), "places": printed(1.0, "places"),
            },
            "stay": {"distribution": "fixed", "mean": printed(float(STAY), "days")},
            "next": [],
            "cost_per_day": first(per_day, "euro/day"),
            "cost_per_day_steps": later(per_day, "euro/day"),
            "cost_per_start": first(per_start, "euro"),
            "cost_per_start_steps": later(per_start, "euro"),
            "in_care_at_start": printed(0.0, "youths"),
            "waiting_at_start": printed(200.0, "youths"),
        }
    ]  # fmt: skip
    for referrer in made["referrers"]:
        referrer["rate"] = printed(0.0, "youths/month")
        referrer["destinations"] = shares(training=1.0)
    del made["reentry"]
    return made


def scenario(*changes: dict[str, Any]) -> dict[str, Any]:
    return samples.scenario() | {"focus": "training", "interventions": list(changes)}


def change(name: str, operation: str, size: dict[str, Any], **stage: Any) -> dict[str, Any]:
    stages = [{"from": "2024-07-01", "municipalities": "all", **stage}]
    target = f"care_types.training.{name}"
    return {"target": target, "operation": operation, "size": size, "stages": stages}


def at(steps: Steps, day: date) -> float:
    return [v for month, v in steps.items() if month <= f"{day:%Y-%m}"][-1]


def expected(ceiling: Steps, per_start: Steps, per_day: Steps) -> tuple[list[int], list[float]]:
    """Starts and spending by month, day by day: a place that is free is taken while there is money.

    Care goes on in January, whatever was spent before; in January the spending begins again.
    """
    starts, cost = [0] * MONTHS, [0.0] * MONTHS
    today, spent, free_on = date(2024, 1, 1), 0.0, date(2024, 1, 1)
    while (month := (today.year - 2024) * 12 + today.month - 1) < MONTHS:
        if (today.month, today.day) == (1, 1):
            spent = 0.0
        # A place comes free, and stands empty until there is money: a month or year may bring it.
        comes_free = today == free_on or (today.day == 1 and today > free_on)
        begun = comes_free and spent < at(ceiling, today)
        if begun:
            starts[month] += 1
            free_on = today + timedelta(STAY)
        paid = begun * at(per_start, today) + (today < free_on) * at(per_day, today)
        spent += paid
        cost[month] += paid
        today += timedelta(1)
    return starts, cost


def numbers(made: Forecast, arm: str) -> tuple[list[float], list[float]]:
    """Starts and cost by month: the middle of the replications, which are all the same."""
    found = []
    for name in ("starts", "cost"):
        band = getattr(made.of(name, "training"), arm)
        assert band.low == band.median == band.high
        found.append(list(band.median))
    return found[0], found[1]


def simulated(made: dict[str, Any], changed: dict[str, Any] | None = None) -> Forecast:
    system = read_care_system(samples.as_text(made))
    found = None if changed is None else read_scenario(samples.as_text(changed), system)
    return forecast(system, found, months=MONTHS, replications=3)


FLAT: Steps = {"2024-01": 0.0}
CEILING: Steps = {"2024-01": 2950.0}
DEARER: Steps = {"2024-01": 100.0, "2024-07": 200.0}
A_DAY: Steps = {"2024-01": 10.0}
DEARER_A_DAY: Steps = {"2024-01": 10.0, "2024-07": 25.0}

#: Ceiling, price per start and per day; the last months with a start in 2024 and 2025.
CASES = {
    "a price per start": (CEILING, {"2024-01": 100.0}, FLAT, (10, 10)),
    "a higher price per start from July": (CEILING, DEARER, FLAT, (8, 5)),
    "a price per day": (CEILING, FLAT, A_DAY, (10, 10)),
    "a higher price per day from July": (CEILING, FLAT, DEARER_A_DAY, (8, 4)),
    "both": ({"2024-01": 4450.0}, DEARER, DEARER_A_DAY, (7, 4)),
    "a higher ceiling in the next year": (
        {"2024-01": 2950.0, "2025-01": 4450.0}, DEARER, FLAT, (8, 8),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_intake_stops_in_the_month_in_which_the_money_is_spent(case: str) -> None:
    *money, last = CASES[case]
    starts, cost = expected(*money)
    found = numbers(simulated(document(*money)), "baseline")
    assert found[0] == starts
    assert found[1] == pytest.approx(cost)
    for year, month in enumerate(last):
        begun = [k + 1 for k in range(12) if found[0][12 * year + k] > 0]
        assert max(begun) == month


def test_an_intervention_on_the_price_is_a_step_of_the_price() -> None:
    plain = document(CEILING, {"2024-01": 100.0}, FLAT)
    dearer = change("cost_per_start", "multiply", printed(2.0, "ratio"))
    made = simulated(plain, scenario(dearer))
    assert numbers(made, "baseline")[0] == expected(CEILING, {"2024-01": 100.0}, FLAT)[0]
    found = numbers(made, "scenario")
    starts, cost = expected(CEILING, DEARER, FLAT)
    assert found[0] == starts
    assert found[1] == pytest.approx(cost)
    assert sum(found[0]) < sum(numbers(made, "baseline")[0])


def test_a_price_that_rises_in_three_months_stops_intake_in_between() -> None:
    """A third of the rise each month: 10, 15, 20 and 25 euro a day."""
    rising = {"2024-01": 10.0, "2024-07": 15.0, "2024-08": 20.0, "2024-09": 25.0}
    dearer = change("cost_per_day", "add", printed(15.0, "euro/day"), ramp_months=3)
    made = simulated(document(CEILING, FLAT, A_DAY), scenario(dearer))
    starts, cost = expected(CEILING, FLAT, rising)
    found = numbers(made, "scenario")
    assert found[0] == starts
    assert found[1] == pytest.approx(cost)
    at_once, never = (expected(CEILING, FLAT, steps)[0] for steps in (DEARER_A_DAY, A_DAY))
    assert sum(at_once[:12]) < sum(found[0][:12]) < sum(never[:12])


def test_an_intervention_comes_on_top_of_a_step_of_the_price() -> None:
    """In the step's month both are seen; the price of the baseline rises as well."""
    steps = {"2024-01": 100.0, "2024-04": 120.0}
    both = {"2024-01": 100.0, "2024-04": 120.0, "2024-07": 180.0}
    dearer = change("cost_per_start", "multiply", printed(1.5, "ratio"))
    made = simulated(document(CEILING, steps, FLAT), scenario(dearer))
    assert numbers(made, "baseline")[0] == expected(CEILING, steps, FLAT)[0]
    assert numbers(made, "scenario")[0] == expected(CEILING, both, FLAT)[0]
