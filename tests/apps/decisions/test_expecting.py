"""From a forecast of months to what is expected of an outcome."""

import math
from dataclasses import replace
from datetime import date

import pytest

from vliegwiel.apps.decisions.expecting import Wanted, choice_of, choices_for, read_choice, said_of
from vliegwiel.apps.decisions.services.freezing import proposers_said
from vliegwiel.apps.pilots.models import PlannedOutcome
from vliegwiel.science.caresystem import Band, Forecast, Identity, Result, Series


def forecast() -> Forecast:
    """Two known months of waits, and one in which nobody starts."""
    baseline = Band((40.0, 60.0, None), (30.0, 50.0, None), (50.0, 70.0, None))
    change = Band((-10.0, -20.0, None), (-20.0, -30.0, None), (-5.0, -5.0, None))
    months = (date(2027, 1, 1), date(2027, 2, 1), date(2027, 3, 1))
    return Forecast(
        identity=Identity("JZ07", "sample", "1", "", "change", "", 20, 1, "0"),
        months=months,
        care_types=(),
        labels={},
        limited=(),
        norm_days=42,
        series={"waiting_time": {"all": Series(baseline, baseline, change)}},
        band=(0.1, 0.5, 0.9),
        focus="all",
        period=(months[0], months[-1]),
        headline=Result(-15.0, -25.0, -5.0, "days", "shorter", "", {}),
        water_bed=(),
        costs=(),
        checks=(),
        assumptions=(),
    )


def wanted(**given: object) -> Wanted:
    base = Wanted(
        measure="waiting_time", care_type="all", first=date(2027, 1, 1), last=date(2027, 3, 31),
        per_cent=False,
    )  # fmt: skip
    return replace(base, **given)  # type: ignore[arg-type]


def test_a_difference_is_the_mean_over_the_months_that_are_known() -> None:
    said = said_of(forecast(), wanted())
    assert said is not None
    assert (said.likely, said.low, said.high) == (-15.0, -25.0, -5.0)
    later = said_of(forecast(), wanted(first=date(2027, 2, 1)))
    assert later is not None
    assert later.likely == -20.0


def test_a_ratio_is_that_to_the_baseline() -> None:
    said = said_of(forecast(), wanted(per_cent=True))
    assert said is not None
    assert said.likely == pytest.approx(math.log(35 / 50))


def test_of_what_adds_up_a_place_has_its_part() -> None:
    said = said_of(forecast(), wanted(part=0.1))
    assert said is not None
    assert said.likely == pytest.approx(-1.5)


@pytest.mark.parametrize(
    "given", [{"first": date(2027, 3, 1)}, {"care_type": "none"}, {"measure": "cost"}]
)
def test_what_the_model_does_not_know_has_no_forecast(given: dict[str, object]) -> None:
    assert said_of(forecast(), wanted(**given)) is None


def test_choices_are_those_of_the_kind_of_number() -> None:
    assert choices_for("time", forecast()) == [("waiting_time", "all")]
    assert choices_for("mean", forecast()) == []
    assert read_choice(choice_of("cost", "all")) == ("cost", "all")


def test_proposers_in_per_cent_are_put_on_the_scale_that_adds_up() -> None:
    planned = PlannedOutcome(
        relevant_per_cent=True, expected_low=-50, expected=-20, expected_high=0
    )
    said = proposers_said(planned)
    assert said is not None
    assert (said.low, said.high) == pytest.approx((math.log(0.5), 0.0))
    planned.expected_low = -100
    assert proposers_said(planned) is None
    assert proposers_said(PlannedOutcome()) is None
