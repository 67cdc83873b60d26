"""Every change to initiatives."""

from .assessing import open_assessment
from .editing import change, publish, start, withdraw
from .loading import InitiativesLoaded, load_initiatives
from .proposing import record_forecast, save_hypothesis, save_proposal
from .recording import decide_sourcing, hold_ethics_review, place_in_cycle, write_transfer
from .shipped import load_catalogue, load_examples
from .stepping import take_step

__all__ = [
    "InitiativesLoaded",
    "change",
    "decide_sourcing",
    "hold_ethics_review",
    "load_catalogue",
    "load_examples",
    "load_initiatives",
    "open_assessment",
    "place_in_cycle",
    "publish",
    "record_forecast",
    "save_hypothesis",
    "save_proposal",
    "start",
    "take_step",
    "withdraw",
    "write_transfer",
]
