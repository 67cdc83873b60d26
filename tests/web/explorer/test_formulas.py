"""Formulas for readers."""

import pytest
from django.utils.translation import override

from vliegwiel.science.caresystem import Derived
from vliegwiel.web.pages.explorer.formulas import in_letters, letters_of


def derived(formula: str, *names: str) -> Derived:
    inputs = {name: {"value": 1.0, "source": "yearbook", "place": "table 1"} for name in names}
    how = {"nl": "berekend", "en": "calculated"}
    return Derived.model_validate(
        {"kind": "derived", "formula": formula, "inputs": inputs, "how": how}
    )


@pytest.mark.parametrize(
    ("formula", "names", "shown"),
    [
        ("in_care * use", ("in_care", "use"), "A × B"),
        ("total / 365.25 - w0", ("total", "w0"), "A ÷ 365,25 − B"),
        (
            "(1 - a) * min(0.98, b * ratio)",
            ("a", "b", "ratio"),
            "(1 − A) × de kleinste van (0,98; B × C)",
        ),
        (
            "starts * 2.718281828459045 ** (wait / patience)",
            ("starts", "wait", "patience"),
            "A × 2,71828 ^ (B ÷ C)",
        ),
        ("arrivals", ("arrivals",), "A"),
    ],
)
def test_a_formula_has_letters_and_the_signs_of_school(
    formula: str, names: tuple[str, ...], shown: str
) -> None:
    origin = derived(formula, *names)
    with override("nl"):
        assert in_letters(origin, letters_of(origin)) == shown


def test_there_are_letters_enough() -> None:
    names = [f"n{k}" for k in range(60)]
    letters = letters_of(derived(" + ".join(names), *names))
    assert len(set(letters.values())) == len(names)
    assert (letters["n25"], letters["n26"]) == ("Z", "A1")
