"""A forecast on a terminal: the sentence, where trouble moves and cost; then queues and doubts."""

from collections.abc import Sequence

import typer
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table

from vliegwiel.apps.explorer import assumed, sentences
from vliegwiel.apps.explorer.descriptions import in_active_language
from vliegwiel.apps.explorer.forecasting import Outcome
from vliegwiel.science.caresystem import (
    ALL,
    CareSystem,
    CostTotal,
    Forecast,
    Interval,
    Scenario,
    YearCost,
)
from vliegwiel.science.kernel import Outcome as CheckOutcome

#: Checks that are told at once: what a precision needed, and what a warm-up leaves unknown.
TOLD = ("precise_enough", "not_precise_enough", "warmed_up")
_MINUS = "\N{MINUS SIGN}"


def show_forecast(forecast: Forecast, warnings: Sequence[str] = ()) -> None:
    """Prints a forecast on stdout, with what it is: somebody may stop reading, or waiting, here."""
    console = Console(highlight=False)
    console.print(f"[bold]{sentences.headline(forecast)}[/bold]\n")
    for warning in warnings:
        typer.echo(f"{warning}\n")
    console.print(_water_bed(forecast))
    if forecast.municipalities:
        console.print(_municipalities(forecast))
    console.print(_costs(forecast))
    console.print(_("Outcome of a model, not a measurement. In brackets: 80 of 100 outcomes."))
    for check in forecast.checks:
        if check.outcome == CheckOutcome.FAILED:
            typer.echo(f"✗ {sentences.check(check)}")
        elif check.code in TOLD:
            typer.echo(sentences.check(check))


def show_rest(outcome: Outcome, scenario: Scenario, system: CareSystem) -> None:
    """Prints what is known of this scenario on this care system besides the forecast."""
    console = Console(highlight=False)
    console.print()
    if outcome.forecast.queue:
        console.print(_waiting_today(outcome.forecast))
    console.print(_assumptions(outcome, scenario, system))


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", box=None, padding=(0, 2, 0, 0))
    for index, column in enumerate(columns):
        table.add_column(column, justify="right" if index else "left")
    return table


def _water_bed(forecast: Forecast) -> Table:
    table = _table(
        _("Differences through the change in %(period)s") % {"period": sentences.period(forecast)},
        _("Form of care"),
        _("Waiting time (days)"),
        _("Waiting list (youths)"),
        _("In care (youths)"),
        _("Cost (× € 1,000)"),
    )
    for row in forecast.water_bed:
        table.add_row(
            in_active_language(forecast.labels[row.care_type]),
            _difference(row.waiting_time, 1),
            _difference(row.waiting_list),
            _difference(row.in_care),
            _difference(row.cost, thousands=True),
        )
    return table


def _municipalities(forecast: Forecast) -> Table:
    table = _table(
        _("Differences by municipality in %(period)s") % {"period": sentences.period(forecast)},
        _("Municipality"),
        _("Waiting time (days)"),
        _("Waiting list (youths)"),
        _("Cost (× € 1,000)"),
    )
    for row in forecast.municipalities:
        if row.care_type == ALL:
            table.add_row(
                row.name,
                _difference(row.waiting_time.difference, 1),
                _difference(row.waiting_list.difference),
                _difference(row.cost.difference, thousands=True),
            )
    return table


def _waiting_today(forecast: Forecast) -> Table:
    """Of each queue the first, the middle and the last youth, of those that are told about."""
    table = _table(
        _("Who waits at the start: days until care starts, without the change"),
        _("Form of care"),
        _("Place in the queue"),
        _("Days waited so far"),
        _("Days until the start"),
        _("Stops waiting before (%)"),
    )
    for care_type in forecast.care_types:
        rows = [row for row in forecast.queue if row.care_type == care_type]
        for index in sorted({0, len(rows) // 2, len(rows) - 1} if rows else set()):
            row = rows[index]
            table.add_row(
                in_active_language(forecast.labels[care_type]),
                str(row.place),
                _days(row.waited.median),
                _between(row.days),
                number_format(round(100 * row.leaves)),
            )
    return table


def _costs(forecast: Forecast) -> Table:
    table = _table(
        _("Cost by calendar year (× € 1,000)"),
        _("Year"),
        _("Without the change"),
        _("With the change"),
        _("Difference"),
    )
    years = [cost for cost in forecast.costs if cost.care_type == ALL]
    totals = [cost for cost in forecast.cost_totals if cost.care_type == ALL]
    found: list[tuple[str, YearCost | CostTotal]] = [(str(cost.year), cost) for cost in years]
    found += [(_("Together"), cost) for cost in totals]
    for name, cost in found:
        table.add_row(
            name,
            _euros(cost.baseline),
            _euros(cost.scenario),
            _difference(cost.difference, thousands=True),
        )
    return table


def _assumptions(outcome: Outcome, scenario: Scenario, system: CareSystem) -> Table:
    table = _table(
        _("Which assumptions matter most"),
        _("Assumption"),
        _("Lowest"),
        _("Outcome (days)"),
        _("Highest"),
        _("Outcome (days)"),
    )
    for row in outcome.sensitivity.rows:
        table.add_row(
            assumed.name(row, scenario, system),
            assumed.in_words(row, row.low, scenario),
            _signed(row.outcome_low, 1),
            assumed.in_words(row, row.high, scenario),
            _signed(row.outcome_high, 1),
        )
    return table


def _difference(found: Interval | None, decimals: int = 0, *, thousands: bool = False) -> str:
    if found is None or found.median is None or found.low is None or found.high is None:
        return "–"
    unit = 1000 if thousands else 1
    mid, low, high = (
        _signed(value / unit, decimals) for value in (found.median, found.low, found.high)
    )
    return _("%(mid)s (%(low)s to %(high)s)") % {"mid": mid, "low": low, "high": high}


def _between(found: Interval) -> str:
    if found.median is None:
        return "–"
    parts = {"mid": found.median, "low": found.low, "high": found.high}
    return _("%(mid)s (%(low)s to %(high)s)") % {name: _days(v) for name, v in parts.items()}


def _days(value: float | None) -> str:
    return "–" if value is None else number_format(round(value), 0, force_grouping=True)


def _euros(found: Interval | None) -> str:
    if found is None or found.median is None:
        return "–"
    return number_format(round(found.median / 1000), 0, force_grouping=True)


def _signed(value: float, decimals: int) -> str:
    text = number_format(abs(round(value, decimals)), decimals, force_grouping=True)
    if round(value, decimals) == 0:
        return text
    return f"{_MINUS}{text}" if value < 0 else f"+{text}"
