"""Which design is the strongest for a plan, in words: why, and what would make it stronger."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from vliegwiel.apps.explorer import effect_words
from vliegwiel.apps.pilots import queries
from vliegwiel.apps.pilots.queries import DesignId, Measuring, Plan


@dataclass(frozen=True, slots=True)
class WayWords:
    """A way of measuring with its strongest design."""

    way: str
    design: str
    why: str
    stronger: Sequence[str]
    chosen: bool


@dataclass(frozen=True, slots=True)
class AdviceWords:
    """`better` names a stronger design than the one of the plan; empty when there is none."""

    ways: Sequence[WayWords]
    better: str


def advice_words(plan: Plan) -> AdviceWords:
    """What can be said of a plan with what was filled in by now."""
    advised = queries.advice_of(plan)
    better = queries.better_design(plan, advised)
    ways = {
        Measuring.FOLLOWED: _("If each group is measured every month, from a year before"),
        Measuring.ONCE: _("If each youth is measured once"),
    }
    return AdviceWords(
        [
            WayWords(
                ways[one.measuring],
                str(DesignId(one.design).label),
                effect_words.check(one.why),
                [effect_words.check(check) for check in one.stronger],
                one.design == plan.design,
            )
            for one in advised
        ],
        str(DesignId(better.design).label) if better is not None else "",
    )
