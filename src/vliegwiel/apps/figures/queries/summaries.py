"""Sums up published waiting times: how many offers say what, and the middle of what is known.

Unweighted, because nobody says how many youths wait for which offer. Offers that give only a bound
("more than 6 months") count with that bound in the median; `bounds` says how many they are.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from vliegwiel.apps.figures.models import WaitingTimeStatement
from vliegwiel.apps.figures.published_waiting import Wait
from vliegwiel.apps.figures.vocabulary import Clock, HelpKind, WaitKind
from vliegwiel.apps.regions.models import Region

from .waiting import WaitingFilter, statements, waits_by_clock

# Below this many numbers the offers are shown one by one: a middle of two or three says nothing.
FEWEST_FOR_A_MIDDLE = 5


@dataclass(frozen=True, slots=True)
class ClockSummary:
    """One clock over a set of offers. Weeks are None where no offer gives any.

    `counts` is by kind of statement and adds up to `offers`. `observed` of the `known` were read
    from the page on the day of the delivery; the others are values carried along. `weeks` holds
    what stands for each known offer, from short to long: the middle of a range, or a bound.
    """

    clock: str
    clock_label: str
    offers: int
    known: int
    observed: int
    bounds: int
    median_weeks: Decimal | None
    lowest_weeks: Decimal | None
    highest_weeks: Decimal | None
    counts: Mapping[str, int]
    weeks: Sequence[Decimal]

    @property
    def has_middle(self) -> bool:
        """Whether there are enough numbers for a median to say something."""
        return self.known >= FEWEST_FOR_A_MIDDLE

    @property
    def labelled_counts(self) -> Sequence[tuple[str, int]]:
        """Labels of the kinds that occur, in their own order."""
        return [(str(kind.label), self.counts[kind]) for kind in WaitKind if self.counts.get(kind)]


@dataclass(frozen=True, slots=True)
class KindSummary:
    """Both clocks for one kind of help. An offer of two kinds counts with both."""

    kind: str
    label: str
    offers: int
    to_intake: ClockSummary
    to_treatment: ClockSummary


@dataclass(frozen=True, slots=True)
class WaitingSummary:
    """`all_but_crisis`: crisis help has a way in of its own and would pull the middle to zero."""

    all_but_crisis: KindSummary
    by_kind: Sequence[KindSummary]


def waiting_summary(
    region: Region, wanted: WaitingFilter, *, delivery_id: int | None = None
) -> WaitingSummary:
    """Sums up the offers that `stated_waiting_times` shows for the same filter."""
    rows = [
        (row, waits_by_clock(row)) for row in statements(region, wanted, delivery_id=delivery_id)
    ]
    calm = [item for item in rows if not item[0].is_crisis]
    by_kind = [
        _kind_summary(str(kind), str(kind.label), [item for item in pool if kind in item[0].kinds])
        for kind in HelpKind
        for pool in [rows if kind is HelpKind.CRISIS else calm]
    ]
    return WaitingSummary(
        all_but_crisis=_kind_summary("", "", calm),
        by_kind=[summary for summary in by_kind if summary.offers],
    )


_Row = tuple[WaitingTimeStatement, Mapping[str, Wait]]


def _kind_summary(kind: str, label: str, rows: Sequence[_Row]) -> KindSummary:
    return KindSummary(
        kind=kind,
        label=label,
        offers=len(rows),
        to_intake=_clock_summary(Clock.TO_INTAKE, rows),
        to_treatment=_clock_summary(Clock.TO_TREATMENT, rows),
    )


def _clock_summary(clock: Clock, rows: Iterable[_Row]) -> ClockSummary:
    waits = [(row, by_clock[clock]) for row, by_clock in rows]
    known = [(row, wait) for row, wait in waits if wait.is_known]
    middles = sorted(wait.middle for _row, wait in known if wait.middle is not None)
    lows = [wait.low for _row, wait in known if wait.low is not None]
    highs = [wait.high if wait.high is not None else wait.low for _row, wait in known]
    return ClockSummary(
        clock=str(clock),
        clock_label=str(clock.label),
        offers=len(waits),
        known=len(known),
        observed=sum(row.observation == "observed" for row, _wait in known),
        bounds=sum(wait.is_bound for _row, wait in known),
        median_weeks=median(middles) if middles else None,
        lowest_weeks=min([*lows, *_zero_of_shorter(known)], default=None),
        highest_weeks=max((high for high in highs if high is not None), default=None),
        counts=Counter(str(wait.kind) for _row, wait in waits),
        weeks=middles,
    )


def _zero_of_shorter(known: Iterable[tuple[WaitingTimeStatement, Wait]]) -> Sequence[Decimal]:
    """ "At most 4 weeks" can be none at all."""
    return [Decimal(0) for _row, wait in known if wait.kind is WaitKind.SHORTER_THAN]
