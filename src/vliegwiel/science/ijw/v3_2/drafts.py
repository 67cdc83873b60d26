"""Records on their way: complete but for the envelope, which holds a hash of them all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from vliegwiel.science.ijw.municipalities import existed
from vliegwiel.science.ijw.records import Envelope, Person, Record
from vliegwiel.science.ijw.sheet import BROKEN, Sheet, Values
from vliegwiel.science.ijw.values import first_of_month, passes_eleven_test, written

#: Citizen service numbers that are given out for tests.
_TEST_NUMBERS = ("999900006", "999999990")
_OLDEST = 120
_YOUTH_UNTIL = 23

#: How a birth date is filled in by what is unknown of it: the day, the month too, all of it.
_FILLED = {
    "1": re.compile(r"^\d{4}-\d\d-01$"),
    "2": re.compile(r"^\d{4}-01-01$"),
    "3": re.compile(r"^1900-01-01$"),
}

#: Units that are counted per week, per month or in all, not per day (CS338).
_UNITS_IN_PERIODS = {"14", "16", "83", "84"}
_PERIODS = {"2", "4", "6"}


_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Draft(NamedTuple):
    """The class of a record and its fields, without the message."""

    kind: type[Record]
    fields: dict[str, Any]

    def record(self, envelope: Envelope) -> Record:
        """The record with its envelope."""
        return self.kind(message=envelope, **self.fields)

    def content(self) -> str:
        """What it says, the same for equal records."""
        said = [
            written(value) if type(value) is date else str(value) for value in self.fields.values()
        ]
        return "\x1f".join([self.kind.__name__, *said])


def readable(items: list[Values], sheet: Sheet) -> Iterator[Values]:
    """Those of a list in which every value could be read; the others are counted as set aside."""
    for item in items:
        if BROKEN in item:
            sheet.set_aside += 1
        else:
            yield item


def youth_of(client: Values, sheet: Sheet) -> str | None:
    """The pseudonym of a youth; None, with a finding, where the number cannot be right."""
    bsn: str = client["Bsn"]
    if not passes_eleven_test(bsn):
        sheet.warn("bsn_test", client)
        return None
    if _TEST_NUMBERS[0] <= bsn <= _TEST_NUMBERS[1]:
        sheet.warn("bsn_of_tests", client)
    return sheet.pseudonyms.youth(bsn)


def person_of(client: Values, sheet: Sheet) -> Person | None:
    """A youth with month of birth and sex; None, with a finding, as for :func:`youth_of`."""
    youth = youth_of(client, sheet)
    if youth is None:
        return None
    born: date = client["Geboortedatum"]["Datum"]
    unknown = client["Geboortedatum"].get("DatumGebruik")
    if unknown is not None and not _FILLED[unknown].match(born.isoformat()):
        sheet.warn("birth_use", client)
    if unknown != "3":
        if born > sheet.dated:
            sheet.warn("birth_in_future", client)
        elif _older_than(_OLDEST, born, sheet.dated):
            sheet.warn("too_old", client)
    return Person(
        youth=youth,
        birth_month=None if unknown == "3" else first_of_month(born),
        sex=client["Geslacht"],
        year_only=unknown == "2",
    )


def check_age(client: Values, item: Values, begin: date, sheet: Sheet) -> None:
    """Youth care goes on until 23 at most; the whole birth date is forgotten after this."""
    birth = client["Geboortedatum"]
    if _older_than(_YOUTH_UNTIL, birth["Datum"], begin) and birth.get("DatumGebruik") is None:
        sheet.warn("adult", item)


def check_municipality(item: Values, day: date, sheet: Sheet) -> None:
    """The code of the municipality must have existed on the first day of the product (TR378)."""
    if not existed(sheet.municipality, day):
        sheet.warn("unknown_municipality", item, municipality=sheet.municipality, day=day)


def check_size(item: Values, end: date | None, sheet: Sheet) -> None:
    """Product, size, budget and end of what is assigned or asked for, against each other."""
    product, size, budget = item.get("Product"), item.get("Omvang"), item.get("Budget")
    code = product.get("Code") if product else None
    if product is None and budget is None:
        sheet.warn("product_missing", item)
    if code is not None and size is None:
        sheet.warn("size_missing", item)
    if size is not None and budget is not None:
        sheet.warn("size_and_budget", item)
    # Until the end of 2020 a size without a product code was allowed.
    if size is not None and code is None and (end is None or end.year > 2020):
        sheet.warn("size_without_code", item)
    if end is None and (budget is not None or (size is not None and size["Frequentie"] == "2")):
        sheet.warn("end_missing", item)
    if size is None or size["Eenheid"] not in _UNITS_IN_PERIODS:
        return
    if size["Frequentie"] not in _PERIODS:
        told = {"unit": size["Eenheid"], "frequency": size["Frequentie"]}
        sheet.warn("unit_and_frequency", item, **told)


def product_of(item: Values) -> dict[str, Any]:
    """Category and code of the product of a record; None where they are absent."""
    product = item.get("Product", _NOTHING)
    return {"category": product.get("Categorie"), "product": product.get("Code")}


def size_of(item: Values) -> dict[str, Any]:
    """Volume, unit, frequency and budget of a record; None where they are absent."""
    size = item.get("Omvang", _NOTHING)
    return {
        "volume": size.get("Volume"),
        "unit": size.get("Eenheid"),
        "frequency": size.get("Frequentie"),
        "budget": item.get("Budget"),
    }


def _older_than(years: int, born: date, day: date) -> bool:
    """Whether somebody has an age above so many years on a day; nearly always the years tell."""
    turns = day.year - born.year
    if turns != years + 1:
        return turns > years
    return (day.month, day.day) >= (born.month, born.day)
