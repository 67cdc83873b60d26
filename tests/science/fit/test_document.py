"""The document that a fit writes: whole, readable, and honest about what it is not sure of."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from vliegwiel.science.caresystem import (
    DocumentError,
    Fitted,
    assumptions,
    entries,
    quantities,
    read_care_system,
    write_document,
)
from vliegwiel.science.fit import (
    FIT_SENTENCES,
    UNKNOWN,
    Ending,
    FittedSystem,
    Visits,
    fit_care_system,
)

from . import truth


@pytest.fixture(scope="module")
def fitted() -> FittedSystem:
    return truth.fitted()


def codes(found: FittedSystem) -> set[str]:
    return {check.code for check in found.checks}


def test_it_is_read_back_as_it_was_written(fitted: FittedSystem) -> None:
    assert read_care_system(write_document(fitted.system)) == fitted.system
    assert fitted.system.start == date(2025, 1, 1)
    assert fitted.system.care_type_ids == ("light", "help", "home")


def test_every_fitted_number_says_from_what_until_when_and_how_sure(fitted: FittedSystem) -> None:
    found = [one for one in quantities(fitted.system) if isinstance(one.provenance, Fitted)]
    assert len(found) > 30
    for one in found:
        origin = one.provenance
        assert isinstance(origin, Fitted)
        assert origin.until == date(2025, 1, 1)
        assert origin.low <= one.value <= origin.high
        assert origin.observations > 0
        assert (origin.low < origin.high) == (origin.error > 0)
    known = {entry.address for entry in entries(fitted.system)}
    assert {part.address for part in fitted.parts} <= known
    drawn = {one.address for one in assumptions(fitted.system)}
    assert {one.address for one in found if ".season." not in one.address} <= drawn


def test_who_is_there_is_counted_to_the_nearest_five(fitted: FittedSystem) -> None:
    visits = truth.visits(1)
    for i, care in enumerate(fitted.system.care_types):
        own = visits.those(visits.care_type == i)
        present = np.count_nonzero(~np.isnan(own.started) & np.isnan(own.ended))
        waiting = np.count_nonzero(np.isnan(own.started) & np.isnan(own.ended))
        for told, true in ((care.in_care_at_start, present), (care.waiting_at_start, waiting)):
            if told is not None and true >= 10:
                assert told.value == 5 * round(true / 5)
                assert told.provenance.kind == "printed"
            elif told is not None:
                assert told.provenance.kind == "assumed"


def test_a_source_that_is_not_in_the_list_is_a_fault(fitted: FittedSystem) -> None:
    document = json.loads(write_document(fitted.system))
    document["care_types"][0]["stay"]["mean"]["provenance"]["source"] = "elsewhere"
    with pytest.raises(DocumentError) as refused:
        read_care_system(json.dumps(document))
    assert {fault.code for fault in refused.value.faults} == {"unknown_source"}


def test_the_middle_of_a_month_is_left_out() -> None:
    cut = truth.visits(1).before(date(2024, 6, 20))
    assert fit_care_system(cut, truth.background()).system.start == date(2024, 6, 1)


def small(visits: Visits, part: int) -> Visits:
    return visits.those(visits.youth % part == 0)


def test_little_gives_much_doubt() -> None:
    found = fit_care_system(small(truth.visits(1, 12), 12), truth.background())
    assert {"few_months", "few_youths", "few_ends", "few_returns"} <= codes(found)
    assert "returned" in found.estimates.sources or found.estimates.returns is None
    for check in found.checks:
        assert "%" not in check.sentence


def test_what_was_not_seen_is_said() -> None:
    visits = truth.visits(1)
    light = visits.care_type == 0
    never = visits.those(~(visits.care_type == 2) | (visits.arrived > 1000))
    waits = never.care_type == 2
    never = replace(
        never,
        started=np.where(waits, np.nan, never.started),
        ended=np.where(waits, np.nan, never.ended),
        ending=np.where(waits, int(Ending.NOT_YET), never.ending),
    )
    found = fit_care_system(never, truth.background())
    assert "never_seen" in codes(found)
    blind = replace(
        visits,
        next=np.where(light, UNKNOWN, visits.next),
        started=np.where(light & (visits.started < 0), -np.inf, visits.started),
    )
    told = codes(fit_care_system(blind, truth.background()))
    assert {"next_unknown", "start_unknown"} <= told
    assert not {"next_unknown", "start_unknown"} & codes(truth.fitted())


def test_success_and_extensions_are_fitted_where_they_were_recorded() -> None:
    visits = truth.visits(1)
    random = np.random.default_rng(4)
    went = random.uniform(size=len(visits)) < 0.7
    over = visits.ending == Ending.CARE
    success = np.where(over, went.astype(np.int64), UNKNOWN)
    onward = np.where(over & (visits.next < visits.base) & went, visits.out, visits.next)
    length = visits.cared_until - np.fmax(visits.started, 0.0)
    longer = over & (visits.started >= 0) & (random.uniform(size=len(visits)) < 0.4)
    extended = np.where(longer, visits.started + 0.5 * length, np.nan)
    kept = replace(visits, success=success, next=onward, extended=extended, knows_extensions=True)
    care = fit_care_system(kept, truth.background()).system.care_types[0]
    assert truth.value(care.success) == pytest.approx(0.7, abs=0.05)
    assert not {step.care_type for step in care.next} & {"help"}
    step = next(step for step in care.next_without_success if step.care_type == "help")
    assert step.probability.value == pytest.approx(0.2, abs=0.08)
    assert care.extension is not None
    assert care.extension.probability.value == pytest.approx(0.4, abs=0.06)
    assert care.extension.length.value == pytest.approx(45, rel=0.25)


def test_a_fit_needs_a_month_and_somebody_who_came() -> None:
    visits = truth.visits(1)
    with pytest.raises(ValueError, match="month"):
        fit_care_system(visits.before(date(2022, 1, 20)), truth.background())
    with pytest.raises(ValueError, match="nobody came"):
        fit_care_system(visits.those(visits.arrived < 0), truth.background())


def test_every_sentence_can_be_said() -> None:
    assert all("%(" in sentence for sentence in FIT_SENTENCES.values())
