"""Every change to decisions and what they rest on."""

from .adopting import adopt
from .deciding import decide, keep_evidence
from .forecasting import ask_forecast, freeze_pilot
from .freezing import ModelSaid, freeze_forecasts
from .learning import learn
from .measuring import ask_care_data, hand_over, read_care_data_again, take_measurements

__all__ = [
    "ModelSaid",
    "adopt",
    "ask_care_data",
    "ask_forecast",
    "decide",
    "freeze_forecasts",
    "freeze_pilot",
    "hand_over",
    "keep_evidence",
    "learn",
    "read_care_data_again",
    "take_measurements",
]
