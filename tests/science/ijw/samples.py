"""Valid messages of every kind, with a person in them of whom nothing may ever come out."""

import copy
from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

from vliegwiel.science.ijw import (
    NamedBytes,
    Pseudonyms,
    Reading,
    message_header,
    read_files,
    return_header,
    write_message,
)

Content = dict[str, Any]

PSEUDONYMS = Pseudonyms(b"a key for tests, of thirty-two bytes")
TODAY = date(2025, 6, 30)
MUNICIPALITY, PROVIDER = "0193", "12345678"

# Outside the range of tests; both pass the eleven test.
BSN, OTHER_BSN = "123456782", "111222333"
#: Everything of a person that a message holds, in a form that occurs nowhere by chance.
SECRETS = (
    BSN,
    OTHER_BSN,
    "2012-05-17",
    "Zevenbergen",
    "Wilhelmina",
    "Quintus",
    "Lindenlaan",
    "3399QZ",
    "Vlissingen",
    "0612345670",
    "huis@voorbeeld.example",
    "slaapt slecht",
    "Oudersen",
    "HUISARTS-DE-BOER",
    "70010001",
    "880042",
    "REF-QX77",
    "DECL77",
    "PREST77",
    "990017",
)


def header(kind: str, identification: str = "M1", dated: date = date(2025, 3, 10)) -> Content:
    return message_header(
        kind,
        municipality=MUNICIPALITY,
        provider=PROVIDER,
        identification=identification,
        dated=dated,
    )


def name() -> Content:
    return {
        "Geslachtsnaam": {"Achternaam": "Zevenbergen", "Voorvoegsel": "van"},
        "Voornamen": "Wilhelmina Quintus",
        "Voorletters": "WQ",
    }


def contact() -> Content:
    return {
        "Soort": "01",
        "Adres": {
            "Huis": {"Huisnummer": 7},
            "Postcode": "3399QZ",
            "Straatnaam": "Lindenlaan",
            "Plaatsnaam": "Vlissingen",
            "LandCode": "NL",
        },
        "Telefoon": {"Telefoon01": {"Telefoonnummer": "0612345670", "Landnummer": "0031"}},
        "Emailadres": "huis@voorbeeld.example",
    }


def person() -> Content:
    return {
        "Bsn": BSN,
        "Geboortedatum": {"Datum": "2012-05-17"},
        "Geslacht": "2",
        "Naam": name(),
    }


def product() -> Content:
    return {"Categorie": "45", "Code": "45A04"}


def size() -> Content:
    return {"Volume": 2, "Eenheid": "04", "Frequentie": "2"}


def assigned() -> Content:
    return {
        "ToewijzingNummer": 880042,
        "ReferentieAanbieder": "REF-QX77",
        "Product": product(),
        "Toewijzingsdatum": date(2025, 3, 3),
        "Toewijzingstijd": time(9, 30),
        "Ingangsdatum": date(2025, 3, 15),
        "Einddatum": date(2025, 12, 31),
        "Omvang": size(),
        "Commentaar": "slaapt slecht",
    }


def started() -> Content:
    return {
        "ToewijzingNummer": 880042,
        "Product": product(),
        "ToewijzingIngangsdatum": date(2025, 2, 1),
        "Begindatum": date(2025, 3, 5),
        "StatusAanlevering": "1",
    }


def stopped() -> Content:
    return {
        **started(),
        "RedenBeeindiging": "31",
        "Einddatum": date(2025, 3, 8),
    }


def asked() -> Content:
    return {
        "ReferentieAanbieder": "REF-QX77",
        "Product": product(),
        "ToewijzingIngangsdatum": date(2025, 3, 15),
        "ToewijzingEinddatum": date(2025, 12, 31),
        "Omvang": size(),
        "Verwijzer": {"Type": "02", "Naam": "HUISARTS-DE-BOER"},
        "Commentaar": "slaapt slecht",
    }


def line(reference: str = "PREST77", number: int = 880042) -> Content:
    return {
        "ProductReferentie": {"ReferentieNummer": reference},
        "ToewijzingNummer": number,
        "ProductCategorie": "45",
        "ProductCode": "45A04",
        "ProductPeriode": {"Begindatum": date(2025, 2, 1), "Einddatum": date(2025, 2, 28)},
        "GeleverdVolume": 4,
        "Eenheid": "04",
        "ProductTarief": 1250,
        "IngediendBedrag": {"Bedrag": 5000, "DebetCredit": "D"},
    }


def declaration() -> Content:
    return {
        "DeclaratieNummer": "DECL77",
        "DeclaratiePeriode": {"Begindatum": date(2025, 2, 1), "Einddatum": date(2025, 2, 28)},
        "DeclaratieDagtekening": date(2025, 3, 10),
        "TotaalIngediendBedrag": {"TotaalBedrag": 5000, "DebetCredit": "D"},
        "Clienten": {"Client": [{"Bsn": BSN, "Prestaties": {"Prestatie": [line()]}}]},
    }


def _request() -> Content:
    return {
        "ReferentieAanbieder": "REF-QX77",
        "RedenVerzoek": "1",
        "OngewijzigdeProducten": {"OngewijzigdProduct": [{"ToewijzingNummer": 880042}]},
        "TeWijzigenProducten": {
            "TeWijzigenProduct": [
                {
                    "ToewijzingNummer": 990017,
                    "GewensteIngangsdatum": date(2025, 4, 1),
                    "Einddatum": date(2025, 9, 30),
                    "Omvang": size(),
                }
            ]
        },
        "NieuweProducten": {
            "NieuwProduct": [
                {
                    "Product": product(),
                    "GewensteIngangsdatum": date(2025, 4, 1),
                    "Einddatum": date(2025, 9, 30),
                    "Omvang": size(),
                }
            ]
        },
    }


def _assignment_message() -> Content:
    relation = {"Nummer": "1", "Soort": "10", "Naam": _named("Oudersen"), "Contact": contact()}
    client = {
        **person(),
        "Naam": {**name(), "NaamGebruik": "1"},
        "Communicatie": {"Vorm": "1", "Taal": "Quintus"},
        "JuridischeStatus": "04",
        "Commentaar": "slaapt slecht",
        "Relaties": {"Relatie": [relation]},
        "Contactgegevens": {"Contact": [contact()]},
        "ToegewezenProducten": {"ToegewezenProduct": [assigned()]},
    }
    return {"Header": header("JW301"), "Client": client}


def _named(last: str) -> Content:
    return {"Geslachtsnaam": {"Achternaam": last}, "NaamGebruik": "1"}


_FORWARD: Mapping[str, Content] = {
    "JW301": _assignment_message(),
    "JW305": {
        "Header": header("JW305"),
        "Client": {**person(), "StartProducten": {"StartProduct": [started()]}},
    },
    "JW307": {
        "Header": header("JW307"),
        "Client": {**person(), "StopProducten": {"StopProduct": [stopped()]}},
    },
    "JW315": {
        "Header": header("JW315"),
        "Client": {
            **person(),
            "Commentaar": "slaapt slecht",
            "AangevraagdeProducten": {"AangevraagdProduct": [asked()]},
        },
    },
    "JW317": {"Header": header("JW317"), "Client": {"Bsn": BSN, "Verzoek": _request()}},
    "JW319": {
        "Header": header("JW319"),
        "Antwoord": {
            "ReferentieAanbieder": "REF-QX77",
            "VerzoekAntwoord": "1",
            "RedenAfwijzingVerzoek": "3",
        },
    },
    "JW323": {"Header": header("JW323"), "Declaratie": declaration()},
}

_RETURNS = {
    "JW302": "JW301",
    "JW306": "JW305",
    "JW308": "JW307",
    "JW316": "JW315",
    "JW318": "JW317",
    "JW320": "JW319",
}


def returned(kind: str, codes: Sequence[str] = ()) -> Content:
    forward = copy.deepcopy(_FORWARD[_RETURNS[kind]]["Header"])
    made = return_header(
        forward, kind, identification="R1", dated=date(2025, 3, 12), codes=list(codes)
    )
    return {"Header": made}


def answered() -> Content:
    """A JW325 that refuses the one line of the JW323."""
    forward = copy.deepcopy(_FORWARD["JW323"]["Header"])
    made = return_header(
        forward, "JW325", identification="A1", dated=date(2025, 3, 20), codes=["0200"]
    )
    coded = {"RetourCodes": {"RetourCode": ["0200"]}}
    refused = {**line(), "RetourCodes": {"RetourCode": ["9019"]}}
    client = {"Bsn": BSN, "Prestaties": {"Prestatie": [refused]}, **coded}
    return {
        "Header": made,
        "DeclaratieAntwoord": {
            "DeclaratieNummer": "DECL77",
            "TotaalIngediendBedrag": {"TotaalBedrag": 5000, "DebetCredit": "D"},
            "TotaalToegekendBedrag": {"TotaalBedrag": 0, "DebetCredit": "D"},
            "Clienten": {"Client": [client]},
            **coded,
        },
    }


def sample(kind: str) -> Content:
    """The content of a valid message of a kind, to change at will."""
    if kind in _RETURNS:
        return returned(kind)
    return answered() if kind == "JW325" else copy.deepcopy(_FORWARD[kind])


KINDS = (*_FORWARD, *_RETURNS, "JW325")


def written(kind: str, content: Content | None = None) -> bytes:
    return write_message(kind, content if content is not None else sample(kind))


def reading(*contents: bytes, name: str = "messages.xml", **asked: Any) -> Reading:
    files = [NamedBytes(name, content) for content in contents]
    return read_files(files, PSEUDONYMS, today=TODAY, **asked)


def found(result: Reading) -> list[str]:
    return [finding.rule for finding in result.findings]
