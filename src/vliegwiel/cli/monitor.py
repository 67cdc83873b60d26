"""`vliegwiel monitor`: an effect that is looked at again and again, without being fooled."""

import json
import math
from pathlib import Path
from typing import Annotated, Literal

import typer
from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table

from vliegwiel.apps.explorer import effect_words
from vliegwiel.apps.explorer.effect_words import number
from vliegwiel.science.evidence.monitoring import Monitored, early_signal, monitor_estimates

from .answers import LANGUAGE, Language, refuse, speak_without_database
from .columns import columns_of
from .effect_table import MARKS

_WAYS: tuple[Literal["higher", "lower"], ...] = ("higher", "lower")


def monitored(
    table: Annotated[
        Path,
        typer.Argument(
            help="Looks (CSV, UTF-8), oldest first: look, size, estimate, error, freedom if known."
        ),
    ],
    *,
    tuning_size: Annotated[
        float, typer.Option(help="Size, registered beforehand, at which it is narrowest.")
    ],
    alpha: Annotated[float, typer.Option(help="Chance of a false alarm.")] = 0.05,
    better: Annotated[str, typer.Option(help="Which way is better: higher or lower.")] = "higher",
    relevant: Annotated[
        float | None, typer.Option(help="Smallest effect that matters, above 0.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Everything as JSON.")] = False,
    language: Language = LANGUAGE,
) -> None:
    """Find intervals that hold at any look, from an effect with its error at each look."""
    speak_without_database(language)
    names, columns = columns_of(table, needed=("size", "estimate", "error"), further=("freedom",))
    way = _way(better)
    _refuse_impossible(tuning_size, alpha, relevant)
    try:
        found = monitor_estimates(
            columns["estimate"],
            columns["error"],
            columns["size"],
            tuning_size=tuning_size,
            alpha=alpha,
            degrees=columns.get("freedom"),
        )
    except ValueError as error:
        refuse(str(error))
    signal = early_signal(found, better=way, smallest_relevant=relevant)
    if as_json:
        plain = {"state": signal.state, "since": signal.since, "expected": signal.expected_size}
        typer.echo(json.dumps({"signal": plain, **_plain(found, names)}))
        return
    console = Console(highlight=False)
    console.print(f"[bold]{effect_words.check(signal.check)}[/bold]\n")
    console.print(_looks(found, names))
    for check in found.checks:
        console.print(f"{MARKS[check.outcome]} {effect_words.check(check)}")


def _way(better: str) -> Literal["higher", "lower"]:
    for way in _WAYS:
        if way == better:
            return way
    return refuse(_("--better: write higher or lower, not %(text)s.") % {"text": better})


def _refuse_impossible(tuning_size: float, alpha: float, relevant: float | None) -> None:
    if not (math.isfinite(tuning_size) and tuning_size > 0):
        refuse(_("--tuning-size: write a number above 0."))
    if not 0 < alpha < 1:
        refuse(_("--alpha: write a number between 0 and 1, such as 0.05."))
    if relevant is not None and not relevant > 0:
        refuse(_("--relevant: write a number above 0."))


def _looks(found: Monitored, names: list[str]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0))
    headings = (_("Look"), _("Size"), _("Estimate"), _("From"), _("To"))
    for place, heading in enumerate(headings):
        table.add_column(heading, justify="right" if place else "left")
    for name, look in zip(names, found.looks, strict=True):
        table.add_row(name, *map(number, (look.size, look.estimate, look.low, look.high)))
    return table


def _plain(found: Monitored, names: list[str]) -> dict[str, object]:
    return {
        "method": found.method,
        "alpha": found.alpha,
        "tuning_size": found.tuning_size,
        "looks": [
            {
                "look": name,
                **{
                    field: getattr(look, field)
                    for field in ("size", "estimate", "low", "high", "e_value", "p_so_far")
                },
            }
            for name, look in zip(names, found.looks, strict=True)
        ],
        "first_excluding": found.first_excluding,
        "checks": [one.code for one in found.checks],
    }
