"""What reading care messages costs above parsing them: the ratio to lxml alone on the same bytes.

python -m benchmarks.messages [--rounds 5]

The floor is libxml2 by way of lxml with the same parser, on one message after the other, in the mix
of a region: every assignment with its start, most with a stop, some requests, and a month of
declarations for each provider. CPU time of this process, floor and reader in the same round.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from datetime import time as clock
from typing import Any

from lxml import etree

from vliegwiel.science.ijw import (
    NamedBytes,
    Pseudonyms,
    message_header,
    passes_eleven_test,
    read_files,
    write_message,
)
from vliegwiel.science.ijw.opening import PARSER

from .findings import Finding, as_table, ratios

Say = Callable[[str], None]

YOUTHS = 1500
LINES_IN_A_DECLARATION = 150
#: The most that reading may cost, as a multiple of parsing.
MOST = 3.0


def numbers() -> Iterator[str]:
    """Citizen service numbers that pass the eleven test."""
    for number in range(100_000_000, 999_999_999, 7919):
        if passes_eleven_test(str(number)):
            yield str(number)


def person(bsn: str, turn: int) -> dict[str, Any]:
    """A youth as messages have one."""
    return {
        "Bsn": bsn,
        "Geboortedatum": {"Datum": date(2008 + turn % 12, 1 + turn % 12, 1 + turn % 28)},
        "Geslacht": str(1 + turn % 2),
        "Naam": {"Geslachtsnaam": {"Achternaam": "Voorbeeld"}, "Voornamen": "Naam"},
    }


def address() -> dict[str, Any]:
    """An address, which is parsed and never read."""
    return {
        "Soort": "01",
        "Adres": {
            "Huis": {"Huisnummer": 7},
            "Postcode": "9999XX",
            "Straatnaam": "Voorbeeldstraat",
            "Plaatsnaam": "Voorbeeld",
            "LandCode": "NL",
        },
        "Telefoon": {"Telefoon01": {"Telefoonnummer": "0201234567", "Landnummer": "0031"}},
    }


def line(turn: int) -> dict[str, Any]:
    """A line of a declaration of January."""
    volume = 1 + turn % 20
    return {
        "ProductReferentie": {"ReferentieNummer": f"P{turn}"},
        "ToewijzingNummer": turn,
        "ProductCategorie": "45",
        "ProductCode": f"45A{turn % 90 + 10}",
        "ProductPeriode": {"Begindatum": date(2025, 1, 1), "Einddatum": date(2025, 1, 31)},
        "GeleverdVolume": volume,
        "Eenheid": "04",
        "ProductTarief": 9000,
        "IngediendBedrag": {"Bedrag": 9000 * volume, "DebetCredit": "D"},
    }


def message(kind: str, turn: int, **content: Any) -> bytes:
    """A message between one of ten municipalities and one of forty providers."""
    header = message_header(
        kind,
        municipality=("0193", "0150", "0175")[turn % 3],
        provider=f"{10000000 + turn % 40}",
        identification=str(turn),
        dated=date(2025, 2, 10),
    )
    return write_message(kind, {"Header": header, **content})


def of_youth(bsn: str, turn: int) -> Iterator[bytes]:
    """Assignment, start, stop and request of one youth."""
    product = {"Categorie": "45", "Code": f"45A{turn % 90 + 10}"}
    size = {"Volume": 2, "Eenheid": "04", "Frequentie": "2"}
    begin = date(2025, 1, 1) + timedelta(days=turn % 30)
    assigned = {
        "ToewijzingNummer": turn,
        "Product": product,
        "Toewijzingsdatum": date(2025, 1, 1),
        "Toewijzingstijd": clock(9, turn % 60),
        "Ingangsdatum": begin,
        "Einddatum": date(2025, 12, 31),
        "Omvang": size,
    }
    who = person(bsn, turn)
    client = {
        **who,
        "Naam": {**who["Naam"], "NaamGebruik": "1"},
        "Contactgegevens": {"Contact": [address()]},
        "ToegewezenProducten": {"ToegewezenProduct": [assigned]},
    }
    yield message("JW301", turn, Client=client)
    started = {
        "ToewijzingNummer": turn,
        "Product": product,
        "Begindatum": begin,
        "StatusAanlevering": "1",
    }
    starts = {"StartProduct": [started]}
    yield message("JW305", turn, Client={**who, "StartProducten": starts})
    if turn % 10 < 7:
        stopped = {**started, "Einddatum": begin, "RedenBeeindiging": "31"}
        stops = {"StopProduct": [stopped]}
        yield message("JW307", turn, Client={**who, "StopProducten": stops})
    if turn % 3 == 0:
        asked = {
            "ReferentieAanbieder": f"R{turn}",
            "Product": product,
            "ToewijzingIngangsdatum": begin,
            "ToewijzingEinddatum": date(2025, 12, 31),
            "Omvang": size,
            "Verwijzer": {"Type": "02", "Naam": "Voorbeeld"},
        }
        requests = {"AangevraagdProduct": [asked]}
        yield message("JW315", turn, Client={**who, "AangevraagdeProducten": requests})


def declared(youths: list[str], begin: int) -> bytes:
    """A declaration with a line for each of some youths."""
    lines = [line(begin + turn) for turn in range(len(youths))]
    total = sum(item["IngediendBedrag"]["Bedrag"] for item in lines)
    clients = [
        {"Bsn": bsn, "Prestaties": {"Prestatie": [item]}}
        for bsn, item in zip(youths, lines, strict=True)
    ]
    declaration = {
        "DeclaratieNummer": f"D{begin}",
        "DeclaratiePeriode": {"Begindatum": date(2025, 1, 1), "Einddatum": date(2025, 1, 31)},
        "DeclaratieDagtekening": date(2025, 2, 10),
        "TotaalIngediendBedrag": {"TotaalBedrag": total, "DebetCredit": "D"},
        "Clienten": {"Client": clients},
    }
    return message("JW323", begin, Declaratie=declaration)


def region(youths: int) -> list[NamedBytes]:
    """The messages of some youths of a region."""
    known = [bsn for bsn, _turn in zip(numbers(), range(youths), strict=False)]
    contents = [content for turn, bsn in enumerate(known) for content in of_youth(bsn, turn)]
    step = LINES_IN_A_DECLARATION
    contents += [declared(known[at : at + step], at) for at in range(0, len(known), step)]
    return [NamedBytes(f"{at}.xml", content) for at, content in enumerate(contents)]


def measured(rounds: int, say: Say, youths: int = YOUTHS) -> Iterator[Finding]:
    """CPU seconds of the floor and the reader, and the ratio by round."""
    files = region(youths)
    pseudonyms = Pseudonyms(bytes(32))
    floors, readings = [], []
    for turn in range(1, rounds + 1):
        begin = time.process_time()
        for file in files:
            etree.fromstring(file.content, PARSER)
        floors.append(time.process_time() - begin)
        begin = time.process_time()
        result = read_files(files, pseudonyms, today=date(2025, 6, 30))
        readings.append(time.process_time() - begin)
        if result.findings or sum(result.counts.messages.values()) != len(files):
            raise RuntimeError("the messages of the benchmark are not read as they were meant")
        say(f"messages, round {turn}: {floors[-1]:.2f} s and {readings[-1]:.2f} s")
    megabytes = sum(len(file.content) for file in files) / 1e6
    what = f"reading {len(files):,} care messages ({megabytes:.0f} MB)"
    yield Finding(f"{what} / parsing them", ratios(readings, floors), "x", MOST, most=True)
    speeds = tuple(len(files) / seconds for seconds in readings)
    yield Finding("care messages read in a second of one core", speeds, "", None)


def main() -> None:
    """Time both and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    print(as_table(list(measured(parser.parse_args().rounds, print))))


if __name__ == "__main__":
    main()
