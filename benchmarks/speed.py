"""Our kernel beside other libraries and beside C on the shared benchmark models, in turn.

python -m benchmarks.speed [--rounds 5] [--brief]

In each round every program runs once; ratios are taken within the round. Salabim simulates
part of the time only: its speed is that of the months after the first, which go faster than the
rest because nobody waits yet. Ciw, whose speed falls with every youth that it has seen, simulates
all of it, once.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from vliegwiel.science.caresystem.network import Network

from . import programs
from .bench_models import BENCH, load
from .c_reference import Program
from .features import in_full_kernel, with_everything
from .findings import Finding, as_table, ratios
from .programs import Kernel, Missing, Peer, Setting

Say = Callable[[str], None]


@dataclass(frozen=True)
class Contest:
    """Programs on one setting, with the goal for each; ours is timed on the setting itself.

    Slow ones go by `years` instead of those of the setting, the first `skipped` of which are left
    out, in `part` of the rounds.
    """

    setting: Setting
    goals: Mapping[Peer, float | None]
    years: float | None = None
    skipped: float = 0.0
    part: float = 1.0

    def speed_of(self, peer: Peer, seed: int) -> float:
        """Events a second of processor time of one run. Raises Missing."""
        if self.years is None:
            return peer.measure(self.setting, seed).by_processor
        whole = peer.measure(replace(self.setting, years=self.years), seed)
        first = peer.measure(replace(self.setting, years=self.skipped), seed)
        return (whole.events - first.events) / (whole.cpu_seconds - first.cpu_seconds)


CONTESTS = (
    Contest(
        Setting("b"),
        {
            programs.SIMPY: 400.0, programs.SIMMER: None, programs.SIMMER_OWN: 300.0,
            programs.CIMBA: None, programs.CIMBA_PLACES: 30.0,
        },
    ),
    Contest(
        Setting("b"),
        {programs.CIW: 20_000.0},
        part=0.2,  # five minutes each; the first months alone go four times as fast as the rest
    ),
    Contest(
        Setting("b"),
        {programs.SALABIM: None, programs.SALABIM_YIELDS: None},
        years=0.4,
        skipped=0.1,
        part=0.4,
    ),
    Contest(
        Setting("a"),
        {
            programs.SIMPY: 250.0, programs.CIW: 400.0, programs.SIMMER: None,
            programs.SIMMER_OWN: None, programs.CIMBA: None, programs.CIMBA_PLACES: 15.0,
        },
    ),
    Contest(
        Setting("a"),
        {programs.SALABIM: None, programs.SALABIM_YIELDS: None},
        years=0.4,
        skipped=0.1,
        part=0.4,
    ),
)  # fmt: skip
#: Replications of an ensemble of Cimba on two threads, enough to share out setting up.
ENSEMBLE = 40
ENSEMBLE_GOALS = {programs.CIMBA: None, programs.CIMBA_PLACES: 20.0}


def against_peers(rounds: int, contests: tuple[Contest, ...], say: Say) -> Iterator[Finding]:
    """Ratios of events a second of processor time, single runs on one thread."""
    for contest in contests:
        kernel, speeds = Kernel.on(contest.setting), {peer: [] for peer in contest.goals}
        ours: dict[Peer, list[float]] = {peer: [] for peer in contest.goals}
        missing: dict[Peer, str] = {}
        for turn in range(1, max(1, round(rounds * contest.part)) + 1):
            own = kernel.measure(turn).by_processor
            for peer in contest.goals:
                if peer in missing:
                    continue
                try:
                    speeds[peer].append(contest.speed_of(peer, turn))
                    ours[peer].append(own)
                except Missing as why:
                    missing[peer] = str(why)
                    say(f"skipped: {peer.name}: {why}")
            last = [f"{p.name} {v[-1]:,.0f}" for p, v in speeds.items() if v]
            say(f"{contest.setting}, round {turn}: kernel {own:,.0f}, {', '.join(last)} events/s")
        for peer, goal in contest.goals.items():
            note = "" if contest.years is None else f"its first {contest.years:g} years"
            note = f"skipped: {missing[peer]}" if peer in missing else note
            what = f"{contest.setting}: against {peer.name}"
            yield Finding(what, ratios(ours[peer], speeds[peer]), goal=goal, note=note)


def ensembles(rounds: int, say: Say) -> Iterator[Finding]:
    """Many replications in one process on two threads, on the clock."""
    for model in ("b", "a"):
        setting = Setting(model)
        kernel = Kernel.on(setting)
        for peer, goal in ENSEMBLE_GOALS.items():
            found, note = [], ""
            for turn in range(1, rounds + 1):
                try:
                    line = peer.measure(
                        setting, turn, "--replications", str(ENSEMBLE), "--workers", "2"
                    )
                except Missing as why:
                    note = f"skipped: {why}"
                    break
                found.append(kernel.on_two_threads(turn).by_clock / line.by_clock)
                say(f"{setting}, ensembles on 2 threads, round {turn}: {found[-1]:.1f} x")
            wanted = goal if model == "b" else None
            what = f"{setting}, ensembles on 2 threads: against {peer.name}"
            yield Finding(what, tuple(found), goal=wanted, note=note)


def against_c(rounds: int, say: Say) -> Iterator[Finding]:
    """Our kernel over the same model in C: with the numbers that C would draw, and with ours."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            programs = {
                "numbers in sequence": Program(Path(folder)),
                "shared fates": Program(Path(folder), shared_fates=True),
            }
        except RuntimeError as problem:
            yield Finding("against C (-O3)", (), goal=0.8, note=f"skipped: {problem}")
            return
        for model in ("b", "a"):
            kernel = Kernel.on(Setting(model))
            found: dict[str, list[float]] = {name: [] for name in programs}
            for turn in range(1, rounds + 1):
                ours = kernel.measure(turn).by_processor
                for name, program in programs.items():
                    done = program.run(model, runs=kernel.runs, seed=turn)
                    found[name].append(ours / done.speed)
                ratios = ", ".join(f"{name} {each[-1]:.2f} x" for name, each in found.items())
                say(f"{model.upper()}, C, round {turn}: {ratios}")
            goal = 0.8 if model == "b" else None
            for name, ratios_of in found.items():
                what = f"{Setting(model)}: against C (-O3), {name}"
                yield Finding(what, tuple(ratios_of), goal=goal)


def second_core(rounds: int, say: Say) -> Iterator[Finding]:
    """What a second thread adds, on the clock, for the kernel alone."""
    kernel = Kernel.on(Setting("b"))
    found = []
    for turn in range(1, rounds + 1):
        one, two = kernel.measure(turn).by_clock, kernel.on_two_threads(turn).by_clock
        found.append(two / one)
        say(f"second core, round {turn}: {found[-1]:.2f} x")
    yield Finding("B: two threads over one", tuple(found), goal=1.9)


def features(rounds: int, say: Say) -> Iterator[Finding]:
    """The kernel with every feature at once over the plain one."""
    plain = load("b")
    made: dict[str, Network] = {
        "in the full kernel, nothing used": in_full_kernel(plain),
        "every feature at once": with_everything(plain),
    }
    timed = {name: Kernel(network) for name, network in made.items()}
    base, found = Kernel(plain), {name: [] for name in made}
    for turn in range(1, rounds + 1):
        own = base.measure(turn).by_processor
        for name, kernel in timed.items():
            found[name].append(kernel.measure(turn).by_processor / own)
        say(f"features, round {turn}: " + ", ".join(f"{v[-1]:.2f}" for v in found.values()))
    for name, values in found.items():
        goal = 1 / 3 if name.startswith("every") else None
        yield Finding(f"B: {name}, over plain", tuple(values), goal=goal)


def measured(rounds: int, say: Say, *, brief: bool = False) -> Iterator[Finding]:
    """All of the above; brief: without the slow libraries."""
    contests = tuple(c for c in CONTESTS if c.part == 1.0) if brief else CONTESTS
    yield from against_peers(rounds, contests, say)
    yield from ensembles(max(2, rounds // 2), say)
    yield from against_c(rounds, say)
    yield from second_core(rounds, say)
    yield from features(rounds, say)


def main() -> None:
    """Time all in turn and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--brief", action="store_true", help="without the slow libraries")
    arguments = parser.parse_args()
    if not BENCH.is_dir():
        raise SystemExit(f"The benchmark models are not there: {BENCH} does not exist.")
    print(as_table(list(measured(arguments.rounds, print, brief=arguments.brief))))


if __name__ == "__main__":
    main()
