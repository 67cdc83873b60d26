"""Formulas of the care system as people write them: letters for names, and × for times."""

import re
from collections.abc import Mapping
from string import ascii_uppercase

from django.utils.translation import gettext as _

from vliegwiel.science.caresystem import Derived
from vliegwiel.web import notation

_PART = re.compile(r"(?P<number>\d+(?:\.\d+)?)|(?P<name>[A-Za-z_]\w*)|(?P<sign>\*\*|[-+*/(),])|\s+")
_SIGNS = {
    "**": " ^ ",
    "*": " × ",
    "/": " ÷ ",
    "+": " + ",
    "-": " − ",
    "(": "(",
    ")": ")",
    ",": "; ",
}


def exact(value: float) -> str:
    """A number as it is reckoned with, up to six digits."""
    digits = f"{value:.6g}"
    decimals = 8 if "e" in digits else len(digits.partition(".")[2])
    return notation.number(value, decimals)


def letters_of(origin: Derived) -> dict[str, str]:
    """A letter for each input, in the order of the document: A to Z, then A1 to Z1."""
    size = len(ascii_uppercase)
    return {
        name: ascii_uppercase[k % size] + (str(k // size) if k >= size else "")
        for k, name in enumerate(origin.inputs)
    }


def in_letters(origin: Derived, letters: Mapping[str, str]) -> str:
    """The formula with the letters of its inputs, and numbers in the notation of the reader."""
    functions = {
        "min": _("the smallest of "),
        "max": _("the largest of "),
        "sqrt": _("the square root of "),
    }
    parts = []
    for found in _PART.finditer(origin.formula):
        if found["number"]:
            parts.append(exact(float(found["number"])))
        elif found["name"]:
            parts.append(letters.get(found["name"]) or functions.get(found["name"], found["name"]))
        elif found["sign"]:
            parts.append(_SIGNS[found["sign"]])
    return "".join(parts).strip()
