"""`vliegwiel smallest-test`: how small a pilot may be to show its effect, from documents."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from vliegwiel.apps.explorer import pilot_words
from vliegwiel.science.caresystem import CareSystem, DocumentError
from vliegwiel.science.evidence import (
    DESIGNS,
    OUTCOMES,
    PilotPlan,
    SmallestTest,
    answer,
    run_pilots,
    spans,
)

from . import smallest_test_table
from .answers import LANGUAGE, Language, refuse, speak_without_database
from .forecast import documents
from .language import gettext as _


def smallest_test(
    *,
    region: Annotated[str, typer.Option(help="Name of a shipped care system, or a file.")],
    scenario: Annotated[str, typer.Option(help="Name of a shipped scenario, or a file.")],
    design: Annotated[str, typer.Option(help=", ".join(DESIGNS))] = "differences",
    outcome: Annotated[str, typer.Option(help=", ".join(OUTCOMES))] = "waiting_time",
    care_type: Annotated[str, typer.Option(help="Form of care, or all.")] = "all",
    site: Annotated[
        list[str] | None,
        typer.Option(help="Municipality with the pilot, name or code; again for each."),
    ] = None,
    candidate: Annotated[
        list[str] | None,
        typer.Option(help="Municipality to compare with or draw from; all others without it."),
    ] = None,
    sites: Annotated[
        list[int] | None,
        typer.Option(help="Number of pilot municipalities to try; again for each."),
    ] = None,
    certainty: Annotated[
        float, typer.Option(help="Chance with which the effect must be seen.")
    ] = 0.8,
    before: Annotated[int, typer.Option(help="Months measured before the start.")] = 12,
    longest: Annotated[int, typer.Option(help="Most months that the pilot may take.")] = 36,
    pilots: Annotated[int, typer.Option(help="Simulated pilots; half of them confirm.")] = 1000,
    drawn_size: Annotated[
        bool, typer.Option("--drawn-size", help="Draw the size of changes from their ranges.")
    ] = False,
    seed: Annotated[int, typer.Option(help="The same seed gives the same numbers.")] = 1,
    threads: Annotated[int, typer.Option(help="Processor cores to use.")] = os.cpu_count() or 1,
    as_json: Annotated[bool, typer.Option("--json", help="The whole outcome as JSON.")] = False,
    csv: Annotated[Path | None, typer.Option(help="Write all numbers by month to FILE.")] = None,
    language: Language = LANGUAGE,
) -> None:
    """Find how many youths, months and municipalities a pilot needs to show its effect."""
    speak_without_database(language)
    if csv is not None and not csv.resolve().parent.is_dir():
        refuse(_("The folder of %(file)s does not exist.") % {"file": csv})
    system, change = documents(region, scenario, [])
    try:
        plan = PilotPlan(
            system, change, design, outcome, care_type,
            given=_codes(site or [], system),
            candidates=_codes(candidate, system) if candidate else None,
            numbers=tuple(sites or ()),
            certainty=certainty, months_before=before, longest=longest,
            replications=pilots // 2, seed=seed, hoped=not drawn_size,
        )  # fmt: skip
    except DocumentError as error:
        refuse(*(f"{fault.path}: {pilot_words.fault(fault)}" for fault in error.faults))
    test = _work(plan, max(1, threads))
    if csv is not None:
        _write_csv(csv, test)
    if as_json:
        typer.echo(pilot_words.marked_json(test))
    else:
        smallest_test_table.show(test)


def _codes(named: Sequence[str], system: CareSystem) -> tuple[str, ...]:
    """Codes of municipalities that somebody named by name or code."""
    by_name = {m.name.casefold(): m.code for m in system.municipalities}
    return tuple(by_name.get(name.casefold(), name) for name in named)


def _work(plan: PilotPlan, threads: int) -> SmallestTest:
    pieces = []
    work = spans(plan)
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as progress:
        total = sum(last - first for _number, first, last in work)
        task = progress.add_task(_("Simulating pilots"), total=total)
        for number, first, last in work:
            pieces.append(run_pilots(plan, number, first, last, threads))
            progress.advance(task, last - first)
    return answer(plan, pieces)


def _write_csv(file: Path, test: SmallestTest) -> None:
    try:
        with file.open("w", encoding="utf-8", newline="") as target:
            target.writelines(pilot_words.csv_lines(test))
    except OSError as error:
        refuse(_("%(file)s cannot be written: %(error)s") % {"file": file, "error": error.strerror})
