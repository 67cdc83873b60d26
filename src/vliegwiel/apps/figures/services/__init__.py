"""Every change to figures and published waiting times."""

from .regional import FiguresLoaded, load_figures, load_shipped_figures
from .sources import load_sources
from .statline import TableLoaded, load_statline_table
from .waiting import (
    WaitingTimesDelivered,
    deliver_waiting_times,
    load_shipped_waiting_times,
)

__all__ = [
    "FiguresLoaded",
    "TableLoaded",
    "WaitingTimesDelivered",
    "deliver_waiting_times",
    "load_figures",
    "load_shipped_figures",
    "load_shipped_waiting_times",
    "load_sources",
    "load_statline_table",
]
