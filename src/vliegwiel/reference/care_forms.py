"""Which form of care a product category of the messages stands for."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from .files import read_text


@dataclass(frozen=True, slots=True)
class CategoryForm:
    """The form of care of a category; `cbs_forms` are the codes of CBS that it can be.

    `is_care` is False for what goes with care and is none of itself, such as transport.
    """

    category: str
    form: str
    is_care: bool
    cbs_forms: tuple[str, ...]
    basis: str
    source: str


@cache
def category_forms() -> Mapping[str, CategoryForm]:
    """Every category of the iJw code list, also those of the years before, by its code."""
    rows = csv.DictReader(io.StringIO(read_text("care_forms.csv")))
    return {
        row["category"]: CategoryForm(
            category=row["category"],
            form=row["form"],
            is_care=row["is_care"] == "yes",
            cbs_forms=tuple(row["cbs_forms"].split()),
            basis=row["basis"],
            source=row["source"],
        )
        for row in rows
    }
