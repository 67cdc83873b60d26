"""A care system for each region: the shape of one that was worked out, its own size.

Of most regions no more is published than how many youths with care their province has. All that
belongs to a size (referrals, places, youths in care and waiting, money) follows from that; what
belongs to a youth (stays, patience, what comes next) and the mix of care types and referrers are
those of the Netherlands. Each number of a document says so itself.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from vliegwiel import reference
from vliegwiel.science.caresystem import CareSystem, read_care_system, recomputed

from . import national, residence
from .origins import assumed, derived, printed, ref, text
from .sizes import SPREAD, CountryRegion, ProvincePart, national_number, weight

Json = dict[str, Any]

#: The regions whose care system was worked out from figures of their own.
WORKED_OUT: Mapping[str, str] = {"JZ07": "ijsselland"}
_SHAPE = "ijsselland"
_CBS_2020 = "cbs-84134ned"
_VERSION = "2026.1-size"

_DIVIDED = text(
    "Aanname. Per gemeente is geen aantal gevonden: de provincie is verdeeld over haar gemeenten, "
    "waarbij grote steden voor meer gemeenten tellen naar een ruwe schatting van hun omvang. Het "
    "echte deel kan de helft of anderhalf keer zo groot zijn. Vervang dit door een eigen cijfer.",
    "Assumption. No number per municipality was found: the province is divided over its "
    "municipalities, large cities counting for more of them by a rough order of their size. The "
    "true part may be half of it or one and a half times it. Replace it by a figure of your own.",
)
_OF_MUNICIPALITY = text(
    "Aanname. Per gemeente is geen aantal gevonden: elke gemeente telt even zwaar, grote steden "
    "tellen zwaarder naar een ruwe schatting van hun omvang.",
    "Assumption. No number per municipality was found: every municipality counts the same, large "
    "cities count for more by a rough order of their size.",
)
_SAME_PROFILE = text(
    "Het deel van de regio in alle jeugdigen met jeugdzorg. Aanname: de regio heeft dezelfde "
    "verdeling over zorgvormen als Nederland.",
    "The part of the region in all youths with youth care. Assumption: the region has the same mix "
    "of care types as the Netherlands.",
)
_BEGUN = text(
    "Alle begonnen trajecten in Nederland (2021*) maal het deel van deze vorm, per maand, maal het "
    "deel van de regio.",
    "All trajectories begun in the Netherlands (2021*) times the part of this form, per month, "
    "times the part of the region.",
)
_MEASURES = text(
    "De maatregelen die in Nederland beginnen (2022; gemiddelde van in- en uitstroom) maal het "
    "deel van de regio, per maand.",
    "The measures that begin in the Netherlands (2022; mean of inflow and outflow) times the part "
    "of the region, per month.",
)
#: Care type with residence -> what its starts take of the part of the region.
_RESIDING = {
    "foster_care": "",
    "family_home": "",
    "secure": "",
    "residential": " * (1 - crisis)",
    "crisis": " * crisis",
}


@cache
def region_care_system(region: CountryRegion) -> CareSystem:
    """The care system of a region: worked out for it where that was done, else by its size.

    The document is complete and can be written out, so that somebody who knows better replaces
    numbers in it.
    """
    if region.code in WORKED_OUT:
        return read_care_system(json.dumps(_shipped(WORKED_OUT[region.code])))
    made = copy.deepcopy(_shipped(_SHAPE))
    made |= {
        "id": region.slug,
        "version": _VERSION,
        "title": text(
            f"Jeugdzorg in {region.name}, naar omvang geschat",
            f"Youth care in {region.name}, estimated by its size",
        ),
        "region": region.code,
        "municipalities": _municipalities(region),
    }
    workings = {working["id"]: working["quantity"] for working in made["workings"]}
    _put_size(made, workings, region)
    _put_starts(workings)
    _put_money(workings)
    national.put_referrers(made)
    residence.put_level(made)
    _put_sources(made)
    return recomputed(national.without_the_name(made))


@cache
def _shipped(name: str) -> Json:
    file = reference.care_system_file(name)
    if file is None:
        raise ValueError(f"the care system {name} does not ship")
    found: Json = json.loads(file.content)
    return found


def _municipalities(region: CountryRegion) -> list[Json]:
    total = sum(weight(row.code) for row in region.municipalities)
    return [
        {"code": row.code, "name": row.name, "share": _share(weight(row.code) / total)}
        for row in region.municipalities
    ]


def _share(value: float) -> Json:
    if value == 1.0:
        why = text("De regio is één gemeente.", "The region is one municipality.")
        return derived(1.0, "share", "1", why, 0)
    return assumed(round(value, 9), "share", SPREAD, _OF_MUNICIPALITY, most=1.0)


def _put_size(made: Json, workings: dict[str, Json], region: CountryRegion) -> None:
    """How many youths there are and have care, and which part of the country that is."""
    found: list[Json] = []
    code = region.code.lower()
    if region.printed is not None:
        number = region.printed
        found.append(_working(
            f"youths_{code}", f"jongeren met jeugdzorg in {region.name} (2020)",
            f"youths with youth care in {region.name} (2020)",
            printed(number.youths, "youths", number.source, number.place),
        ))  # fmt: skip
        by_share = [(f"youths_{code}", number.share or national_number().share)]
    else:
        found += [_part(region, part) for part in region.parts]
        by_share = [(_part_id(region, part), part.province.share) for part in region.parts]
    names = {f"part_{i}": ref(f"workings.{name}") for i, (name, _share) in enumerate(by_share, 1)}
    workings["youths_with_care"].clear()
    workings["youths_with_care"] |= derived(
        0.0, "youths", " + ".join(names),
        text("De jongeren met jeugdzorg uit elk deel van de regio, 2020.",
             "The youths with youth care of each part of the region, 2020."), 0, **names,
    )  # fmt: skip
    shares = {
        f"share_{i}": {"value": (share or 0.0) / 100, "source": _CBS_2020,
                       "place": "Kerncijfers 2020: jongeren met jeugdzorg, deel van alle jongeren"}
        for i, (_name, share) in enumerate(by_share, 1)
    }  # fmt: skip
    made["youths"] = derived(
        1.0, "youths", " + ".join(f"{n} / {s}" for n, s in zip(names, shares, strict=True)),
        text("Jongeren met jeugdzorg gedeeld door hun aandeel in alle jongeren van 0 tot 23 jaar.",
             "Youths with youth care over their share of all youths from 0 to 22."),
        0, **names, **shares,
    )  # fmt: skip
    whole = national_number()
    part = derived(
        0.0, "ratio", "region / whole", _SAME_PROFILE, 9, region=ref("workings.youths_with_care"),
        whole={"value": whole.youths, "source": whole.source, "place": whole.place},
    )  # fmt: skip
    for name in ("part_without", "part_with"):
        workings[name].clear()
        workings[name] |= copy.deepcopy(part)
    kept = [w for w in made["workings"] if w["id"] not in ("youths_without", "youths_with")]
    made["workings"] = found + kept


def _part_id(region: CountryRegion, part: ProvincePart) -> str:
    province = part.province.name.lower().replace("â", "a").replace("-", "_")
    return f"youths_{region.code.lower()}_{province}"


def _part(region: CountryRegion, part: ProvincePart) -> Json:
    """The youths with care of one province, or of the part of it that lies in the region.

    Its address carries the code of the region: the assumption is one of this region alone, and is
    drawn apart from that of its neighbours.
    """
    number = part.province
    name = number.name
    if part.whole:
        quantity = printed(number.youths, "youths", number.source, number.place)
    else:
        value = round(part.share, 6)
        share = {
            "value": value, "low": round(value * (1 - SPREAD), 6),
            "high": min(1.0, round(value * (1 + SPREAD), 6)), "why": _DIVIDED,
        }  # fmt: skip
        quantity = derived(
            0.0, "youths", "whole * part",
            text(f"Jongeren met jeugdzorg in {name} maal het deel dat in de regio woont.",
                 f"Youths with youth care in {name} times the part that lives in the region."),
            0, whole={"value": number.youths, "source": number.source, "place": number.place},
            part=share,
        )  # fmt: skip
    return _working(
        _part_id(region, part), f"jongeren met jeugdzorg uit {name} (2020)",
        f"youths with youth care from {name} (2020)", quantity,
    )  # fmt: skip


def _put_starts(workings: Mapping[str, Json]) -> None:
    """Starts by the national mix, without what the shape says of its own region."""
    for name in ("local_team", "day_help", "home_based", "outpatient", "mental_health"):
        workings[f"starts_{name}"]["provenance"]["how"] = _BEGUN
    for name, extra in _RESIDING.items():
        origin = workings[f"starts_{name}"]["provenance"]
        needed = ("begun", "share", "part", "crisis") if extra else ("begun", "share", "part")
        origin["formula"] = f"begun * share / 12 * part{extra}"
        origin["inputs"] = {key: origin["inputs"][key] for key in needed}
        origin["how"] = _BEGUN
    for name in ("protection", "probation"):
        origin = workings[f"starts_{name}"]["provenance"]
        origin["formula"] = "part * (came + went) / 2 / 12"
        origin["inputs"] = {
            "part": ref("workings.part_without"),
            **{key: origin["inputs"][key] for key in ("came", "went")},
        }
        origin["how"] = _MEASURES


def _put_money(workings: Mapping[str, Json]) -> None:
    whole, origin = national_number(), workings["cost_per_year"]["provenance"]
    origin["inputs"]["youths_nl"] = {
        "value": whole.youths, "source": whole.source, "place": whole.place,
    }  # fmt: skip
    origin["how"] = text(
        "De uitgaven in Nederland maal het deel van de regio in alle jongeren met jeugdzorg, in "
        "euro's van 2019.",
        "Spending in the Netherlands times the part of the region in all youths with youth care, "
        "in euros of 2019.",
    )


def _put_sources(made: Json) -> None:
    source = reference.sources()[_CBS_2020]
    added = {
        "id": source.id, "title": source.title, "publisher": source.publisher, "year": 2020,
        "note": text(source.note.nl, source.note.en),
    }  # fmt: skip
    used = json.dumps({key: value for key, value in made.items() if key != "sources"})
    made["sources"] = [s for s in [*made["sources"], added] if f'"source": "{s["id"]}"' in used]


def _working(name: str, nl: str, en: str, quantity: Json) -> Json:
    return {"id": name, "label": text(nl, en), "quantity": quantity}
