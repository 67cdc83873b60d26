"""Every change to decisions and what they rest on."""

from .adopting import adopt
from .deciding import decide, keep_evidence
from .freezing import ModelSaid, freeze_forecasts

__all__ = ["ModelSaid", "adopt", "decide", "freeze_forecasts", "keep_evidence"]
