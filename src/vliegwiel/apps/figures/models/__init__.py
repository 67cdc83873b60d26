"""What this app keeps."""

from .figures import FigureDelivery, RegionalFigure
from .sources import Source
from .waiting import StatedWait, WaitingTimeDelivery, WaitingTimeStatement

__all__ = [
    "FigureDelivery",
    "RegionalFigure",
    "Source",
    "StatedWait",
    "WaitingTimeDelivery",
    "WaitingTimeStatement",
]
