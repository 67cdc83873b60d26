"""The printed figures that the document rests on, each with its source and place."""

from __future__ import annotations

from collections.abc import Mapping

from .builder import Fact, Words

_REGION = "aanpak-wachttijden-ijsselland-2023"
_REGION_PLACE = "Cijfers uit de regio, 2022"
_VISION = "regiovisie-ijsselland-concept"
_REFERRER = "cbs-85096ned"
_KEY = "cbs-85099ned"
_FLOW = "cbs-jeugdhulp-2021h1"
_MEASURES = "cbs-maatregelen-2022"


def _region(value: float, what: str, note: Words | None = None) -> Fact:
    return Fact(value, _REGION, f"{_REGION_PLACE}: {what}", note)


YOUTHS = _region(145420, "jeugdigen van 0 tot 23 jaar")
YOUTHS_WITH_CARE = _region(
    13450,
    "totaal jongeren met jeugdzorg, eerste rij",
    Words(
        nl="De bron zet geen label bij de rij; zeer waarschijnlijk is dit alle jeugdzorg.",
        en="The source prints no label with the row; very likely it is all youth care.",
    ),
)
SHARE_WITHOUT = _region(0.085, "8,5% zonder verblijf")
SHARE_WITH = _region(0.012, "1,2% met verblijf")
SHARE_OTHER = _region(0.006, "0,6% andersoortig verblijf bij een aanbieder")
SHARE_WITH_NL = _region(0.010, "heel Nederland: 1,0% met verblijf")
SHARE_OTHER_NL = _region(0.004, "heel Nederland: 0,4% andersoortig verblijf")
REFERRED: Mapping[str, Fact] = {
    "municipality": _region(0.423, "42,3% verwezen door gemeentelijke toegang"),
    "gp": _region(0.305, "30,5% verwezen door huisartsen"),
    "gi": _region(0.09, "9% verwezen door de GI"),
}

PROTECTED = Fact(1410, _VISION, "jongeren met jeugdbescherming, 2019")
ON_PROBATION = Fact(245, _VISION, "jongeren met jeugdreclassering, 2019")


def _begun(value: float, who: str) -> Fact:
    return Fact(value, _REFERRER, f"Nederland 2021*, begonnen trajecten, verwijzer {who}")


BEGUN = Fact(287870, _REFERRER, "Nederland 2021*, begonnen trajecten, totaal")
NEW = Fact(219555, _REFERRER, "Nederland 2021*, begonnen trajecten, nieuw")
BEGUN_BY: Mapping[str, Fact] = {
    "youth_doctor": _begun(8905, "jeugdarts"),
    "specialist": _begun(14015, "medisch specialist"),
    "judge": _begun(1245, "rechter, officier van justitie of directeur"),
    "none": _begun(38610, "geen verwijzer"),
}
_BANDS = ("0-3", "3-6", "6-12", "12-24", "24-36", "36-48", "48+")
_ENDED = (47200, 50485, 86590, 68260, 19610, 9175, 11505)
ENDED: Mapping[str, Fact] = {
    f"n{i}": Fact(value, _REFERRER, f"Nederland 2021*, beëindigd, duur {band} maanden")
    for i, (band, value) in enumerate(zip(_BANDS, _ENDED, strict=True), 1)
}

_YOUTHS_2021 = "Nederland 2021*, jongeren met jeugdhulp in natura"
ONLY_WITHOUT_NL = Fact(399720, _KEY, f"{_YOUTHS_2021}, alleen zonder verblijf")
BOTH_NL = Fact(24580, _KEY, f"{_YOUTHS_2021}, zonder en met verblijf")
ONLY_WITH_NL = Fact(19320, _KEY, f"{_YOUTHS_2021}, alleen met verblijf")

#: Share of begun trajectories by form, Netherlands 2021*.
_SHARES = {
    "local_team": (0.107, "wijk- of buurtteam"),
    "outpatient": (0.608, "ambulant op locatie van de aanbieder"),
    "day_help": (0.051, "daghulp op locatie van de aanbieder"),
    "home_based": (0.173, "in het netwerk van de jeugdige"),
    "foster_care": (0.014, "pleegzorg"),
    "family_home": (0.008, "gezinsgericht"),
    "secure": (0.005, "gesloten plaatsing"),
    "other": (0.035, "ander verblijf"),
}
BEGUN_SHARE: Mapping[str, Fact] = {
    form: Fact(share, _REFERRER, f"Nederland 2021*, aandeel begonnen trajecten: {name}")
    for form, (share, name) in _SHARES.items()
}

#: Stock on 1 January and 30 June 2021*, Netherlands.
_STOCKS = {
    "all": (326570, 362320, "alle jeugdhulp"),
    "without": (293490, 327845, "jeugdhulp zonder verblijf"),
    "local_team": (47480, 45075, "wijk- of buurtteam"),
    "outpatient": (177350, 202855, "ambulant op locatie van de aanbieder"),
    "day_help": (18830, 22455, "daghulp op locatie van de aanbieder"),
}
STOCK: Mapping[str, tuple[Fact, Fact]] = {
    form: (
        Fact(first, _FLOW, f"Nederland 2021*, stand 1 januari: {name}"),
        Fact(last, _FLOW, f"Nederland 2021*, stand 30 juni: {name}"),
    )
    for form, (first, last, name) in _STOCKS.items()
}
#: Trajectories in the first half of 2022**, Netherlands, for forms of which no stock is printed.
_ACTIVE = {
    "foster_care": (17925, "pleegzorg"),
    "family_home": (5265, "gezinsgericht"),
    "secure": (1335, "gesloten plaatsing"),
    "other": (15660, "ander verblijf"),
}
ACTIVE: Mapping[str, Fact] = {
    form: Fact(count, _KEY, f"Nederland 1e halfjaar 2022**, trajecten: {name}")
    for form, (count, name) in _ACTIVE.items()
}

#: Measures in 2022, Netherlands: on 1 January, in, out, on 31 December.
_FLOWS = {
    "protection": (31960, 9065, 11955, 29070, "jeugdbeschermingsmaatregelen"),
    "probation": (4985, 5380, 5405, 4960, "jeugdreclasseringsmaatregelen"),
}
_PARTS = ("stand 1 januari", "instroom", "uitstroom", "stand 31 december")
MEASURES: Mapping[str, tuple[Fact, ...]] = {
    kind: tuple(
        Fact(count, _MEASURES, f"Nederland 2022, {name}: {part}")
        for count, part in zip((first, came, went, last), _PARTS, strict=True)
    )
    for kind, (first, came, went, last, name) in _FLOWS.items()
}

YOUTHS_NL_2019 = Fact(443000, "cbs-nieuws-2020", "jongeren met jeugdzorg, Nederland 2019*")
NORM_INTAKE = Fact(4, "treeknormen", "geestelijke gezondheidszorg, weken tot intake")
NORM_TREATMENT = Fact(10, "treeknormen", "geestelijke gezondheidszorg, weken tot behandeling")
