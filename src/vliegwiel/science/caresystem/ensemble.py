"""Many replications of a baseline and a scenario, in pieces that can be done anywhere and merged.

A replication draws every assumed number once (PERT), compiles both arms with it, and simulates both
with the random numbers of that replication. The bands over replications therefore hold chance as
well as what is not known. A piece depends on the plan and its replication numbers alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vliegwiel.science import kernel
from vliegwiel.science.kernel import child_key, in_order, pack, source_hash, unpack

from .assumed_draws import assumed_draws
from .compiling import Arm, compile_arms, compile_many
from .derivation import Derivations
from .document import document_hash
from .frames import Frame, frame
from .measuring import Replication, Values32, keep, measure_sums
from .model import CareSystem
from .provenance import derivations
from .scenario import Scenario, extended
from .spans import Spans, spans
from .stations import is_limited
from .workspace import Workspace

Floats = NDArray[np.float64]

#: Where the code stands that makes the numbers.
_CODE = (Path(str(kernel.__file__)).parent, Path(__file__).parent)
#: The arrays of a replication that a chunk holds.
ARRAYS = ("measured", "discrepancies", "by_station", "waits", "flows", "by_municipality")
#: Replications that are compiled together: more would hardly be faster, and take more memory.
_TOGETHER = 50
_LARGEST_SEED = 2**63 - 1
_LARGEST_STREAM = 999


@dataclass(frozen=True)
class ForecastPlan:
    """What is to be simulated; equal plans give equal numbers anywhere.

    Attributes:
        scenario: None for the baseline alone.
        months: length of the forecast from the start of the care system, 1 to 240. Months of
            warm-up, when the system asks for them, come before.
        replications: how many, 1 to 100,000.
        seed: 0 to 2**63 - 1.
        by_municipality: whether youths are counted by municipality as well. It takes more memory,
            and youths are divided over municipalities by other random numbers than over groups.
        stream: 0 to 999; which chance this is. Plans with the same seed and another stream draw the
            assumed numbers alike, as far as their addresses agree, and the fates of youths apart.

    Raises:
        ValueError: when a number lies outside these bounds.
    """

    system: CareSystem
    scenario: Scenario | None = None
    months: int = 60
    replications: int = 200
    seed: int = 1
    by_municipality: bool = False
    stream: int = 0

    def __post_init__(self) -> None:
        for name, value, high in (
            ("months", self.months, 240),
            ("replications", self.replications, 100_000),
        ):
            if not 1 <= value <= high:
                raise ValueError(f"{name} must lie between 1 and {high}, not {value}")
        if not 0 <= self.seed <= _LARGEST_SEED:
            raise ValueError(f"the seed must lie between 0 and {_LARGEST_SEED}")
        if not 0 <= self.stream <= _LARGEST_STREAM:
            raise ValueError(f"the stream must lie between 0 and {_LARGEST_STREAM}")

    @cached_property
    def hash(self) -> str:
        """SHA-256 of everything that decides the numbers, apart from the number of replications."""
        parts = [
            source_hash(*_CODE), self.system_hash, self.scenario_hash,
            self.months, self.seed, self.by_municipality, self.stream,
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    @cached_property
    def system_hash(self) -> str:
        """Hash of the document of the care system."""
        return document_hash(self.system)

    @cached_property
    def scenario_hash(self) -> str | None:
        """Hash of the document of the scenario, None without one."""
        return document_hash(self.scenario) if self.scenario is not None else None

    @cached_property
    def whole(self) -> CareSystem:
        """The care system with the new care types of the scenario in it."""
        return extended(self.system, self.scenario)

    @cached_property
    def frame(self) -> Frame:
        """Months, groups of municipalities and exposures."""
        return frame(self.system, self.scenario, self.months, self.by_municipality)

    @cached_property
    def spans(self) -> Spans:
        """The months that are taken together: calendar years, and the last period."""
        return spans(self.frame.told)

    @cached_property
    def limited(self) -> NDArray[np.bool_]:
        """Which care types have a limit on places."""
        return np.array([is_limited(care) for care in self.whole.care_types])

    @cached_property
    def unknown(self) -> dict[str, NDArray[np.bool_]]:
        """Measure -> care types of which the model cannot tell it."""
        care_types = self.whole.care_types
        return {
            "aged_out": np.full(len(care_types), self.whole.ages is None),
            "succeeded": np.array([care.success is None for care in care_types]),
        }

    @cached_property
    def derivations(self) -> Derivations:
        """The assumed ranges and the formulas that depend on them."""
        return derivations(self.system, self.scenario)

    def key(self, replication: int) -> int:
        """Key of the random numbers of a replication."""
        return int(child_key(self.seed, self.stream, replication))

    def draws(self, replication: int) -> dict[str, float]:
        """The assumed numbers of a replication, by address."""
        return {name: float(values[0]) for name, values in self.draws_of([replication]).items()}

    def draws_of(self, replications: Sequence[int]) -> dict[str, Floats]:
        """The assumed numbers of some replications, by address, of shape (replications,)."""
        keys = [int(child_key(self.seed, 0, number)) for number in replications]  # of any stream
        return assumed_draws(self.derivations.ranges, keys)

    def simulate(self, replication: int, draws: Mapping[str, float]) -> Replication:
        """Simulate both arms with the given assumed numbers."""
        return self.simulate_alike([replication], draws)[0]

    def simulate_alike(
        self, replications: Sequence[int], draws: Mapping[str, float]
    ) -> list[Replication]:
        """Simulate both arms of some replications, all with the same assumed numbers."""
        ready = _ready(arms_of(self, draws))
        return [self._simulated(replication, ready) for replication in replications]

    def simulate_many(self, replications: Sequence[int]) -> list[Replication]:
        """Simulate both arms of some replications, each with the assumed numbers that it draws.

        Drawing and compiling them together takes a fraction of the time of one by one.
        """
        if not self.derivations.ranges:  # nothing is assumed
            return self.simulate_alike(replications, {})
        values = self.derivations.values_of_many(self.draws_of(replications), len(replications))
        compiled = compile_many(self.system, self.scenario, self.frame, values)
        both = zip(replications, compiled, strict=True)
        return [self._simulated(number, _ready(_there(arms))) for number, arms in both]

    def _simulated(self, replication: int, ready: Sequence[tuple[Arm, Workspace]]) -> Replication:
        key = self.key(replication)
        counted = [
            (arm, workspace.simulate(key, room=room)) for room, (arm, workspace) in enumerate(ready)
        ]
        municipal = self.frame if self.by_municipality else None
        return keep(counted, self.limited, self.spans, municipal, self.frame.warm_up)


def arms_of(plan: ForecastPlan, draws: Mapping[str, float]) -> tuple[Arm, ...]:
    """The arms that there are, the baseline first, with the given assumed numbers."""
    values = plan.derivations.values(draws)
    return _there(compile_arms(plan.system, plan.scenario, plan.frame, values))


def counted(
    plan: ForecastPlan, arm: Arm, replications: Sequence[int], names: tuple[str, ...]
) -> Values32:
    """Simulate one arm and keep only some of MEASURED, which must be sums over a month.

    Shape (replications, names, months, care types); the numbers of a :class:`Replication`.
    """
    workspace = Workspace(arm.network)
    return np.stack([
        measure_sums(workspace.simulate(plan.key(number), room=0), names)[:, plan.frame.warm_up :]
        for number in replications
    ])  # fmt: skip


def _there(arms: tuple[Arm, Arm | None]) -> tuple[Arm, ...]:
    return tuple(arm for arm in arms if arm is not None)


def _ready(arms: Sequence[Arm]) -> list[tuple[Arm, Workspace]]:
    """Each arm with what it takes to simulate it."""
    return [(arm, Workspace(arm.network)) for arm in arms]


@dataclass(frozen=True)
class Chunk:
    """The results of replications ``first`` up to, not including, ``last`` of a plan.

    The arrays are those of :class:`.measuring.Replication`, with the replications before the arms.
    """

    plan_hash: str
    first: int
    last: int
    measured: Values32
    discrepancies: Floats
    by_station: Values32
    waits: Values32
    flows: NDArray[np.int32]
    by_municipality: Values32

    def to_bytes(self, *, compressed: bool = True) -> bytes:
        """Bytes to store until all chunks are there, with a check sum.

        Compressed they take a third of the room, and as much time as a tenth of the simulation.
        """
        return pack(
            compressed=compressed,
            plan=np.array(self.plan_hash),
            span=np.array([self.first, self.last]),
            **{name: getattr(self, name) for name in ARRAYS},
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> Chunk:
        """The chunk that :meth:`to_bytes` wrote.

        Raises:
            ValueError: when the bytes are not those of a chunk.
        """
        plan, span, *arrays = unpack(data, "plan", "span", *ARRAYS)
        return cls(
            plan_hash=str(plan),
            first=int(span[0]),
            last=int(span[1]),
            **dict(zip(ARRAYS, arrays, strict=True)),  # type: ignore[arg-type]
        )


def run_chunk(plan: ForecastPlan, first: int, last: int, threads: int = 1) -> Chunk:
    """Simulate replications ``first`` up to, not including, ``last``.

    Args:
        threads: how many replications at once; the result is the same whatever the number.

    Raises:
        ValueError: when the span is empty or reaches outside the plan.
    """
    if not 0 <= first < last <= plan.replications:
        raise ValueError(f"no replications {first} to {last} in a plan of {plan.replications}")

    size = min(_TOGETHER, -(-(last - first) // max(1, threads)))
    spans = [range(at, min(at + size, last)) for at in range(first, last, size)]
    done = [made for part in in_order(plan.simulate_many, spans, threads) for made in part]
    return Chunk(
        plan_hash=plan.hash,
        first=first,
        last=last,
        **{name: np.stack([getattr(one, name) for one in done]) for name in ARRAYS},
    )
