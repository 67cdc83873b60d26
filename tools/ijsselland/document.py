"""The whole document: every number put in its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from . import facts, referrers
from .builder import Fact, Formula, Guess, Json, Numbers, Ref, Words, formula
from .care_types import SPECS, Spec, Waiting
from .flows import put_flows
from .labels import working_label
from .level import guess, put_level, put_spread
from .money import put_money

_EXTRA_SOURCES: tuple[Json, ...] = (
    {
        "id": "cbs-maatregelen-2022",
        "title": "Jeugdbescherming en jeugdreclassering 2022",
        "publisher": "Centraal Bureau voor de Statistiek (CBS)",
        "year": 2022,
        "note": {
            "nl": "Landelijke stand, instroom en uitstroom van maatregelen; voorlopig.",
            "en": "National stock, inflow and outflow of measures; provisional.",
        },
    },
)
#: Year of the figures used, for sources that are tables without a year of their own.
_YEARS = {"cbs-85096ned": 2021, "cbs-85099ned": 2022, "regiovisie-ijsselland-concept": 2019}


def build(sources_file: Path) -> Json:
    """The document as plain data, ready to be written.

    Args:
        sources_file: the product's bibliography, of which the used entries are copied.
    """
    numbers = Numbers()
    put_level(numbers)
    put_spread(numbers)
    _put_care_types(numbers)
    put_flows(numbers)
    put_money(numbers)
    _put_rest(numbers)
    return {
        "schema": "vliegwiel.care-system/1",
        "id": "ijsselland",
        "version": "2026.1",
        "title": {
            "nl": "Jeugdzorg in IJsselland, naar de cijfers van 2022",
            "en": "Youth care in IJsselland, by the figures of 2022",
        },
        "region": "JZ07",
        "start": "2027-01-01",
        "youths": numbers.quantity("youths"),
        "norm_days": numbers.quantity("norm_days"),
        "sources": _sources(numbers, json.loads(sources_file.read_text(encoding="utf-8"))),
        "municipalities": [
            {"code": code, "name": name, "share": numbers.quantity(f"municipalities.{code}")}
            for code, name, _ in referrers.MUNICIPALITIES
        ],
        "referrers": [_referrer(numbers, referrer) for referrer in referrers.LABELS],
        "care_types": [_care_type(numbers, spec) for spec in SPECS],
        "reentry": {
            "probability": numbers.quantity("reentry.probability"),
            "delay_mean": numbers.quantity("reentry.delay_mean"),
            "destinations": _list(numbers, "reentry.destinations.", "share"),
        },
        "workings": [
            {
                "id": address.removeprefix("workings."),
                "label": working_label(address.removeprefix("workings.")).json(),
                "quantity": numbers.quantity(address),
            }
            for address in numbers.drafts
            if address.startswith("workings.")
        ],
    }


def _put_rest(numbers: Numbers) -> None:
    numbers.put(
        "norm_days", "days",
        formula("7 * (intake + treatment)",
                "Treeknormen: 4 weken tot de intake en 10 weken tot de behandeling. Niet bindend "
                "voor jeugdhulp.",
                "Treeknormen: 4 weeks to intake and 10 weeks to treatment. Not binding for youth "
                "care.", 0,
                intake=facts.NORM_INTAKE, treatment=facts.NORM_TREATMENT),
    )  # fmt: skip
    for code, _, share in referrers.MUNICIPALITIES:
        low, high = round(share * 0.85, 4), round(share * 1.15, 4)
        why = referrers.MUNICIPALITY_WHY
        numbers.put(f"municipalities.{code}", "share", Guess(share, low, high, why))


def _put_care_types(numbers: Numbers) -> None:
    for spec in SPECS:
        address = f"care_types.{spec.id}"
        if spec.extension is not None:
            _put_extension(numbers, spec)
        if spec.id != "crisis":  # whose stay is assumed, not derived
            _put_stay(numbers, spec)
        if spec.spread is not None:
            numbers.put(
                f"{address}.stay.cv", "ratio",
                guess(*spec.spread, "Geen bron voor deze zorgvorm alleen.",
                      "No source for this care type alone."),
            )  # fmt: skip
        elif not spec.exponential:
            numbers.put(
                f"{address}.stay.cv", "ratio",
                formula("spread", "De spreiding van alle beëindigde trajecten.",
                        "The spread of all ended trajectories.", 3,
                        spread=Ref("workings.spread")),
            )  # fmt: skip
        if spec.waiting is not None:
            _put_places(numbers, spec.id, spec.waiting)


def _put_places(numbers: Numbers, form: str, waiting: Waiting) -> None:
    in_care = Ref(f"care_types.{form}.in_care_at_start")
    if waiting.occupancy is None:
        places = formula(
            "in_care",
            "Er wordt gewacht, dus de plekken zijn vol: zoveel plekken als jeugdigen in zorg.",
            "Youths are waiting, so the places are full: as many places as youths in care.",
            0, in_care=in_care,
        )  # fmt: skip
    else:
        why = Words(
            "Geen bron. Bij weinig plekken staat er soms een leeg, ook als er geregeld gewacht "
            "wordt.",
            "No source. With few places one is sometimes empty, although youths often wait.",
        )
        guessed = Guess(*waiting.occupancy, why)
        occupancy = numbers.put(f"workings.occupancy_{form}", "share", guessed)
        places = formula(
            "in_care / occupancy",
            "Jeugdigen in zorg gedeeld door het deel van de plekken dat bezet is.",
            "Youths in care over the part of the places that is taken.",
            0, in_care=in_care, occupancy=occupancy,
        )  # fmt: skip
    numbers.put(f"care_types.{form}.places", "places", places)


def _put_extension(numbers: Numbers, spec: Spec) -> None:
    assert spec.extension is not None
    chance, length = spec.extension
    numbers.put(
        f"care_types.{spec.id}.extension.probability", "share",
        guess(*chance,
              "Geen gepubliceerd cijfer gevonden. Aanname: een derde tot de helft wordt verlengd; "
              "eigen berichten van de regio moeten dit vervangen.",
              "No published figure found. Assumption: a third to a half is extended; the region's "
              "own messages must replace this."),
    )  # fmt: skip
    numbers.put(
        f"care_types.{spec.id}.extension.length", "days",
        guess(*length, "Geen gepubliceerd cijfer gevonden over de lengte van verlengingen.",
              "No published figure found on the length of extensions."),
    )  # fmt: skip


def _put_stay(numbers: Numbers, spec: Spec) -> None:
    address, whole = f"care_types.{spec.id}", Ref(f"workings.stay_{spec.id}")
    if spec.extension is None:
        stay = formula(
            "whole", "De hele duur: verlenging is hier niet apart opgenomen.",
            "The whole length: extension is not separate here.", 1, whole=whole,
        )  # fmt: skip
    else:
        stay = formula(
            "whole - chance * longer",
            "De hele duur zonder het deel dat van verlengingen komt.",
            "The whole length without the part that comes from extensions.", 1, whole=whole,
            chance=Ref(f"{address}.extension.probability"),
            longer=Ref(f"{address}.extension.length"),
        )  # fmt: skip
    numbers.put(f"{address}.stay.mean", "days", stay)


def _list(numbers: Numbers, prefix: str, field: str) -> list[Json]:
    return [
        {"care_type": address.removeprefix(prefix), field: numbers.quantity(address)}
        for address in numbers.drafts
        if address.startswith(prefix)
    ]


def _referrer(numbers: Numbers, referrer: str) -> Json:
    address = f"referrers.{referrer}"
    trend = f"{address}.trend"
    return {
        "id": referrer,
        "label": referrers.LABELS[referrer].json(),
        "rate": numbers.quantity(f"{address}.rate"),
        **({"trend": numbers.quantity(trend)} if trend in numbers.drafts else {}),
        "destinations": _list(numbers, f"{address}.destinations.", "share"),
    }


def _care_type(numbers: Numbers, spec: Spec) -> Json:
    address = f"care_types.{spec.id}"

    def quantity(name: str) -> Json:
        return numbers.quantity(f"{address}.{name}")

    stay: Json = {"distribution": "exponential" if spec.exponential else "lognormal"}
    stay["mean"] = quantity("stay.mean")
    if not spec.exponential:
        stay["cv"] = quantity("stay.cv")
    found: Json = {"id": spec.id, "label": spec.label.json(), "group": spec.group}
    found["capacity"] = (
        {"kind": "free"}
        if spec.waiting is None
        else {"kind": "places", "places": quantity("places")}
    )
    found["stay"] = stay
    if spec.extension is not None:
        found["extension"] = {
            "probability": quantity("extension.probability"),
            "length": quantity("extension.length"),
        }
    if spec.waiting is not None:
        found["patience"] = {"mean": quantity("patience.mean"), "leave_to": spec.waiting.leave_to}
    found["next"] = _list(numbers, f"{address}.next.", "probability")
    for name in ("cost_per_day", "cost_per_start", "in_care_at_start"):
        found[name] = quantity(name)
    if spec.waiting is not None:
        found["waiting_at_start"] = quantity("waiting_at_start")
    return found


def _sources(numbers: Numbers, shipped: Any) -> list[Json]:
    known: dict[str, Json] = {entry["id"]: entry for entry in shipped["sources"]}
    known |= {entry["id"]: entry for entry in _EXTRA_SOURCES if entry["id"] not in known}
    used: set[str] = set()
    for _, origin in numbers.drafts.values():
        parts = origin.inputs.values() if isinstance(origin, Formula) else (origin,)
        used |= {part.source for part in parts if isinstance(part, Fact)}
    return [
        {
            "id": name,
            "title": known[name]["title"],
            "publisher": known[name]["publisher"],
            "year": known[name]["year"] or _YEARS[name],
            "note": known[name]["note"],
        }
        for name in sorted(used)
    ]
