"""Visits from the lives that a simulation tells, in which nothing is missing."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from vliegwiel.science.caresystem import Ending as Told
from vliegwiel.science.caresystem import Histories

from .visits import UNKNOWN, Came, Ending, Visits

_DAYS_PER_YEAR = 365.25
_ENDINGS = {
    Told.OPEN: Ending.NOT_YET,
    Told.ENDED: Ending.CARE,
    Told.TOO_OLD: Ending.CARE,
    Told.LEFT: Ending.WAITING,
    Told.LEFT_TOO_OLD: Ending.WAITING,
}


def visits_of_histories(told: Histories) -> Visits:
    """The visits of all youths of a generated region.

    A stay that was extended counts as one length: it is not told when the extension began.
    """
    providers = tuple("" if name is None else name for _care_type, name in told.stations)
    names = tuple(dict.fromkeys(filter(None, providers)))
    number = np.array([names.index(name) if name else UNKNOWN for name in providers])
    ending = np.array([_ENDINGS[Told(why)] for why in range(len(Told))])[told.why]
    over = ~np.isnan(told.ended)
    return Visits(
        begin=told.start,
        until=told.horizon,
        care_types=told.care_types,
        providers=names,
        municipalities=told.municipalities,
        sources=told.referrers,
        youth=told.youth,
        care_type=told.care_type,
        provider=number[told.station],
        municipality=told.municipality,
        source=_sources(told),
        age=(np.nan_to_num(told.arrived) - told.born) / _DAYS_PER_YEAR,
        arrived=np.where(np.isnan(told.arrived), -np.inf, told.arrived),
        started=told.started,
        ended=told.ended,
        ending=ending,
        next=np.where(over, told.to, UNKNOWN),
        told=told.ended,
        extended=np.full(len(told), np.nan),
        success=told.succeeded,
    )


def _sources(told: Histories) -> NDArray[np.int64]:
    """Who sent the youth, or how he came otherwise."""
    first = np.diff(told.youth, prepend=-1) != 0
    gave_up = np.isin(np.roll(told.why, 1), (Told.LEFT, Told.LEFT_TOO_OLD))
    here = np.isnan(told.arrived) | (told.arrived < 0.0)
    found = np.where(first & (told.referrer >= 0), told.referrer, int(Came.RETURNED))
    followed = np.where(gave_up, int(Came.FROM_QUEUE), int(Came.FROM_CARE))
    found = np.where(told.before >= 0, followed, found)
    return np.where(here, int(Came.PRESENT), found).astype(np.int64)
