"""A document with other inputs: every number that follows from them worked out anew."""

from __future__ import annotations

import copy
import json
import math
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from .addresses import Entry, entries
from .changes import number_at
from .document import read_care_system
from .formula import FormulaError, evaluate, parse
from .model import CareSystem
from .quantity import Derived, DerivedInput


def recomputed(document: Mapping[str, Any]) -> CareSystem:
    """The care system in a document (JSON as Python objects), its derived numbers worked out anew.

    A derived number becomes what its formula gives for the written values of its inputs, with as
    many decimals as its ``rounding`` has. What is printed or assumed stays as it is written.

    Raises:
        DocumentError: with all faults of the document, as :func:`read_care_system`.
    """
    made = copy.deepcopy(dict(document))
    try:
        shaped = CareSystem.model_validate(made)
    except ValidationError:  # reading tells what is wrong, and where
        return read_care_system(json.dumps(made))
    found = {entry.address: entry for entry in entries(shaped)}
    for address, value in _Values(found).all().items():
        number_at(made, found[address].path)["value"] = value
    return read_care_system(json.dumps(made))


class _Values:
    """The value of every number, each worked out once."""

    def __init__(self, found: Mapping[str, Entry]) -> None:
        self._entries = found
        self._known: dict[str, float] = {}

    def all(self) -> Mapping[str, float]:
        for address in self._entries:
            self._value(address)
        return self._known

    def _value(self, address: str) -> float:
        if address not in self._known:
            quantity = self._entries[address].quantity
            self._known[address] = quantity.value  # also what a circle finds; reading refuses it
            if isinstance(quantity.provenance, Derived):
                self._known[address] = self._derived(quantity.provenance, quantity.value)
        return self._known[address]

    def _derived(self, origin: Derived, written: float) -> float:
        try:
            inputs = {name: self._input(given) for name, given in origin.inputs.items()}
            value = evaluate(parse(origin.formula), inputs)
        except (FormulaError, KeyError):  # reading says what is wrong with it
            return written
        if origin.rounding <= 0:
            return value
        return round(value, max(0, round(-math.log10(origin.rounding))))

    def _input(self, given: DerivedInput) -> float:
        if given.ref is not None:
            return self._value(given.ref)
        if given.value is None:
            raise KeyError("an input without a value")
        return given.value
