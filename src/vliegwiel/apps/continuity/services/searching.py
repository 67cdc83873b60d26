"""Searching the messages of a region for gaps, in the background, whenever they have changed."""

import logging
from collections.abc import Sequence
from contextlib import closing
from hashlib import blake2b
from uuid import UUID

from django.db import OperationalError, transaction
from django.utils import timezone
from procrastinate import exceptions
from procrastinate.contrib.django import app

from vliegwiel import __version__
from vliegwiel.apps.continuity.documents import counts_text, study_text
from vliegwiel.apps.continuity.models import ContinuityCheck, Gap, WorkStatus
from vliegwiel.apps.intake.errors import where_it_failed
from vliegwiel.apps.intake.queries import intake_state, records_of
from vliegwiel.apps.regions.models import Region
from vliegwiel.apps.trajectories.queries import known_days
from vliegwiel.science.trajectories import (
    CareGap,
    care_gaps,
    derive,
    gap_counts,
    gap_rows,
    waiting_study,
)

TASK = "vliegwiel.continuity.search"
QUEUE = "trajectories"
#: A search that took down its worker this often is given up.
MOST_ATTEMPTS = 3
_REFERENCE = 8
_log = logging.getLogger(__name__)


@transaction.atomic
def refresh(*, region: Region) -> ContinuityCheck | None:
    """Sees to a search of the messages as they are now; None, and nothing kept, without messages.

    To be called after each delivery and removal. One that failed on the same messages stays so.
    """
    state = intake_state(region)
    if state.known_until is None:
        Gap.objects.filter(region=region).delete()
        ContinuityCheck.objects.filter(region=region).delete()
        return None
    check, made = ContinuityCheck.objects.select_for_update().get_or_create(
        region=region, defaults={"state": state.mark, "code_version": __version__}
    )
    if not made and (check.state, check.code_version) != (state.mark, __version__):
        check.state, check.code_version = state.mark, __version__
        check.status, check.attempts = WorkStatus.QUEUED, 0
        check.known = check.made_at = None
        check.counts = check.study = ""
        check.save()
    if check.status == WorkStatus.QUEUED:
        _enqueue(check.pk)
    return check


def refresh_all() -> int:
    """The same for every region with care data; says how many there are."""
    regions = list(Region.objects.filter(intake__isnull=False).order_by("code"))
    for region in regions:
        refresh(region=region)
    return len(regions)


def _enqueue(check_id: int) -> None:
    """In the present transaction, and not twice."""
    name = f"continuity-{check_id}"
    task = app.configure_task(TASK, queue=QUEUE, lock=name, queueing_lock=name)
    try:
        with transaction.atomic():
            task.defer(check_id=check_id)
    except exceptions.AlreadyEnqueued:
        return


def search(*, check_id: int) -> None:
    """Searches the messages of a region, and keeps the work list and the counts.

    What was done about a gap stays when it is found anew. A gap that is not found any more stays
    with its history if something was done about it, as long as messages still tell of the youth.
    A search that is over, or of messages that have changed since, keeps nothing.
    """
    check = _take_up(check_id)
    if check is None:
        return
    try:
        _search(check)
    except OperationalError:
        raise
    except Exception as error:
        _log.error("the search for gaps in care %s failed: %s", check_id, where_it_failed(error))
        ContinuityCheck.objects.filter(pk=check.pk, state=check.state).update(
            status=WorkStatus.FAILED
        )


@transaction.atomic
def _take_up(check_id: int) -> ContinuityCheck | None:
    found = (
        ContinuityCheck.objects.select_for_update(of=("self",))
        .select_related("region")
        .filter(pk=check_id, status=WorkStatus.QUEUED)
        .first()
    )
    if found is None:
        return None
    if found.attempts >= MOST_ATTEMPTS:
        found.status = WorkStatus.FAILED
    else:
        found.attempts += 1
    found.save(update_fields=["status", "attempts"])
    return found if found.status == WorkStatus.QUEUED else None


def _search(check: ContinuityCheck) -> None:
    region = check.region
    known = intake_state(region).known_until
    if known is None:
        return
    with closing(records_of(region)) as rows:
        records = list(rows)
    found = derive(records, known=known, as_delivered=True)
    gaps, youths = care_gaps(found), set(found.spells_of)
    youths |= {assignment.youth for assignment in found.assignments.values()}
    kept = {"counts": "", "study": ""}
    days = known_days(region)
    if days:
        # Counts are of whole months only: those of two days side by side would tell of one message.
        listed = gaps
        if days[0] != known:
            choices = found.choices
            # Never both in memory: of a large region each takes gigabytes.
            del found
            found = derive(records, known=days[0], choices=choices)
            listed = care_gaps(found)
        kept["counts"] = counts_text(gap_counts(listed, days[0], gap_rows(found)))
        kept["study"] = study_text(waiting_study(found, days[0]))
    with transaction.atomic():
        # The messages may have changed meanwhile: then another search is on its way.
        rows_changed = ContinuityCheck.objects.filter(
            pk=check.pk, state=check.state, status=WorkStatus.QUEUED
        ).update(status=WorkStatus.DONE, known=known, made_at=timezone.now(), **kept)
        if rows_changed and intake_state(region).mark == check.state:
            _keep(region, gaps, youths=youths)
        elif rows_changed:
            transaction.set_rollback(True)


def _keep(region: Region, gaps: Sequence[CareGap], *, youths: set[str]) -> None:
    """Renews the work list."""
    there = {gap.mark: gap for gap in Gap.objects.select_for_update().filter(region=region)}
    day = intake_state(region).known_until or timezone.localdate()
    marks = set()
    for found in gaps:
        mark = blake2b(f"{region.code}|{found.key}".encode(), digest_size=32).hexdigest()
        marks.add(mark)
        row = there.get(mark) or Gap(
            region=region, mark=mark, reference=mark[:_REFERENCE].upper(), first_found=day
        )
        row.youth, row.kind = UUID(hex=found.youth), found.kind.value
        row.municipality, row.provider, row.form = found.municipality, found.provider, found.form
        row.since, row.arranged, row.found = found.since, found.arranged, True
        row.save()
    for mark, gap in there.items():
        if mark in marks:
            continue
        if gap.youth.hex not in youths or not gap.steps.exists():
            gap.delete()
        else:
            Gap.objects.filter(pk=gap.pk).update(found=False)
