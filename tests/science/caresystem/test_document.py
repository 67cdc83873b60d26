"""Documents are read, written and described without loss."""

from __future__ import annotations

import json
from datetime import date

import pytest
from pydantic import ValidationError

from vliegwiel.science.caresystem import (
    CareSystem,
    Scenario,
    assumptions,
    document_hash,
    json_schema,
    quantities,
    read_care_system,
    read_scenario,
    write_document,
)
from vliegwiel.science.caresystem.derivation import derive
from vliegwiel.science.caresystem.formula import FormulaError, evaluate, names, parse
from vliegwiel.science.caresystem.provenance import derivations

from . import samples


def test_what_is_written_reads_back_equal(system: CareSystem, scenario: Scenario) -> None:
    assert read_care_system(write_document(system)) == system
    assert read_scenario(write_document(scenario).encode(), system) == scenario
    assert json.loads(write_document(system)) == samples.care_system()


def test_a_byte_order_mark_is_no_fault(system: CareSystem) -> None:
    text = samples.as_text(samples.care_system()).encode("utf-8-sig")
    assert read_care_system(text) == system


def test_hash_is_of_the_content_not_of_the_layout(system: CareSystem) -> None:
    other = read_care_system(json.dumps(samples.care_system(), indent=7, sort_keys=True))
    assert document_hash(other) == document_hash(system)
    document = samples.care_system()
    document["version"] = "2024-2"
    assert document_hash(read_care_system(samples.as_text(document))) != document_hash(system)


def test_documents_cannot_be_changed(system: CareSystem) -> None:
    with pytest.raises(ValidationError):
        system.start = date(2030, 1, 1)  # type: ignore[misc]


def test_every_number_has_a_place_in_the_table_of_origins(system: CareSystem) -> None:
    def numbers(node: object) -> int:
        if isinstance(node, list):
            return sum(numbers(item) for item in node)
        if not isinstance(node, dict):
            return 0
        own = int("unit" in node and "provenance" in node)
        season = len(node["values"]) if "values" in node else 0
        return own + season + sum(numbers(value) for value in node.values())

    table = quantities(system)
    assert len(table) == numbers(samples.care_system())
    assert len({row.address for row in table}) == len(table)
    kinds = {row.address: row.kind for row in table}
    assert kinds["care_types.ambulant.places"] == "derived"
    assert kinds["referrers.gp.season.7"] == "printed"
    assert kinds["referrers.gp.rate"] == "assumed"


def test_points_that_were_observed_are_in_the_table_of_origins() -> None:
    document = samples.care_system()
    before = len(quantities(read_care_system(samples.as_text(document))))
    origin = {"kind": "printed", "source": samples.SOURCE, "place": "counted"}
    points = [{"share": share, "days": 90 * share} for share in (0.0, 0.5, 1.0)]
    for name in ("waited_at_start", "in_care_since_at_start"):
        document["care_types"][0][name] = {"points": points, "provenance": origin}
    table = quantities(read_care_system(samples.as_text(document)))
    assert len(table) == before + 6
    found = {row.address: row for row in table}["care_types.ambulant.waited_at_start.2"]
    assert (found.value, found.unit, found.kind) == (45.0, "days", "printed")
    assert found.path == "care_types[0].waited_at_start.points[1].days"
    assert found.label.en == "Ambulant help: at the start had waited at most, 50 per cent"


def test_assumptions_are_named_in_both_languages(system: CareSystem, scenario: Scenario) -> None:
    found = {a.address: a for a in assumptions(system, scenario)}
    stay = found["care_types.ambulant.stay.mean"]
    assert (stay.value, stay.low, stay.high, stay.unit) == (210.0, 180.0, 250.0, "days")
    assert stay.label.nl == "Ambulante hulp: gemiddelde duur"
    assert stay.label.en == "Ambulant help: mean length of care"
    assert stay.path == "care_types[0].stay.mean"
    assert found["interventions.1.size"].label.en.startswith("Size of the change")
    assert "care_types.ambulant.places#use" in found
    assert len(assumptions(system)) == len(found) - 2


def test_a_derived_number_moves_with_the_assumption_under_it(system: CareSystem) -> None:
    known = derivations(system)
    assert known.values({})["care_types.ambulant.places"] == 180.0
    drawn = known.values({"care_types.ambulant.places#use": 1.05})
    assert drawn["care_types.ambulant.places"] == pytest.approx(189.0)


def test_a_rounded_derived_number_keeps_its_written_value(system: CareSystem) -> None:
    document = samples.care_system()
    document["youths"] = samples.derived(
        3333.0, "youths", "whole / 3", rounding=0.5,
        whole={"value": 10000.0, "source": samples.SOURCE, "place": "page 2"},
    )  # fmt: skip
    assert derivations(read_care_system(samples.as_text(document))).values({})["youths"] == 3333.0


def test_schemas_describe_the_documents() -> None:
    schema = json_schema(CareSystem)
    assert schema["$schema"].endswith("2020-12/schema")
    assert schema["additionalProperties"] is False
    assert {"schema", "care_types", "referrers"} <= set(schema["required"])
    assert "from" in json_schema(Scenario)["$defs"]["Stage"]["properties"]


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("2 + 3 * a", 14.0),
        ("-(a - 6) ** 3 / 2", 4.0),
        ("max(a, 7) + min(1, 2) + sqrt(9)", 11.0),
    ],
)
def test_arithmetic(formula: str, value: float) -> None:
    expression = parse(formula)
    assert evaluate(expression, {"a": 4.0}) == pytest.approx(value)
    assert names(formula) == {"a"}


@pytest.mark.parametrize(
    "formula",
    ["a.b", "a[0]", "lambda: 1", "open('x')", "a if a else 1", "'a'", "1 +", "True + 1", "a" * 501,
     "sqrt(x=4)", "min()", "(yield)", "1e3j"],
)  # fmt: skip
def test_nothing_but_arithmetic(formula: str) -> None:
    with pytest.raises(FormulaError):
        parse(formula)


@pytest.mark.parametrize("formula", ["1 / (a - a)", "a ** 9999", "sqrt(-a)", "b + 1"])
def test_a_formula_without_a_value(formula: str) -> None:
    with pytest.raises(FormulaError):
        evaluate(parse(formula), {"a": 4.0})


def test_no_entries_derive_to_nothing() -> None:
    found, faults = derive((), frozenset())
    assert found.values({}) == {}
    assert faults == ()
