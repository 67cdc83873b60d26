"""Asking for figures, and making them anew when the messages have changed."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from procrastinate import exceptions
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from vliegwiel import __version__
from vliegwiel.apps.intake.queries import IntakeState, intake_state
from vliegwiel.apps.regions import rights
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.services import system_user
from vliegwiel.apps.trajectories.days import month_ends
from vliegwiel.apps.trajectories.errors import NoSuchDay
from vliegwiel.apps.trajectories.models import ACTIVE, Snapshot, Status

TASK = "vliegwiel.trajectories.work_on_snapshot"
QUEUE = "trajectories"


@transaction.atomic
def order(*, region: Region, known: date, by: User) -> Snapshot:
    """Asks for the figures as known on the last day of a month, in the background.

    Figures that are there, or under way, from the same messages and by the same version of the
    product are given back: the same question has the same answer. Raises NoSuchDay for another day
    than those of `queries.known_days`, NotAllowed without the right `care_data.view`.
    """
    rights.require(by, "care_data.view", region)
    state = intake_state(region)
    if known not in month_ends(state.first, state.known_until):
        raise NoSuchDay(known)
    return _ordered(region, known, state, by)


@transaction.atomic
def cancel(*, snapshot: Snapshot, by: User) -> Snapshot:
    """Asks the worker to stop; what no worker has in hand is over at once.

    Raises NotAllowed without the right `care_data.view`.
    """
    rights.require(by, "care_data.view", snapshot.region)
    locked = Snapshot.objects.select_for_update().get(pk=snapshot.pk)
    if locked.status in ACTIVE:
        locked.cancel_requested = True
        if locked.status == Status.QUEUED:
            locked.status, locked.ended_at = Status.CANCELLED, timezone.now()
        locked.save()
    return locked


@transaction.atomic
def refresh(*, region: Region) -> Snapshot | None:
    """Sees to figures from the messages as they are now, of the newest day; None without messages.

    To be called after each delivery and removal. Figures from other messages go at once: what was
    removed must not be seen any more. What somebody stopped, or what failed, stays so.
    """
    state = intake_state(region)
    stale = Snapshot.objects.filter(region=region).exclude(
        state=state.mark, code_version=__version__
    )
    days = month_ends(state.first, state.known_until)
    if not days:
        stale.delete()
        return None
    stale.exclude(known=days[0]).delete()
    return _ordered(region, days[0], state, system_user(), again=False)


def refresh_all() -> int:
    """The same for every region with care data, for what no page has seen; says how many.

    It also puts back in the queue what has no job any more.
    """
    regions = list(Region.objects.filter(intake__isnull=False).order_by("code"))
    for region in regions:
        refresh(region=region)
    jobs = ProcrastinateJob.objects.filter(task_name=TASK, status__in=["todo", "doing"])
    known = {arguments["snapshot_id"] for arguments in jobs.values_list("args", flat=True)}
    for pk in (
        Snapshot.objects.filter(status__in=ACTIVE)
        .exclude(pk__in=known)
        .values_list("pk", flat=True)
    ):
        _enqueue(pk)
    return len(regions)


def _ordered(
    region: Region, known: date, state: IntakeState, by: User, *, again: bool = True
) -> Snapshot:
    """The snapshot of a day, in the queue when it has to be made; `again` also what was stopped."""
    given = {"state": state.mark, "code_version": __version__, "created_by": by}
    snapshot, made = Snapshot.objects.select_for_update().get_or_create(
        region=region, known=known, defaults=given
    )
    same = (snapshot.state, snapshot.code_version) == (state.mark, __version__)
    over = snapshot.status in {Status.CANCELLED, Status.FAILED}
    if made or not same or (over and again):
        for name, value in given.items():
            setattr(snapshot, name, value)
        snapshot.status, snapshot.activity, snapshot.percent = Status.QUEUED, "", 0
        snapshot.overview = snapshot.analysis = snapshot.months = snapshot.error_code = ""
        snapshot.attempts, snapshot.cancel_requested = 0, False
        snapshot.taken_up_at = snapshot.ended_at = None
        snapshot.save()
        _enqueue(snapshot.pk)
    return snapshot


def _enqueue(snapshot_id: int) -> None:
    """In the present transaction: the job exists when and only when the change does."""
    name = f"snapshot-{snapshot_id}"
    task = app.configure_task(TASK, queue=QUEUE, lock=name, queueing_lock=name)
    try:
        with transaction.atomic():
            task.defer(snapshot_id=snapshot_id)
    except exceptions.AlreadyEnqueued:
        return
