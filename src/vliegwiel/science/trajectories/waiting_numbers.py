"""Who waits on a day in numbers, and how far waiting times can be trusted, without small counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vliegwiel.science.yardstick import LEAST_SHOWN, Margin, protect

from .quality import Quality
from .waiting_list import WaitingList
from .waits import Wait


class Trust(StrEnum):
    """How far the waiting times of a row can be trusted, by the share of starts that was told.

    Not by the share of assignments with a start: where many still wait that share is low although
    every message is there.
    """

    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"


#: Least share of the starts that were told for each label. At four of five the intervals of
#: generated regions no longer hold what is true of them (benchmarks.waiting_truth).
_LEAST_TOLD = ((0.9, Trust.GOOD), (0.85, Trust.FAIR))


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingNow:
    """Who waits at the end of a day; None is too few to be shown, or gives too few away."""

    on: date
    assignments: int | None
    youths: int | None
    youths_without_care: int | None
    without_sign: int | None
    planned: int | None
    unsure: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What stands beside every waiting time, in percent of ``due`` or of ``waits``.

    ``told`` is in percent of the assignments of which something else proves that care began.
    None where there are too few to say so. ``unseen`` are codes of ``UNSEEN_MESSAGES``.
    """

    trust: Trust | None
    started: int | None
    declared_only: int | None
    truncated: int | None
    retroactive: int | None
    presumed: int | None
    silent_providers: int
    delay_days: int | None
    provisional_from: date | None
    unseen: tuple[str, ...]
    told: int | None = None


def trust_of(quality: Quality) -> Trust:
    """The label that goes with the share of starts that were told.

    Where too little proves that care began, that share is not known: then it is the share of the
    assignments with a start, which is never higher. Without one that is due it is the lowest.
    """
    few = quality.proved + quality.unheard < LEAST_SHOWN
    share = (quality.share_started if few else quality.share_told) or 0.0
    return next((trust for least, trust in _LEAST_TOLD if share >= least), Trust.POOR)


def now_of(listed: WaitingList, *, hidden: bool = False) -> WaitingNow:
    """The numbers of a waiting list that may be shown; with ``hidden`` none of them.

    Who waits for two forms makes the difference between waits and youths: that is protected too.
    """
    youths, without = listed.youths, listed.youths_without_care
    counts = {
        "assignments": listed.assignments,
        "youths": youths,
        "twice": listed.assignments - youths,
        "youths_without_care": without,
        "in care": youths - without,
        "without_sign": len(listed.without_sign),
        "with sign": listed.assignments - len(listed.without_sign),
        "planned": len(listed.planned),
        "unsure": len(listed.unsure),
    }
    several = {
        "assignments": listed.waits,
        "without_sign": listed.without_sign,
        "planned": listed.planned,
        "unsure": listed.unsure,
    }
    found = protect(
        counts,
        [
            Margin("assignments", ("youths", "twice")),
            Margin("youths", ("youths_without_care", "in care")),
            Margin("assignments", ("without_sign", "with sign")),
        ],
        keep={"assignments": 1e6},
        also=[name for name, waits in several.items() if _few(waits)],
        unpublished=["twice", "in care", "with sign"],
    )
    shown = {} if hidden else found.shown
    return WaitingNow(
        on=listed.on,
        assignments=shown.get("assignments"),
        youths=shown.get("youths"),
        youths_without_care=shown.get("youths_without_care"),
        without_sign=shown.get("without_sign"),
        planned=shown.get("planned"),
        unsure=shown.get("unsure"),
    )


def _few(waits: tuple[Wait, ...]) -> bool:
    return len({wait.youth for wait in waits}) < LEAST_SHOWN


def label_of(quality: Quality) -> Label:
    """The label of all waits of a day in whole percents."""
    return Label(
        trust=trust_of(quality) if quality.due >= LEAST_SHOWN else None,
        started=_percent(quality.started, quality.due),
        declared_only=_percent(quality.declared_only, quality.due),
        truncated=_percent(quality.truncated, quality.waits),
        retroactive=_percent(quality.retroactive, quality.waits),
        presumed=_percent(quality.presumed, quality.waits),
        silent_providers=len({item.provider for item in quality.silent}),
        delay_days=quality.delay_days,
        provisional_from=quality.provisional_from,
        unseen=quality.unseen,
        told=_percent(quality.told, quality.proved + quality.unheard),
    )


def _percent(part: int, whole: int) -> int | None:
    """Nothing where the part, or the rest, is small: who knows the whole could count them."""
    if min(part, whole - part) < LEAST_SHOWN:
        return None
    return round(100 * part / whole)
