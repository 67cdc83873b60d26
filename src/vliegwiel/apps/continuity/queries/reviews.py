"""Reviews of cases: how often what was found, and the lessons in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from vliegwiel.apps.continuity.models import CaseReview, ReviewObservation
from vliegwiel.apps.continuity.reviewing import QUESTIONS, Question
from vliegwiel.apps.regions.models import Region
from vliegwiel.science.yardstick import LEAST_SHOWN, Margin, protect

# Cells beside the answers: the reviews, all answers, and the answers beyond one a review. No key of
# an answer begins with a star.
_REVIEWS, _ANSWERS, _MORE = "*reviews", "*answers", "*more"
#: What makes hiding the number of reviews dearer than hiding all answers: the page tells it.
_STAYS = 1e6


@dataclass(frozen=True, slots=True)
class ReviewTable:
    """How often each answer to a question was given, the most frequent first, the hidden last.

    A count is None when it is small, or when a small one could be worked out from it.
    """

    key: str
    label: str
    several: bool
    rows: Sequence[tuple[str, int | None]]


@dataclass(frozen=True, slots=True)
class ReviewCounts:
    """The answers of the first `reviews` reviews together; no tables while they are too few."""

    reviews: int
    tables: Sequence[ReviewTable]


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


def review_tables(region: Region) -> ReviewCounts:
    """The answers of reviews together, protected as every count of persons is.

    Reviews are counted ten at a time, in the order in which they were kept: the page of yesterday
    beside that of today would otherwise tell what one new review says.
    """
    rows = CaseReview.objects.filter(region=region).order_by("pk")
    counted = rows.count() // LEAST_SHOWN * LEAST_SHOWN
    if not counted:
        return ReviewCounts(0, [])
    given = list(rows.values_list("answers", flat=True)[:counted])
    return ReviewCounts(counted, [_table(question, given) for question in QUESTIONS])


def _table(question: Question, given: Sequence[Mapping[str, list[str]]]) -> ReviewTable:
    """An answer that nobody gave has its row too: that it lacks would tell as much as a zero."""
    chosen = [set(row.get(question.key, ())) & question.answers.keys() for row in given]
    shown = _shown(question, chosen)
    order = {key: number for number, key in enumerate(question.answers)}
    keys = sorted(question.answers, key=lambda key: (-shown.get(key, 0), order[key]))
    return ReviewTable(
        key=question.key,
        label=str(question.label),
        several=question.several,
        rows=[(str(question.answers[key]), shown.get(key)) for key in keys],
    )


def _shown(question: Question, chosen: Sequence[set[str]]) -> Mapping[str, int]:
    """The counts that may be shown to who knows how many reviews there are.

    One answer a review adds up to the reviews; several a review add up to at least as many.
    """
    counts = {key: sum(key in row for row in chosen) for key in question.answers}
    margins = [Margin(_ANSWERS, tuple(question.answers))]
    counts[_ANSWERS] = sum(counts.values())
    counts[_REVIEWS] = sum(bool(row) for row in chosen)
    if question.several:
        counts[_MORE] = counts[_ANSWERS] - counts[_REVIEWS]
        margins.append(Margin(_ANSWERS, (_REVIEWS, _MORE)))
    else:
        margins.append(Margin(_REVIEWS, (_ANSWERS,)))
    kept = protect(
        counts, margins, keep={_REVIEWS: _STAYS}, unpublished=counts.keys() & {_ANSWERS, _MORE}
    )
    return kept.shown


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
