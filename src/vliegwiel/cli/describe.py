"""`vliegwiel describe-model`: a care system as researchers describe a model, in Markdown."""

from pathlib import Path
from typing import Annotated

import typer

from vliegwiel import reference
from vliegwiel.apps.explorer import stress_des
from vliegwiel.science.caresystem import DocumentError, read_care_system, read_scenario

from .answers import LANGUAGE, Language, refuse, speak_without_database
from .documents import care_system_text, faults, scenario_text
from .language import gettext as _


def describe_model(
    region: Annotated[str, typer.Argument(help="Name of a shipped care system, or a file.")],
    scenario: Annotated[
        list[str] | None,
        typer.Option(help="Scenario to tell of too; else those that ship. Can be given again."),
    ] = None,
    to: Annotated[Path | None, typer.Option(help="Write it to this file.")] = None,
    language: Language = LANGUAGE,
) -> None:
    """Describe a care system in the order of STRESS-DES, the guideline for simulation studies."""
    speak_without_database(language)
    name = region
    try:
        system = read_care_system(care_system_text(region))
        shipped = [f.name.removesuffix(".json") for f in reference.scenario_files(system.id)]
        changes = []
        for name in shipped if scenario is None else scenario:
            changes.append(read_scenario(scenario_text(name, system), system))
    except DocumentError as error:
        refuse(*faults(error, name))
    text = stress_des.describe(system, changes, language)
    if to is None:
        typer.echo(text, nl=False)
        return
    try:
        to.write_text(text, encoding="utf-8")
    except OSError as error:
        refuse(_("%(file)s cannot be written: %(error)s") % {"file": to, "error": error.strerror})
