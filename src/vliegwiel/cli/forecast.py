"""`vliegwiel forecast` and `vliegwiel check-document`: without a database, from documents."""

import gzip
import json
import math
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from vliegwiel.apps.explorer import exports, exports_replications, overload_words, precisions
from vliegwiel.apps.explorer.limits import DEFAULTS, LIMITS
from vliegwiel.science.caresystem import (
    MEASURES,
    CareSystem,
    DocumentError,
    Precision,
    Scenario,
    read_care_system,
    read_scenario,
    warmed_up,
    with_values,
)

from . import outcome_table
from .answers import LANGUAGE, Language, content_of, refuse, speak_without_database
from .documents import care_system_text, faults, scenario_text
from .language import gettext as _
from .working import Begun, work_out


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
    precision_of: Annotated[
        str,
        typer.Option(help="Of what instead, and in its unit: waiting_list or waiting_list:crisis"),
    ] = "",
    seed: Annotated[int, typer.Option(help="The same seed gives the same numbers.")] = 1,
    threads: Annotated[int, typer.Option(help="Processor cores to use.")] = os.cpu_count() or 1,
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", help="Another number: care_types.crisis.stay.mean=40"),
    ] = None,
    warm_up: Annotated[
        int | None, typer.Option(help="Begin empty, so many months before the start (0 to 240).")
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
    replications_to: Annotated[
        Path | None,
        typer.Option(help="Write all numbers by month of each repetition to FILE (.csv, .csv.gz)."),
    ] = None,
    language: Language = LANGUAGE,
) -> None:
    """Forecast what a scenario would do in a care system."""
    speak_without_database(language)
    wanted = _precision(precision, precision_of)
    most = DEFAULTS["replications"] if wanted is None else LIMITS["replications"][1]
    asked = {"months": months, "replications": most if replications is None else replications}
    asked["seed"] = seed
    _refuse_outside(asked)
    _refuse_nowhere(csv, replications_to)
    system, change = documents(region, scenario, set_ or [], warm_up)
    _refuse_unknowable(wanted, system, change)
    mind = _warn(system, change, months)
    begun = work_out(system, change, threads=max(1, threads), precision=wanted, **asked)
    _write_files(begun, csv, replications_to)
    if as_json:
        alone = exports.marked_forecast_json
        typer.echo(alone(begun.forecast) if only_forecast else exports.marked_json(begun.go_on()))
        return
    outcome_table.show_forecast(begun.forecast, mind)
    if not only_forecast:
        outcome_table.show_rest(begun.go_on(), change, system)


def _warn(system: CareSystem, change: Scenario, months: int) -> Sequence[str]:
    """Warnings of care that cannot keep up, which are said before anything is worked out."""
    mind = overload_words.warnings(system, change, months)
    for warning in mind:
        typer.echo(warning, err=True)
    return mind


def _precision(half_width: float | None, what: str) -> Precision | None:
    """How well what must be known; None when nobody asks."""
    if half_width is None:
        if what:
            refuse(_("--precision-of needs --precision: how well it must be known."))
        return None
    if not 0 < half_width < math.inf:
        days = _("--precision is a number of days above zero, not %(value)s.")
        other = _("--precision is a number above zero, not %(value)s.")
        refuse((other if what else days) % {"value": half_width})
    measure, _colon, care_type = what.partition(":")
    if measure and measure not in MEASURES:
        words = _("--precision-of knows no measure “%(name)s”. Choose from: %(known)s.")
        refuse(words % {"name": measure, "known": ", ".join(MEASURES)})
    return Precision(half_width, measure or "waiting_time", care_type or None)


def _refuse_unknowable(wanted: Precision | None, system: CareSystem, change: Scenario) -> None:
    if wanted is not None and (why := precisions.objection(wanted, system, change)):
        refuse(why)


def _refuse_outside(asked: Mapping[str, int]) -> None:
    for name, value in asked.items():
        low, high = LIMITS[name]
        if not low <= value <= high:
            refuse(
                _("--%(name)s must lie between %(low)s and %(high)s, not %(value)s.")
                % {"name": name, "low": low, "high": high, "value": value}
            )


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


def documents(
    region: str, scenario: str, settings: Sequence[str], warm_up: int | None = None
) -> tuple[CareSystem, Scenario]:
    """What somebody named, with other numbers in it; refuses what has faults, with all of them."""
    values = dict(_setting(text) for text in settings)
    name = scenario
    try:
        name = region
        system = read_care_system(care_system_text(region))
        system = system if warm_up is None else warmed_up(system, warm_up)
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


def _refuse_nowhere(*files: Path | None) -> None:
    for file in files:
        if file is not None and not file.resolve().parent.is_dir():
            refuse(_("The folder of %(file)s does not exist.") % {"file": file})


def _write_files(begun: Begun, csv: Path | None, replications_to: Path | None) -> None:
    if csv is not None:
        _write(csv, exports.csv_lines(begun.forecast))
    if replications_to is not None:
        each = exports_replications.csv_lines(begun.work.plan, begun.replications())
        _write(replications_to, each)


def _write(file: Path, lines: Iterable[str]) -> None:
    """Line by line; compressed when the file is called so."""
    opened = gzip.open if file.suffix == ".gz" else open
    try:
        with opened(file, "wt", encoding="utf-8", newline="") as target:
            target.writelines(lines)
    except OSError as error:
        refuse(_("%(file)s cannot be written: %(error)s") % {"file": file, "error": error.strerror})
