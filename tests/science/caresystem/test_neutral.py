"""What is not in a document: the fault says what to write, and that changes nothing."""

from __future__ import annotations

import copy
import re
from typing import Any

import numpy as np
import pytest

from vliegwiel.science.caresystem import (
    CareSystem,
    DocumentError,
    ForecastPlan,
    entries,
    read_care_system,
    read_scenario,
    run_chunk,
    targets,
)
from vliegwiel.science.caresystem.measuring import MEASURED
from vliegwiel.science.caresystem.neutral import Neutral, neutral_part

from . import full_sample, samples

Json = dict[str, Any]
UNITS = {
    "share": "share", "probability": "share", "success": "share",
    "probability_without_success": "share", "mean": "days", "length": "days",
    "delay_mean": "days", "trend": "1/year", "until_age": "years",
}  # fmt: skip
#: Of what no visit, wait or return makes use, a document may have it or not.
ABSENT = [
    "referrers.municipality.trend",
    "referrers.municipality.season.03",
    "referrers.gp.destinations.residential",
    "referrers.gp.municipalities.0150",
    "care_types.local.extension.probability",
    "care_types.residential.extension.length",
    "care_types.local.patience.mean",
    "care_types.residential.leave_to.base",
    "care_types.ambulant.leave_to.out",
    "care_types.local.leave_to.base",
    "care_types.local.success",
    "care_types.residential.next.base",
    "reentry.destinations.residential",
]


def plain() -> Json:
    return samples.care_system()


def without_reentry() -> Json:
    document = samples.care_system()
    del document["reentry"]
    return document


def full() -> Json:
    document = full_sample.care_system()
    del document["reentry"]["probability_without_success"]
    document["referrers"][0]["priorities"] = [
        {"priority": name, "share": samples.printed(0.5, "share")} for name in ("urgent", "soon")
    ]
    return document


CASES = [
    *((plain, target) for target in ABSENT),
    (without_reentry, "reentry.probability"),
    (without_reentry, "reentry.destinations.local"),
    (full, "care_types.training.until_age"),
    (full, "care_types.training.next_without_success.base"),
    (full, "reentry.probability_without_success"),
    (full, "referrers.municipality.municipalities.0150"),
    (full, "referrers.gp.priorities.usual"),
    (full, "care_types.ambulant.leave_to.local"),
]


def scenario(target: str, size: float) -> str:
    document = samples.scenario()
    document["focus"] = None
    document["interventions"] = [{
        "target": target, "operation": "multiply", "size": samples.printed(size, "ratio"),
        "stages": [{"from": "2024-01-01", "municipalities": "all"}],
    }]  # fmt: skip
    return samples.as_text(document)


def numbers(value: Any, key: str) -> Any:
    """The numbers of a fragment with their unit and origin."""
    if isinstance(value, dict):
        if key == "season":
            origin = samples.printed(1.0, "ratio")["provenance"]
            return {"values": [float(v) for v in value["values"]], "provenance": origin}
        return {name: numbers(item, name) for name, item in value.items()}
    if isinstance(value, list):
        return [numbers(item, key) for item in value]
    return value if isinstance(value, str) else samples.printed(float(value), UNITS[key])


def written(document: Json, neutral: Neutral) -> Json:
    """The document with the part in it."""
    document = copy.deepcopy(document)
    place: Any = document
    if neutral.path != "care_system":
        for name, index in re.findall(r"([a-z_]+)|\[(\d+)\]", neutral.path):
            place = place[name] if name else place[int(index)]
    made = numbers(neutral.value, neutral.name)
    if neutral.is_item:
        place.setdefault(neutral.name, []).append(made)
    else:
        place[neutral.name] = made
    return document


def measured(system: CareSystem) -> np.ndarray:
    plan = ForecastPlan(system, months=18, replications=2, seed=8)
    return run_chunk(plan, 0, 2).measured


@pytest.mark.slow
@pytest.mark.parametrize(("make", "target"), CASES, ids=[target for _make, target in CASES])
def test_what_the_fault_says_can_be_written_and_changes_nothing(make: Any, target: str) -> None:
    document = make()
    system = read_care_system(samples.as_text(document))
    with pytest.raises(DocumentError) as caught:
        read_scenario(scenario(target, 0.5), system)
    (fault,) = caught.value.faults
    neutral = neutral_part(target, system)
    assert neutral is not None
    assert (fault.path, fault.code) == ("interventions[0].target", "absent_target")
    assert neutral.path in fault.message
    assert neutral.text in fault.message

    with_it = read_care_system(samples.as_text(written(document, neutral)))
    assert target in {entry.address for entry in entries(with_it)} | set(targets(with_it))
    assert read_scenario(scenario(target, 0.5), with_it)
    before, after = measured(system), measured(with_it)
    always = MEASURED.index("aged_out")  # what comes after it is kept only where it is known
    assert np.array_equal(before[:, :, :always], after[:, :, :always])


@pytest.mark.parametrize(
    "target",
    [
        "care_types.ambulant.stay.median",
        "care_types.nowhere.extension.length",
        "care_types.local.places",
        "care_types.local.until_age",
        "referrers.gp.season.13",
        "referrers.gp.destinations.nowhere",
        "reentry.destinations.nowhere",
        "ages.leave_at",
        "workings.none",
    ],
)
def test_what_cannot_be_neutral_is_not_a_parameter(target: str) -> None:
    system = read_care_system(samples.as_text(plain()))
    assert neutral_part(target, system) is None
    with pytest.raises(DocumentError) as caught:
        read_scenario(scenario(target, 0.5), system)
    assert [fault.code for fault in caught.value.faults] == ["unknown_target"]


REFUSED = {
    "youths": ("fact_of_region", "rate, growth or season"),
    "norm_days": ("fact_of_norm", "yardstick"),
    "care_types.ambulant.waiting_at_start": ("fact_of_start", "same with and without"),
    "reentry.returning_at_start": ("fact_of_start", "same with and without"),
    "ages.at_start.4-12": ("fact_of_start", "same with and without"),
    "care_types.residential.ages_at_start.8-18": ("fact_of_start", "same with and without"),
    "care_types.ambulant.places.2025-01": ("step_of_plan", "Change “care_types.ambulant.places”"),
}


@pytest.mark.parametrize("target", REFUSED)
def test_what_cannot_be_changed_says_why_and_what_can(target: str) -> None:
    system = read_care_system(samples.as_text(full_sample.care_system()))
    with pytest.raises(DocumentError) as caught:
        read_scenario(scenario(target, 0.5), system)
    (fault,) = caught.value.faults
    code, words = REFUSED[target]
    assert fault.code == code
    assert words in fault.message


def test_every_number_is_changeable_or_says_why_not() -> None:
    """A new number of a document is one or the other, never by accident."""
    system = read_care_system(samples.as_text(full_sample.care_system()))
    refused = {entry.refusal for entry in targets(system).values()} - {None}
    assert refused == {"fact_of_region", "fact_of_norm", "fact_of_start", "step_of_plan"}
