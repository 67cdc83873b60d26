"""Reviews of cases: how often what was found, and the lessons in words."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from vliegwiel.apps.continuity.models import CaseReview, ReviewObservation
from vliegwiel.apps.continuity.reviewing import QUESTIONS
from vliegwiel.apps.regions.models import Region


@dataclass(frozen=True, slots=True)
class ReviewTable:
    """How often each answer to a question was given, the most frequent first."""

    key: str
    label: str
    several: bool
    rows: Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class ReviewInfo:
    """A review. `insights` are the numbers of the insights that it speaks with."""

    id: int
    municipality: str
    month: date
    lesson: str
    insights: Sequence[int]


@dataclass(frozen=True, slots=True)
class Heard:
    """What a review adds to an insight."""

    text: str
    month: date


def review_tables(region: Region) -> Sequence[ReviewTable]:
    """The answers of all reviews together. They are about reviews that were chosen, not a count of
    youths, and nobody can be found from one question."""
    counts: dict[str, Counter[str]] = {question.key: Counter() for question in QUESTIONS}
    for answers in CaseReview.objects.filter(region=region).values_list("answers", flat=True):
        for key, given in answers.items():
            if key in counts:
                counts[key].update(given)
    return [
        ReviewTable(
            key=question.key,
            label=str(question.label),
            several=question.several,
            rows=[
                (str(question.answers[answer]), number)
                for answer, number in counts[question.key].most_common()
                if answer in question.answers
            ],
        )
        for question in QUESTIONS
    ]


def reviews(region: Region) -> Sequence[ReviewInfo]:
    """Every review of a region, the last first."""
    rows = (
        CaseReview.objects.filter(region=region)
        .select_related("municipality")
        .prefetch_related("observations__insight")
    )
    return [_info(row) for row in rows]


def review(region: Region, pk: int) -> ReviewInfo | None:
    """The review with this number, if it is one of the region."""
    return next((row for row in reviews(region) if row.id == pk), None)


def observations_of(insight_id: int) -> Sequence[Heard]:
    """What reviews add to an insight, the last first."""
    rows = ReviewObservation.objects.filter(insight=insight_id).select_related("review")
    return [Heard(row.review.lesson, row.review.month) for row in rows]


def _info(row: CaseReview) -> ReviewInfo:
    numbers = sorted(item.insight.number for item in row.observations.all())
    return ReviewInfo(row.pk, row.municipality.name, row.month, row.lesson, numbers)
