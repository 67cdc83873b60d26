"""The tables of the kernel's header for a network: its numbers as the kernel reads them."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from ._layout import PARAMETER
from .elapsed import elapsed_tables
from .features import as_tables, feature_tables
from .network import Network
from .ziggurat import exponential_layers, normal_layers

Floats = NDArray[np.float64]


@cache
def _layers() -> tuple[Floats, Floats]:
    return exponential_layers(), normal_layers()


def network_tables(network: Network) -> dict[str, NDArray[np.generic]]:
    """The network's tables under their names in the header, contiguous."""
    days = round(network.horizon)
    month_of_day = np.searchsorted(network.month_ends, np.arange(days), side="right")
    exponential, normal = _layers()
    floats = {
        "exponential_layers": exponential, "normal_layers": normal,
        "month_ends": network.month_ends, "candidates": network.candidates,
        "return_mean": network.return_mean,
        **elapsed_tables(network.waited, network.in_care_since, network.waiting_span),
    }  # fmt: skip
    chances = {
        "group_cum": network.groups, "start_groups": network.start_groups,
        "accept": network.accept, "return_probability": network.return_probability,
    }  # fmt: skip
    for name, made in (
        ("destination", network.destination),
        ("following", network.following),
        ("back", network.back),
    ):
        chances[f"{name}_reference"] = made.reference
        floats[f"{name}_keep"] = made.keep
        floats[f"{name}_change"] = made.change
    integers = {
        "row": network.row, "places": network.places, "in_care_start": network.in_care,
        "waiting_start": network.waiting,
    }  # fmt: skip
    tables = as_tables(floats, integers, chances)
    tables["month_of_day"] = np.ascontiguousarray(month_of_day, dtype=np.int32)
    months, groups = network.row.shape
    tables |= feature_tables(
        network.features, rows=len(network.stay_mean), months=months, groups=groups,
        kinds=network.types, stations=network.stations,
    )  # fmt: skip
    tables["parameters"] = _parameters(network, tables.pop("until_days"), tables.pop("success"))
    return tables


def _parameters(
    network: Network, until_days: NDArray[np.generic], success: NDArray[np.generic]
) -> Floats:
    """What is asked together lies together: by row and care type, shape (R, n, parameters)."""
    table = np.empty((len(network.stay_mean), network.types, len(PARAMETER)))
    whole = table.view(np.int64)
    of = PARAMETER.index
    for name in PARAMETER[: of("until_days")]:
        table[..., of(name)] = getattr(network, name)
    table[..., of("until_days")], table[..., of("success")] = until_days, success
    whole[..., of("shape")], whole[..., of("leave_to")] = network.shape, network.leave_to
    return table
