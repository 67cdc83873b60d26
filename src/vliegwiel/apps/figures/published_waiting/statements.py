"""A delivery of published waiting times, typed."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from vliegwiel.apps.figures.vocabulary import HelpKind, Nature, Observation, TargetGroup

from .places import PlaceReading
from .values import Wait


@dataclass(frozen=True, slots=True)
class Statement:
    """What one provider says about waiting for one offer.

    `to_intake` runs from application to intake (aanmeldwachttijd), `to_treatment` from intake to
    treatment (behandelwachttijd). `stated_on` is the first of the month where `month_only`.
    """

    position: int
    provider: str
    offer: str
    kinds: Sequence[HelpKind]
    place: PlaceReading
    place_text: str
    target_groups: Sequence[TargetGroup]
    expertise: Sequence[str]
    funding: str
    nature: Nature
    is_crisis: bool
    to_intake: Wait
    to_treatment: Wait
    explanation: str
    page: str
    stated_on: date
    month_only: bool
    observation: Observation
    checked_at: datetime | None

    @property
    def is_for_youth(self) -> bool:
        return TargetGroup.YOUTH in self.target_groups

    @property
    def key(self) -> str:
        """What tells an offer from the others in one delivery: the source gives no number."""
        return offer_key(
            provider=self.provider,
            offer=self.offer,
            place=self.place.text,
            target_groups=self.target_groups,
            kinds=self.kinds,
            expertise=self.expertise,
        )


@dataclass(frozen=True, slots=True)
class Delivery:
    """A whole file, read without errors. `generated_at` is in UTC."""

    generated_at: datetime
    statements: Sequence[Statement]


def offer_key(
    *,
    provider: str,
    offer: str,
    place: str,
    target_groups: Sequence[str],
    kinds: Sequence[str],
    expertise: Sequence[str],
) -> str:
    """A digest that is the same for the same offer in another delivery, capitals aside."""
    parts = [
        provider,
        offer,
        place,
        "+".join(sorted(target_groups)),
        "+".join(sorted(kinds)),
        "+".join(sorted(expertise)),
    ]
    line = "|".join(" ".join(part.casefold().split()) for part in parts)
    return hashlib.sha256(line.encode()).hexdigest()
