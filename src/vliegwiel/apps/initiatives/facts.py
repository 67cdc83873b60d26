"""What somebody types about an initiative, as values that forms, services and queries share."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.text import slugify

#: The parts of a proposal that are texts, in the order of the page.
PROPOSAL_TEXTS = (
    *("asked_by", "question", "hypothesis", "literature", "design", "outcome_criteria"),
    *("scientists", "developers", "parties", "sharing", "newsletter", "rollout", "budget_note"),
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What an initiative is. Keys are those of the shipped catalogue; `insights` are numbers."""

    title: str
    summary: str
    themes: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    cooperation: tuple[str, ...] = ()
    trends: tuple[str, ...] = ()
    factors: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    programmes_note: str = ""
    financing: tuple[str, ...] = ()
    weight: str = ""
    insights: tuple[int, ...] = ()


#: The parts of `Facts` that are lists of keys, and fields of the table with the same name.
KEY_FIELDS = (
    *("themes", "questions", "actors", "cooperation", "trends", "factors", "programmes"),
    "financing",
)


@dataclass(frozen=True, slots=True)
class ProposalFacts:
    """A proposal; `texts` has a value for each of `PROPOSAL_TEXTS`, `budget` is in whole euros."""

    texts: Mapping[str, str]
    budget: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One parameter that changes, as in a scenario document: low, likely and high in its unit."""

    target: str
    operation: str
    low: float
    likely: float
    high: float
    to: str = ""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What somebody expects of a number of new care (see `vocabulary.NewNumber`), in its unit."""

    kind: str
    low: float
    likely: float
    high: float


@dataclass(frozen=True, slots=True)
class NewCare:
    """A form of care that the care system does not have yet; changes move youths to it.

    `group` is that of the care system. Without a number of places it takes everybody. `goes_on_to`
    is where a part of its youths go afterwards; empty when nobody does.
    """

    name: str
    group: str
    numbers: tuple[Estimate, ...]
    goes_on_to: str = ""

    @property
    def id(self) -> str:
        """Its id in scenarios: the same in every region that takes it over."""
        return f"new-{slugify(self.name)[:50]}"

    def number(self, kind: str) -> Estimate | None:
        return next((one for one in self.numbers if one.kind == kind), None)


@dataclass(frozen=True, slots=True)
class HypothesisFacts:
    """What is expected: for whom, by whose judgement, from which month, where, and how much.

    Without `municipalities` (CBS codes) it begins everywhere at once. `new_care` is care that the
    region does not have yet, when it is about that.
    """

    for_whom: str
    judgement: str
    starts_on: date
    ramp_months: int
    municipalities: tuple[str, ...]
    changes: tuple[Change, ...]
    new_care: NewCare | None = None
