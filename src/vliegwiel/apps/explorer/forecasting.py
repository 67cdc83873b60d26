"""A forecast as pieces of work: what they are, how each is done, and how they become one result.

The number of pieces and what is in them follow from the question alone, never from who does them.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from vliegwiel.science.caresystem import (
    CareSystem,
    Chunk,
    Forecast,
    ForecastPlan,
    Scenario,
    Sensitivity,
    SensitivityChunk,
    SensitivityPlan,
    read_care_system,
    read_scenario,
    run_chunk,
    run_sensitivity,
    summarise,
    summarise_sensitivity,
)

OUTCOME_SCHEMA = "vliegwiel.outcome/1"
PREPARING = "preparing"
FORECAST = "forecast"
SENSITIVITY = "sensitivity"
SUMMARISING = "summarising"

#: Parts of a piece: well under a second of work, so that cancelling is quick.
REPLICATIONS_PER_PIECE = 10
SENSITIVITIES_PER_PIECE = 4
#: Replications at each end of a range. Few are enough: both ends share the fates of youths.
SENSITIVITY_REPLICATIONS = 5

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
        return json.dumps(parts, ensure_ascii=False)

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
    """All pieces of a run."""

    plan: ForecastPlan
    threads: int

    @cached_property
    def sensitivity_plan(self) -> SensitivityPlan:
        return SensitivityPlan(self.plan, SENSITIVITY_REPLICATIONS)

    @cached_property
    def pieces(self) -> Sequence[Piece]:
        replications, ends = self.plan.replications, self.sensitivity_plan.pieces
        return [
            *_cut(FORECAST, replications, REPLICATIONS_PER_PIECE, 1),
            *_cut(SENSITIVITY, ends, SENSITIVITIES_PER_PIECE, SENSITIVITY_REPLICATIONS),
        ]

    @cached_property
    def total(self) -> int:
        return sum(piece.work for piece in self.pieces)

    def compute(self, piece: Piece) -> bytes:
        """Does one piece."""
        if piece.kind == FORECAST:
            return run_chunk(self.plan, piece.first, piece.last, self.threads).to_bytes()
        plan = self.sensitivity_plan
        return run_sensitivity(plan, piece.first, piece.last, self.threads).to_bytes()

    def assemble(self, made: Mapping[Key, bytes]) -> Outcome:
        """The outcome of all pieces; KeyError when one is missing."""
        of_kind = {
            kind: [made[piece.key] for piece in self.pieces if piece.kind == kind]
            for kind in (FORECAST, SENSITIVITY)
        }
        chunks = [Chunk.from_bytes(data) for data in of_kind[FORECAST]]
        ends = [SensitivityChunk.from_bytes(data) for data in of_kind[SENSITIVITY]]
        return Outcome(
            summarise(self.plan, chunks), summarise_sensitivity(self.sensitivity_plan, ends)
        )


def prepare(
    system: CareSystem,
    scenario: Scenario,
    *,
    months: int,
    replications: int,
    seed: int,
    threads: int,
) -> Work:
    """The work of a run. Raises ValueError when a number lies outside its bounds."""
    return Work(ForecastPlan(system, scenario, months, replications, seed), threads)


def prepare_documents(
    *, care_system: str, scenario: str, months: int, replications: int, seed: int, threads: int
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
    )


def _cut(kind: str, count: int, size: int, work: int) -> Sequence[Piece]:
    """`count` numbers in pieces of `size`."""
    spans = [(first, min(first + size, count)) for first in range(0, count, size)]
    return [
        Piece(kind, index, first, last, (last - first) * work)
        for index, (first, last) in enumerate(spans)
    ]
