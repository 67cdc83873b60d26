"""Care messages as municipalities and providers send them, about persons who do not exist.

The numbers are those that are given out for tests, or pass the eleven test and belong to nobody.
"""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time, timedelta
from typing import Any

from vliegwiel.apps.intake.reading import Source
from vliegwiel.science.ijw import message_header, return_header, write_message

MUNICIPALITY = "0193"
PROVIDER = "65656055"
#: What must never be found anywhere: texts about the person of a message.
FAMILY, GIVEN, BIRTH, STREET = "Zandbergen", "Wietske", date(2011, 7, 23), "Kwartelstraat"
PRODUCT = {"Categorie": "45", "Code": "45A04"}
SIZE = {"Volume": 60, "Eenheid": "01", "Frequentie": "2"}


def numbers(count: int, first: int = 900_000_000) -> list[str]:
    """Citizen service numbers that pass the eleven test; nobody has one that begins with nine."""
    found: list[str] = []
    at = first
    while len(found) < count:
        digits = [int(sign) for sign in f"{at:09d}"]
        if (sum((9 - place) * digits[place] for place in range(8)) - digits[8]) % 11 == 0:
            found.append(f"{at:09d}")
        at += 1
    return found


BSN, OTHER_BSN = numbers(2)


def header(
    kind: str,
    identification: str,
    dated: date,
    *,
    municipality: str = MUNICIPALITY,
    provider: str = PROVIDER,
) -> dict[str, Any]:
    return message_header(
        kind,
        municipality=municipality,
        provider=provider,
        identification=identification,
        dated=dated,
    )


def client(bsn: str, *, whole: bool = False) -> dict[str, Any]:
    name: dict[str, Any] = {"Geslachtsnaam": {"Achternaam": FAMILY}, "Voornamen": GIVEN}
    more: dict[str, Any] = {}
    if whole:
        name["NaamGebruik"] = "1"
        more["Commentaar"] = f"Moeder van {GIVEN} belde over nummer {bsn}"
        more["Contactgegevens"] = {
            "Contact": [
                {"Soort": "01", "Adres": {"Huis": {"Huisnummer": 12}, "Straatnaam": STREET}}
            ]
        }
    return {
        "Bsn": bsn,
        "Geboortedatum": {"Datum": BIRTH},
        "Geslacht": "2",
        "Naam": name,
        **more,
    }


def assignment(
    bsn: str = BSN,
    *,
    number: int = 300201,
    identification: str = "1001",
    dated: date = date(2026, 3, 2),
    begin: date = date(2026, 3, 9),
    end: date | None = date(2026, 9, 8),
    volume: int = 60,
    reference: str | None = None,
    municipality: str = MUNICIPALITY,
) -> bytes:
    """A JW301 with one assignment."""
    product: dict[str, Any] = {
        "ToewijzingNummer": number,
        "Product": PRODUCT,
        "Toewijzingsdatum": dated,
        "Toewijzingstijd": time(9, 30, 15),
        "Ingangsdatum": begin,
        "Omvang": {**SIZE, "Volume": volume},
    }
    if end is not None:
        product["Einddatum"] = end
    if reference is not None:
        product["ReferentieAanbieder"] = reference
    content = {
        "Header": header("JW301", identification, dated, municipality=municipality),
        "Client": {
            **client(bsn, whole=True),
            "ToegewezenProducten": {"ToegewezenProduct": [product]},
        },
    }
    return write_message("JW301", content)


def start(
    bsn: str = BSN,
    *,
    number: int = 300201,
    identification: str = "2001",
    dated: date = date(2026, 3, 16),
    begin: date = date(2026, 3, 12),
    status: str = "1",
) -> bytes:
    """A JW305 with one start."""
    product = {
        "ToewijzingNummer": number,
        "Product": PRODUCT,
        "ToewijzingIngangsdatum": date(2026, 3, 9),
        "Begindatum": begin,
        "StatusAanlevering": status,
    }
    content = {
        "Header": header("JW305", identification, dated),
        "Client": {**client(bsn), "StartProducten": {"StartProduct": [product]}},
    }
    return write_message("JW305", content)


def stop(
    bsn: str = BSN,
    *,
    number: int = 300201,
    identification: str = "3001",
    dated: date = date(2026, 8, 3),
    end: date = date(2026, 7, 30),
) -> bytes:
    """A JW307 with one stop."""
    product = {
        "ToewijzingNummer": number,
        "Product": PRODUCT,
        "ToewijzingIngangsdatum": date(2026, 3, 9),
        "Begindatum": date(2026, 3, 12),
        "RedenBeeindiging": "31",
        "Einddatum": end,
        "StatusAanlevering": "1",
    }
    content = {
        "Header": header("JW307", identification, dated),
        "Client": {**client(bsn), "StopProducten": {"StopProduct": [product]}},
    }
    return write_message("JW307", content)


def request(bsn: str = BSN, *, reference: str = "REF-1", identification: str = "4001") -> bytes:
    """A JW315 that asks for one product."""
    product = {
        "ReferentieAanbieder": reference,
        "Product": PRODUCT,
        "ToewijzingIngangsdatum": date(2026, 3, 9),
        "ToewijzingEinddatum": date(2026, 9, 8),
        "Omvang": SIZE,
        "Verwijzer": {"Type": "01"},
    }
    content = {
        "Header": header("JW315", identification, date(2026, 2, 20)),
        "Client": {**client(bsn), "AangevraagdeProducten": {"AangevraagdProduct": [product]}},
    }
    return write_message("JW315", content)


def change(bsn: str = BSN, *, identification: str = "5001") -> bytes:
    """A JW317 that changes one product and adds another."""
    changed = {
        "ToewijzingNummer": 300201,
        "GewensteIngangsdatum": date(2026, 6, 1),
        "Einddatum": date(2026, 12, 31),
        "Omvang": {**SIZE, "Volume": 90},
    }
    wanted = {
        "ReferentieAanbieder": "REF-2",
        "RedenVerzoek": "1",
        "TeWijzigenProducten": {"TeWijzigenProduct": [changed]},
        "NieuweProducten": {
            "NieuwProduct": [
                {
                    "Product": PRODUCT,
                    "GewensteIngangsdatum": date(2026, 6, 1),
                    "Einddatum": date(2026, 12, 31),
                    "Omvang": SIZE,
                }
            ]
        },
    }
    content = {
        "Header": header("JW317", identification, date(2026, 5, 18)),
        "Client": {"Bsn": bsn, "Verzoek": wanted},
    }
    return write_message("JW317", content)


def answer(*, reference: str = "REF-1", identification: str = "6001") -> bytes:
    """A JW319: the request is under investigation. It names no person."""
    content = {
        "Header": header("JW319", identification, date(2026, 2, 24)),
        "Antwoord": {"ReferentieAanbieder": reference, "VerzoekAntwoord": "2"},
    }
    return write_message("JW319", content)


def _declared_line(number: str) -> dict[str, Any]:
    return {
        "ProductReferentie": {"ReferentieNummer": number},
        "ToewijzingNummer": 300201,
        "ProductCategorie": PRODUCT["Categorie"],
        "ProductCode": PRODUCT["Code"],
        "ProductPeriode": {"Begindatum": date(2026, 4, 1), "Einddatum": date(2026, 4, 30)},
        "GeleverdVolume": 10,
        "Eenheid": "01",
        "ProductTarief": 150,
        "IngediendBedrag": {"Bedrag": 1500, "DebetCredit": "D"},
    }


def _declaration_header() -> dict[str, Any]:
    return header("JW323", "7001", date(2026, 5, 6))


def declaration(bsn: str = BSN) -> bytes:
    """A JW323 with one line."""
    content = {
        "Header": _declaration_header(),
        "Declaratie": {
            "DeclaratieNummer": "D2026004",
            "DeclaratiePeriode": {"Begindatum": date(2026, 4, 1), "Einddatum": date(2026, 4, 30)},
            "DeclaratieDagtekening": date(2026, 5, 6),
            "TotaalIngediendBedrag": {"TotaalBedrag": 1500, "DebetCredit": "D"},
            "Clienten": {
                "Client": [{"Bsn": bsn, "Prestaties": {"Prestatie": [_declared_line("L-1")]}}]
            },
        },
    }
    return write_message("JW323", content)


def refusal(bsn: str = BSN) -> bytes:
    """A JW325 that refuses that line."""
    codes = {"RetourCode": ["0001"]}
    line = {**_declared_line("L-1"), "RetourCodes": codes}
    content = {
        "Header": return_header(
            _declaration_header(),
            "JW325",
            identification="8001",
            dated=date(2026, 5, 12),
            codes=["0200"],
        ),
        "DeclaratieAntwoord": {
            "DeclaratieNummer": "D2026004",
            "TotaalIngediendBedrag": {"TotaalBedrag": 1500, "DebetCredit": "D"},
            "TotaalToegekendBedrag": {"TotaalBedrag": 0, "DebetCredit": "D"},
            "Clienten": {
                "Client": [{"Bsn": bsn, "Prestaties": {"Prestatie": [line]}, "RetourCodes": codes}]
            },
            "RetourCodes": {"RetourCode": ["0200"]},
        },
    }
    return write_message("JW325", content)


def returned(identification: str = "9001", *, dated: date = date(2026, 3, 3)) -> bytes:
    """A JW302: the assignment was accepted."""
    of = header("JW301", "1001", date(2026, 3, 2))
    content = {"Header": return_header(of, "JW302", identification=identification, dated=dated)}
    return write_message("JW302", content)


def one_of_each(bsn: str = BSN) -> dict[str, bytes]:
    """A message of every kind that is read, about one person."""
    return {
        "toewijzing.xml": assignment(bsn, reference="REF-1"),
        "start.xml": start(bsn),
        "stop.xml": stop(bsn),
        "verzoek.xml": request(bsn),
        "wijziging.xml": change(bsn),
        "antwoord.xml": answer(),
        "declaratie.xml": declaration(bsn),
        "afkeuring.xml": refusal(bsn),
        "retour.xml": returned(),
    }


def many(count: int, *, first: int = 0) -> Iterable[bytes]:
    """So many youths, each with an assignment and a start; other numbers for another `first`."""
    for place, bsn in enumerate(numbers(count, 910_000_000 + 100 * first), start=first):
        day = date(2026, 1, 5) + timedelta(days=place % 100)
        yield assignment(
            bsn, number=400_000 + place, identification=f"A{place}", dated=day, begin=day
        )
        yield start(bsn, number=400_000 + place, identification=f"S{place}", begin=day, dated=day)


def files(contents: Mapping[str, bytes]) -> Sequence[Source]:
    return [Source.of_bytes(name, content) for name, content in contents.items()]


def archive(contents: Mapping[str, bytes] | Iterable[bytes]) -> bytes:
    """A zip archive of messages."""
    named = contents if isinstance(contents, Mapping) else _numbered(contents)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in named.items():
            packed.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content)
    return out.getvalue()


def _numbered(contents: Iterable[bytes]) -> dict[str, bytes]:
    return {f"{place:06d}.xml": content for place, content in enumerate(contents)}
