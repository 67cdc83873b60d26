"""Every change to what the region understands."""

from .deciding import record_consultation, set_priority
from .shipped import InsightsLoaded, load_insights, load_shipped

__all__ = [
    "InsightsLoaded",
    "load_insights",
    "load_shipped",
    "record_consultation",
    "set_priority",
]
