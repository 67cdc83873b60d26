"""Who refers, to where, and how the youths are spread over the municipalities: assumed parts."""

from __future__ import annotations

from collections.abc import Mapping

from .builder import Words

LABELS: Mapping[str, Words] = {
    "municipality": Words("gemeentelijke toegang", "municipal access"),
    "gp": Words("huisarts", "general practitioner"),
    "gi": Words("gecertificeerde instelling", "certified institution"),
    "youth_doctor": Words("jeugdarts", "youth doctor"),
    "specialist": Words("medisch specialist", "medical specialist"),
    "judge": Words("rechter", "judge"),
    "none": Words("zonder verwijzer", "no referrer"),
    "earlier": Words("terug na hulp van vóór de start", "back after care from before the start"),
}

#: Share of a referrer's youths by care type; what is left goes to mental health care and
#: outpatient help. Municipal access is not here: it gets what the others leave, so that every care
#: type receives the starts that CBS counts.
SENDS: Mapping[str, Mapping[str, float]] = {
    "gp": {"home_based": 0.05, "day_help": 0.03},
    "gi": {
        "home_based": 0.34,
        "residential": 0.16,
        "foster_care": 0.10,
        "family_home": 0.04,
        "secure": 0.02,
        "crisis": 0.02,
    },
    "youth_doctor": {"local_team": 0.10, "home_based": 0.10},
    "specialist": {"day_help": 0.12, "home_based": 0.08},
    "none": {"local_team": 0.25, "home_based": 0.20},
}
#: How strongly a referrer leans to mental health care: 1 means as all new referrals to mental
#: health care and outpatient help together.
LEANS: Mapping[str, tuple[float, float, float]] = {
    "gp": (1.35, 1.15, 1.50),
    "gi": (0.15, 0.05, 0.40),
    "youth_doctor": (0.90, 0.60, 1.20),
    "specialist": (1.40, 1.15, 1.60),
    "none": (0.55, 0.30, 0.80),
}
#: Youth help ordered by a judge, apart from protection and probation.
JUDGE_HELP: Mapping[str, float] = {"secure": 0.5, "residential": 0.25, "home_based": 0.25}

SENDS_WHY = Words(
    nl="Geen bron splitst verwijzers naar zorgvorm. Een oordeel van de makers; alleen de optelsom "
    "per zorgvorm en per verwijzer ligt vast.",
    en="No source splits referrers by care type. The makers' judgement; only the totals per care "
    "type and per referrer are fixed.",
)

#: Code, name, share of the region's youths with care.
MUNICIPALITIES: tuple[tuple[str, str, float], ...] = (
    ("0148", "Dalfsen", 0.058),
    ("0150", "Deventer", 0.180),
    ("0160", "Hardenberg", 0.123),
    ("0166", "Kampen", 0.109),
    ("0175", "Ommen", 0.037),
    ("0177", "Raalte", 0.044),
    ("0180", "Staphorst", 0.023),
    ("0193", "Zwolle", 0.260),
    ("1708", "Steenwijkerland", 0.090),
    ("1773", "Olst-Wijhe", 0.030),
    ("1896", "Zwartewaterland", 0.046),
)
MUNICIPALITY_WHY = Words(
    nl="Het aantal jeugdigen per gemeente staat niet in de bronnen. Een schatting naar de omvang "
    "van de gemeente, zo dat Deventer, Olst-Wijhe en Raalte samen 25 % zijn, zoals in 2020 (CBS: "
    "3.260 van 12.820 jongeren). Raalte en Staphorst zijn lager gezet: daar had in 2021 minder "
    "dan 1 op de 20 jongeren jeugdhulp.",
    en="The number of youths per municipality is not in the sources. An estimate by the size of "
    "the municipality, such that Deventer, Olst-Wijhe and Raalte together are 25 %, as in 2020 "
    "(CBS: 3,260 of 12,820 youths). Raalte and Staphorst are set lower: fewer than 1 in 20 youths "
    "there had youth help in 2021.",
)
