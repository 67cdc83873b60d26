"""What a replication keeps of what the kernel counted, and whether its counts can be right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ._layout import ONE_QUEUE
from .compiling import Arm
from .frames import Frame
from .network import UNLIMITED
from .spans import Spans
from .waits import wait_quantiles
from .workspace import Counts

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
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
    "waited",
    "aged_out",
    "succeeded",
)
#: The last of these are kept only of a model that knows of ages or success: most do not.
_ALWAYS = MEASURED.index("aged_out")
#: Measures that cannot be had from MEASURED, and the share of the starters who wait no longer.
QUANTILES: Mapping[str, float] = {"waiting_time_median": 0.5, "waiting_time_p90": 0.9}
#: What it keeps of the last period by municipality and care type, before the cost of each span.
MUNICIPAL = ("arrivals", "starts", "wait_sum", "within_norm", "waiting", "in_care")
#: Laws that every run obeys: two ways of counting the same, of youths and of days.
LAWS = ("conservation", "little")
#: Relative difference allowed where two ways of counting must agree.
TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Replication:
    """What is kept of one replication; every array begins with the arms.

    Attributes:
        measured: MEASURED, month and care type; without the last two of a model that knows of
            neither ages nor success.
        discrepancies: of each of LAWS the largest relative difference between its two ways of
            counting, by arm; shape (arms, 2).
        by_station: MEASURED, month and provider; no columns when no care type has several.
        waits: QUANTILES, month (the last period after the last) and care type with a limit on
            places (all of those together after the last).
        flows: origin and destination, see :class:`.workspace.Counts`; youths in the last period.
        by_municipality: MUNICIPAL in the last period and then the cost of each span, municipality,
            and care type; no municipalities unless the plan counts them.
    """

    measured: Values32
    discrepancies: Floats
    by_station: Values32
    waits: Values32
    flows: NDArray[np.int32]
    by_municipality: Values32


def keep(
    arms: Sequence[tuple[Arm, Counts]],
    limited: NDArray[np.bool_],
    spans: Spans,
    municipal: Frame | None,
    warm_up: int = 0,
) -> Replication:
    """What is kept of the counts of one or both arms.

    Args:
        limited: which care types have a limit on places.
        spans: of the months after the warm-up.
        municipal: the frame of a plan that counts by municipality, else None.
        warm_up: how many months at the beginning to leave out. What is counted in them decides who
            is there afterwards, and the laws of conservation must hold in them as well.
    """
    tables = [measure(arm, counts) for arm, counts in arms]
    features = [arm.network.features for arm, _ in arms]
    knows = any(found.ages is not None or found.outcomes is not None for found in features)
    kept = len(MEASURED) if knows else _ALWAYS
    return Replication(
        measured=np.stack([table[:kept, warm_up:] for table, _ in tables]),
        discrepancies=np.stack([differences for _, differences in tables]),
        by_station=np.stack([
            measure_stations(arm, counts)[:kept, warm_up:] for arm, counts in arms
        ]),
        waits=np.stack([
            measure_waits(counts.histogram[warm_up:], limited, spans) for _, counts in arms
        ]),
        flows=np.stack([measure_flows(counts.flows[warm_up:], spans) for _, counts in arms]),
        by_municipality=np.stack([
            measure_municipalities(arm, counts, spans.later(warm_up), municipal)
            for arm, counts in arms
        ]),
    )  # fmt: skip


def measure(arm: Arm, counts: Counts) -> tuple[Values32, Floats]:
    """MEASURED by month and care type, and how far each of LAWS is off (relative)."""
    network = arm.network
    length = month_lengths(arm)[:, None]
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
    ends = network.month_ends[:, None]
    table = np.stack(
        [
            *(total(name) for name in MEASURED[:6]),
            present["waiting"], present["in_care"], days["in_care"], days["waiting"],
            cost_by_group(arm, counts).sum(axis=1), arm.places,
            _waited(present["waiting"], ends, total("waiting_since")),
            total("aged_out"), total("succeeded"),
        ]
    )  # fmt: skip
    laws = _unaccounted(counts, present), _little(network.horizon, counts, days)
    return table.astype(np.float32), np.array(laws)


def measure_sums(counts: Counts, names: tuple[str, ...]) -> Values32:
    """Those of MEASURED that are sums over a month, as :func:`measure` gives them."""
    return np.stack([counts.total(name) for name in names]).astype(np.float32)


def month_lengths(arm: Arm) -> Floats:
    """Days of each month."""
    return np.diff(arm.network.month_ends, prepend=0.0)


def cost_by_group(arm: Arm, counts: Counts) -> Floats:
    """Cost in euro by month, group and care type, shape (M, G, n)."""
    days = care_days_by_group(arm, counts)
    cost: Floats = days * arm.cost_per_day + counts.named("starts") * arm.cost_per_start
    return cost


def _waited(waiting: Floats, ends: Floats, since: Floats) -> Floats:
    """Days waited so far, together, by who waits at the end of each month.

    Args:
        since: days of arrival of who joined a queue in a month less those of who left it.
    """
    return np.where(waiting > 0.5, waiting * ends - np.cumsum(since, axis=0), 0.0)


def measure_municipalities(
    arm: Arm, counts: Counts, spans: Spans, municipal: Frame | None
) -> Values32:
    """MUNICIPAL in the last period and then the cost of each span, shape (6 + P, J, n).

    No municipalities in a plan that does not count by them.
    """
    if municipal is None:
        shape = (len(MUNICIPAL) + len(spans.starts), 0, arm.network.types)
        return np.empty(shape, dtype=np.float32)
    period = slice(spans.first, spans.last + 1)

    def change(*names: str) -> Floats:
        one, *others = (counts.named(name) for name in names)
        return one - sum(others)

    joined, begun = change("arrivals", "starts", "leaving"), change("starts", "ends")
    # Who waits at the start is not counted by group, who waits at the end is.
    waiting = counts.named("still_waiting").sum(axis=0) - joined[spans.last + 1 :].sum(axis=0)
    in_care = counts.named("census")[0] + begun[: spans.last + 1].sum(axis=0)
    sums = [counts.named(name)[period].sum(axis=0) for name in MUNICIPAL[:4]]
    cost = np.add.reduceat(cost_by_group(arm, counts), spans.starts, axis=0)
    by_group = np.concatenate([np.stack([*sums, waiting, in_care]), cost])
    found: Values32 = municipal.over_municipalities(by_group, axis=1).astype(np.float32)
    return found


def measure_waits(waits: NDArray[np.int32], limited: NDArray[np.bool_], spans: Spans) -> Values32:
    """QUANTILES of the waits of starters by month, and last in the last period.

    Of the L care types with a limit on places, the others know no wait, and of all those together;
    shape (quantiles, M + 1, L + 1). ``waits`` are those in the ``histogram`` of counts.
    """
    types = np.flatnonzero(limited)
    by_type = _with_all(waits, types)
    period = waits[spans.first : spans.last + 1]
    last = _with_all(period.sum(axis=0, keepdims=True, dtype=waits.dtype), types)
    return np.concatenate([by_type, last], axis=1).astype(np.float32)


def _with_all(waits: NDArray[np.integer], types: Ints) -> Floats:
    """QUANTILES by period and care type of some, and last of all of those together."""
    shares = tuple(QUANTILES.values())
    together = np.zeros((len(waits), waits.shape[2]), dtype=waits.dtype)
    for i in types:
        together += waits[:, i]
    found = wait_quantiles(waits, shares)[..., types]
    return np.concatenate([found, wait_quantiles(together, shares)[..., None]], axis=-1)


def measure_flows(flows: NDArray[np.int32], spans: Spans) -> NDArray[np.int32]:
    """Youths from each origin to each destination in the last period; shape (S + 2n + 1, n + 2)."""
    period = flows[spans.first : spans.last + 1]
    found: NDArray[np.int32] = period.sum(axis=0, dtype=np.int32)
    return found


def care_days_by_group(arm: Arm, counts: Counts) -> Floats:
    """Days in care by month, group and care type, shape (M, G, n).

    A group's youths may be cared for at another price, so costs need to know them apart.
    """
    change = counts.named("starts") - counts.named("ends")
    at_begin = counts.named("census")[0] + np.cumsum(change, axis=0) - change
    late = counts.named("starts_left") - counts.named("ends_left")
    days: Floats = at_begin * month_lengths(arm)[:, None, None] + late
    return days


def _unaccounted(counts: Counts, present: Mapping[str, Floats]) -> float:
    """Largest relative difference between two ways of counting the same youths, over the run.

    Who waits at the end, one by one, against arrivals less starts and leaving; arrivals, ends and
    leaving against where youths came from and went to. Nor is less than nobody ever present.
    """
    n, flows = counts.cells.shape[2], counts.flows.sum(axis=0)
    after_care = len(flows) - 2 * n - 1
    pairs = (
        (counts.total("still_waiting").sum(axis=0), present["waiting"][-1]),
        (counts.total("arrivals").sum(axis=0), flows[:, :n].sum(axis=0)),
        (counts.total("ends").sum(axis=0), flows[after_care : after_care + n].sum(axis=1)),
        (counts.total("leaving").sum(axis=0), flows[after_care + n : -1].sum(axis=1)),
    )
    below = [-table.min(initial=0.0) for table in present.values()]
    return float(np.max([*(_relative(*pair, 1.0) for pair in pairs), *below]))


def _little(horizon: float, counts: Counts, days: Mapping[str, Floats]) -> float:
    """Largest relative difference between two ways of counting the same days, over the run.

    Days waited and days in care summed over youths against the number present summed over time
    (Little's law for one run).
    """
    pairs = (("queue_time", "waiting"), ("care_time", "in_care"))
    return float(np.max([
        _relative(counts.total(youths).sum(axis=0), days[present].sum(axis=0), horizon)
        for youths, present in pairs
    ]))  # fmt: skip


def _relative(one: NDArray[Any], other: NDArray[Any], unit: float) -> float:
    """Largest difference as a part of the number itself, or of a unit when that is larger."""
    off = np.abs(one - other) / np.maximum(np.abs(other), unit)
    return float(np.max(off, initial=0.0))


def measure_stations(arm: Arm, counts: Counts) -> Values32:
    """MEASURED by month and station; no columns when no care type has several providers.

    What belongs to the one queue of several providers is not a number for each of them. Nor is cost
    when youths of different municipalities are cared for at different prices.
    """
    network, providers = arm.network, arm.network.features.providers
    if providers is None or counts.stations is None:
        return np.empty((len(MEASURED), len(network.month_ends), 0), dtype=np.float32)
    form_of = network.form_of
    length = month_lengths(arm)[:, None]

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
        "waited": _waited(waiting, network.month_ends[:, None], of("waiting_since")),
        "aged_out": of("aged_out"), "succeeded": of("succeeded"),
    }  # fmt: skip
    several = np.bincount(form_of)[form_of] > 1
    common = several & (providers.rule[form_of] == ONE_QUEUE)
    for name in ("arrivals", "leaving", "waiting", "waiting_days", "waited", "aged_out"):
        tables[name] = np.where(common, np.nan, tables[name])
    return np.stack([tables[name] for name in MEASURED]).astype(np.float32)
