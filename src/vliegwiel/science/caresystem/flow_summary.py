"""From where to where youths go in the last period, with a name for each end."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from .forecast_rows import FlowRow
from .intervals import compared
from .model import BASE, OUT, CareSystem
from .replicated import Replicated

#: What a Dutch and an English reader see for origins and destinations outside the care types.
_AFTER = {"nl": "na {nl}", "en": "after {en}"}
_STOPPED = {"nl": "gestopt met wachten op {nl}", "en": "stopped waiting for {en}"}
_RETURN = {"nl": "terug na eerdere jeugdhulp", "en": "back after earlier youth care"}
_BASE = {"nl": "basisvoorzieningen", "en": "base provisions"}
_OUT = {"nl": "uit de jeugdhulp", "en": "out of youth care"}
RETURN = "return"


def origins(system: CareSystem) -> tuple[str, ...]:
    """Ids of the origins, in the order of the flows that a replication keeps."""
    types = system.care_type_ids
    return (
        *(f"referrer:{referrer.id}" for referrer in system.referrers),
        *(f"care:{identifier}" for identifier in types),
        *(f"queue:{identifier}" for identifier in types),
        RETURN,
    )


def flow_labels(system: CareSystem) -> dict[str, Mapping[str, str]]:
    """Label of each origin and destination, by language."""
    found: dict[str, Mapping[str, str]] = {
        f"referrer:{referrer.id}": referrer.label.model_dump() for referrer in system.referrers
    }
    for care in system.care_types:
        label = care.label.model_dump()
        found[care.id] = label
        # Within a sentence a label begins with a small letter, but not an abbreviation.
        inside = {language: _small(words) for language, words in label.items()}
        for kind, template in (("care", _AFTER), ("queue", _STOPPED)):
            found[f"{kind}:{care.id}"] = {
                language: words.format(**inside) for language, words in template.items()
            }
    return {**found, RETURN: dict(_RETURN), BASE: dict(_BASE), OUT: dict(_OUT)}


def _small(words: str) -> str:
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


def flow_rows(counts: Replicated) -> tuple[FlowRow, ...]:
    """Youths a year from each origin to each destination; none of flows that never happen."""
    system, spans = counts.plan.whole, counts.plan.spans
    a_year = 12.0 / (spans.last - spans.first + 1)
    flows = counts.joined("flows")
    happens = np.argwhere((flows > 0).any(axis=(0, 1)))
    rows, columns = happens[:, 0], happens[:, 1]
    found = flows[:, :, rows, columns].astype(np.float64) * a_year
    three = compared(found[:, 0], found[:, 1] if counts.paired else None)
    names, targets = origins(system), (*system.care_type_ids, BASE, OUT)
    return tuple(
        FlowRow(names[row], targets[column], *three[k,])
        for k, (row, column) in enumerate(zip(rows, columns, strict=True))
    )
