"""What limits care, by month and station, and how youths come to a station and wait there.

As in :mod:`.parameters` the first axis of every table is the draw.
"""

from __future__ import annotations

import math
from datetime import date

import numpy as np

from .capacity import Budget, Providers
from .features import QUEUE_RULES, Budgets, Priorities
from .features import Providers as ProviderTables
from .parameters import Floats, Ints, Parameters
from .stations import served_a_day


def half_up(values: Floats) -> Ints:
    """Whole numbers, a half upwards."""
    return np.floor(values + 0.5).astype(np.int64)


def places(parameters: Parameters) -> Floats:
    """Whole places by month and station, infinite without a limit, shape (B, M, m)."""
    found = _unlimited(parameters)
    for s, station in enumerate(parameters.stations):
        address = f"{station.address}.places"
        if address in parameters.plans:
            found[..., s] = half_up(parameters.by_month(address))
    return found


def _unlimited(parameters: Parameters) -> Floats:
    return np.full(
        (parameters.draws, len(parameters.frame.months), len(parameters.stations)), math.inf
    )


def over_types(parameters: Parameters, by_station: Floats) -> Floats:
    """Sum over the stations of each care type, shape (B, M, n)."""
    first = np.searchsorted(parameters.form_of, np.arange(len(parameters.ids)))
    summed: Floats = np.add.reduceat(by_station, first, axis=-1)
    return summed


def ceilings(parameters: Parameters) -> Floats:
    """Budget of a whole year by month and station, infinite without one, shape (B, M, m)."""
    found = _unlimited(parameters)
    for s, station in enumerate(parameters.stations):
        if isinstance(station.limit, Budget):
            found[..., s] = parameters.by_month(f"{station.address}.ceiling")
    return found


def budgets(parameters: Parameters, per_day: Floats, per_start: Floats) -> Budgets | None:
    """The budgets; of a first year that is not whole the part of its days."""
    if not any(isinstance(station.limit, Budget) for station in parameters.stations):
        return None
    months = parameters.frame.months
    year, limits = months[0].year, ceilings(parameters)
    end = date(year + 1, 1, 1)
    left = (end - months[0].first_day) / (end - date(year, 1, 1))
    limits[:, np.array([month.year == year for month in months])] *= left
    return Budgets(
        ceiling=limits,
        new_year=np.array([month.month == 1 for month in months], dtype=np.int64),
        price_per_day=per_day,
        price_per_start=per_start,
    )


def through_at_start(parameters: Parameters, care_days: Floats) -> Floats:
    """Youths a day whom the places and money of the start can serve, shape (B, n)."""
    form_of = parameters.form_of
    day, start = (parameters.prices(f"cost_per_{per}")[:, 0, 0] for per in ("day", "start"))
    served = served_a_day(
        places(parameters)[:, 0],
        ceilings(parameters)[:, 0],
        (start + day * care_days)[:, form_of],
        care_days[:, form_of],
    )
    found = np.zeros((parameters.draws, len(parameters.ids)))
    for s, form in enumerate(form_of):
        found[:, form] += served[:, s]
    return found


def _shares(parameters: Parameters) -> Floats:
    """Share of each station in the youths of its care type, shape (B, R, m)."""
    share = np.ones((parameters.draws, parameters.rows, len(parameters.stations)))
    for s, station in enumerate(parameters.stations):
        if station.provider is not None:
            share[..., s] = parameters.parameter(f"{station.address}.share")
    for i in range(len(parameters.ids)):
        mine = parameters.form_of == i
        part = share[..., mine]
        total = part.sum(axis=-1, keepdims=True)
        share[..., mine] = np.where(total > 0, part / np.where(total > 0, total, 1.0), 1.0)
    return share


def providers(parameters: Parameters) -> ProviderTables | None:
    """How the providers of each care type share its youths."""
    if len(parameters.stations) == len(parameters.ids):
        return None
    cumulative, rule = _shares(parameters), np.zeros(len(parameters.ids), dtype=np.int64)
    for i, care_type in enumerate(parameters.system.care_types):
        mine = parameters.form_of == i
        cumulative[..., mine] = np.cumsum(cumulative[..., mine], axis=-1)
        if isinstance(care_type.capacity, Providers):
            rule[i] = QUEUE_RULES[care_type.capacity.queue]
    return ProviderTables(parameters.form_of, rule, cumulative)


def over_stations(parameters: Parameters, in_care: Ints) -> Ints:
    """Youths in care at the start by station: providers by their places, or else by share.

    Args:
        in_care: by care type, shape (B, n).

    Returns:
        Whole numbers, shape (B, m).
    """
    if len(parameters.stations) == len(parameters.ids):
        return in_care
    room, share = places(parameters)[:, 0], _shares(parameters)[:, 0]
    parts = zip(in_care, room, share, strict=True)
    return np.array([_over_stations(parameters.form_of, *part) for part in parts])


def _over_stations(form_of: Ints, in_care: Ints, room: Floats, share: Floats) -> Ints:
    over = np.zeros(len(form_of), dtype=np.int64)
    for i, count in enumerate(in_care):
        mine = np.flatnonzero(form_of == i)
        known = np.isfinite(room[mine]).all() and room[mine].sum() > 0
        weights = room[mine] if known else share[mine]
        parts = count * weights / weights.sum()
        whole = np.floor(parts).astype(np.int64)
        rest = np.argsort(whole - parts, kind="stable")[: count - whole.sum()]
        whole[rest] += 1
        over[mine] = whole
    return over


def priorities(parameters: Parameters, plain: Parameters) -> Priorities | None:
    """Shares of the classes of priority; those at the start are a fact of the plain side."""
    system = parameters.system
    if not system.priorities:
        return None
    classes = [priority.id for priority in system.priorities]

    def of(side: Parameters, referrer: str) -> Floats:
        addresses = [f"referrers.{referrer}.priorities.{name}" for name in classes]
        share = np.stack([side.optional(address, 0.0) for address in addresses], axis=-1)
        total = share.sum(axis=-1, keepdims=True)
        return np.where(total > 0, share / np.where(total > 0, total, 1.0), 1.0 / len(classes))

    by_source = [of(parameters, referrer.id) for referrer in system.referrers]
    rates = np.stack([plain.values[f"referrers.{r.id}.rate"] for r in system.referrers], axis=1)
    total = rates.sum(axis=1, keepdims=True)
    mix = np.where(total > 0, rates / np.where(total > 0, total, 1.0), 1.0 / rates.shape[1])
    at_start = np.zeros((parameters.draws, len(classes)))
    for i, referrer in enumerate(system.referrers):
        at_start += mix[:, i, None] * of(plain, referrer.id)[:, 0]
    present = np.broadcast_to(at_start[:, None], by_source[0].shape)
    shares = np.stack([*by_source, present], axis=2)
    cumulative = np.cumsum(shares, axis=3)
    cumulative[..., -1] = 1.0
    return Priorities(cumulative)
