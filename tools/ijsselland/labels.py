"""What each working is called for a reader."""

from __future__ import annotations

from .builder import Words
from .care_types import SPECS
from .referrers import LABELS

_WHOLE: dict[str, Words] = {
    "youths_with_care": Words("jongeren met jeugdzorg in een jaar", "youths with care in a year"),
    "youths_without": Words(
        "jongeren met hulp zonder verblijf in een jaar", "youths with help without residence"
    ),
    "youths_with": Words("jongeren met verblijf in een jaar", "youths with residence in a year"),
    "part_without": Words(
        "deel van Nederland, zonder verblijf", "part of the Netherlands, without residence"
    ),
    "part_with": Words(
        "deel van Nederland, met verblijf", "part of the Netherlands, with residence"
    ),
    "mental_health_part": Words(
        "deel jeugd-ggz van de ambulante hulp", "mental health part of outpatient help"
    ),
    "crisis_part": Words("deel crisis van ander verblijf", "crisis part of other residential care"),
    "residence_level": Words(
        "niveau van verblijf, 2021 tegen 2022", "level of residence, 2021 against 2022"
    ),
    "stay_other": Words(
        "hele duur: ander verblijf met crisis", "whole length: other residence with crisis"
    ),
    "duration_mean": Words("gemiddelde duur van alle hulp", "mean length of all help"),
    "duration_median": Words("mediaan van de duur van alle hulp", "median length of all help"),
    "spread": Words("spreiding van de duur", "spread of the length of care"),
    "mental_health_ratio": Words(
        "deel jeugd-ggz van nieuwe verwijzingen", "mental health part of new referrals"
    ),
    "repeat": Words("herhaald beroep per maand", "repeat use per month"),
    "out_of_care": Words("uit zorg per maand", "leaving care per month"),
    "new_help": Words("nieuwe verwijzingen per maand", "new referrals per month"),
    "national_spending": Words(
        "uitgaven aan jeugdzorg in Nederland", "spending on youth care in the Netherlands"
    ),
    "cost_per_year": Words("kosten per jaar", "cost per year"),
    "cost_unit": Words("kosten van een dag met gewicht 1", "cost of a day of weight 1"),
}
_PER_TYPE: dict[str, Words] = {
    "starts": Words("starts per maand", "starts per month"),
    "stay": Words("hele duur", "whole length"),
    "wait": Words("wachttijd van wie begint", "wait of those who start"),
    "arrivals": Words("aanmeldingen per maand", "arrivals per month"),
    "leaving": Words("stopt met wachten per maand", "stop waiting per month"),
    "from_care": Words("doorstroom per maand", "going on per month"),
    "new": Words("nieuwe verwijzingen per maand", "new referrals per month"),
    "occupancy": Words("deel van de plekken dat bezet is", "part of the places that is taken"),
    "judge": Words("deel van de hulp via de rechter", "part of help through the judge"),
    "weight": Words("gewicht in de kosten", "weight in the costs"),
}


def working_label(name: str) -> Words:
    """The label of working ``name``, such as ``starts_local_team``."""
    if name in _WHOLE:
        return _WHOLE[name]
    if name.startswith("lean_"):
        who = LABELS[name.removeprefix("lean_")]
        return Words(
            f"{who.nl}: voorkeur voor jeugd-ggz", f"{who.en}: leaning to mental health care"
        )
    for spec in SPECS:
        kind = name.removesuffix(f"_{spec.id}")
        if kind != name:
            what = _PER_TYPE[kind]
            return Words(f"{spec.label.nl}: {what.nl}", f"{spec.label.en}: {what.en}")
    raise KeyError(name)
