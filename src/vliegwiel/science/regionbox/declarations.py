"""Declarations (JW323) and their answers (JW325).

Of the care of a month, by provider and municipality.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from vliegwiel.science.ijw import Content, message_header, return_header, write_message

from .box import Box
from .chances import Chances, Draw, Owner
from .courses import NEVER
from .messages import Message

#: The day of the month on which the care of the month before is declared.
_DECLARED_ON = 10
#: Days after which a declaration is answered.
_ANSWERED_AFTER = 5
#: Return codes (WJ001): granted in full, no remark, and another tariff than the contract has.
_GRANTED, _NO_REMARK, _REFUSED = "8001", "0200", "0611"
_DAYS_PER_WEEK = 7


def declarations_of(box: Box, month: date) -> Iterator[Message]:
    """What is declared in a month, about the care of the month before it, with its answers.

    A line that was refused the month before is declared again under another number, and granted.
    """
    end = month - timedelta(days=1)
    own = _Month(box, end.replace(day=1))
    dated = month.replace(day=_DECLARED_ON)
    if not box.options.declarations or _day(box, dated) > box.courses.last or own.since < 0:
        return
    lines = own.lines()
    if own.since > 0:
        before = _Month(box, (own.first - timedelta(days=1)).replace(day=1))
        lines += before.lines(again=True)
    by_party: dict[tuple[str, str], list[_Line]] = {}
    for line in lines:
        by_party.setdefault((line.provider, line.municipality), []).append(line)
    for party, mine in sorted(by_party.items()):
        header, declaration = _declaration(party, mine, (own.first, end), dated)
        number = declaration["DeclaratieNummer"]
        name = f"{dated:%Y%m%d}-JW323-{party[0]}-{number}.xml"
        content = {"Header": header, "Declaratie": declaration}
        yield Message(name, False, write_message("JW323", content))
        answered = dated + timedelta(days=_ANSWERED_AFTER)
        if box.options.answers and _day(box, answered) <= box.courses.last:
            name = f"{answered:%Y%m%d}-JW325-{party[0]}-{number}.xml"
            refused = [line for line in mine if line.refused]
            made = _answer(party[0], header, declaration, refused, answered)
            yield Message(name, True, write_message("JW325", made))


@dataclass(frozen=True, slots=True)
class _Line:
    """A declared line of a youth, and what it asks in cents."""

    provider: str
    municipality: str
    bsn: str
    content: dict[str, Content]
    cents: int
    refused: bool


class _Month:
    """The care of a month, to be declared."""

    def __init__(self, box: Box, first: date) -> None:
        self.first, self._box = first, box
        self.last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        self.since, until = _day(box, first), _day(box, self.last)
        periods = box.periods
        helped = (periods.start <= until) & (periods.stop >= self.since)
        # Of a month in which care pauses all the time there is nothing to declare.
        helped &= ~((periods.paused < self.since) & (periods.resumed > until))
        self._periods = np.flatnonzero(helped)
        chances = Chances.of(box.options.seed, Owner.PERIOD, len(periods.visit))
        share = box.options.lines_refused if box.options.answers else 0.0
        self._refused = chances.happens(Draw.LINE_REFUSED, share, first.year * 12 + first.month)

    def lines(self, *, again: bool = False) -> list[_Line]:
        """Every line of the month; ``again``: those that were refused."""
        periods = self._periods[self._refused[self._periods]] if again else self._periods
        return [self._line(period, again=again) for period in periods.tolist()]

    def _line(self, period: int, *, again: bool) -> _Line:
        box = self._box
        visit = int(box.periods.visit[period])
        content, cents = _content(box, period, (self.first, self.last))
        if again:
            reference = {"ReferentieNummer": f"{self.first:%Y%m}-{period}-2"}
            content["ProductReferentie"] = reference
        return _Line(
            provider=box.catalogue.agb[int(box.courses.provider[visit])],
            municipality=box.histories.municipalities[int(box.periods.municipality[period])],
            bsn=f"{int(box.persons.bsn[box.courses.youth[visit]]):09d}",
            content=content,
            cents=cents,
            refused=bool(self._refused[period]) and not again,
        )


def _declaration(
    party: tuple[str, str], lines: Sequence[_Line], month: tuple[date, date], dated: date
) -> tuple[dict[str, Content], dict[str, Content]]:
    """Header and content of what a provider declares to a municipality."""
    provider, municipality = party
    number = f"{month[0]:%Y%m}{municipality}"
    header = message_header(
        "JW323", municipality=municipality, provider=provider, identification=number, dated=dated
    )
    return header, {
        "DeclaratieNummer": f"D{number}",
        "DeclaratiePeriode": {"Begindatum": month[0], "Einddatum": month[1]},
        "DeclaratieDagtekening": dated,
        "TotaalIngediendBedrag": _amount(sum(line.cents for line in lines)),
        "Clienten": {"Client": _clients(lines, {})},
    }


def _answer(
    provider: str,
    header: Mapping[str, Content],
    declaration: Mapping[str, Content],
    refused: Sequence[_Line],
    dated: date,
) -> dict[str, Content]:
    """The answer of the municipality (JW325): all is granted, or all but what is refused."""
    total, number = declaration["TotaalIngediendBedrag"], declaration["DeclaratieNummer"]
    assert isinstance(total, dict)
    taken_off = sum(line.cents for line in refused)
    codes = [_NO_REMARK if refused else _GRANTED]
    answer: dict[str, Content] = {
        "DeclaratieNummer": number,
        "TotaalIngediendBedrag": total,
        "TotaalToegekendBedrag": _amount(total["TotaalBedrag"] - taken_off),
        "RetourCodes": {"RetourCode": codes},
    }
    if refused:
        no_remark: dict[str, Content] = {"RetourCodes": {"RetourCode": [_NO_REMARK]}}
        answer["Clienten"] = {"Client": _clients(refused, no_remark, [_REFUSED])}
    own = return_header(
        header, "JW325", identification=f"{dated:%y%m}{provider}", dated=dated, codes=codes
    )
    return {"Header": own, "DeclaratieAntwoord": answer}


def _clients(
    lines: Sequence[_Line], beside: Mapping[str, Content], codes: Sequence[str] = ()
) -> list[dict[str, Content]]:
    """Lines by youth, each with its codes where it is answered."""
    coded: dict[str, Content] = {"RetourCodes": {"RetourCode": list(codes)}} if codes else {}
    by_youth: dict[str, list[dict[str, Content]]] = {}
    for line in lines:
        by_youth.setdefault(line.bsn, []).append({**line.content, **coded})
    return [
        {"Bsn": bsn, "Prestaties": {"Prestatie": mine}, **beside} for bsn, mine in by_youth.items()
    ]


def _amount(cents: int) -> dict[str, Content]:
    return {"TotaalBedrag": cents, "DebetCredit": "D"}


def _day(box: Box, day: date) -> int:
    return (day - box.options.start).days


def _content(box: Box, period: int, month: tuple[date, date]) -> tuple[dict[str, Content], int]:
    """The line of an assignment in a month, and its amount in cents."""
    periods = box.periods
    visit = int(periods.visit[period])
    product = box.catalogue.products[int(box.courses.care_type[visit])]
    begin = max(month[0], box.options.day(int(periods.start[period])))
    stop = int(periods.stop[period])
    end = month[1] if stop == NEVER else min(month[1], box.options.day(stop))
    days = (end - begin).days + 1 - _days_paused(box, period, begin, end)
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


def _days_paused(box: Box, period: int, begin: date, end: date) -> int:
    """How many days of a line there was a pause."""
    paused, resumed = int(box.periods.paused[period]), int(box.periods.resumed[period])
    if paused == NEVER:
        return 0
    first, last = max(paused + 1, _day(box, begin)), min(resumed - 1, _day(box, end))
    return max(0, last - first + 1)
