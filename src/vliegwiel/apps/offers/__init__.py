"""Who offers which help where, for whom, and how long the wait is; providers by name."""

from .errors import ChangedMeanwhile, OfferRefused, OffersRefused
from .facts import OfferFacts, WaitFacts

__all__ = ["ChangedMeanwhile", "OfferFacts", "OfferRefused", "OffersRefused", "WaitFacts"]
