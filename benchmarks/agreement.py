"""Does everything simulate the same? Z-scores against queueing theory, and of all peers.

python -m benchmarks.agreement [--peers] [--runs 4]

Without `--peers` the kernel against theory: every comparison, then Little's law in every run. With
it the kernel and the libraries that are installed (`make bench` installs them) against the shared
reference of the benchmark models, all five years. salabim takes half a minute for a run of A;
it and Ciw, which slow down with the size of a model, simulate B at a tenth of its scale.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tests.agreement.theory import LITTLE, PARTS, Score, scores, summary, within_bounds
from vliegwiel.science.caresystem.workspace import Workspace
from vliegwiel.science.kernel import child_key

from . import programs
from .bench_models import BENCH, load
from .programs import Missing, Peer, Setting
from .references import Reference, of_lines

#: Runs of our kernel on a setting.
OURS = 200
#: Settings with the libraries that can be asked to simulate them five years.
SETTINGS: dict[Setting, tuple[Peer, ...]] = {
    Setting("a"): (programs.SIMPY, programs.CIMBA, programs.CIMBA_PLACES, programs.CIW,
                   programs.SALABIM, programs.SALABIM_YIELDS, programs.SIMMER_OWN),
    Setting("b"): (programs.SIMPY, programs.CIMBA, programs.CIMBA_PLACES, programs.SIMMER_OWN),
    Setting("b", scale=0.1): (programs.SIMPY, programs.CIMBA, programs.CIMBA_PLACES, programs.CIW,
                              programs.SALABIM, programs.SALABIM_YIELDS, programs.SIMMER_OWN),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """The scores of one library on one measure of one setting."""

    setting: Setting
    library: str
    runs: int
    measure: str
    z: NDArray[np.float64]

    def __str__(self) -> str:
        rms, beyond = math.sqrt(float(np.mean(self.z**2))), int((np.abs(self.z) > 2).sum())
        largest = float(self.z[np.argmax(np.abs(self.z))])
        where = f"{self.setting.model.upper()}, scale {self.setting.scale:g}"
        return (f"{where:16s}{self.library:26s}{self.runs:5d} {self.measure:10s}"
                f"{len(self.z):7d}{rms:8.2f}{beyond:9d}{largest:+9.2f}")  # fmt: skip


def of_all(runs: int) -> Iterator[Row]:
    """The scores of the kernel and of every library that is installed."""
    for setting, peers in SETTINGS.items():
        reference = Reference.of(setting.model, setting.scale)
        yield from _of_ours(setting, reference)
        for peer in peers:
            try:
                lines = [peer.line(setting, seed) for seed in range(1, runs + 1)]
            except Missing as why:
                print(f"skipped: {peer.name}: {why}")
                continue
            for measure in reference.measures:
                values = of_lines(lines, measure)
                # Those who would have left a queue at the end are not in it with this style.
                if values is None or (peer is programs.CIMBA_PLACES and measure == "reneges"):
                    continue
                yield Row(setting, peer.name, runs, measure, reference.z_scores(measure, values))


def _of_ours(setting: Setting, reference: Reference) -> Iterator[Row]:
    workspace = Workspace(load(setting.model, scale=setting.scale))
    runs = [workspace.simulate(int(child_key(11, 0, run))) for run in range(OURS)]
    for measure in reference.measures:
        z = reference.of_ours(runs, measure)
        if z is not None:
            yield Row(setting, "kernel", OURS, measure, z)


def peers(runs: int) -> None:
    """Print a line for each library and measure, and all together."""
    if not BENCH.is_dir():
        raise SystemExit(f"The benchmark models are not there: {BENCH} does not exist.")
    print(f"{'model':16s}{'library':26s}{'runs':>5s} {'measure':10s}{'scores':>7s}{'rms z':>8s}"
          f"{'beyond 2':>9s}{'largest':>9s}")  # fmt: skip
    every = []
    for row in of_all(runs):
        print(row, flush=True)
        every.append(row.z)
    z = np.concatenate(every)
    beyond, rms = int((np.abs(z) > 2).sum()), math.sqrt(float(np.mean(z * z)))
    print(f"{len(z)} scores: {beyond} beyond 2 ({100 * beyond / len(z):.1f} per cent), "
          f"largest {np.abs(z).max():.2f}, root mean square {rms:.2f}")  # fmt: skip


def theory() -> None:
    """Simulate every model of the agreement tests and print each comparison."""
    every: list[Score] = []
    print(f"{'model':42s}{'measure':28s}{'exact':>11s}{'simulated':>11s}{'error':>9s}{'z':>7s}")
    for part in PARTS:
        for s in scores(part):
            every.append(s)
            numbers = f"{s.exact:11.4f}{s.simulated:11.4f}{s.error:9.4f}{s.z:+7.2f}"
            print(f"{s.model:42s}{s.what:28s}{numbers}")
    print(summary(every))
    print(f"\n{'model':42s}{'measure':28s}{'at least':>11s}{'simulated':>11s}{'at most':>11s}")
    for b in within_bounds():
        print(f"{b.model:42s}{b.what:28s}{b.low:11.4f}{b.simulated:11.4f}{b.high:11.4f}")
    print(f"\nLittle's law in every run of {len(LITTLE)} models: largest relative difference "
          f"{max(LITTLE.values()):.1e}")  # fmt: skip


def main() -> None:
    """Print the table that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--peers", action="store_true", help="the libraries, not theory")
    parser.add_argument("--runs", type=int, default=4, help="runs of each library")
    arguments = parser.parse_args()
    if arguments.peers:
        peers(arguments.runs)
    else:
        theory()


if __name__ == "__main__":
    main()
