"""Numbers that follow from others: recomputed on reading, and again on every draw.

A derived number keeps its written value while its inputs keep theirs; when an assumed input is
drawn elsewhere in its range, the derived number moves by as much as its formula moves.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from vliegwiel.science.kernel import Fault

from .addresses import Entry
from .faults import fault
from .formula import (
    LONGEST_FORMULA,
    FormulaError,
    Program,
    evaluate,
    evaluate_many,
    names,
    parse,
    program_of,
)
from .quantity import Derived, DerivedInput, Ranged, Text

Floats = NDArray[np.float64]

#: Relative difference that floating-point arithmetic may make.
_EXACT = 1e-9


@dataclass(frozen=True, slots=True)
class Range:
    """An assumed number: where it stands, its mode and how far it may lie from it."""

    address: str
    path: str
    label: Text
    value: float
    low: float
    high: float
    unit: str
    why: Text


@dataclass(frozen=True, slots=True)
class _Formula:
    address: str
    expression: ast.expr
    inputs: Mapping[str, DerivedInput]
    written: float
    central: float

    def value(self, known: Mapping[str, float]) -> float:
        filled = {
            name: known[given.ref] if given.ref is not None else known[f"{self.address}#{name}"]
            for name, given in self.inputs.items()
        }
        return evaluate(self.expression, filled)

    def values(self, program: Program, known: Mapping[str, Floats], count: int) -> Floats:
        """The same for many draws, shape (count,); ``program`` is that of the expression."""
        filled = {
            name: known[given.ref if given.ref is not None else f"{self.address}#{name}"]
            for name, given in self.inputs.items()
        }
        return evaluate_many(self.expression, program, filled, count)


@dataclass(frozen=True)
class Derivations:
    """Everything needed to give each number of a document its value under a draw."""

    ranges: tuple[Range, ...]
    _written: Mapping[str, float]
    _formulas: tuple[_Formula, ...]

    @cached_property
    def _programs(self) -> tuple[Program, ...]:
        return tuple(program_of(formula.expression) for formula in self._formulas)

    def values(self, draws: Mapping[str, float]) -> dict[str, float]:
        """Value of every address when the assumed numbers in ``draws`` take those values."""
        many = self.values_of_many({name: np.array([value]) for name, value in draws.items()}, 1)
        return {address: float(values[0]) for address, values in many.items()}

    def values_of_many(self, draws: Mapping[str, Floats], count: int) -> dict[str, Floats]:
        """Value of every address in each of so many draws, of shape (count,).

        What a draw gives does not depend on those beside it.
        """
        known = {address: np.full(count, value) for address, value in self._written.items()}
        known.update(draws)
        for formula, program in zip(self._formulas, self._programs, strict=True):
            computed = formula.values(program, known, count)
            # Where the formula has no value for a draw it stays at the mode.
            there = np.where(np.isfinite(computed), computed, formula.central)
            known[formula.address] = formula.written + (there - formula.central)
        return known


@dataclass(slots=True)
class _Builder:
    entries: Mapping[str, Entry]
    sources: frozenset[str]
    faults: list[Fault] = field(default_factory=list)
    ranges: list[Range] = field(default_factory=list)
    written: dict[str, float] = field(default_factory=dict)
    formulas: list[_Formula] = field(default_factory=list)
    done: dict[str, bool] = field(default_factory=dict)

    def visit(self, address: str, chain: tuple[str, ...] = ()) -> bool:
        """Whether the number at this address is sound; its formulas come before its users'."""
        if address in self.done:
            return self.done[address]
        entry = self.entries[address]
        if address in chain:
            circle = " → ".join((*chain[chain.index(address) :], address))
            self.faults.append(fault(entry.path, "circular", chain=circle))
            return False
        quantity = entry.quantity
        self.written[address] = quantity.value
        origin = quantity.provenance
        sound = True
        if isinstance(origin, Ranged):
            self.ranges.append(
                Range(
                    address, entry.path, entry.label, quantity.value,
                    origin.low, origin.high, quantity.unit, origin.why,
                )
            )  # fmt: skip
        elif isinstance(origin, Derived):
            sound = self._derive(entry, origin, (*chain, address))
        self.done[address] = sound
        return sound

    def _derive(self, entry: Entry, origin: Derived, chain: tuple[str, ...]) -> bool:
        path = f"{entry.path}.provenance"
        before = len(self.faults)
        try:
            expression = parse(origin.formula)
        except FormulaError:
            self.faults.append(fault(f"{path}.formula", "bad_formula", most=LONGEST_FORMULA))
            return False
        used = names(origin.formula)
        for name in sorted(used - set(origin.inputs)):
            self.faults.append(fault(f"{path}.formula", "unknown_input", name=name))
        for name in sorted(set(origin.inputs) - used):
            self.faults.append(fault(f"{path}.inputs.{name}", "unused_input", name=name))
        # A list, not a generator: every input must be visited, so that all faults come out at once.
        sound = [self._input(entry, name, given, chain) for name, given in origin.inputs.items()]
        if len(self.faults) > before or not all(sound):
            return False
        formula = _Formula(entry.address, expression, origin.inputs, entry.quantity.value, 0.0)
        return self._compare(entry, origin, formula)

    def _compare(self, entry: Entry, origin: Derived, formula: _Formula) -> bool:
        path, written = f"{entry.path}.provenance.formula", entry.quantity.value
        try:
            computed = formula.value(self.written)
        except FormulaError:
            self.faults.append(fault(path, "formula_without_value"))
            return False
        allowed = max(origin.rounding, _EXACT * abs(written)) * (1 + _EXACT)
        if not math.isclose(computed, written, rel_tol=0.0, abs_tol=allowed):
            self.faults.append(
                fault(
                    entry.path, "derived_mismatch",
                    computed=computed, value=written, rounding=origin.rounding,
                )
            )  # fmt: skip
            return False
        self.formulas.append(
            _Formula(entry.address, formula.expression, formula.inputs, written, computed)
        )
        return True

    def _input(self, entry: Entry, name: str, given: DerivedInput, chain: tuple[str, ...]) -> bool:
        path = f"{entry.path}.provenance.inputs.{name}"
        if given.ref is not None:
            if given.model_fields_set != {"ref"}:
                self.faults.append(fault(path, "bad_input"))
                return False
            if given.ref not in self.entries:
                self.faults.append(fault(f"{path}.ref", "unknown_reference", ref=given.ref))
                return False
            return self.visit(given.ref, chain)
        printed = given.source is not None and given.place is not None
        if given.value is None or printed == (given.why is not None):
            self.faults.append(fault(path, "bad_input"))
            return False
        self.written[f"{entry.address}#{name}"] = given.value
        if given.source is None:
            return self._assumed_input(entry, name, given, path)
        if given.source not in self.sources:
            self.faults.append(fault(f"{path}.source", "unknown_source", source=given.source))
        return given.source in self.sources

    def _assumed_input(self, entry: Entry, name: str, given: DerivedInput, path: str) -> bool:
        address = f"{entry.address}#{name}"
        if given.value is None or given.low is None or given.high is None or given.why is None:
            self.faults.append(fault(path, "bad_input"))
            return False
        if not given.low <= given.value <= given.high:
            self.faults.append(
                fault(path, "outside_range", value=given.value, low=given.low, high=given.high)
            )
            return False
        label = Text(nl=f"{entry.label.nl} ({name})", en=f"{entry.label.en} ({name})")
        self.ranges.append(
            Range(address, path, label, given.value, given.low, given.high, "", given.why)
        )
        return True


def derive(
    found: Sequence[Entry], sources: frozenset[str]
) -> tuple[Derivations, tuple[Fault, ...]]:
    """Check every derivation and put the formulas in an order in which each comes after its inputs.

    Args:
        found: every number of a document, with unique addresses.
        sources: ids in the bibliography.

    Returns:
        The derivations and what is wrong with them; use the first only when the second is empty.
    """
    builder = _Builder({entry.address: entry for entry in found}, sources)
    for entry in found:
        builder.visit(entry.address)
    order = {entry.address: i for i, entry in enumerate(found)}
    ranges = sorted(builder.ranges, key=lambda r: (order[r.address.partition("#")[0]], r.address))
    derivations = Derivations(tuple(ranges), builder.written, tuple(builder.formulas))
    return derivations, tuple(builder.faults)
