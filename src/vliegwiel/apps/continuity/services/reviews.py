"""Reviewing a case, and letting it speak with an insight."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from vliegwiel.apps.continuity.errors import NotThere, Refused
from vliegwiel.apps.continuity.models import CaseReview, ReviewObservation
from vliegwiel.apps.continuity.reviewing import QUESTIONS
from vliegwiel.apps.continuity.sentences import refusals
from vliegwiel.apps.insights.models import Insight
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.queries import municipalities_of
from vliegwiel.apps.regions.rights import require


@transaction.atomic
def add_review(
    *,
    region: Region,
    municipality: str,
    month: date | None,
    answers: Mapping[str, list[str]],
    lesson: str,
    by: User,
) -> int:
    """Keeps the review of a case in a municipality (by its code), and returns its id.

    `answers` are keys of answers by key of the question. Nothing in it may lead to a person: of
    the day only the month is kept, and a lesson with a trace of somebody is refused. Raises
    Refused, and NotAllowed without the right to review cases.
    """
    require(by, "cases.review", region)
    lesson = lesson.strip()
    problems = refusals(lesson, "lesson", region=region)
    place = next((row for row in municipalities_of(region) if row.code == municipality), None)
    if place is None:
        problems["municipality"] = gettext("Choose a municipality of the region.")
    if month is None or month > timezone.localdate():
        problems["month"] = gettext("Choose a month that has come.")
    kept = {}
    for question in QUESTIONS:
        given = list(dict.fromkeys(answers.get(question.key, ())))
        most = len(question.answers) if question.several else 1
        if not given or len(given) > most or not set(given) <= question.answers.keys():
            problems[question.key] = gettext("Choose an answer from the list.")
        kept[question.key] = given
    if problems or place is None or month is None:
        raise Refused(problems)
    return CaseReview.objects.create(
        region=region, municipality=place, month=month.replace(day=1), answers=kept,
        lesson=lesson, by=by,
    ).pk  # fmt: skip


@transaction.atomic
def observe(*, region: Region, review_id: int, insight_id: int, by: User) -> None:
    """Lets the lesson of a review stand with an insight as an observation; once is enough.

    Raises NotThere when the region has no such review or insight, Refused when the review has no
    lesson, and NotAllowed without the right to edit insights.
    """
    require(by, "insights.edit", region)
    review = CaseReview.objects.filter(region=region, pk=review_id).first()
    insight = Insight.objects.filter(region=region, pk=insight_id).first()
    if review is None or insight is None:
        raise NotThere
    if not review.lesson:
        raise Refused({"insight": gettext("This review holds no lesson in words.")})
    ReviewObservation.objects.get_or_create(review=review, insight=insight, defaults={"by": by})
