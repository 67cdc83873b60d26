"""Numbers of which the errors belong together, written so that what is drawn stays independent."""

from __future__ import annotations

import math
from dataclasses import dataclass

from .writing import Found, Json, Writer, rounded, text

#: Correlations below this are left out: what is drawn would hardly differ.
_TIED = 0.1


@dataclass(frozen=True, slots=True)
class Tie:
    """What a number goes along with.

    An address and the value there, the correlation of both logarithms, the error of that of the
    other, the name of what is left of its own, and how both were found.
    """

    to: str
    central: float
    correlation: float
    log_error: float
    working: str
    label: Json
    why: Json


def tied(writer: Writer, address: str, found: Found, unit: str, tie: Tie) -> Json:
    """A number above zero of which the error goes along with that of another one.

    Of two numbers whose logarithms are normal with a correlation, the second is the first over its
    estimate to the power of the slope of one logarithm on the other, times a rest that does not
    depend on the first. The rest is a number of the document for itself.
    """
    written = writer.positive(address, found, unit, tie.why)
    if abs(tie.correlation) < _TIED:
        return written
    left = Found(
        1.0, found.error * math.sqrt(max(0.0, 1.0 - tie.correlation**2)), found.observations
    )
    rest = writer.positive(f"workings.{tie.working}", left, "ratio", tie.why, listed=False)
    writer.workings.append({"id": tie.working, "label": tie.label, "quantity": rest})
    how = text(
        "Gaat in de schatting samen met het andere getal; de rest wordt apart getrokken.",
        "Goes along with the other number in the estimate; the rest is drawn for itself.",
    )
    value = written["value"]
    slope = literal(rounded(tie.correlation * found.error / tie.log_error))
    formula = f"{literal(value)} * (other / {literal(tie.central)}) ** {slope} * rest"
    return derived(value, unit, formula, how, {"other": tie.to, "rest": f"workings.{tie.working}"})


def literal(value: float) -> str:
    """A number for a formula, which knows no exponents."""
    shown = f"{value:.12f}".rstrip("0").rstrip(".")
    return f"({shown})" if shown.startswith("-") else shown


def derived(value: float, unit: str, formula: str, how: Json, inputs: dict[str, str]) -> Json:
    """A number that follows from others of the document, by their addresses."""
    origin = {
        "kind": "derived",
        "formula": formula,
        "inputs": {name: {"ref": address} for name, address in inputs.items()},
        "how": how,
        "rounding": rounded(1e-5 * abs(value)),
    }
    return {"value": value, "unit": unit, "provenance": origin}
