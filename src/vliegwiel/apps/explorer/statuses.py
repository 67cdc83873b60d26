"""The states of a run and the steps between them, as tables."""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    QUEUED = "queued", _("Waiting for its turn")
    RUNNING = "running", _("Being calculated")
    DONE = "done", _("Finished")
    CANCELLED = "cancelled", _("Cancelled")
    FAILED = "failed", _("Failed")


ACTIVE = (Status.QUEUED.value, Status.RUNNING.value)
FINAL = (Status.DONE.value, Status.CANCELLED.value, Status.FAILED.value)

STEPS: Mapping[Status, frozenset[Status]] = {
    Status.QUEUED: frozenset({Status.RUNNING, Status.CANCELLED, Status.FAILED}),
    Status.RUNNING: frozenset({Status.DONE, Status.CANCELLED, Status.FAILED}),
    Status.DONE: frozenset(),
    Status.CANCELLED: frozenset({Status.QUEUED}),
    Status.FAILED: frozenset({Status.QUEUED}),
}
