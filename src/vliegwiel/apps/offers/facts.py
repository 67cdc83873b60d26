"""What an offer is and how long its wait is, as values that a file, a form and a table share."""

from dataclasses import dataclass
from datetime import date

from .vocabulary import DataMark, OfferedForm, WaitSource, WaitUntil


@dataclass(frozen=True, slots=True)
class OfferFacts:
    """What is offered. Ages and days are inclusive; `municipalities` are sorted CBS codes."""

    title: str
    care_form: OfferedForm
    target_group: str
    age_from: int
    age_to: int
    municipalities: tuple[str, ...]
    free: bool
    places: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    mark: DataMark = DataMark.REAL


@dataclass(frozen=True, slots=True)
class WaitFacts:
    """How long the wait is, in days from applying, as said on a day."""

    days: int
    until: WaitUntil
    stated_on: date
    source: WaitSource
    place: str = ""
