"""What is decided about insights, and with whom they were talked over."""

import uuid
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from vliegwiel.apps.insights.errors import (
    ChangedMeanwhile,
    ConsultationRefused,
    NotThere,
    PriorityRefused,
)
from vliegwiel.apps.insights.models import Consultation, Insight, Priority
from vliegwiel.apps.insights.vocabulary import PriorityLevel
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import require

_LONGEST = 200


@transaction.atomic
def set_priority(
    *,
    insight_id: int,
    level: str,
    basis_for_all_projects: bool,
    reason: str,
    decided_by: str,
    decided_on: date,
    by: User,
) -> int:
    """Records a decision about an insight and returns its id; the earlier one is kept.

    `decided_by` names the group or person that decided, `by` who records it. The same decision
    again changes nothing. Raises PriorityRefused with a sentence per field that is wrong,
    Insight.DoesNotExist, and NotAllowed without the right to prioritise.
    """
    insight = Insight.objects.select_for_update().select_related("region").get(pk=insight_id)
    require(by, "insights.prioritise", insight.region)
    reason, decided_by = reason.strip(), decided_by.strip()
    _check_priority(level=level, reason=reason, decided_by=decided_by, decided_on=decided_on)
    current = insight.priorities.filter(replaced_at__isnull=True).first()
    if current is not None and (
        (current.level, current.basis_for_all_projects, current.decided_on)
        == (level, basis_for_all_projects, decided_on)
        and (current.reason_nl, current.decided_by_nl) == (reason, decided_by)
    ):
        return current.pk
    if current is not None:
        current.replaced_at = timezone.now()
        current.save(update_fields=["replaced_at"])
    return Priority.objects.create(
        insight=insight,
        level=level,
        basis_for_all_projects=basis_for_all_projects,
        reason_nl=reason,
        decided_by_nl=decided_by,
        decided_on=decided_on,
        recorded_by=by,
    ).pk


def _check_priority(*, level: str, reason: str, decided_by: str, decided_on: date) -> None:
    problems = {}
    if level not in PriorityLevel.values:
        problems["level"] = gettext("Choose one of the priorities in the list.")
    if not reason:
        problems["reason"] = gettext("Say why, so that others can follow the choice later.")
    if not decided_by:
        problems["decided_by"] = gettext("Say who decided this.")
    elif len(decided_by) > _LONGEST:
        problems["decided_by"] = gettext("Use at most 200 characters.")
    if decided_on > timezone.localdate():
        problems["decided_on"] = gettext("This day has not come yet.")
    if problems:
        raise PriorityRefused(problems)


@transaction.atomic
def record_consultation(
    *,
    region: Region,
    group: str,
    start: date,
    end: date,
    reason: str,
    result: str,
    by: User,
    entry_key: str = "",
    replaces: int | None = None,
) -> int:
    """Records with whom the insights were talked over, why and what came of it; returns its id.

    With `replaces` it corrects that consultation, which is kept as it was. The same again with the
    same `entry_key` (a form sent twice) records nothing more; something else (typed after the back
    button) is recorded beside it. Raises ConsultationRefused with a sentence per field, NotThere
    when `replaces` is not one of the region, ChangedMeanwhile when somebody corrected it already,
    and NotAllowed without the right to edit insights.
    """
    require(by, "insights.edit", region)
    group, reason, result = group.strip(), reason.strip(), result.strip()
    _check_consultation(group=group, start=start, end=end, reason=reason)
    Region.objects.select_for_update().get(pk=region.pk)
    key = entry_key[:40] or uuid.uuid4().hex
    if replaces is None:
        known = Consultation.objects.filter(region=region, key=key)
        alike = known.filter(
            group_nl=group, start=start, end=end, reason=reason, result_nl=result
        ).first()
        if alike is not None:
            return alike.pk
        if known.exists():
            key = uuid.uuid4().hex
    else:
        key = _replace(region, replaces)
    return Consultation.objects.create(
        region=region,
        key=key,
        start=start,
        end=end,
        group_nl=group,
        group_en=group,
        reason=reason,
        result_nl=result,
        result_en=result,
        recorded_by=by,
    ).pk


def _replace(region: Region, pk: int) -> str:
    """Ends the consultation that is corrected and gives its key."""
    # What a document tells is corrected in the document.
    earlier = Consultation.objects.filter(region=region, pk=pk, source__isnull=True).first()
    if earlier is None:
        raise NotThere
    if earlier.replaced_at is not None:
        raise ChangedMeanwhile
    earlier.replaced_at = timezone.now()
    earlier.save(update_fields=["replaced_at"])
    return earlier.key


def _check_consultation(*, group: str, start: date, end: date, reason: str) -> None:
    problems = {}
    if not group:
        problems["group"] = gettext("Say which group this was.")
    elif len(group) > _LONGEST:
        problems["group"] = gettext("Use at most 200 characters.")
    if end < start:
        problems["end"] = gettext("The last day lies before the first day.")
    if start > timezone.localdate():
        problems["start"] = gettext("This day has not come yet.")
    if not reason:
        problems["reason"] = gettext("Say why they were asked.")
    if problems:
        raise ConsultationRefused(problems)
