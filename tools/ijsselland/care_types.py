"""What is assumed of each care type, and why; nothing here is computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .builder import Guess, Words

#: Value, lowest, highest.
Range = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Target wait and patience in days, where youths who stop waiting go, and the reasons.

    ``occupancy`` is for few places: they are not always full although youths wait now and then.
    """

    wait: Range
    patience: Range
    leave_to: str
    anchor: Words
    occupancy: Range | None = None


@dataclass(frozen=True, slots=True)
class Spec:
    """A care type (zorgvorm): its label and what is assumed of it."""

    id: str
    label: Words
    group: str
    weight: Range
    onward: Mapping[str, Range]
    extension: tuple[Range, Range] | None = None
    waiting: Waiting | None = None
    spread: Range | None = None
    exponential: bool = False


_THIRD_TO_HALF: Range = (0.40, 0.33, 0.50)
_YEARLY: Range = (0.50, 0.33, 0.67)


def _chances(**chances: float) -> dict[str, Range]:
    """A chance of going on and a range of half to one and a half times as much."""
    return {name: (p, round(p * 0.5, 4), round(p * 1.5, 4)) for name, p in chances.items()}


SPECS: tuple[Spec, ...] = (
    Spec(
        "local_team",
        Words("wijkteam", "neighbourhood team"),
        "light",
        weight=(0.6, 0.4, 0.8),
        onward=_chances(outpatient=0.12, mental_health=0.08, home_based=0.05, crisis=0.005),
        extension=(_THIRD_TO_HALF, (90, 45, 150)),
        waiting=Waiting(
            (21, 7, 42),
            (180, 90, 365),
            "base",
            Words(
                nl="Geen bron noemt een wachttijd voor het wijkteam. Drie weken, korter dan bij "
                "ambulante hulp.",
                en="No source gives a wait for the neighbourhood team. Three weeks, shorter than "
                "for outpatient help.",
            ),
        ),
    ),
    Spec(
        "outpatient",
        Words("ambulante jeugdhulp", "outpatient youth help"),
        "ambulant",
        weight=(1.0, 0.8, 1.2),
        onward=_chances(
            mental_health=0.06,
            home_based=0.04,
            local_team=0.03,
            day_help=0.015,
            residential=0.004,
            crisis=0.003,
        ),
        extension=(_THIRD_TO_HALF, (180, 90, 270)),
        waiting=Waiting(
            (50, 14, 70),
            (365, 180, 730),
            "base",
            Words(
                nl="Jeugdformaat (Haaglanden, 2019) noemt 7 weken en 1 dag voor ambulante hulp, "
                "Combinatie Jeugdzorg (2021) 2 tot 4 weken. Voor IJsselland zelf is niets gedrukt.",
                en="Jeugdformaat (Haaglanden, 2019) states 7 weeks and 1 day for outpatient help, "
                "Combinatie Jeugdzorg (2021) 2 to 4 weeks. Nothing is printed for IJsselland.",
            ),
        ),
    ),
    Spec(
        "mental_health",
        Words("jeugd-ggz", "youth mental health care"),
        "ambulant",
        weight=(1.3, 1.0, 1.7),
        onward=_chances(
            outpatient=0.05, local_team=0.02, day_help=0.015, residential=0.008, crisis=0.003
        ),
        extension=(_THIRD_TO_HALF, (180, 90, 270)),
        waiting=Waiting(
            (107, 60, 180),
            (540, 270, 1080),
            "out",
            Words(
                nl="Aanbieders in Twente (14 augustus 2026): midden 8,3 weken tot de intake en "
                "daarna 7 weken tot de behandeling, samen 107 dagen. Autimaat (2020): 6 tot 8 "
                "weken en daarna 20 weken.",
                en="Providers in Twente (14 August 2026): median 8.3 weeks to intake and then 7 "
                "weeks to treatment, 107 days together. Autimaat (2020): 6 to 8 weeks and then 20 "
                "weeks.",
            ),
        ),
    ),
    Spec(
        "day_help",
        Words("daghulp", "day help"),
        "ambulant",
        weight=(5.0, 3.0, 7.0),
        onward=_chances(outpatient=0.10, mental_health=0.06, home_based=0.05, residential=0.03),
        extension=(_THIRD_TO_HALF, (180, 90, 270)),
        waiting=Waiting(
            (91, 30, 150),
            (540, 270, 1080),
            "out",
            Words(
                nl="Combinatie Jeugdzorg (2021) noemt 1 tot 5 maanden voor dagbehandeling; het "
                "midden is 91 dagen.",
                en="Combinatie Jeugdzorg (2021) states 1 to 5 months for day treatment; the middle "
                "is 91 days.",
            ),
        ),
    ),
    Spec(
        "home_based",
        Words("hulp in het eigen netwerk", "help in the own network"),
        "ambulant",
        weight=(1.5, 1.0, 2.5),
        onward=_chances(
            outpatient=0.08, mental_health=0.05, foster_care=0.01, residential=0.03, crisis=0.008
        ),
        extension=(_THIRD_TO_HALF, (120, 60, 180)),
        waiting=Waiting(
            (50, 14, 70),
            (365, 180, 730),
            "out",
            Words(
                nl="Geen eigen bron. Dezelfde wachttijd als bij ambulante hulp (Jeugdformaat 2019, "
                "Combinatie Jeugdzorg 2021).",
                en="No source of its own. The same wait as for outpatient help (Jeugdformaat 2019, "
                "Combinatie Jeugdzorg 2021).",
            ),
        ),
    ),
    Spec(
        "foster_care",
        Words("pleegzorg", "foster care"),
        "residential",
        weight=(3.5, 2.5, 4.5),
        onward=_chances(family_home=0.08, residential=0.06, home_based=0.06, outpatient=0.10),
        waiting=Waiting(
            (161, 80, 200),
            (900, 450, 1800),
            "residential",
            Words(
                nl="Jeugdformaat (Haaglanden, 2019) noemt 23 weken voor pleegzorg.",
                en="Jeugdformaat (Haaglanden, 2019) states 23 weeks for foster care.",
            ),
        ),
        spread=(0.9, 0.6, 1.2),
    ),
    Spec(
        "family_home",
        Words("gezinsgericht verblijf", "family-type care"),
        "residential",
        weight=(12.0, 8.0, 16.0),
        onward=_chances(foster_care=0.05, residential=0.08, outpatient=0.12),
        waiting=Waiting(
            (131, 60, 180),
            (900, 450, 1800),
            "residential",
            Words(
                nl="Jeugdformaat (Haaglanden, 2019) noemt 18 weken en 5 dagen voor een gezinshuis.",
                en="Jeugdformaat (Haaglanden, 2019) states 18 weeks and 5 days for a family home.",
            ),
        ),
        spread=(0.9, 0.6, 1.2),
    ),
    Spec(
        "residential",
        Words("ander verblijf", "other residential care"),
        "residential",
        weight=(17.0, 12.0, 22.0),
        onward=_chances(
            foster_care=0.05,
            family_home=0.08,
            secure=0.04,
            home_based=0.12,
            outpatient=0.08,
            mental_health=0.08,
        ),
        extension=(_THIRD_TO_HALF, (120, 60, 240)),
        waiting=Waiting(
            (64, 30, 100),
            (730, 365, 1460),
            "crisis",
            Words(
                nl="Jeugdformaat (Haaglanden, 2019) noemt 9 weken en 1 dag voor ander verblijf.",
                en="Jeugdformaat (Haaglanden, 2019) states 9 weeks and 1 day for other residence.",
            ),
        ),
    ),
    Spec(
        "secure",
        Words("gesloten jeugdhulp", "secure care"),
        "residential",
        weight=(35.0, 25.0, 45.0),
        onward=_chances(residential=0.45, home_based=0.10, foster_care=0.05, family_home=0.05),
        extension=(_THIRD_TO_HALF, (60, 30, 90)),
        waiting=Waiting(
            (14, 3, 30),
            (120, 60, 240),
            "residential",
            Words(
                nl="Geen bron noemt een wachttijd voor gesloten jeugdhulp. Twee weken.",
                en="No source gives a wait for secure care. Two weeks.",
            ),
            occupancy=(0.95, 0.90, 1.0),
        ),
        spread=(0.6, 0.4, 0.9),
    ),
    Spec(
        "crisis",
        Words("crisishulp", "crisis care"),
        "crisis",
        weight=(25.0, 15.0, 35.0),
        onward=_chances(
            home_based=0.20, residential=0.20, foster_care=0.10, outpatient=0.12, secure=0.03
        ),
        extension=((0.33, 0.20, 0.50), (14, 7, 28)),
        exponential=True,
    ),
    Spec(
        "protection",
        Words("jeugdbescherming", "child protection"),
        "protection",
        weight=(1.5, 1.0, 2.2),
        onward=_chances(outpatient=0.10, home_based=0.10, local_team=0.10),
        extension=(_YEARLY, (270, 180, 365)),
        spread=(0.8, 0.5, 1.1),
    ),
    Spec(
        "probation",
        Words("jeugdreclassering", "youth probation"),
        "protection",
        weight=(1.2, 0.8, 1.8),
        onward=_chances(outpatient=0.15, home_based=0.10),
        spread=(0.8, 0.5, 1.1),
    ),
)

HELP: tuple[str, ...] = tuple(s.id for s in SPECS if s.group != "protection")

#: What part of outpatient trajectories is mental health care: CBS does not split it.
MENTAL_HEALTH_PART = Guess(
    0.45,
    0.30,
    0.60,
    Words(
        nl="CBS splitst ambulante hulp niet. In heel Nederland kwam 46 % van de begonnen trajecten "
        "van huisarts, jeugdarts of medisch specialist (2021*); zij verwijzen het meest naar de "
        "jeugd-ggz.",
        en="CBS does not split outpatient help. In the Netherlands 46 % of begun trajectories came "
        "from general practitioners, youth doctors or medical specialists (2021*), who refer to "
        "mental health care most.",
    ),
)
#: What part of starts in "other residence" is crisis care: CBS does not split it here.
CRISIS_PART = Guess(
    0.30,
    0.22,
    0.42,
    Words(
        nl="CBS telt crisisplaatsen mee bij ander verblijf; het deel is niet gedrukt.",
        en="CBS counts crisis places as other residence; the part is not printed.",
    ),
)
CRISIS_STAY = Guess(
    28,
    14,
    42,
    Words(
        nl="Geen bron. Crisishulp is bedoeld voor ongeveer vier weken.",
        en="No source. Crisis care is meant for about four weeks.",
    ),
)
REENTRY_DELAY = Guess(
    400,
    200,
    700,
    Words(
        nl="Geen bron zegt hoe snel jeugdigen terugkomen. Ruim een jaar, met een brede marge.",
        en="No source says how soon youths come back. Just over a year, with a wide range.",
    ),
)
#: Where youths who come back start; the first is what remains of 1.
REENTRY_TO: Mapping[str, float] = {
    "local_team": 0.15,
    "outpatient": 0.40,
    "mental_health": 0.27,
    "home_based": 0.13,
    "day_help": 0.02,
    "residential": 0.01,
    "crisis": 0.01,
    "foster_care": 0.01,
}
