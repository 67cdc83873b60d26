"""Regional figures and published waiting times, each with its source."""

from .errors import DeliveryRefused
from .findings import Finding, Severity
from .texts import in_language

__all__ = ["DeliveryRefused", "Finding", "Severity", "in_language"]
