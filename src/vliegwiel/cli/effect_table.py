"""An effect on a terminal: its sentence, its numbers, its doubts, and what would be stronger."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table

from vliegwiel.apps.explorer import effect_words
from vliegwiel.apps.explorer.effect_words import number, quantity
from vliegwiel.science.evidence.effects import Choice, Effect
from vliegwiel.science.kernel import Check, Outcome

#: Outcome of a check -> the sign before it.
MARKS = {
    Outcome.PASSED: "✓",
    Outcome.WARNING: "!",
    Outcome.FAILED: "✗",
    Outcome.INFORMATIVE: "·",
}


def show(effect: Effect, choice: Choice | None, stronger: Sequence[Check]) -> None:
    """Prints the effect on stdout."""
    console = Console(highlight=False)
    console.print(f"[bold]{effect_words.headline(effect)}[/bold]\n")
    if choice is not None:
        console.print(effect_words.check(choice.why))
    console.print(_numbers(effect))
    console.print(_arms(effect))
    for check in effect.checks:
        console.print(f"{MARKS[check.outcome]} {effect_words.check(check)}")
    console.print()
    console.print(_("What would make this stronger:"))
    for one in stronger:
        console.print(f"- {effect_words.check(one)}")
    console.print()
    console.print(_further(effect))
    console.print(_("Computed with %(library)s.") % {"library": effect.method.library})


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", box=None, padding=(0, 2, 0, 0))
    for place, column in enumerate(columns):
        table.add_column(column, justify="right" if place else "left")
    return table


def _numbers(effect: Effect) -> Table:
    table = _table(
        effect_words.design(effect),
        _("Effect"), _("Interval"), _("Confidence"), _("p"), _("Standard error"),
    )  # fmt: skip
    table.add_row(
        number(effect.estimate), effect_words.interval(effect) or "–",
        _("%(share)s per cent") % {"share": number(100 * effect.level)},
        effect_words.chance(effect.p), number(effect.error),
    )  # fmt: skip
    return table


def _arms(effect: Effect) -> Table:
    table = _table(
        _("Sample"),
        _("Side"), _("Persons"), _("Groups"), _("Periods before"), _("Periods since"),
    )  # fmt: skip
    for arm in effect.arms:
        side = _("with the initiative") if arm.treated else _("without the initiative")
        counts = (arm.persons, arm.groups, arm.before, arm.after)
        table.add_row(side if arm.name in ("0", "1") else f"{arm.name} ({side})",
                      *("–" if n is None else number(float(n)) for n in counts))  # fmt: skip
    return table


def _further(effect: Effect) -> Table:
    table = _table(_("Further numbers"), "", _("Value"), _("From"), _("To"), _("p"))
    for one in effect.quantities:
        numbers = (one.value, one.low, one.high)
        told = quantity(one.name, of=effect)
        table.add_row(told, *(number(n) for n in numbers), effect_words.chance(one.p))
    return table
