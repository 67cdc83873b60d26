"""Declarations (JW323): the care of a month, by provider and municipality."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from vliegwiel.science.ijw import Content, message_header, write_message

from .box import Box
from .courses import NEVER
from .messages import Message

Ints = NDArray[np.int64]

#: The day of the month on which the care of the month before is declared.
_DECLARED_ON = 10
_DAYS_PER_WEEK = 7


def declarations_of(box: Box, month: date) -> Iterator[Message]:
    """What is declared in a month, about the care of the month before it."""
    end = month - timedelta(days=1)
    begin = end.replace(day=1)
    dated = month.replace(day=_DECLARED_ON)
    start = box.options.start
    if not box.options.declarations or begin < start or (dated - start).days > box.courses.last:
        return
    periods = box.periods
    since, until = (begin - start).days, (end - start).days
    helped = np.flatnonzero((periods.start <= until) & (periods.stop >= since))
    provider = box.courses.provider[periods.visit[helped]]
    parties = np.stack([provider, periods.municipality[helped]], axis=1)
    for party in np.unique(parties, axis=0):
        mine = helped[(parties == party).all(axis=1)]
        yield _declaration(box, mine, (begin, end), dated)


def _declaration(box: Box, periods: Ints, month: tuple[date, date], dated: date) -> Message:
    code = box.histories.municipalities[int(box.periods.municipality[periods[0]])]
    provider = box.catalogue.agb[int(box.courses.provider[box.periods.visit[periods[0]]])]
    number = f"{month[0]:%Y%m}{code}"
    by_youth: dict[int, list[dict[str, Content]]] = {}
    total = 0
    for period in periods.tolist():
        line, cents = _line(box, period, month)
        total += cents
        youth = int(box.courses.youth[box.periods.visit[period]])
        by_youth.setdefault(youth, []).append(line)
    clients: list[dict[str, Content]] = [
        {"Bsn": f"{int(box.persons.bsn[youth]):09d}", "Prestaties": {"Prestatie": lines}}
        for youth, lines in by_youth.items()
    ]
    content: dict[str, Content] = {
        "Header": message_header(
            "JW323", municipality=code, provider=provider, identification=number, dated=dated
        ),
        "Declaratie": {
            "DeclaratieNummer": f"D{number}",
            "DeclaratiePeriode": {"Begindatum": month[0], "Einddatum": month[1]},
            "DeclaratieDagtekening": dated,
            "TotaalIngediendBedrag": {"TotaalBedrag": total, "DebetCredit": "D"},
            "Clienten": {"Client": clients},
        },
    }
    name = f"{dated:%Y%m%d}-JW323-{provider}-{number}.xml"
    return Message(name, False, write_message("JW323", content))


def _line(box: Box, period: int, month: tuple[date, date]) -> tuple[dict[str, Content], int]:
    """The line of an assignment in a month, and its amount in cents."""
    periods = box.periods
    visit = int(periods.visit[period])
    product = box.catalogue.products[int(box.courses.care_type[visit])]
    begin = max(month[0], box.options.day(int(periods.start[period])))
    stop = int(periods.stop[period])
    end = month[1] if stop == NEVER else min(month[1], box.options.day(stop))
    days = (end - begin).days + 1
    by_day = product.unit == "14"
    weekly = int(box.first_volume[period])
    volume = days if by_day else max(1, days * weekly // _DAYS_PER_WEEK)
    cents = volume * product.tariff
    line: dict[str, Content] = {
        "ProductReferentie": {"ReferentieNummer": f"{month[0]:%Y%m}-{period}"},
        "ToewijzingNummer": int(periods.number[period]),
        "ProductCategorie": product.category,
        "ProductCode": product.code(int(periods.contract[period])),
        "ProductPeriode": {"Begindatum": begin, "Einddatum": end},
        "GeleverdVolume": volume,
        "Eenheid": product.unit,
        "ProductTarief": product.tariff,
        "IngediendBedrag": {"Bedrag": cents, "DebetCredit": "D"},
    }
    return line, cents
