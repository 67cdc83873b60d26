"""The programs that are timed beside each other, and how one run of each is measured.

Every program simulates the same model over the same years at the same scale with its own random
numbers, and tells how many events that were and how long its run call took; starting the process,
importing, building the model and compiling are not in it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

from vliegwiel.science.caresystem.network import Network
from vliegwiel.science.caresystem.workspace import Workspace
from vliegwiel.science.kernel import child_key

from .bench_models import BENCH, load

PEERS = BENCH / "peers"
_APART = Path(__file__).resolve().parents[1] / ".venv-bench/bin/python"
#: The other libraries have an environment of their own, made by `make bench`.
PEER_PYTHON = str(_APART) if _APART.exists() else sys.executable
#: Our runs within one measurement: at least so long, one alone is too short to time.
LEAST_SECONDS = 0.4
#: A peer that takes longer is given up.
LONGEST_SECONDS = 900.0


@dataclass(frozen=True, slots=True)
class Setting:
    """A model, for how long, and how large; programs are compared on the same setting only."""

    model: str
    years: float = 5.0
    scale: float = 1.0

    def __str__(self) -> str:
        return f"{self.model.upper()}, {self.years:g} years, scale {self.scale:g}"


@dataclass(frozen=True, slots=True)
class Speed:
    """Events, and the seconds that they took: of the processor and on the clock."""

    events: int
    cpu_seconds: float
    seconds: float

    @property
    def by_processor(self) -> float:
        """Events a second of processor time: what a busy machine disturbs least."""
        return self.events / self.cpu_seconds

    @property
    def by_clock(self) -> float:
        """Events a second on the clock: what counts when there are several threads."""
        return self.events / self.seconds


class Missing(Exception):
    """A program is not installed or does not work here; the words say why."""


@dataclass(frozen=True)
class Peer:
    """Another library, by the command that simulates a benchmark model with it."""

    name: str
    command: tuple[str, ...]
    extra: tuple[str, ...] = ()

    def measure(self, setting: Setting, seed: int, *more: str) -> Speed:
        """One run in a process of its own.

        Raises:
            Missing: it is not installed, fails, or takes too long.
        """
        line = self.line(setting, seed, *more)
        return Speed(int(line["events"]), float(line["cpu_seconds"]), float(line["seconds"]))

    def line(self, setting: Setting, seed: int, *more: str) -> dict[str, float]:
        """The output line of one run, as the peers print it. Raises Missing as `measure`."""
        if shutil.which(self.command[0]) is None:
            raise Missing(f"{self.command[0]} is not installed")
        asked = {**asdict(setting), "seed": seed}
        words = [word for name, value in asked.items() for word in (f"--{name}", str(value))]
        try:
            done = subprocess.run(
                [*self.command, *self.extra, *words, *more],
                cwd=PEERS, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}, check=False,
                capture_output=True, text=True, timeout=LONGEST_SECONDS,
            )  # fmt: skip
        except subprocess.TimeoutExpired as late:
            raise Missing(f"takes longer than {LONGEST_SECONDS:.0f} s") from late
        if done.returncode:
            said = done.stderr.strip().splitlines() or ["it failed without a word"]
            raise Missing(said[-1])
        found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
        return found


def _python(name: str, program: str, *extra: str) -> Peer:
    return Peer(name, (PEER_PYTHON, f"{program}_model.py"), extra)


SIMPY = _python("SimPy", "simpy")
CIW = _python("Ciw", "ciw")
SALABIM = _python("salabim", "salabim")
SALABIM_YIELDS = _python("salabim, generators", "salabim", "--yields")
CIMBA = _python("Cimba, a fibre per youth", "cimba")
CIMBA_PLACES = _python("Cimba, a fibre per place", "cimba", "--style", "places")
SIMMER = Peer("simmer (R)", ("Rscript", "simmer_model.R"))
SIMMER_OWN = Peer("simmer (R), own waits", ("Rscript", "simmer_model.R"), ("--waits", "own"))


class Kernel:
    """Our kernel on one network; made once, as compiling and building are not part of a run."""

    def __init__(self, network: Network) -> None:
        # Youths present at time 0 count as one arrival and one start each.
        self._initial = 2 * int(network.in_care.sum())
        self._workspaces = [Workspace(network), Workspace(network)]
        for workspace in self._workspaces:
            workspace.simulate(1)
        begin = time.perf_counter()
        self._workspaces[0].simulate(2)
        self.runs = max(4, round(LEAST_SECONDS / (time.perf_counter() - begin)))

    @classmethod
    def on(cls, setting: Setting) -> Kernel:
        """The kernel on a benchmark model."""
        return cls(load(setting.model, years=setting.years, scale=setting.scale))

    def measure(self, seed: int) -> Speed:
        """Some runs on one thread."""
        cpu, clock = time.process_time(), time.perf_counter()
        events = self._simulate(0, range(self.runs), seed)
        return Speed(events, time.process_time() - cpu, time.perf_counter() - clock)

    def on_two_threads(self, seed: int) -> Speed:
        """Twice as many runs on two threads, each handed to who is free, as an ensemble does."""
        cpu, clock = time.process_time(), time.perf_counter()
        runs = iter(range(2 * self.runs))
        with ThreadPoolExecutor(max_workers=2) as pool:
            parts = [pool.submit(self._simulate, k, runs, seed) for k in (0, 1)]
            events = sum(part.result() for part in parts)
        return Speed(events, time.process_time() - cpu, time.perf_counter() - clock)

    def _simulate(self, which: int, runs: Iterable[int], seed: int) -> int:
        workspace = self._workspaces[which]
        return sum(
            workspace.simulate(int(child_key(seed, 0, run))).events + self._initial for run in runs
        )
