"""Models A and B of the shared speed benchmark as networks of the kernel."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vliegwiel.science.caresystem._layout import LEAVES
from vliegwiel.science.caresystem.choices import choice
from vliegwiel.science.caresystem.network import (
    SHAPES,
    UNLIMITED,
    Network,
    shape_parameters,
)
from vliegwiel.science.caresystem.waits import wait_quantiles

#: The benchmark lies beside the repository, where it is shared with other programs.
BENCH = Path(__file__).resolve().parents[2] / "shared" / "bench"


def load(name: str, *, years: float | None = None, scale: float = 1.0) -> Network:
    """The benchmark model ``a`` or ``b`` at a scale (rates, places and initial youths)."""
    model = json.loads((BENCH / f"model_{name}.json").read_text(encoding="utf-8"))
    return network_of(model, years=years, scale=scale)


def scaled(number: int, scale: float) -> int:
    """A number of youths or places at a scale: rounded half up, at least 1 where not 0."""
    return max(1, math.floor(number * scale + 0.5)) if number else 0


def network_of(model: dict[str, Any], *, years: float | None, scale: float) -> Network:
    """A benchmark model as a network; months are twelfths of a year, rounded to whole days."""
    nodes, sources = model["nodes"], model["sources"]
    n, count = len(nodes), len(sources)
    days = model["year_days"] * (model["horizon_years"] if years is None else years)
    months = max(1, round(days * 12 / model["year_days"]))
    month_ends = np.round(np.arange(1, months + 1) * days / months)
    services = [node["service"] for node in nodes]
    shapes = np.array([SHAPES[s["distribution"]] for s in services], dtype=np.int64)
    means = [math.exp(s["mu"] + s["sigma"] ** 2 / 2) if "mu" in s else s["mean"] for s in services]
    cvs = [math.sqrt(math.expm1(s["sigma"] ** 2)) if "sigma" in s else 1.0 for s in services]
    parameters = [shape_parameters(int(shapes[i]), cvs[i]) for i in range(n)]
    routing = np.array(model["routing"])
    following = np.column_stack([routing, np.zeros(n), 1 - routing.sum(axis=1)])
    reentry = model["reentry"] or {
        "probability": 0.0, "delay_mean": 1.0, "destination": [1.0] + [0.0] * (n - 1),
    }  # fmt: skip
    destination = np.array([[*s["destination"], 0.0] for s in sources])
    back = np.array([[*reentry["destination"], 0.0]])
    rates = np.array([s["rate_per_day"] * scale for s in sources])
    places = [UNLIMITED if v["places"] is None else scaled(v["places"], scale) for v in nodes]
    initial = np.array([scaled(v["initial"], scale) for v in nodes])
    in_care = np.minimum(initial, places)
    return Network(
        names=tuple(node["name"] for node in nodes),
        month_ends=month_ends,
        row=np.zeros((months, 1), dtype=np.int64),
        candidates=np.repeat(rates[:, None], months, axis=1),
        groups=np.ones((count, months, 1)),
        accept=np.ones((count, months, 1)),
        destination=choice(destination, destination[None]),
        shape=shapes,
        stay_mean=np.array([means]),
        stay_a=np.array([[a for a, _ in parameters]]),
        stay_b=np.array([[b for _, b in parameters]]),
        extension_probability=np.zeros((1, n)),
        extension_mean=np.ones((1, n)),
        patience_mean=np.array([[v["patience_mean"] or math.inf for v in nodes]]),
        leave_to=np.full(n, LEAVES, dtype=np.int64),
        following=choice(following, following[None]),
        return_probability=np.array([reentry["probability"]]),
        return_mean=np.array([reentry["delay_mean"]]),
        back=choice(back, back[None]),
        places=np.repeat(np.array([places], dtype=np.int64), months, axis=0),
        in_care=in_care,
        waiting=initial - in_care,
        start_groups=np.ones(1),
        waiting_span=np.zeros(n),
        fresh=True,
        waits_from=float(model["warmup_days"]),
    )


def wait_quantile(histogram: NDArray[np.int32], q: float) -> float:
    """A quantile of the waits in a histogram of the kernel, evenly spread within its bin; days."""
    return float(wait_quantiles(histogram, [q])[0])
