"""Changing a scenario the way a person thinks of it: how much, where first, from when, everywhere.

A scenario document gives every intervention stages of its own. People change them together: all
that starts in the first municipalities moves along when the start moves.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from vliegwiel.science.caresystem import Assumed, Intervention, Scenario, Stage, Text

from .sizes import Size, scale_of, size_of

_SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Rollout:
    """Where, when and for whom: first in some municipalities, later everywhere.

    Either may be absent. The shares are those of the youths whom it reaches there.
    """

    municipalities: tuple[str, ...]
    first_from: date | None
    first_ramp: int
    everywhere_from: date | None
    everywhere_ramp: int
    first_share: float = 1.0
    everywhere_share: float = 1.0


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody wants a scenario to be; `sizes` has one entry for each intervention."""

    title: Text
    sizes: tuple[Size, ...]
    rollout: Rollout


def rollout_of(scenario: Scenario) -> Rollout:
    """Where and when the scenario begins: its earliest stages of both kinds."""
    first = min(_stages(scenario, everywhere=False), key=lambda s: s.from_, default=None)
    last = min(_stages(scenario, everywhere=True), key=lambda s: s.from_, default=None)
    return Rollout(
        municipalities=tuple(first.municipalities) if first is not None else (),
        first_from=first.from_ if first is not None else None,
        first_ramp=first.ramp_months if first is not None else 0,
        everywhere_from=last.from_ if last is not None else None,
        everywhere_ramp=last.ramp_months if last is not None else 0,
        first_share=first.share if first is not None else 1.0,
        everywhere_share=last.share if last is not None else 1.0,
    )


def change_of(scenario: Scenario) -> Change:
    """The scenario as it is: applying this changes nothing."""
    sizes = tuple(size_of(intervention.size) for intervention in scenario.interventions)
    return Change(scenario.title, sizes, rollout_of(scenario))


def apply(scenario: Scenario, change: Change) -> Scenario:
    """The scenario with another title, other sizes and another rollout.

    A size that differs carries a reason that says so and what it was before; nothing else of the
    document changes. Raises ValueError when `change.sizes` has another length than the
    interventions, or when the rollout has neither first municipalities nor a start everywhere.
    """
    if len(change.sizes) != len(scenario.interventions):
        raise ValueError("a size is needed for each intervention")
    old, new = rollout_of(scenario), change.rollout
    if new.first_from is None and new.everywhere_from is None:
        raise ValueError("a rollout begins somewhere")
    interventions = tuple(
        _with_stages(_with_size(intervention, size), old, new)
        for intervention, size in zip(scenario.interventions, change.sizes, strict=True)
    )
    return scenario.model_copy(update={"title": change.title, "interventions": interventions})


def months_between(earlier: date, later: date) -> int:
    """Whole months from one first of a month to another; negative when it lies before."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def month_after(month: date, months: int) -> date:
    """The first of the month that lies so many months later."""
    count = month.year * 12 + month.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def _stages(scenario: Scenario, *, everywhere: bool) -> Iterator[Stage]:
    for intervention in scenario.interventions:
        yield from _of_kind(intervention.stages, everywhere=everywhere)


def _of_kind(stages: Sequence[Stage], *, everywhere: bool) -> list[Stage]:
    return [stage for stage in stages if (stage.municipalities == "all") is everywhere]


def _with_size(intervention: Intervention, wanted: Size) -> Intervention:
    quantity = intervention.size
    old = size_of(quantity)
    pairs = ((old.value, wanted.value), (old.low, wanted.low), (old.high, wanted.high))
    if all(abs(a - b) <= _SAME * max(1.0, abs(a)) for a, b in pairs):
        return intervention
    why = Text(nl=_why(intervention, old, "nl"), en=_why(intervention, old, "en"))
    origin = Assumed(kind="assumed", low=wanted.low, high=wanted.high, why=why)
    size = quantity.model_copy(update={"value": wanted.value, "provenance": origin})
    return intervention.model_copy(update={"size": size})


def _why(intervention: Intervention, old: Size, language: str) -> str:
    """The reason of a size that somebody chose, in words."""
    scale = scale_of(intervention)
    shown = scale.show_size(old)
    with override(language):
        words = {"size": scale.words(shown.value), "range": scale.range_words(shown)}
        return _("Chosen by whoever changed this scenario. Before: %(size)s (%(range)s).") % words


def _with_stages(intervention: Intervention, old: Rollout, new: Rollout) -> Intervention:
    """The stages moved along: what starts later than the rest keeps its distance to it."""
    if new == old:
        return intervention
    first = _of_kind(intervention.stages, everywhere=False)
    later = _of_kind(intervention.stages, everywhere=True)
    stages: list[Stage] = []
    if new.first_from is not None and (first or new.everywhere_from is None):
        stages.append(
            _moved(
                first,
                old=(old.first_from, old.first_ramp, old.first_share),
                new=(new.first_from, new.first_ramp, new.first_share),
                municipalities=new.municipalities,
            )
        )
    if new.everywhere_from is not None and (later or not stages):
        stages.append(
            _moved(
                later,
                old=(old.everywhere_from, old.everywhere_ramp, old.everywhere_share),
                new=(new.everywhere_from, new.everywhere_ramp, new.everywhere_share),
                municipalities="all",
            )
        )
    return intervention.model_copy(update={"stages": tuple(stages)})


def _moved(
    stages: Sequence[Stage],
    *,
    old: tuple[date | None, int, float],
    new: tuple[date, int, float],
    municipalities: tuple[str, ...] | str,
) -> Stage:
    """One stage instead of `stages`; its own ramp and share stay when the common are the same."""
    lag = months_between(old[0], stages[0].from_) if old[0] is not None and stages else 0
    ramp = stages[0].ramp_months if stages and old[1] == new[1] else new[1]
    share = stages[0].share if stages and old[2] == new[2] else new[2]
    made = {"from": month_after(new[0], lag), "municipalities": municipalities, "ramp_months": ramp}
    # Left out where it is everybody: a scenario without shares stays the document that it was.
    return Stage.model_validate(made if share == 1.0 else made | {"share": share})
