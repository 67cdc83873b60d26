"""The practice region: a made-up care system that uses every part of the document but moving.

    python tools/practice_region.py            write the document and its scenario
    python tools/practice_region.py --check    fail when they are behind this file

No region is like it. It ships so that somebody who writes a document of their own has an example of
budgets, providers, classes of priority, ages, success, observed stays, steps on a date, and a
scenario that brings a form of care that is not there yet.
"""

import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "src/vliegwiel/reference"
SYSTEM = REFERENCE / "care_systems/oefenregio.json"
SCENARIO = REFERENCE / "scenarios/practice-home-team.json"

Part = dict[str, Any]
SOURCE = "made-up"
WHY = {
    "nl": "Verzonnen, om mee te oefenen; ruim genomen omdat niemand het weet.",
    "en": "Made up, for practice; taken wide because nobody knows.",
}


def text(nl: str, en: str) -> Part:
    return {"nl": nl, "en": en}


def given(value: float, unit: str) -> Part:
    """A number that stands in the made-up source."""
    origin = {"kind": "printed", "source": SOURCE, "place": "tools/practice_region.py"}
    return {"value": value, "unit": unit, "provenance": origin}


def guess(value: float, unit: str, low: float, high: float) -> Part:
    origin = {"kind": "assumed", "low": low, "high": high, "why": WHY}
    return {"value": value, "unit": unit, "provenance": origin}


def derived(value: float, unit: str, formula: str, how: Part, **refs: str) -> Part:
    inputs = {name: {"ref": ref} for name, ref in refs.items()}
    origin = {"kind": "derived", "formula": formula, "inputs": inputs, "how": how, "rounding": 0.5}
    return {"value": value, "unit": unit, "provenance": origin}


def shares(**parts: float) -> list[Part]:
    return [{"care_type": name, "share": given(value, "share")} for name, value in parts.items()]


def steps(**parts: float) -> list[Part]:
    return [
        {"care_type": name, "probability": guess(value, "share", value / 2, value * 1.5)}
        for name, value in parts.items()
    ]


def later(month: str, value: Part) -> Part:
    return {"from": f"{month}-01", "value": value}


def bands(*parts: tuple[int, int, float]) -> list[Part]:
    return [{"from": a, "to": b, "share": given(share, "share")} for a, b, share in parts]


def provider(name: str, label: str, share: float, capacity: Part) -> Part:
    return {
        "id": name, "label": text(label, label), "share": given(share, "share"),
        "capacity": capacity,
    }  # fmt: skip


def places(number: float, *changes: Part) -> Part:
    found = {"kind": "places", "places": given(number, "places")}
    return found | ({"steps": list(changes)} if changes else {})


def team() -> Part:
    points = [(0.0, 5), (0.2, 30), (0.5, 80), (0.8, 160), (0.95, 300), (1.0, 400)]
    days = sum((b - a) * (x + y) / 2 for (a, x), (b, y) in pairwise(points))
    return {
        "id": "team", "label": text("wijkteam", "neighbourhood team"), "group": "light",
        "capacity": {"kind": "free"},
        "stay": {
            "distribution": "observed", "mean": given(days, "days"),
            "observed": {
                "points": [{"share": share, "days": length} for share, length in points],
                "provenance": given(0, "days")["provenance"],
            },
        },
        "success": guess(0.7, "share", 0.6, 0.8),
        "next": steps(outpatient=0.08),
        "next_without_success": steps(outpatient=0.3, day_help=0.05),
        "cost_per_day": given(11.0, "euro/day"), "cost_per_start": given(0.0, "euro"),
        "in_care_at_start": given(150.0, "youths"),
    }  # fmt: skip


def outpatient() -> Part:
    money = {
        "kind": "budget",
        "ceiling": given(650_000.0, "euro"),
        "places": given(80.0, "places"),
    }
    three = [
        provider("north", "Noord", 0.5, places(190.0, later("2028-01", given(200.0, "places")))),
        provider("south", "Zuid", 0.3, places(115.0)),
        provider("small", "Klein", 0.2, money),
    ]
    return {
        "id": "outpatient", "label": text("ambulante jeugdhulp", "outpatient youth help"),
        "group": "ambulant",
        "capacity": {"kind": "several", "queue": "shortest_queue", "providers": three},
        "stay": {
            "distribution": "lognormal", "mean": guess(200.0, "days", 160.0, 240.0),
            "cv": guess(0.9, "ratio", 0.7, 1.1),
        },
        "extension": {
            "probability": guess(0.3, "share", 0.2, 0.4), "length": given(100.0, "days"),
        },
        "patience": {
            "mean": guess(300.0, "days", 200.0, 400.0),
            "leave_to": shares(base=0.6, out=0.3, residential=0.1),
        },
        "success": guess(0.75, "share", 0.65, 0.85),
        "next": steps(team=0.1), "next_without_success": steps(residential=0.12, day_help=0.15),
        "cost_per_day": given(24.0, "euro/day"),
        "cost_per_day_steps": [later("2028-01", given(25.0, "euro/day"))],
        "cost_per_start": given(200.0, "euro"),
        "in_care_at_start": given(378.0, "youths"), "waiting_at_start": given(120.0, "youths"),
    }  # fmt: skip


def training() -> Part:
    return {
        "id": "training", "label": text("oudertraining", "parent training"), "group": "light",
        "capacity": {
            "kind": "budget", "ceiling": guess(420_000.0, "euro", 380_000.0, 460_000.0),
            "steps": [later("2028-01", given(440_000.0, "euro"))], "places": given(30.0, "places"),
        },
        "stay": {"distribution": "fixed", "mean": given(90.0, "days")},
        "patience": {"mean": given(120.0, "days"), "leave_to": "base"},
        "next": steps(outpatient=0.1), "cost_per_day": given(55.0, "euro/day"),
        "cost_per_start": given(300.0, "euro"), "in_care_at_start": given(18.0, "youths"),
        "waiting_at_start": given(5.0, "youths"),
    }  # fmt: skip


def day_help() -> Part:
    return {
        "id": "day_help", "label": text("daghulp", "day help"), "group": "ambulant",
        "capacity": {
            "kind": "several", "queue": "one_queue",
            "providers": [
                provider("farm", "Boerderij", 0.6, places(24.0)),
                provider("school", "School", 0.4, places(18.0)),
            ],
        },
        "stay": {
            "distribution": "gamma", "mean": given(240.0, "days"), "cv": given(0.7, "ratio"),
        },
        "patience": {"mean": given(200.0, "days"), "leave_to": "outpatient"},
        "next": steps(outpatient=0.2), "until_age": given(16.0, "years"),
        "ages_at_start": bands((4, 12, 0.6), (12, 16, 0.4)),
        "cost_per_day": given(80.0, "euro/day"), "cost_per_start": given(0.0, "euro"),
        "in_care_at_start": given(41.0, "youths"), "waiting_at_start": given(6.0, "youths"),
    }  # fmt: skip


def residential() -> Part:
    how = text("Er wordt gewacht, dus de plekken zijn vol.", "Youths wait, so places are full.")
    full = derived(
        66.0, "places", "in_care", how, in_care="care_types.residential.in_care_at_start"
    )
    return {
        "id": "residential", "label": text("verblijf", "residential care"), "group": "residential",
        "capacity": {"kind": "places", "places": full},
        "stay": {
            "distribution": "weibull", "mean": guess(280.0, "days", 220.0, 340.0),
            "cv": given(0.8, "ratio"),
        },
        "patience": {"mean": given(150.0, "days"), "leave_to": "crisis"},
        "next": steps(outpatient=0.4, day_help=0.05), "until_age": given(21.0, "years"),
        "ages_at_start": bands((6, 12, 0.2), (12, 18, 0.65), (18, 21, 0.15)),
        "cost_per_day": given(260.0, "euro/day"), "cost_per_start": given(500.0, "euro"),
        "in_care_at_start": given(66.0, "youths"), "waiting_at_start": given(15.0, "youths"),
    }  # fmt: skip


def crisis() -> Part:
    return {
        "id": "crisis", "label": text("crisishulp", "crisis care"), "group": "crisis",
        "capacity": {"kind": "free"},
        "stay": {"distribution": "exponential", "mean": given(28.0, "days")},
        "next": steps(outpatient=0.3, residential=0.25), "cost_per_day": given(400.0, "euro/day"),
        "cost_per_start": given(0.0, "euro"), "in_care_at_start": given(6.0, "youths"),
    }  # fmt: skip


def referrer(
    name: str, label: Part, rate: Part, urgent: float, soon: float, **to: float
) -> Part:  # fmt: skip
    classes = {"urgent": urgent, "soon": soon, "usual": round(1 - urgent - soon, 6)}
    return {
        "id": name, "label": label, "rate": rate, "destinations": shares(**to),
        "priorities": [{"priority": k, "share": given(v, "share")} for k, v in classes.items()],
    }  # fmt: skip


def referrers() -> list[Part]:
    doctor = referrer(
        "gp", text("huisarts", "general practitioner"), guess(40.0, "youths/month", 35.0, 45.0),
        0.05, 0.25, outpatient=0.65, team=0.25, base=0.1,
    )  # fmt: skip
    doctor["trend"] = guess(0.01, "1/year", -0.01, 0.03)
    doctor["season"] = {
        "values": [1.1, 1.1, 1.1, 1.0, 1.0, 1.0, 0.7, 0.7, 1.1, 1.1, 1.1, 1.0],
        "provenance": given(1, "ratio")["provenance"],
    }
    town = referrer(
        "municipality", text("gemeentelijke toegang", "municipal access"),
        given(50.0, "youths/month"), 0.1, 0.3,
        team=0.5, outpatient=0.3, training=0.15, residential=0.05,
    )  # fmt: skip
    school = referrer(
        "school", text("school", "school"), given(5.0, "youths/month"), 0.0, 0.2,
        day_help=0.6, outpatient=0.4,
    )  # fmt: skip
    school["ages"] = bands((4, 12, 0.7), (12, 16, 0.3))
    court = referrer(
        "gi", text("gecertificeerde instelling", "certified institution"),
        given(10.0, "youths/month"), 0.4, 0.4, residential=0.45, outpatient=0.35, crisis=0.2,
    )  # fmt: skip
    court["ages"] = bands((6, 12, 0.3), (12, 18, 0.7))
    return [doctor, town, school, court]


def care_system() -> Part:
    """The document."""
    classes = (("urgent", "spoed"), ("soon", "snel"), ("usual", "gewoon"))
    towns = (("9901", "Rivierstad", 0.6), ("9902", "Boshoek", 0.25), ("9903", "Polderdorp", 0.15))
    document: Part = {
        "schema": "vliegwiel.care-system/1", "id": "oefenregio", "version": "1",
        "title": text(
            "Oefenregio (verzonnen, geen echte regio)", "Practice region (made up, no real region)"
        ),
        "region": "JZ99", "start": "2027-01-01", "youths": given(12_000, "youths"),
        "norm_days": given(70, "days"),
        "sources": [{
            "id": SOURCE, "title": "Verzonnen om te oefenen / Made up for practice",
            "publisher": "Vliegwiel", "year": 2026,
        }],
        "municipalities": [
            {"code": code, "name": name, "share": given(share, "share")}
            for code, name, share in towns
        ],
        "priorities": [{"id": key, "label": text(nl, key)} for key, nl in classes],
        "ages": {
            "leave_at": given(18.0, "years"),
            "at_entry": bands((4, 12, 0.55), (12, 18, 0.45)),
            "at_start": bands((4, 12, 0.5), (12, 18, 0.5)),
        },
        "referrers": referrers(),
        "care_types": [team(), outpatient(), training(), day_help(), residential(), crisis()],
        "reentry": {
            "probability": guess(0.12, "share", 0.08, 0.16),
            "probability_without_success": guess(0.3, "share", 0.2, 0.4),
            "delay_mean": given(300.0, "days"), "destinations": shares(team=0.4, outpatient=0.6),
            "returning_at_start": given(110.0, "youths"),
        },
    }  # fmt: skip
    document["priorities"][1]["ages"] = {"from": 17, "to": 18}
    return document


def home_team() -> Part:
    """Care that the region does not have yet: intensive help at home in place of residence."""
    return {
        "id": "home_team", "label": text("intensief thuisteam", "intensive home team"),
        "group": "ambulant", "capacity": places(16.0),
        "stay": {
            "distribution": "gamma", "mean": guess(180.0, "days", 120.0, 240.0),
            "cv": given(0.6, "ratio"),
        },
        "patience": {"mean": given(60.0, "days"), "leave_to": "residential"},
        "success": guess(0.65, "share", 0.5, 0.8),
        "next": steps(outpatient=0.2), "next_without_success": steps(residential=0.4),
        "cost_per_day": guess(95.0, "euro/day", 80.0, 110.0),
        "cost_per_start": given(400.0, "euro"), "in_care_at_start": given(0.0, "youths"),
    }  # fmt: skip


def scenario() -> Part:
    """A scenario with that care, first in one municipality."""
    stages = [
        {"from": "2027-07-01", "municipalities": ["9901"], "ramp_months": 6},
        {"from": "2028-07-01", "municipalities": "all", "ramp_months": 6},
    ]

    def change(target: str, operation: str, size: Part, **more: Any) -> Part:
        return {"target": target, "operation": operation, "size": size, "stages": stages, **more}

    part = guess(0.35, "share", 0.2, 0.5)
    return {
        "schema": "vliegwiel.scenario/1", "id": "practice-home-team", "care_system": "oefenregio",
        "title": text("Een thuisteam in plaats van verblijf (verzonnen)",
                      "A home team instead of residence (made up)"),
        "description": text(
            "Een intensief thuisteam, dat er nog niet is, helpt een deel van de jeugdigen die nu "
            "naar verblijf gaan. Er komt meer geld voor oudertraining, en zorg slaagt wat vaker. "
            "Een verzonnen voorbeeld: zo ziet een scenario met een nieuwe zorgvorm eruit.",
            "An intensive home team, which is not there yet, helps part of the youths who now go "
            "to residential care. There is more money for parent training, and care succeeds a "
            "little more often. A made-up example: this is what a scenario with new care looks "
            "like.",
        ),
        "focus": "residential", "new_care_types": [home_team()],
        "interventions": [
            change("referrers.gi.destinations.residential", "move", part, to="home_team"),
            change("care_types.outpatient.next_without_success.residential", "move",
                   guess(0.5, "share", 0.3, 0.7), to="home_team"),
            change("care_types.training.ceiling", "multiply", guess(1.15, "ratio", 1.0, 1.3)),
            change("care_types.outpatient.success", "add", guess(0.03, "share", 0.0, 0.06)),
            change("care_types.outpatient.providers.south.places", "add", given(6.0, "places")),
        ],
    }  # fmt: skip


def files() -> dict[Path, str]:
    made = {SYSTEM: care_system(), SCENARIO: scenario()}
    return {
        path: json.dumps(document, ensure_ascii=False, indent=1) + "\n"
        for path, document in made.items()
    }


def main() -> int:
    behind = []
    for path, wanted in files().items():
        if "--check" not in sys.argv[1:]:
            path.write_text(wanted, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != wanted:
            behind.append(path.name)
    for name in behind:
        print(f"{name} is behind tools/practice_region.py")
    return 1 if behind else 0


if __name__ == "__main__":
    raise SystemExit(main())
