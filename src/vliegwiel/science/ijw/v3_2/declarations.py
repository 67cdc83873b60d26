"""JW323 and JW325: declared lines of one month, and those that the municipality refuses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from vliegwiel.science.ijw.records import DeclaredLine, RefusedLine
from vliegwiel.science.ijw.sheet import BROKEN, Sheet, Values

from .drafts import Draft, readable, youth_of

_EUROS = "83"
_FIRST_YEAR = 2021
_YEARS_BACK = 5
_NO_REMARK = "0200"


@dataclass(slots=True)
class _Seen:
    """What earlier lines of the same declaration said."""

    number_of: dict[int, str] = field(default_factory=dict)
    performances: set[str] = field(default_factory=set)
    debits: set[str] = field(default_factory=set)
    periods: set[tuple[object, ...]] = field(default_factory=set)
    total: int = 0


def declared(values: Values, sheet: Sheet) -> Iterator[Draft]:
    """The lines of a JW323; none where the declaration is not about one month."""
    declaration = values["Declaratie"]
    clients = declaration["Clienten"]["Client"]
    if not _about_a_month(declaration, sheet):
        sheet.set_aside += sum(len(client["Prestaties"]["Prestatie"]) for client in clients)
        return
    number = sheet.pseudonyms.declaration(sheet.provider, declaration["DeclaratieNummer"])
    seen = _Seen()
    whole = True
    for client in clients:
        lines = client["Prestaties"]["Prestatie"]
        youth = None if BROKEN in client else youth_of(client, sheet)
        for line in lines:
            if BROKEN in line:
                whole = False
            else:
                # A total counts what was sent, also the lines that are set aside here.
                seen.total += _cents(line)
        if youth is None:
            sheet.set_aside += len(lines)
            continue
        for line in readable(lines, sheet):
            if _acceptable(line, youth, seen, sheet):
                _check_line(line, declaration, sheet)
                yield Draft(DeclaredLine, {**_fields(line, youth, sheet), "declaration": number})
    total = _signed(declaration["TotaalIngediendBedrag"], "TotaalBedrag")
    if whole and total != seen.total:
        sheet.find("total_differs", sheet.root, total=total, sum=seen.total)


def refused(values: Values, sheet: Sheet) -> Iterator[Draft]:
    """The lines that a JW325 refuses."""
    answer = values.get("DeclaratieAntwoord")
    if answer is None:
        return
    number = sheet.pseudonyms.declaration(sheet.provider, answer["DeclaratieNummer"])
    taken_off, whole = 0, True
    for client in answer.get("Clienten", {}).get("Client", []):
        lines = client["Prestaties"]["Prestatie"]
        whole = whole and not any(BROKEN in line for line in lines)
        taken_off += sum(_cents(line) for line in lines if BROKEN not in line)
        youth = None if BROKEN in client else youth_of(client, sheet)
        if youth is None:
            sheet.set_aside += len(lines)
            continue
        for line in readable(lines, sheet):
            codes = tuple(line["RetourCodes"]["RetourCode"])
            _check_amount(line, sheet)
            if set(codes) <= {_NO_REMARK}:
                sheet.set_aside += 1
                sheet.warn("not_refused", line)
                continue
            yield Draft(RefusedLine, _refusal(line, youth, codes, number, sheet))
    submitted = _signed(answer["TotaalIngediendBedrag"], "TotaalBedrag")
    granted = _signed(answer["TotaalToegekendBedrag"], "TotaalBedrag")
    if whole and granted not in {submitted - taken_off, 0}:
        sheet.find("granted_differs", sheet.root, total=granted, sum=submitted - taken_off)


def _about_a_month(declaration: Values, sheet: Sheet) -> bool:
    period = declaration["DeclaratiePeriode"]
    begin, end = period["Begindatum"], period["Einddatum"]
    if begin.day != 1 or end != _last_day(begin):
        sheet.find("not_a_month", sheet.root)
        return False
    if begin.year < _FIRST_YEAR:
        sheet.find("month_too_early", sheet.root)
        return False
    return True


def _acceptable(line: Values, youth: str, seen: _Seen, sheet: Sheet) -> bool:
    """Whether a line counts: not twice, not of two youths, not ending before it begins."""
    period = line["ProductPeriode"]
    begin, end = period["Begindatum"], period["Einddatum"]
    if end < begin:
        sheet.aside("end_before_begin", line, begin=begin, end=end)
        return False
    own = line["ProductReferentie"]["ReferentieNummer"]
    if own in seen.performances:
        sheet.aside("performance_twice", line)
        return False
    seen.performances.add(own)
    if seen.number_of.setdefault(line["ToewijzingNummer"], youth) != youth:
        sheet.aside("number_of_two_youths", line)
        return False
    _check_credit(line, seen, sheet)
    return True


def _check_credit(line: Values, seen: _Seen, sheet: Sheet) -> None:
    """A credit takes back a line of an earlier declaration; a debit stands by itself."""
    reference = line["ProductReferentie"]
    previous = reference.get("VorigReferentieNummer")
    if line["IngediendBedrag"]["DebetCredit"] == "C":
        if previous is None:
            sheet.warn("credit_of_nothing", line)
        elif previous in seen.debits:
            sheet.warn("credit_beside_debit", line)
        if line["IngediendBedrag"]["Bedrag"] == 0:
            sheet.warn("zero_credit", line)
        return
    if previous is not None:
        sheet.warn("debit_of_another", line)
    seen.debits.add(reference["ReferentieNummer"])
    period = line["ProductPeriode"]
    key = (
        line["ToewijzingNummer"],
        line["ProductCategorie"],
        line["ProductCode"],
        period["Begindatum"],
        period["Einddatum"],
    )
    if key in seen.periods:
        sheet.warn("second_debit", line)
    seen.periods.add(key)


def _check_line(line: Values, declaration: Values, sheet: Sheet) -> None:
    begin, end = line["ProductPeriode"]["Begindatum"], line["ProductPeriode"]["Einddatum"]
    if (begin.year, begin.month) != (end.year, end.month):
        sheet.warn("line_over_months", line, begin=begin, end=end)
    if end > declaration["DeclaratiePeriode"]["Einddatum"]:
        sheet.warn("line_after_declaration", line)
    if end < _years_before(declaration["DeclaratieDagtekening"]):
        sheet.warn("line_too_old", line)
    _check_amount(line, sheet)


def _check_amount(line: Values, sheet: Sheet) -> None:
    """Volume times tariff, where the tariff was rounded to cents and the amount was not."""
    volume, tariff = line["GeleverdVolume"], line.get("ProductTarief")
    amount = line["IngediendBedrag"]["Bedrag"]
    if (line["Eenheid"] == _EUROS) != (tariff is None):
        sheet.warn("tariff_wrong", line)
    if line["Eenheid"] == _EUROS:
        if amount != volume:
            sheet.warn("euros_differ", line)
    elif tariff is not None and 2 * abs(amount - volume * tariff) > max(volume, 1):
        sheet.warn("amount_differs", line)


def _fields(line: Values, youth: str, sheet: Sheet) -> dict[str, Any]:
    reference = line["ProductReferentie"]
    period = line["ProductPeriode"]
    amount = line["IngediendBedrag"]
    return {
        "youth": youth,
        "assignment": sheet.pseudonyms.assignment(sheet.municipality, line["ToewijzingNummer"]),
        "performance": sheet.pseudonyms.performance(sheet.provider, reference["ReferentieNummer"]),
        "previous": _previous(reference, sheet),
        "category": line["ProductCategorie"],
        "product": line["ProductCode"],
        "begin": period["Begindatum"],
        "end": period["Einddatum"],
        "volume": line["GeleverdVolume"],
        "unit": line["Eenheid"],
        "cents": amount["Bedrag"],
        "credit": amount["DebetCredit"] == "C",
    }


def _refusal(
    line: Values, youth: str, codes: tuple[str, ...], number: str, sheet: Sheet
) -> dict[str, Any]:
    reference = line["ProductReferentie"]
    return {
        "youth": youth,
        "performance": sheet.pseudonyms.performance(sheet.provider, reference["ReferentieNummer"]),
        "codes": codes,
        "previous": _previous(reference, sheet),
        "assignment": sheet.pseudonyms.assignment(sheet.municipality, line["ToewijzingNummer"]),
        "declaration": number,
    }


def _previous(reference: Values, sheet: Sheet) -> str | None:
    text = reference.get("VorigReferentieNummer")
    return sheet.pseudonyms.performance(sheet.provider, text) if text is not None else None


def _cents(line: Values) -> int:
    return _signed(line["IngediendBedrag"], "Bedrag")


def _signed(amount: Values, name: str) -> int:
    cents: int = amount[name]
    return -cents if amount["DebetCredit"] == "C" else cents


def _last_day(first: date) -> date:
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


@lru_cache(maxsize=1024)
def _years_before(day: date) -> date:
    year = max(day.year - _YEARS_BACK, 1)
    return day.replace(year=year, day=28 if (day.month, day.day) == (2, 29) else day.day)
