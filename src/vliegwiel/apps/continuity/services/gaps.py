"""What somebody does about a gap, and that somebody looked."""

from django.db import transaction
from django.utils.translation import gettext

from vliegwiel.apps.continuity.errors import NotThere, Refused
from vliegwiel.apps.continuity.models import Explanation, Gap, GapStatus, GapStep, WorkListRead
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import require


@transaction.atomic
def set_status(
    *, region: Region, gap_id: int, status: str, explanation: str = "", by: User
) -> None:
    """Writes down how somebody left a gap; the steps before it are kept.

    The same again changes nothing. Raises Refused, NotThere, and NotAllowed without the right to
    work on gaps.
    """
    require(by, "continuity.work", region)
    gap = Gap.objects.select_for_update().filter(region=region, pk=gap_id).first()
    if gap is None:
        raise NotThere
    problems = {}
    if status not in GapStatus.values:
        problems["status"] = gettext("Choose one of the states in the list.")
    if explanation not in Explanation.values:
        problems["explanation"] = gettext("Choose one of the explanations in the list.")
    elif status == GapStatus.EXPLAINED and not explanation:
        problems["explanation"] = gettext("Choose what explains it.")
    if problems:
        raise Refused(problems)
    last = gap.steps.first()
    if last is not None and (last.status, last.explanation) == (status, explanation):
        return
    GapStep.objects.create(gap=gap, status=status, explanation=explanation, by=by)
    gap.status = status
    gap.save(update_fields=["status"])


def note_read(*, region: Region, rows: int, reference: str = "", by: User) -> None:
    """Writes down that somebody saw so many rows of the work list, or the gap of a reference.

    Raises NotAllowed without the right to work on gaps.
    """
    require(by, "continuity.work", region)
    WorkListRead.objects.create(region=region, rows=rows, reference=reference, by=by)
