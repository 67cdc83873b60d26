"""What a replication keeps of what the kernel counted, and whether its counts can be right."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from ._layout import ONE_QUEUE
from .compiling import Arm
from .network import UNLIMITED
from .workspace import Counts

Values32 = NDArray[np.float32]

#: What a replication keeps by month and care type, in this order.
MEASURED = (
    "arrivals",
    "starts",
    "ends",
    "leaving",
    "wait_sum",
    "within_norm",
    "waiting",
    "in_care",
    "care_days",
    "waiting_days",
    "cost",
    "places",
)
#: Relative difference allowed where two ways of counting must agree.
TOLERANCE = 1e-9


def measure(arm: Arm, counts: Counts) -> tuple[Values32, float]:
    """MEASURED by month and care type, and how far the laws of conservation are off (relative)."""
    network = arm.network
    length = np.diff(network.month_ends, prepend=0.0)[:, None]
    total = counts.total
    present: dict[str, NDArray[np.float64]] = {}
    days: dict[str, NDArray[np.float64]] = {}
    flows = {
        "waiting": (network.waiting, ("arrivals",), ("starts", "leaving")),
        "in_care": (network.in_care_by_type, ("starts",), ("ends",)),
    }
    for name, (first, entering, exiting) in flows.items():
        change = sum(total(e) for e in entering) - sum(total(e) for e in exiting)
        present[name] = first + np.cumsum(change, axis=0)
        begin = present[name] - change
        late = sum(total(f"{e}_left") for e in entering) - sum(total(f"{e}_left") for e in exiting)
        days[name] = begin * length + late
    care_days_by_group = _care_days_by_group(counts, length)
    cost = (
        care_days_by_group * arm.cost_per_day + counts.named("starts") * arm.cost_per_start
    ).sum(axis=1)
    table = np.stack(
        [
            *(total(name) for name in MEASURED[:6]),
            present["waiting"], present["in_care"], days["in_care"], days["waiting"],
            cost, arm.places,
        ]
    )  # fmt: skip
    return table.astype(np.float32), _discrepancy(network.horizon, counts, present, days)


def _care_days_by_group(counts: Counts, length: NDArray[np.float64]) -> NDArray[np.float64]:
    """Days in care by month, group and care type, shape (M, G, n).

    A group's youths may be cared for at another price, so costs need to know them apart.
    """
    change = counts.named("starts") - counts.named("ends")
    at_begin = counts.named("census")[0] + np.cumsum(change, axis=0) - change
    late = counts.named("starts_left") - counts.named("ends_left")
    days: NDArray[np.float64] = at_begin * length[:, :, None] + late
    return days


def _discrepancy(
    horizon: float,
    counts: Counts,
    present: Mapping[str, NDArray[np.float64]],
    days: Mapping[str, NDArray[np.float64]],
) -> float:
    """Largest relative difference between two ways of counting the same youths and days.

    Youths waiting at the end, counted one by one, against arrivals less starts and leaving; days
    waited and days in care summed over youths against the number present summed over time (Little's
    law for one run).
    """
    pairs = (
        (counts.total("still_waiting").sum(axis=0), present["waiting"][-1], 1.0),
        (counts.total("queue_time").sum(axis=0), days["waiting"].sum(axis=0), horizon),
        (counts.total("care_time").sum(axis=0), days["in_care"].sum(axis=0), horizon),
    )
    worst = 0.0
    for one_by_one, by_sums, unit in pairs:
        scale = np.maximum(np.abs(by_sums), unit)
        worst = max(worst, float(np.max(np.abs(one_by_one - by_sums) / scale, initial=0.0)))
    lowest = min(float(table.min(initial=0.0)) for table in present.values())
    return max(worst, -lowest)


def measure_stations(arm: Arm, counts: Counts) -> Values32:
    """MEASURED by month and station; no columns when no care type has several providers.

    What belongs to the one queue of several providers is not a number for each of them. Nor is cost
    when youths of different municipalities are cared for at different prices.
    """
    network, providers = arm.network, arm.network.features.providers
    if providers is None or counts.stations is None:
        return np.empty((len(MEASURED), len(network.month_ends), 0), dtype=np.float32)
    form_of = network.form_of
    length = np.diff(network.month_ends, prepend=0.0)[:, None]

    def of(name: str) -> NDArray[np.float64]:
        return counts.station(name)

    change = of("starts") - of("ends")
    in_care = network.in_care + np.cumsum(change, axis=0)
    days = (in_care - change) * length + of("starts_left") - of("ends_left")
    joined = of("arrivals") - of("starts") - of("leaving")
    waiting = of("still_waiting").sum(axis=0) - joined.sum(axis=0) + np.cumsum(joined, axis=0)
    left = of("arrivals_left") - of("starts_left") - of("leaving_left")
    waited = (waiting - joined) * length + left
    same_price = [bool((p == p[:, :1]).all()) for p in (arm.cost_per_day, arm.cost_per_start)]
    cost = days * arm.cost_per_day[:, 0, form_of] + of("starts") * arm.cost_per_start[:, 0, form_of]
    room = np.where(network.places < UNLIMITED, network.places, np.inf)
    tables = {
        **{name: of(name) for name in MEASURED[:6]},
        "waiting": waiting, "in_care": in_care, "care_days": days, "waiting_days": waited,
        "cost": cost if all(same_price) else np.full_like(cost, np.nan), "places": room,
    }  # fmt: skip
    several = np.bincount(form_of)[form_of] > 1
    common = several & (providers.rule[form_of] == ONE_QUEUE)
    for name in ("arrivals", "leaving", "waiting", "waiting_days"):
        tables[name] = np.where(common, np.nan, tables[name])
    return np.stack([tables[name] for name in MEASURED]).astype(np.float32)
