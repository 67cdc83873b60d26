"""Which assumptions matter most: each in turn at the low and the high end of its range.

A care system has a hundred assumptions and more, of which few matter. A screening finds the likely
ones for nothing: the replications of a forecast each drew all assumptions, and the rank correlation
of a draw with the outcome tells how strongly they move together (Saltelli et al., Global
Sensitivity Analysis, 2008, ch. 1 and 5). The likeliest are then tried one at a time: all others
keep their likeliest value, and every piece uses the random numbers of the same replications, so
that what differs between two pieces is the one assumption.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from vliegwiel.science.kernel import Month, in_order, in_sequence, pack, unpack

from .compiling import Arm
from .derivation import Range
from .ensemble import Chunk, ForecastPlan, arms_of, counted
from .measures import ALL, Counted, counts_for, over
from .measuring import MEASURED, Values32
from .same_networks import same_network
from .stations import is_limited

SENSITIVITY_SCHEMA = "vliegwiel.sensitivity/1"
#: How many assumptions a sensitivity shows.
SHOWN = 5
#: How many the screening lets through, to be tried one at a time.
CANDIDATES = 16
#: An assumption stands out when chance alone would move one of its two ends as far in 1 of 20 tries
#: at most: half of that for each end (Bonferroni).
_SURE = 0.975
#: All that the outcome is made of.
_COUNTS = counts_for("waiting_time")
#: Assumptions done between two reports of progress.
_PIECE = 5


@dataclass(frozen=True)
class SensitivityPlan:
    """A sensitivity of the outcome of a forecast plan.

    The outcome is the mean waiting time, in the period of the headline, of the care type in focus
    (or of all with a limit on places): its change by the scenario, or itself without a scenario.

    Piece 0 has every assumption at its likeliest value; pieces 2k + 1 and 2k + 2 have assumption k
    at its low and high end.
    """

    plan: ForecastPlan
    candidates: tuple[str, ...]
    replications: int = 10

    @property
    def ranges(self) -> tuple[Range, ...]:
        """The assumptions that are tried, in document order."""
        return tuple(r for r in self.plan.derivations.ranges if r.address in self.candidates)

    @property
    def pieces(self) -> int:
        """How many pieces there are."""
        return 1 + 2 * len(self.ranges)

    def draws(self, piece: int) -> dict[str, float]:
        """The assumed numbers of a piece."""
        values = {assumed.address: assumed.value for assumed in self.plan.derivations.ranges}
        if piece > 0:
            assumed = self.ranges[(piece - 1) // 2]
            values[assumed.address] = assumed.low if piece % 2 else assumed.high
        return values

    def outcomes(self, piece: int) -> NDArray[np.float64]:
        """The outcome of each replication of a piece; not a number where nobody started."""
        arms = self._centre if piece == 0 else arms_of(self.plan, self.draws(piece))
        both = np.stack([self._counted(k, arm) for k, arm in enumerate(arms)], axis=1)
        return np.array([outcome_of(self.plan, one, _COUNTS) for one in both])

    def _counted(self, k: int, arm: Arm) -> Values32:
        """What arm k counts in a piece.

        Many an assumption changes one arm alone, such as the size of a change, or none, such as
        what care costs: what stays as it was in piece 0 is simulated once.
        """
        if not same_network(arm.network, self._centre[k].network):
            return counted(self.plan, arm, range(self.replications), _COUNTS)
        if k not in self._of_centre:
            self._of_centre[k] = counted(self.plan, arm, range(self.replications), _COUNTS)
        return self._of_centre[k]

    @cached_property
    def _centre(self) -> tuple[Arm, ...]:
        return arms_of(self.plan, self.draws(0))

    @cached_property
    def _of_centre(self) -> dict[int, Values32]:
        """What the arms of piece 0 counted, as far as it was asked for."""
        return {}


def focus_of(plan: ForecastPlan) -> str:
    """The care type that the outcome is about, or ``all``."""
    scenario = plan.scenario
    return scenario.focus if scenario is not None and scenario.focus is not None else ALL


def outcome_of(plan: ForecastPlan, measured: Values32, counts: tuple[str, ...] = MEASURED) -> float:
    """The outcome of one replication, in days; ``measured`` is that of a :class:`Replication`.

    Args:
        counts: which of MEASURED are in it.
    """
    system = plan.whole
    limited = np.array([is_limited(c) for c in system.care_types])
    columns = (*system.care_type_ids, ALL)
    days = np.array([float(month.days) for month in plan.frame.told])
    first, last = plan.spans.first, plan.spans.last
    inside = measured[:, :, first : last + 1].astype(np.float64)
    table, length = over(inside, np.zeros(1, dtype=np.int64), days[first : last + 1], counts)
    waits = Counted((table,), length, limited, counts=counts).measure("waiting_time")
    by_arm = waits[:, 0, columns.index(focus_of(plan))]
    return float(by_arm[1] - by_arm[0]) if len(by_arm) == 2 else float(by_arm[0])


def _ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Ranks from 1; equal values share the mean of theirs."""
    _values, which, counts = np.unique(values, return_inverse=True, return_counts=True)
    shared: NDArray[np.float64] = np.cumsum(counts) - (counts - 1) / 2
    return shared[which]


def screen(plan: ForecastPlan, chunks: Sequence[Chunk], most: int = CANDIDATES) -> tuple[str, ...]:
    """The addresses of the assumptions that move with the outcome most, strongest first.

    Args:
        chunks: all chunks of the forecast of this plan.
        most: how many addresses at most.

    Raises:
        ValueError: when chunks are missing, double or of another plan.
    """
    done = in_sequence(chunks, plan.hash, plan.replications)
    outcomes = np.array([outcome_of(plan, one) for chunk in done for one in chunk.measured])
    known = np.flatnonzero(np.isfinite(outcomes))
    ranges = plan.derivations.ranges
    if len(known) < 3 or not ranges:
        return tuple(assumed.address for assumed in ranges[:most])
    drawn = plan.draws_of([int(replication) for replication in known])
    table = np.stack([drawn[assumed.address] for assumed in ranges], axis=1)
    ranks = np.apply_along_axis(_ranks, 0, table) - (len(known) + 1) / 2
    target = _ranks(outcomes[known]) - (len(known) + 1) / 2
    spread = np.sqrt((ranks**2).sum(axis=0) * (target**2).sum())
    # Added up in a fixed order: a matrix product differs in the last digit between machines.
    products = (target[:, None] * ranks).sum(axis=0)
    together = np.divide(products, spread, out=np.zeros(len(ranges)), where=spread > 0)
    # Equal correlations keep the order of the document: the same on every machine.
    order = np.argsort(-np.abs(together), kind="stable")[:most]
    return tuple(ranges[k].address for k in order)


@dataclass(frozen=True)
class SensitivityChunk:
    """Outcomes of pieces ``first`` up to, not including, ``last``: shape (pieces, replications)."""

    plan_hash: str
    first: int
    last: int
    outcomes: NDArray[np.float64]

    def to_bytes(self) -> bytes:
        """Bytes to store until all chunks are there."""
        return pack(
            plan=np.array(self.plan_hash),
            span=np.array([self.first, self.last]),
            outcomes=self.outcomes,
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> SensitivityChunk:
        """The chunk that :meth:`to_bytes` wrote.

        Raises:
            ValueError: when the bytes are not those of a chunk.
        """
        plan, span, outcomes = unpack(data, "plan", "span", "outcomes")
        found = outcomes.astype(np.float64, copy=False)
        return cls(str(plan), int(span[0]), int(span[1]), found)


@dataclass(frozen=True, slots=True)
class SensitivityRow:
    """The outcome in days with one assumption at its low and at its high end.

    ``noise_low`` and ``noise_high`` are how far chance alone may move each outcome from the one
    with every assumption at its likeliest value: half the width of the 95 per cent interval of
    that distance, by Student's t over the paired replications; None for a single replication.
    """

    address: str
    label: Mapping[str, str]
    unit: str
    value: float
    low: float
    high: float
    outcome_low: float
    outcome_high: float
    why: Mapping[str, str]
    noise_low: float | None = None
    noise_high: float | None = None

    @property
    def swing(self) -> float:
        """How far apart the two outcomes are."""
        return abs(self.outcome_high - self.outcome_low)

    def stands_out(self, centre: float) -> bool:
        """Whether an end lies further from ``centre`` than chance explains; yes when unknown."""
        ends = ((self.outcome_low, self.noise_low), (self.outcome_high, self.noise_high))
        return any(noise is None or abs(outcome - centre) > noise for outcome, noise in ends)


@dataclass(frozen=True)
class Sensitivity:
    """The assumptions that move the outcome most, largest first.

    ``outcome`` is the outcome in days with every assumption at its likeliest value, not a number
    (None in JSON) when nobody starts, as in care that does not exist without the scenario;
    ``is_difference`` tells whether it is the change by a scenario; ``assumptions`` is how many
    there are, ``tried`` how many of them were tried one at a time, and ``within_noise`` how many
    of those moved the outcome no further than chance does: they come last in ``rows``.
    """

    focus: str
    period: tuple[str, str]
    is_difference: bool
    outcome: float
    replications: int
    assumptions: int
    tried: int
    rows: tuple[SensitivityRow, ...]
    within_noise: int = 0

    def to_json(self) -> str:
        """As JSON; :meth:`from_json` gives an equal one."""
        plain = {"schema": SENSITIVITY_SCHEMA, **asdict(self)}
        if math.isnan(self.outcome):
            plain["outcome"] = None
        return json.dumps(plain, ensure_ascii=False, allow_nan=False)

    @classmethod
    def from_json(cls, text: str) -> Sensitivity:
        """Read what :meth:`to_json` wrote.

        Raises:
            ValueError: when the text is something else, or of another version.
        """
        plain = json.loads(text)
        if not isinstance(plain, dict) or plain.pop("schema", None) != SENSITIVITY_SCHEMA:
            raise ValueError(f"this is not a {SENSITIVITY_SCHEMA}")
        start, end = plain.pop("period")
        if plain["outcome"] is None:
            plain["outcome"] = math.nan
        rows = tuple(SensitivityRow(**row) for row in plain.pop("rows"))
        return cls(period=(start, end), rows=rows, **plain)


def run_sensitivity(
    plan: SensitivityPlan, first: int, last: int, threads: int = 1
) -> SensitivityChunk:
    """Do pieces ``first`` up to, not including, ``last``; the same on any number of threads.

    Raises:
        ValueError: when the span is empty or reaches outside the plan.
    """
    if not 0 <= first < last <= plan.pieces:
        raise ValueError(f"no pieces {first} to {last} in a plan of {plan.pieces}")
    outcomes = in_order(plan.outcomes, range(first, last), threads)
    return SensitivityChunk(_plan_hash(plan), first, last, np.stack(outcomes))


def _plan_hash(plan: SensitivityPlan) -> str:
    return f"{plan.plan.hash}:{plan.replications}:{','.join(plan.candidates)}"


def summarise_sensitivity(plan: SensitivityPlan, chunks: Sequence[SensitivityChunk]) -> Sensitivity:
    """The assumptions that matter most, from all chunks of a plan.

    Raises:
        ValueError: when chunks are missing, double or of another plan.
    """
    ordered = in_sequence(chunks, _plan_hash(plan), plan.pieces)
    outcomes = np.concatenate([chunk.outcomes for chunk in ordered])
    centre = _mean(outcomes[0])
    rows = [
        _row(assumed, outcomes[2 * k + 1 : 2 * k + 3], outcomes[0])
        for k, assumed in enumerate(plan.ranges)
        if np.isfinite(outcomes[2 * k + 1 : 2 * k + 3]).any(axis=1).all()
    ]
    rows.sort(key=lambda row: (not row.stands_out(centre), -row.swing, row.address))
    months: Sequence[Month] = plan.plan.frame.told
    return Sensitivity(
        focus=focus_of(plan.plan),
        period=(str(months[plan.plan.spans.first]), str(months[plan.plan.spans.last])),
        is_difference=plan.plan.scenario is not None,
        outcome=centre,
        replications=plan.replications,
        assumptions=len(plan.plan.derivations.ranges),
        tried=len(plan.ranges),
        rows=tuple(rows[:SHOWN]),
        within_noise=sum(not row.stands_out(centre) for row in rows),
    )


def _row(assumed: Range, ends: NDArray[np.float64], centre: NDArray[np.float64]) -> SensitivityRow:
    """One assumption from the outcomes of its two ends (2, replications) and those in between."""
    return SensitivityRow(
        address=assumed.address,
        label=assumed.label.model_dump(),
        unit=assumed.unit,
        value=assumed.value,
        low=assumed.low,
        high=assumed.high,
        outcome_low=_mean(ends[0]),
        outcome_high=_mean(ends[1]),
        why=assumed.why.model_dump(),
        noise_low=_noise(ends[0] - centre),
        noise_high=_noise(ends[1] - centre),
    )


def _mean(outcomes: NDArray[np.float64]) -> float:
    """The mean of the replications in which somebody started."""
    known = outcomes[np.isfinite(outcomes)]
    return float(np.mean(known)) if known.size else float("nan")


def _noise(distances: NDArray[np.float64]) -> float | None:
    """Half the width of the interval of the mean distance; None for fewer than two replications."""
    known = distances[np.isfinite(distances)]
    if known.size < 2:
        return None
    # Late, as only the assumptions that are looked into come here.
    from scipy.special import stdtrit  # noqa: PLC0415

    error = np.std(known, ddof=1) / np.sqrt(known.size)
    # The digits beyond differ between machines.
    quantile = round(float(stdtrit(known.size - 1, (1 + _SURE) / 2)), 9)
    return float(quantile * error)


def sensitivity(
    plan: ForecastPlan,
    chunks: Sequence[Chunk],
    *,
    replications: int = 10,
    threads: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> Sensitivity:
    """The sensitivity of a forecast plan in one call.

    Args:
        chunks: all chunks of the forecast of this plan, for the screening.
        replications: per end of a range.
        threads: pieces at once; they do not change the result.
        progress: called with pieces done and their number; what it raises stops the work.
    """
    whole = SensitivityPlan(plan, screen(plan, chunks), replications)
    done = []
    for first in range(0, whole.pieces, _PIECE):
        last = min(first + _PIECE, whole.pieces)
        done.append(run_sensitivity(whole, first, last, threads))
        if progress is not None:
            progress(last, whole.pieces)
    return summarise_sensitivity(whole, done)
