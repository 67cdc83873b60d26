"""A smallest useful test on a terminal: the sentence, then what each size can show, then doubts."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table

from vliegwiel.apps.explorer import pilot_words
from vliegwiel.science.evidence import PowerPoint, Share, SmallestTest, Trial
from vliegwiel.science.kernel import Outcome

_MARKS = {
    Outcome.PASSED: "✓",
    Outcome.WARNING: "!",
    Outcome.FAILED: "✗",
    Outcome.INFORMATIVE: "·",
}


def show(test: SmallestTest) -> None:
    """Prints the answer on stdout."""
    console = Console(highlight=False)
    console.print(f"[bold]{pilot_words.headline(test)}[/bold]\n")
    console.print(_trials(test))
    if test.told.points:
        console.print(_durations(test))
    for check in test.checks:
        console.print(f"{_MARKS[check.outcome]} {pilot_words.check(check)}")
    console.print(
        _(
            "Outcome of a model, not a measurement. In 95 of 100 cases the true chance lies "
            "between the numbers in brackets."
        )
    )


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", box=None, padding=(0, 2, 0, 0))
    for column in columns:
        table.add_column(column, justify="right")
    return table


def _trials(test: SmallestTest) -> Table:
    asked = test.asked
    title = f"{pilot_words.DESIGNS[asked.design]}. {pilot_words.OUTCOMES[asked.outcome]}"
    table = _table(
        f"{title}, {pilot_words.care_type(test)}",
        _("Pilot municipalities"),
        _("Months"),
        _("Youths counted in the pilot"),
        _("Effect seen (of 100)"),
    )
    for trial in test.trials:
        months = str(trial.months) if trial.months is not None else pilot_words.reason(_code(trial))
        point = trial.at(trial.months or trial.points[-1].months) if trial.points else None
        table.add_row(str(trial.sites), months, *_told(point))
    return table


def _code(trial: Trial) -> str:
    return trial.reason or ""


def _told(point: PowerPoint | None) -> tuple[str, str]:
    if point is None:
        return "–", "–"
    return number_format(round(point.youths), 0, force_grouping=True), _share(point.power)


def _durations(test: SmallestTest) -> Table:
    """Every third duration, and the answer."""
    table = _table(
        _("By duration, with %(sites)s municipalities") % {"sites": test.told.sites},
        _("Months"),
        _("Youths counted in the pilot"),
        _("Effect seen (of 100)"),
        _("False alarms (of 100)"),
    )
    told = test.told
    for point in told.points:
        if point.months % 3 == 0 or point.months == told.months:
            table.add_row(str(point.months), *_told(point), _share(point.false_alarms))
    return table


def _share(part: Share) -> str:
    mid, low, high = (str(round(100 * value)) for value in (part.value, part.low, part.high))
    return _("%(mid)s (%(low)s to %(high)s)") % {"mid": mid, "low": low, "high": high}
