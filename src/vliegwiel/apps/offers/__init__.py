"""Who offers which help where, for whom, and how long the wait is; providers by name."""

from .errors import ChangedMeanwhile, OfferRefused, OffersRefused

__all__ = ["ChangedMeanwhile", "OfferRefused", "OffersRefused"]
