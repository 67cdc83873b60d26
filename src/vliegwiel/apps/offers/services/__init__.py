"""Every change to offers and providers."""

from .editing import name_provider, save_offer
from .loading import OffersLoaded, load_offers

__all__ = ["OffersLoaded", "load_offers", "name_provider", "save_offer"]
