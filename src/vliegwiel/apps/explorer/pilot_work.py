"""A smallest useful test as pieces of work: the same shape as the work of a forecast."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Self

from vliegwiel.apps.explorer.limits import LIMITS as RUN_LIMITS
from vliegwiel.science.caresystem import CareSystem, Scenario, read_care_system, read_scenario
from vliegwiel.science.evidence import (
    PilotPiece,
    PilotPlan,
    SmallestTest,
    answer,
    run_pilots,
    spans,
)

#: The kind of its pieces.
PILOTS = "pilots"
#: Bounds of what may be asked of the site, within those of the science.
LIMITS: Mapping[str, tuple[int, int]] = {
    "months_before": (0, 60),
    "longest": (6, 60),
    "replications": (100, 1000),
}

#: Months before and after the start of the pilot together.
MONTHS = {"months": RUN_LIMITS["months"]}

Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class PilotQuestion:
    """What is asked, besides the scenario, the seed and how many pilots are simulated."""

    design: str
    outcome: str
    care_type: str
    given: tuple[str, ...]
    candidates: tuple[str, ...]
    numbers: tuple[int, ...]
    certainty: float
    months_before: int
    longest: int

    def to_json(self) -> str:
        """As JSON, always the same for the same question."""
        return json.dumps(asdict(self), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Reads what `to_json` wrote."""
        plain = json.loads(text)
        lists = {name: tuple(plain[name]) for name in ("given", "candidates", "numbers")}
        return cls(**{**plain, **lists})

    def plan(
        self, system: CareSystem, scenario: Scenario, *, replications: int, seed: int
    ) -> PilotPlan:
        """As a plan of the science. Raises DocumentError with all that cannot be asked."""
        return PilotPlan(
            system, scenario, self.design, self.outcome, self.care_type,
            given=self.given, candidates=self.candidates, numbers=self.numbers,
            certainty=self.certainty, months_before=self.months_before, longest=self.longest,
            replications=replications, seed=seed,
        )  # fmt: skip

    @property
    def months(self) -> int:
        """Months that are simulated."""
        return self.months_before + self.longest


@dataclass(frozen=True, slots=True)
class Part:
    """Pilots `first` up to, not including, `last` with `number` sites."""

    index: int
    number: int
    first: int
    last: int

    @property
    def kind(self) -> str:
        return PILOTS

    @property
    def key(self) -> Key:
        return PILOTS, self.index

    @property
    def work(self) -> int:
        return self.last - self.first


@dataclass(frozen=True)
class PilotWork:
    """All pieces of a smallest useful test."""

    plan: PilotPlan
    threads: int

    @cached_property
    def pieces(self) -> Sequence[Part]:
        return [Part(index, *span) for index, span in enumerate(spans(self.plan))]

    @cached_property
    def total(self) -> int:
        return sum(piece.work for piece in self.pieces)

    def is_needed(self, _piece: object, _made: object) -> bool:
        """Every piece is: what was asked names how many pilots there are."""
        return True

    def fits(self, piece: Part, data: bytes) -> bool:
        """Whether these bytes are this piece, made by this version of the product."""
        try:
            made = PilotPiece.from_bytes(data)
        except ValueError:
            return False
        span = made.number, made.first, made.last
        return made.plan_hash == self.plan.hash and span == (piece.number, piece.first, piece.last)

    def compute(self, piece: Part, made: Mapping[Key, bytes]) -> bytes:  # noqa: ARG002
        """Does one piece; none needs another."""
        return run_pilots(self.plan, piece.number, piece.first, piece.last, self.threads).to_bytes()

    def assemble(self, made: Mapping[Key, bytes]) -> SmallestTest:
        """The answer of all pieces; KeyError when one is missing."""
        return answer(self.plan, [PilotPiece.from_bytes(made[piece.key]) for piece in self.pieces])


def prepare_documents(
    *,
    care_system: str,
    scenario: str,
    question: str,
    replications: int,
    seed: int,
    threads: int,
) -> PilotWork:
    """The work of a question on documents. Raises DocumentError when something has faults."""
    system = read_care_system(care_system)
    change = read_scenario(scenario, system)
    asked = PilotQuestion.from_json(question)
    return PilotWork(asked.plan(system, change, replications=replications, seed=seed), threads)
