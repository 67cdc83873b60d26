"""The steps that an initiative can take now, for whom, and what is still needed."""

from collections.abc import Sequence
from dataclasses import dataclass

from vliegwiel.apps.initiatives.models import Initiative
from vliegwiel.apps.initiatives.services.allowing import may_change
from vliegwiel.apps.initiatives.services.stepping import lacking
from vliegwiel.apps.initiatives.stages import TYPED, Need, steps_from
from vliegwiel.apps.regions.models import User
from vliegwiel.apps.regions.rights import may


@dataclass(frozen=True, slots=True)
class NextStep:
    """A step; `lacks` must be there first, `asks` is typed with it ("" where nothing is)."""

    target: str
    label: str
    lacks: Sequence[tuple[str, str]]
    asks: str

    @property
    def is_open(self) -> bool:
        return not self.lacks


def next_steps(pk: int, user: User) -> Sequence[NextStep]:
    """The steps that `user` may take, the way forward first."""
    initiative = Initiative.objects.select_related("region").get(pk=pk)
    region = initiative.region
    if region is None or not may_change(initiative, user):
        return []
    last = initiative.steps.first()
    found = steps_from(initiative.stage, paused_from=last.origin if last is not None else "")
    steps = []
    for step in found:
        if may(user, step.right, region):
            needs = lacking(initiative, step)
            typed = [need for need in needs if need in TYPED]
            steps.append(
                NextStep(
                    target=step.target,
                    label=str(step.target.label),
                    lacks=[(n, str(Need(n).label)) for n in needs if n not in TYPED],
                    asks=typed[0] if typed else "",
                )
            )
    return steps
