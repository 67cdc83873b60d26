"""A forecast as pieces of work: what they are, how each is done, and how they become one result.

The number of pieces and what is in them follow from the question alone, never from who does them.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import Self

from vliegwiel.science.caresystem import (
    CANDIDATES,
    CareSystem,
    Chunk,
    Forecast,
    ForecastPlan,
    Precision,
    Scenario,
    Sensitivity,
    SensitivityChunk,
    SensitivityPlan,
    WaitingChunk,
    WaitingPlan,
    half_width,
    kept_chunks,
    looks,
    precision_check,
    read_care_system,
    read_scenario,
    run_chunk,
    run_sensitivity,
    run_waiting,
    screen,
    summarise,
    summarise_sensitivity,
    summarise_waiting,
)

OUTCOME_SCHEMA = "vliegwiel.outcome/1"
PREPARING = "preparing"
FORECAST = "forecast"
SENSITIVITY = "sensitivity"
QUEUE = "queue"
SUMMARISING = "summarising"

#: Parts of a piece: well under a second of work, so that cancelling is quick.
REPLICATIONS_PER_PIECE = 10
SENSITIVITIES_PER_PIECE = 4
FOLLOWED_PER_PIECE = 20
#: Replications at each end of a range. Few are enough: both ends share the fates of youths.
SENSITIVITY_REPLICATIONS = 10
#: How often each youth who waits today is followed.
FOLLOWED = 100

#: What the pieces of each kind are kept as; each knows the plan that it was made for.
_KEPT: Mapping[str, type[Chunk] | type[SensitivityChunk] | type[WaitingChunk]] = {
    FORECAST: Chunk,
    QUEUE: WaitingChunk,
    SENSITIVITY: SensitivityChunk,
}

Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run brings: the forecast, and which assumptions matter most for it."""

    forecast: Forecast
    sensitivity: Sensitivity

    def to_json(self) -> str:
        """As one JSON document; `from_json` gives an equal outcome."""
        parts = {
            "schema": OUTCOME_SCHEMA,
            "forecast": json.loads(self.forecast.to_json()),
            "sensitivity": json.loads(self.sensitivity.to_json()),
        }
        return json.dumps(parts, ensure_ascii=False, allow_nan=False)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Reads what `to_json` wrote. Raises ValueError when it is something else."""
        parts = json.loads(text)
        if not isinstance(parts, dict) or parts.get("schema") != OUTCOME_SCHEMA:
            raise ValueError(f"this is not a {OUTCOME_SCHEMA}")
        return cls(
            Forecast.from_json(json.dumps(parts["forecast"])),
            Sensitivity.from_json(json.dumps(parts["sensitivity"])),
        )


@dataclass(frozen=True, slots=True)
class Piece:
    """Part `index` of a kind of work: numbers `first` up to, not including, `last`.

    `work` is how many replications of a simulation it takes.
    """

    kind: str
    index: int
    first: int
    last: int
    work: int

    @property
    def key(self) -> Key:
        return self.kind, self.index


@dataclass(frozen=True)
class Work:
    """All pieces of a run; with a precision those of the most replications that it may take."""

    plan: ForecastPlan
    threads: int
    precision: Precision | None = None
    # Made once: the screening reads all replications, and what two pieces share is simulated once.
    _screened: list[SensitivityPlan] = field(default_factory=list, repr=False, compare=False)
    _widths: dict[int, float] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def pieces(self) -> Sequence[Piece]:
        """The forecast first: its replications tell which assumptions are worth trying."""
        ends = 1 + 2 * min(CANDIDATES, len(self.plan.derivations.ranges))
        return [
            *_cut(FORECAST, self._looks, REPLICATIONS_PER_PIECE, 1),
            *_cut(QUEUE, (FOLLOWED,), FOLLOWED_PER_PIECE, 1),
            *_cut(SENSITIVITY, (ends,), SENSITIVITIES_PER_PIECE, SENSITIVITY_REPLICATIONS),
        ]

    @cached_property
    def _looks(self) -> Sequence[int]:
        """The numbers of replications after which the work may stop; the last is the most."""
        most = self.plan.replications
        return (most,) if self.precision is None else tuple(looks(self.precision, most))

    @cached_property
    def _replications(self) -> Sequence[Piece]:
        return [piece for piece in self.pieces if piece.kind == FORECAST]

    def is_needed(self, piece: Piece, made: Mapping[Key, bytes]) -> bool:
        """Whether a piece is still wanted: not a replication beyond those that were enough."""
        return piece.kind != FORECAST or piece.first < self.wanted(made)

    def wanted(self, made: Mapping[Key, bytes]) -> int:
        """Replications that are wanted, as far as those that are there can tell."""
        if self.precision is not None:
            for look in self._looks[:-1]:
                if any(p.last <= look and p.key not in made for p in self._replications):
                    return look
                if self._width(look, made, self.precision) <= self.precision.half_width:
                    return look
        return self.plan.replications

    def _width(self, look: int, made: Mapping[Key, bytes], asked: Precision) -> float:
        """How well it is known after so many replications; looked at once."""
        if look not in self._widths:
            plan = replace(self.plan, replications=look)
            with self._chunks(look, made) as chunks:
                self._widths[look] = half_width(plan, chunks, asked)
        return self._widths[look]

    def chunks(self, made: Mapping[Key, bytes]) -> Iterator[Chunk]:
        """The replications of the outcome, one piece in memory after another."""
        wanted = self.wanted(made)
        for piece in self._replications:
            if piece.last <= wanted:
                yield Chunk.from_bytes(made[piece.key])

    @cached_property
    def total(self) -> int:
        return sum(piece.work for piece in self.pieces)

    def fits(self, piece: Piece, data: bytes) -> bool:
        """Whether kept bytes are this piece, made by this code for this question, and whole."""
        try:
            kept = _KEPT[piece.kind].from_bytes(data)
        except ValueError:
            return False
        same_plan = kept.plan_hash.partition(":")[0] == self.plan.hash
        return same_plan and (kept.first, kept.last) == (piece.first, piece.last)

    def compute(self, piece: Piece, made: Mapping[Key, bytes]) -> bytes:
        """Does one piece; `made` holds all pieces before it."""
        if piece.kind == FORECAST:
            return run_chunk(self.plan, piece.first, piece.last, self.threads).to_bytes()
        if piece.kind == QUEUE:
            queue = self._waiting_plan
            return run_waiting(queue, piece.first, piece.last, self.threads).to_bytes()
        plan = self._sensitivity_plan(made)
        return run_sensitivity(plan, piece.first, piece.last, self.threads).to_bytes()

    def reached(self, made: Mapping[Key, bytes]) -> ForecastPlan:
        """The plan with as many replications as were wanted."""
        wanted = self.wanted(made)
        return replace(self.plan, replications=wanted) if self.precision else self.plan

    def forecast(self, made: Mapping[Key, bytes]) -> Forecast:
        """The forecast alone, of its own pieces; KeyError when one of those is missing."""
        plan = self.reached(made)
        more = []
        if self.precision is not None:
            width = self._width(plan.replications, made, self.precision)
            more = [precision_check(self.precision, width, plan.replications)]
        with self._chunks(plan.replications, made) as chunks:
            return summarise(plan, chunks, *more)

    def complete(self, forecast: Forecast, made: Mapping[Key, bytes]) -> Outcome:
        """The same with who waits today and what matters most; KeyError when a piece is missing."""
        ends = [SensitivityChunk.from_bytes(data) for data in self._of_kind(SENSITIVITY, made)]
        waiting = [WaitingChunk.from_bytes(data) for data in self._of_kind(QUEUE, made)]
        return Outcome(
            replace(forecast, queue=summarise_waiting(self._waiting_plan, waiting)),
            summarise_sensitivity(self._sensitivity_plan(made), ends),
        )

    def assemble(self, made: Mapping[Key, bytes]) -> Outcome:
        """The outcome of all pieces; KeyError when one is missing."""
        return self.complete(self.forecast(made), made)

    @cached_property
    def _waiting_plan(self) -> WaitingPlan:
        return WaitingPlan(self.plan, FOLLOWED)

    def _of_kind(self, kind: str, made: Mapping[Key, bytes]) -> Sequence[bytes]:
        return [made[piece.key] for piece in self.pieces if piece.kind == kind]

    @contextmanager
    def _chunks(self, replications: int, made: Mapping[Key, bytes]) -> Iterator[Sequence[Chunk]]:
        with kept_chunks() as chunks:
            for piece in self._replications:
                if piece.last <= replications:
                    chunks.add(Chunk.from_bytes(made[piece.key]))
            yield chunks

    def _sensitivity_plan(self, made: Mapping[Key, bytes]) -> SensitivityPlan:
        if not self._screened:
            plan = self.reached(made)
            with self._chunks(plan.replications, made) as chunks:
                found = screen(plan, chunks)
            self._screened.append(SensitivityPlan(plan, found, SENSITIVITY_REPLICATIONS))
        return self._screened[0]


def prepare(
    system: CareSystem,
    scenario: Scenario,
    *,
    months: int,
    replications: int,
    seed: int,
    threads: int,
    precision: Precision | None = None,
) -> Work:
    """The work of a run; with a precision `replications` is the most there may be.

    Raises ValueError when a number lies outside its bounds.
    """
    plan = ForecastPlan(system, scenario, months, replications, seed, by_municipality=True)
    return Work(plan, threads, precision)


def prepare_documents(
    *,
    care_system: str,
    scenario: str,
    months: int,
    replications: int,
    seed: int,
    threads: int,
    precision: Precision | None = None,
) -> Work:
    """The same on documents. Raises DocumentError when they have faults."""
    system = read_care_system(care_system)
    return prepare(
        system,
        read_scenario(scenario, system),
        months=months,
        replications=replications,
        seed=seed,
        threads=threads,
        precision=precision,
    )


def _cut(kind: str, ends: Sequence[int], size: int, work: int) -> Sequence[Piece]:
    """Numbers up to the last of `ends` in pieces of `size`, of which none goes over an end."""
    spans = [
        (first, min(first + size, end))
        for start, end in pairwise((0, *ends))
        for first in range(start, end, size)
    ]
    return [
        Piece(kind, index, first, last, (last - first) * work)
        for index, (first, last) in enumerate(spans)
    ]
