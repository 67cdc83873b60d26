"""Numbers with their origin, and the document they make once every formula has been computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from vliegwiel.science.caresystem.formula import evaluate, parse

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Words:
    """A text in both languages."""

    nl: str
    en: str

    def json(self) -> Json:
        return {"nl": self.nl, "en": self.en}


@dataclass(frozen=True, slots=True)
class Fact:
    """A number that stands in a source."""

    value: float
    source: str
    place: str
    note: Words | None = None

    def json(self) -> Json:
        found: Json = {"kind": "printed", "source": self.source, "place": self.place}
        if self.note is not None:
            found["note"] = self.note.json()
        return found

    def input_json(self) -> Json:
        return {"value": self.value, "source": self.source, "place": self.place}


@dataclass(frozen=True, slots=True)
class Guess:
    """A number nobody has measured, with the range it is believed to lie in."""

    value: float
    low: float
    high: float
    why: Words

    def json(self) -> Json:
        return {"kind": "assumed", "low": self.low, "high": self.high, "why": self.why.json()}

    def input_json(self) -> Json:
        return {"value": self.value, "low": self.low, "high": self.high, "why": self.why.json()}


@dataclass(frozen=True, slots=True)
class Ref:
    """Another number of the same document."""

    address: str

    def input_json(self) -> Json:
        return {"ref": self.address}


@dataclass(frozen=True, slots=True)
class Formula:
    """A number that follows from others, written with so many decimals."""

    formula: str
    how: Words
    inputs: Mapping[str, Fact | Guess | Ref]
    decimals: int

    def json(self) -> Json:
        return {
            "kind": "derived",
            "formula": self.formula,
            "inputs": {name: given.input_json() for name, given in self.inputs.items()},
            "how": self.how.json(),
            "rounding": 10.0**-self.decimals,
        }


Origin = Fact | Guess | Formula


def formula(text: str, nl: str, en: str, decimals: int, /, **inputs: Fact | Guess | Ref) -> Formula:
    return Formula(text, Words(nl, en), inputs, decimals)


@dataclass(slots=True)
class Numbers:
    """Every number of the document by address, in the order in which they were put in."""

    drafts: dict[str, tuple[str, Origin]] = field(default_factory=dict)
    _values: dict[str, float] = field(default_factory=dict)

    def put(self, address: str, unit: str, origin: Origin) -> Ref:
        if address in self.drafts:
            raise ValueError(f"{address} is put in twice")
        self.drafts[address] = (unit, origin)
        return Ref(address)

    def value(self, address: str) -> float:
        """The value as written: formulas use the rounded values of what they refer to."""
        if address not in self._values:
            origin = self.drafts[address][1]
            self._values[address] = (
                self._compute(origin) if isinstance(origin, Formula) else origin.value
            )
        return self._values[address]

    def _compute(self, origin: Formula) -> float:
        inputs = {
            name: self.value(given.address) if isinstance(given, Ref) else given.value
            for name, given in origin.inputs.items()
        }
        return round(evaluate(parse(origin.formula), inputs), origin.decimals)

    def quantity(self, address: str) -> Json:
        unit, origin = self.drafts[address]
        return {"value": self.value(address), "unit": unit, "provenance": origin.json()}
