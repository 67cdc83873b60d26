"""`vliegwiel forecast` and `vliegwiel check-document`: without a database, from documents."""

import json
import math
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from vliegwiel.apps.explorer import exports
from vliegwiel.apps.explorer.limits import DEFAULTS, LIMITS
from vliegwiel.science.caresystem import (
    CareSystem,
    DocumentError,
    Forecast,
    Scenario,
    read_care_system,
    read_scenario,
    with_values,
)

from . import outcome_table
from .answers import LANGUAGE, Language, content_of, refuse, speak_without_database
from .documents import care_system_text, faults, scenario_text
from .language import gettext as _
from .working import work_out


def forecast(
    *,
    region: Annotated[str, typer.Option(help="Name of a shipped care system, or a file.")],
    scenario: Annotated[str, typer.Option(help="Name of a shipped scenario, or a file.")],
    months: Annotated[int, typer.Option(help="Months ahead, 12 to 120.")] = 60,
    replications: Annotated[
        int | None, typer.Option(help="Repetitions, 20 to 1000; with --precision the most.")
    ] = None,
    precision: Annotated[
        float | None,
        typer.Option(help="Stop when the change of the wait is known to within so many days."),
    ] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same numbers.")] = 1,
    threads: Annotated[int, typer.Option(help="Processor cores to use.")] = os.cpu_count() or 1,
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", help="Another number: care_types.crisis.stay.mean=40"),
    ] = None,
    only_forecast: Annotated[
        bool,
        typer.Option(
            "--only-forecast",
            help="Sooner: not who waits today, nor what matters most.",
        ),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The whole outcome as JSON.")] = False,
    csv: Annotated[Path | None, typer.Option(help="Write all numbers by month to FILE.")] = None,
    language: Language = LANGUAGE,
) -> None:
    """Forecast what a scenario would do in a care system."""
    speak_without_database(language)
    if precision is not None and not 0 < precision < math.inf:
        words = _("--precision is a number of days above zero, not %(value)s.")
        refuse(words % {"value": precision})
    if replications is None:
        replications = DEFAULTS["replications"] if precision is None else LIMITS["replications"][1]
    asked = {"months": months, "replications": replications, "seed": seed}
    for name, value in asked.items():
        low, high = LIMITS[name]
        if not low <= value <= high:
            refuse(
                _("--%(name)s must lie between %(low)s and %(high)s, not %(value)s.")
                % {"name": name, "low": low, "high": high, "value": value}
            )
    if csv is not None and not csv.resolve().parent.is_dir():
        refuse(_("The folder of %(file)s does not exist.") % {"file": csv})
    system, change = documents(region, scenario, set_ or [])
    begun = work_out(system, change, threads=max(1, threads), precision=precision, **asked)
    if csv is not None:
        _write_csv(csv, begun.forecast)
    if as_json:
        alone = exports.marked_forecast_json
        typer.echo(alone(begun.forecast) if only_forecast else exports.marked_json(begun.go_on()))
        return
    outcome_table.show_forecast(begun.forecast)
    if not only_forecast:
        outcome_table.show_rest(begun.go_on(), change, system)


def check_document(
    file: Annotated[Path, typer.Argument(help="A care system or a scenario, as JSON.")],
    region: Annotated[str, typer.Option(help="Care system that a scenario is about.")] = "",
    language: Language = LANGUAGE,
) -> None:
    """List everything that is wrong in a care-system or scenario document."""
    speak_without_database(language)
    text = content_of(file)
    try:
        name = _about(text)
        if name is None:
            read_care_system(text)
        else:
            read_scenario(text, read_care_system(care_system_text(region or name)))
    except DocumentError as error:
        refuse(*faults(error, str(file)))
    typer.echo(_("%(file)s has no faults.") % {"file": file})


def documents(region: str, scenario: str, settings: Sequence[str]) -> tuple[CareSystem, Scenario]:
    """What somebody named, with other numbers in it; refuses what has faults, with all of them."""
    values = dict(_setting(text) for text in settings)
    name = scenario
    try:
        name = region
        system = read_care_system(care_system_text(region))
        name = scenario
        change = read_scenario(scenario_text(scenario, system), system)
        name = "--set"
        return with_values(system, change, values) if values else (system, change)
    except DocumentError as error:
        refuse(*faults(error, name))


def _setting(text: str) -> tuple[str, float]:
    address, _equals, number = text.partition("=")
    try:
        return address.strip(), float(number.replace(",", "."))
    except ValueError:
        refuse(
            _("--set needs a name and a number (care_types.crisis.stay.mean=40), not %(text)s")
            % {"text": text}
        )


def _about(text: bytes) -> str | None:
    """The care system that a scenario is about; None for what is not a scenario."""
    try:
        document = json.loads(text)
    except ValueError:
        return None
    if not isinstance(document, Mapping) or not str(document.get("schema")).startswith(
        "vliegwiel.scenario/"
    ):
        return None
    return str(document.get("care_system"))


def _write_csv(file: Path, forecast: Forecast) -> None:
    lines = exports.csv_lines(forecast)
    try:
        with file.open("w", encoding="utf-8", newline="") as target:
            target.writelines(lines)
    except OSError as error:
        refuse(_("%(file)s cannot be written: %(error)s") % {"file": file, "error": error.strerror})
