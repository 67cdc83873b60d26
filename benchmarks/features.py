"""What the features beyond the plain cost: model B plain, in the full kernel, and with all of them.

python -m benchmarks.features [--rounds 20]

Events a second of processor time, the three in turn in each round. The full kernel without any
feature simulates the same lives as the plain one; with every feature it is another model.
"""

from __future__ import annotations

import argparse
import statistics
import time
from dataclasses import replace

import numpy as np

from vliegwiel.science.caresystem._draws import OBSERVED
from vliegwiel.science.caresystem._layout import CHOOSES
from vliegwiel.science.caresystem.choices import choice
from vliegwiel.science.caresystem.features import (
    Ages,
    Budgets,
    Features,
    Outcomes,
    Priorities,
    Providers,
    observed,
)
from vliegwiel.science.caresystem.network import Network
from vliegwiel.science.caresystem.workspace import Workspace
from vliegwiel.science.kernel import child_key

from .bench_models import BENCH, load

#: Runs of each in a round.
RUNS = 5
_YEAR = 365.25


def in_full_kernel(network: Network) -> Network:
    """The same network with one class of priority for all, which changes nothing."""
    one = Priorities(np.ones((1, len(network.candidates) + 1, 1)))
    return replace(network, features=Features(priorities=one))


def with_everything(network: Network) -> Network:
    """Two providers with a budget for each care type, classes, ages, success, observed stays."""
    n, months = network.types, len(network.month_ends)
    origins = len(network.candidates)
    years = np.minimum(np.arange(1, 31) / 18, 1.0)
    flows = np.tile(np.diff(network.following.reference, axis=1, prepend=0.0), (2, 1))
    ways_out = np.zeros((n, n + 2))
    ways_out[:, 1], ways_out[:, -1] = 0.2, 0.8
    points = [0.0, 0.25, 0.5, 0.75, 0.9, 1.0], [0.0, 0.2, 0.6, 1.2, 2.5, 4.5]
    return replace(
        network,
        places=_halves(network.places),
        in_care=_halves(network.in_care[None])[0],
        leave_to=np.full(n, CHOOSES),
        shape=np.full(n, OBSERVED),
        features=Features(
            providers=Providers(
                np.repeat(np.arange(n), 2), np.arange(n) % 3, np.tile([0.5, 1.0], n)[None]
            ),
            budgets=Budgets(
                np.full((months, 2 * n), 1e7), (np.arange(months) % 12 == 0).astype(np.int64),
                np.full((months, 1, n), 50.0), np.full((months, 1, n), 100.0),
            ),
            priorities=Priorities(np.tile([0.1, 0.4, 1.0], (1, origins + 1, 1))),
            ages=Ages(
                np.tile(years, (origins + n + 1, 1)), np.full((1, n), 18 * _YEAR),
                np.full(3, 17 * _YEAR), np.full(3, 18 * _YEAR),
            ),
            outcomes=Outcomes(np.full((1, n), 0.8), choice(flows, flows[None]), np.array([0.3])),
            leaving=choice(ways_out, ways_out[None]),
            observed=observed([points[0]] * n, [points[1]] * n),
        ),
    )  # fmt: skip


def _halves(numbers: np.ndarray) -> np.ndarray:
    """Each number shared out over two providers, the first with the odd one."""
    pairs = np.stack([numbers - numbers // 2, numbers // 2], axis=-1)
    return pairs.reshape(len(numbers), -1)


def main() -> None:
    """Time the three in turn and print medians and ratios within rounds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=20)
    arguments = parser.parse_args()
    if not BENCH.is_dir():
        raise SystemExit(f"The benchmark models are not there: {BENCH} does not exist.")
    network = load("b")
    made = {
        "plain": Workspace(network),
        "full kernel": Workspace(in_full_kernel(network)),
        "every feature": Workspace(with_everything(network)),
    }
    speeds: dict[str, list[float]] = {name: [] for name in made}
    for workspace in made.values():
        workspace.simulate(1)
    for _ in range(arguments.rounds):
        for name, workspace in made.items():
            begin = time.process_time()
            events = sum(workspace.simulate(int(child_key(1, 0, r))).events for r in range(RUNS))
            speeds[name].append(events / (time.process_time() - begin))
    for name, found in speeds.items():
        ratios = [one / plain for one, plain in zip(found, speeds["plain"], strict=True)]
        print(f"{name:15s}{statistics.median(found):14,.0f} events/s, "
              f"{statistics.median(ratios):.2f} of plain")  # fmt: skip


if __name__ == "__main__":
    main()
