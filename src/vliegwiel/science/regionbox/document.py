"""What is true of a generated region, as one document beside its messages."""

from __future__ import annotations

import json

import numpy as np

from vliegwiel.science.caresystem import document_hash

from .box import Box
from .courses import NEVER
from .options import as_data
from .schedule import Told
from .successive import passage_table
from .truth import CLOCKS, true_waits, wait_table

SCHEMA = "vliegwiel.region-box/1"
_WORDS = {
    "nl": "Alles hierin is verzonnen: geen jeugdige, aanbieder of bericht bestaat echt.",
    "en": "Everything in this is made up: no youth, provider or message is real.",
}


def truth_json(box: Box) -> str:
    """Parameters, true waits on the last day, and how much of everything there is, as JSON.

    The waits are those of visits decided in the region's own months, by clock and then by care type
    and provider, whatever the messages leave out.
    """
    periods, schedule, last = box.periods, box.schedule, box.courses.last
    norm = box.system.norm_days.value
    waits = true_waits(box, last)
    inside = waits.origin >= 0
    contracts = range(int(periods.contract.max(initial=0)) + 1)
    made = {
        "schema": SCHEMA,
        "generated": _WORDS,
        "care_system": {
            "id": box.system.id,
            "version": box.system.version,
            "region": box.system.region,
            "hash": document_hash(box.system),
        },
        "parameters": as_data(box.options),
        "first_day": box.options.start.isoformat(),
        "last_day": box.options.day(last).isoformat(),
        "norm_days": norm,
        "clocks": CLOCKS,
        "waits": [*wait_table(box, waits, norm), *passage_table(box, norm)],
        "outcomes": {
            name: int((getattr(waits, name) & inside).sum())
            for name in ("started", "retroactive", "withdrawn", "waiting")
        },
        "counts": _counts(box),
        "products": {
            box.histories.care_types[at]: {
                "category": product.category,
                "codes": [product.code(contract) for contract in contracts],
            }
            for at, product in enumerate(box.catalogue.products)
        },
        "providers": [
            {"agb": agb, "name": name, "tells_nothing": bool(silent)}
            for agb, name, silent in zip(
                box.catalogue.agb, box.catalogue.names, schedule.silent, strict=True
            )
        ],
    }
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def _counts(box: Box) -> dict[str, int]:
    """How much of everything there is by the last day; messages by what they tell."""
    courses, periods, schedule, last = box.courses, box.periods, box.schedule, box.courses.last
    told = schedule.told[~schedule.answer]
    begun = periods.start <= last
    return {
        "youths": box.histories.youths,
        "visits": int((courses.decided <= last).sum()),
        "assignments": len(periods.visit),
        "starts": int(begun.sum()),
        "pauses": int((periods.paused <= last).sum()),
        "starts_untold": int((schedule.untold & begun).sum()),
        "in_care": int(((courses.start <= last) & (courses.over == NEVER)).sum()),
        "referrals_without_request": int((courses.presumed & (courses.decided <= last)).sum()),
        "moved_in_care": int((courses.moved <= last).sum()),
        "turned_18": _turned_18(box),
        "messages": len(told),
        "answers": int(schedule.answer.sum()),
        **{f"messages_{kind.name.lower()}": int((told == kind).sum()) for kind in Told},
    }


def _turned_18(box: Box) -> int:
    """Youths who become 18 within the months of the region, while in care or after it."""
    birthday = box.persons.born + round(18 * 365.25)
    return int(np.sum((birthday >= 0) & (birthday <= box.courses.last)))
