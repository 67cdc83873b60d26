"""Whether help of the same form became more or less."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from vliegwiel.science.ijw import AssignmentVersion

from .deriving import Trajectories

#: Frequencies (WMO757) that say how much in a fixed time: a day, a week, a month.
_PER_TIME = frozenset({"1", "2", "4"})


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeChanges:
    """Changes of the volume that began in a period; ``incomparable`` have other units or none."""

    more: int
    less: int
    same: int
    incomparable: int


def volume_changes(found: Trajectories, first: date, last: date) -> VolumeChanges:
    """Volumes of versions and of assignments that follow each other, compared in pairs.

    Only volumes in the same unit per the same time are compared.
    """
    more = less = same = incomparable = 0
    for former, following in _pairs(found):
        if not first <= max(following.begin, following.decided.date()) <= last:
            continue
        comparable = (
            former.unit == following.unit
            and former.frequency == following.frequency
            and following.frequency in _PER_TIME
        )
        if not comparable or former.volume is None or following.volume is None:
            incomparable += 1
            continue
        more += following.volume > former.volume
        less += following.volume < former.volume
        same += following.volume == former.volume
    return VolumeChanges(more=more, less=less, same=same, incomparable=incomparable)


def _pairs(found: Trajectories) -> Iterator[tuple[AssignmentVersion, AssignmentVersion]]:
    for key in sorted(found.assignments):
        assignment = found.assignments[key]
        before = found.successions.before.get(key)
        if before is not None:
            yield found.assignments[before].in_force, assignment.versions[0]
        yield from pairwise(assignment.versions)
