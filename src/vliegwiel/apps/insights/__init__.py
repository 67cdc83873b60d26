"""What a region understands: what was heard, the insights that rest on it, and its terms."""

from .errors import (
    ChangedMeanwhile,
    ConsultationRefused,
    InsightRefused,
    InsightsRefused,
    NotThere,
    ObservationRefused,
    ObservationsRefused,
    PersonInText,
    PriorityRefused,
    Refused,
    TermRefused,
)

__all__ = [
    "ChangedMeanwhile",
    "ConsultationRefused",
    "InsightRefused",
    "InsightsRefused",
    "NotThere",
    "ObservationRefused",
    "ObservationsRefused",
    "PersonInText",
    "PriorityRefused",
    "Refused",
    "TermRefused",
]
