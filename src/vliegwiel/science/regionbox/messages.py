"""The messages of a region, one by one: from rows of numbers to what stands in an XML document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

import numpy as np

from vliegwiel.science.ijw import Content, message_header, return_header, write_message

from .box import Box
from .courses import NEVER
from .periods import PAUSE
from .persons import surname
from .schedule import Told, removed_after, wrong_start

#: Kind of message -> kind of its answer.
_ANSWERS = {
    "JW301": "JW302",
    "JW305": "JW306",
    "JW307": "JW308",
    "JW315": "JW316",
    "JW317": "JW318",
}
_KINDS = {
    Told.REQUEST: "JW315", Told.INVESTIGATED: "JW319", Told.ASSIGNED: "JW301",
    Told.REJECTED: "JW301", Told.STARTED: "JW305", Told.STARTED_WRONG: "JW305",
    Told.STARTED_RIGHT: "JW305", Told.STOPPED: "JW307", Told.MISTAKEN: "JW301",
    Told.REMOVED: "JW301", Told.PAUSED: "JW307", Told.RESUMED: "JW305",
    Told.CHANGE_ASKED: "JW317",
}  # fmt: skip
_BY_MUNICIPALITY = frozenset({"JW301", "JW319", "JW306", "JW308", "JW316", "JW318"})
#: Why a system rejects a message (WJ001): the number is that of another youth.
_REJECTED = ["9332"]
_REMOVED, _INSERT, _DELETE, _INVESTIGATED = "13", "1", "3", "2"
#: Numbers of assignments by mistake, apart from all others.
_MISTAKES = 500_000_000
#: Why a change is asked (WJ758): another plan of care.
_CARE_PLAN = "2"
_OPENS, _NAMED = 9, {"02", "03", "04", "05"}


@dataclass(frozen=True, slots=True)
class Message:
    """A message as a file: from municipalities to providers, or the other way."""

    name: str
    to_providers: bool
    content: bytes


class Writer:
    """Writes the messages of a box."""

    def __init__(self, box: Box) -> None:
        self._box = box
        schedule = box.schedule
        told = np.flatnonzero(~schedule.answer)
        self._row_of = np.empty(len(schedule.day), dtype=np.int64)
        self._row_of[schedule.number[told]] = told

    def messages(self, first: int, last: int) -> Iterator[Message]:
        """The messages of the rows ``first`` up to, not including, ``last`` of the schedule."""
        for at in range(first, last):
            yield self._message(at)

    def _message(self, at: int) -> Message:
        schedule = self._box.schedule
        told, row = Told(int(schedule.told[at])), int(schedule.row[at])
        kind, number = _KINDS[told], int(schedule.number[at])
        visit, municipality = self._where(told, row)
        if not schedule.answer[at]:
            content = self._content(told, row, visit)
            content["Header"] = self._header(kind, number, municipality, visit, at)
        else:
            header = self._header(kind, number, municipality, visit, int(self._row_of[number]))
            codes = _REJECTED if told is Told.REJECTED else []
            kind = _ANSWERS[kind]
            dated = self._box.options.day(int(schedule.day[at]))
            made = return_header(header, kind, identification=f"{number}", dated=dated, codes=codes)
            content = {"Header": made}
        dated_on = self._box.options.day(int(schedule.day[at]))
        name = f"{dated_on:%Y%m%d}-{kind}-{number}.xml"
        return Message(name, kind in _BY_MUNICIPALITY, write_message(kind, content))

    def _where(self, told: Told, row: int) -> tuple[int, int]:
        """The visit that a message is about, and its municipality on that day."""
        courses, periods = self._box.courses, self._box.periods
        if told in {Told.REQUEST, Told.INVESTIGATED, Told.MISTAKEN, Told.REMOVED}:
            return row, int(courses.municipality[row])
        period = row
        if told in {Told.ASSIGNED, Told.REJECTED}:
            period = int(periods.of[row])
        return int(periods.visit[period]), int(periods.municipality[period])

    def _header(
        self, kind: str, number: int, municipality: int, visit: int, at: int
    ) -> dict[str, Content]:
        box = self._box
        return message_header(
            kind,
            municipality=box.histories.municipalities[municipality],
            provider=box.catalogue.agb[int(box.courses.provider[visit])],
            identification=f"{number}",
            dated=box.options.day(int(box.schedule.day[at])),
        )

    def _content(self, told: Told, row: int, visit: int) -> dict[str, Content]:
        if told is Told.INVESTIGATED:
            answer = {"ReferentieAanbieder": _reference(row), "VerzoekAntwoord": _INVESTIGATED}
            return {"Antwoord": answer}
        if told is Told.CHANGE_ASKED:
            return {"Client": {"Bsn": self._client(visit)["Bsn"], "Verzoek": self._change(row)}}
        client = self._client(visit)
        if told is Told.REQUEST:
            client["AangevraagdeProducten"] = {"AangevraagdProduct": self._request(row)}
        elif told in {Told.ASSIGNED, Told.REJECTED}:
            client |= _assigned(client, self._version(row))
        elif told in {Told.MISTAKEN, Told.REMOVED}:
            client |= _assigned(client, self._mistake(row, removed=told is Told.REMOVED))
        elif told in {Told.STOPPED, Told.PAUSED}:
            stop = self._stop(row, paused=told is Told.PAUSED)
            client["StopProducten"] = {"StopProduct": stop}
        else:
            client["StartProducten"] = {"StartProduct": self._starts(told, row)}
        return {"Client": client}

    def _client(self, visit: int) -> dict[str, Content]:
        box = self._box
        youth = int(box.courses.youth[visit])
        return {
            "Bsn": f"{int(box.persons.bsn[youth]):09d}",
            "Geboortedatum": {"Datum": box.options.day(int(box.persons.born[youth]))},
            "Geslacht": "2" if box.persons.girl[youth] else "1",
            "Naam": {"Geslachtsnaam": {"Achternaam": surname(youth)}},
        }

    def _product(self, visit: int, contract: int) -> dict[str, Content]:
        product = self._box.catalogue.products[int(self._box.courses.care_type[visit])]
        return {"Categorie": product.category, "Code": product.code(contract)}

    def _size(self, visit: int, volume: int) -> dict[str, Content]:
        product = self._box.catalogue.products[int(self._box.courses.care_type[visit])]
        return {"Volume": volume, "Eenheid": product.unit, "Frequentie": product.frequency}

    def _request(self, visit: int) -> dict[str, Content]:
        courses, day = self._box.courses, self._box.options.day
        kind = f"{int(courses.kind[visit]):02d}"
        referrer: dict[str, Content] = {"Type": kind}
        if kind in _NAMED:
            referrer["Naam"] = "Verzonnen verwijzer"
        # What is wished for is what was known when it was asked: not yet when care can start.
        wished = int(courses.asked[visit])
        return {
            "ReferentieAanbieder": _reference(visit),
            "Product": self._product(visit, 0),
            "ToewijzingIngangsdatum": day(wished),
            "ToewijzingEinddatum": day(wished + self._box.options.term_days - 1),
            "Omvang": self._size(visit, 1),
            "Verwijzer": referrer,
        }

    def _version(self, version: int) -> dict[str, Content]:
        periods, day = self._box.periods, self._box.options.day
        period, nth = int(periods.of[version]), int(periods.nth[version])
        visit = int(periods.visit[period])
        made: dict[str, Content] = {
            "ToewijzingNummer": int(periods.number[period]),
            "Product": self._product(visit, int(periods.contract[period])),
            "Toewijzingsdatum": day(int(periods.version_decided[version])),
            "Toewijzingstijd": _time(nth),
            "Ingangsdatum": day(int(periods.begin[period])),
            "Einddatum": day(int(periods.version_end[version])),
            "Omvang": self._size(visit, int(periods.volume[version])),
        }
        reason = int(periods.version_reason[version])
        if reason:
            made["RedenWijziging"] = f"{reason:02d}"
        if nth == 0 and self._answers_a_request(period, visit):
            made["ReferentieAanbieder"] = _reference(visit)
        return made

    def _answers_a_request(self, period: int, visit: int) -> bool:
        courses, periods = self._box.courses, self._box.periods
        first = period == 0 or int(periods.visit[period - 1]) != visit
        return first and int(courses.asked[visit]) != NEVER

    def _mistake(self, visit: int, *, removed: bool) -> dict[str, Content]:
        courses, day = self._box.courses, self._box.options.day
        decided = int(courses.decided[visit])
        end = decided if removed else decided + self._box.options.term_days - 1
        made: dict[str, Content] = {
            "ToewijzingNummer": _MISTAKES + visit,
            "Product": self._product(visit, 0),
            "Toewijzingsdatum": day(decided + (removed_after() if removed else 0)),
            "Toewijzingstijd": _time(0),
            "Ingangsdatum": day(decided),
            "Einddatum": day(end),
            "Omvang": self._size(visit, 1),
        }
        return {**made, "RedenWijziging": _REMOVED} if removed else made

    def _starts(self, told: Told, period: int) -> list[dict[str, Content]]:
        start = int(self._box.periods.start[period])
        if told is Told.RESUMED:
            again = self._delivered(period, int(self._box.periods.resumed[period]))
            return [{**again, "StatusAanlevering": _INSERT}]
        wrong = self._delivered(period, wrong_start(start))
        if told is Told.STARTED_WRONG:
            return [{**wrong, "StatusAanlevering": _INSERT}]
        right = {**self._delivered(period, start), "StatusAanlevering": _INSERT}
        if told is Told.STARTED_RIGHT:
            return [{**wrong, "StatusAanlevering": _DELETE}, right]
        return [right]

    def _stop(self, period: int, *, paused: bool) -> dict[str, Content]:
        """The pause of a period, or its end: after a pause, that of the start that followed."""
        periods = self._box.periods
        has_paused = int(periods.paused[period]) != NEVER
        begin = periods.resumed if has_paused and not paused else periods.start
        end = periods.paused if paused else periods.stop
        return {
            **self._delivered(period, int(begin[period])),
            "RedenBeeindiging": f"{PAUSE if paused else int(periods.reason[period]):02d}",
            "Einddatum": self._box.options.day(int(end[period])),
            "StatusAanlevering": _INSERT,
        }

    def _change(self, period: int) -> dict[str, Content]:
        """What was asked before a number was given: another volume than before, for longer."""
        periods, day = self._box.periods, self._box.options.day
        volume = int(self._box.first_volume[period])
        asked: dict[str, Content] = {
            "ToewijzingNummer": int(periods.number[period - 1]),
            "GewensteIngangsdatum": day(int(periods.begin[period])),
            "Einddatum": day(int(periods.end[period])),
            "Omvang": self._size(int(periods.visit[period]), volume),
        }
        return {
            "ReferentieAanbieder": f"W{period}",
            "RedenVerzoek": _CARE_PLAN,
            "TeWijzigenProducten": {"TeWijzigenProduct": [asked]},
        }

    def _delivered(self, period: int, begin: int) -> dict[str, Content]:
        periods, day = self._box.periods, self._box.options.day
        visit = int(periods.visit[period])
        return {
            "ToewijzingNummer": int(periods.number[period]),
            "Product": self._product(visit, int(periods.contract[period])),
            "ToewijzingIngangsdatum": day(int(periods.begin[period])),
            "Begindatum": day(begin),
        }


def months_of(box: Box) -> Iterator[tuple[date, int, int]]:
    """The first day of each month from the first message on, and its rows in the schedule."""
    days, start = box.schedule.day, box.options.start
    if not len(days):
        return
    month = box.options.day(int(days[0])).replace(day=1)
    at, last = 0, box.options.day(box.courses.last)
    while month <= last:
        following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
        end = int(np.searchsorted(days, (following - start).days))
        yield month, at, end
        at, month = end, following


def _assigned(client: dict[str, Content], product: dict[str, Content]) -> dict[str, Content]:
    """What a JW301 has of a youth besides: how the name is used, and no address."""
    name = client["Naam"]
    assert isinstance(name, dict)
    return {
        "Naam": {**name, "NaamGebruik": "1"},
        "Contactgegevens": {"Contact": [{"Soort": "01"}]},
        "ToegewezenProducten": {"ToegewezenProduct": [product]},
    }


def _reference(visit: int) -> str:
    return f"R{visit}"


def _time(nth: int) -> time:
    """Versions of one day come one after the other."""
    return time(_OPENS + nth // 60 % 12, nth % 60)
