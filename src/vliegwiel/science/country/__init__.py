"""The whole country: a care system for each of its regions."""

from .documents import region_care_system
from .sizes import CountryRegion, country_regions

__all__ = ["CountryRegion", "country_regions", "region_care_system"]
