"""Every change to figures and published waiting times."""

from .regional import FiguresLoaded, load_figures, load_shipped_figures
from .sources import load_sources
from .waiting import (
    WaitingTimesDelivered,
    deliver_waiting_times,
    load_shipped_waiting_times,
)

__all__ = [
    "FiguresLoaded",
    "WaitingTimesDelivered",
    "deliver_waiting_times",
    "load_figures",
    "load_shipped_figures",
    "load_shipped_waiting_times",
    "load_sources",
]
