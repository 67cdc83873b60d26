"""Deliveries of care messages: read, kept without persons, whole or not at all, and removed."""

from .errors import (
    DeliveryCancelled,
    DeliveryRefused,
    IntakeError,
    KeyChanged,
    KeyUnusable,
    MonthsOutOfRange,
    NoSuchMapping,
    NotABsn,
    NothingToDeliver,
    RecordsDoNotFit,
    RegionBusy,
)

__all__ = [
    "DeliveryCancelled",
    "DeliveryRefused",
    "IntakeError",
    "KeyChanged",
    "KeyUnusable",
    "MonthsOutOfRange",
    "NoSuchMapping",
    "NotABsn",
    "NothingToDeliver",
    "RecordsDoNotFit",
    "RegionBusy",
]
