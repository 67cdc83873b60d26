"""`vliegwiel effect`: what an initiative did, from a table of measurements."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from vliegwiel.apps.explorer import effect_words
from vliegwiel.science.evidence.effects import (
    EFFECT_DESIGNS,
    Better,
    Choice,
    Effect,
    EffectTable,
    Lot,
    Measure,
    Question,
    Role,
    TableRoles,
    advice,
    choose,
    effect_of,
    read_effect_table,
)
from vliegwiel.science.kernel import DocumentError, Fault

from . import effect_table
from .answers import LANGUAGE, Language, content_of, refuse, speak_without_database
from .language import gettext as _

_ROLES = ", ".join(role.value for role in Role)


def effect(
    table: Annotated[Path, typer.Argument(help="Table of measurements (CSV, UTF-8).")],
    *,
    outcome: Annotated[str | None, typer.Option(help="Column with the outcome.")] = None,
    design: Annotated[str, typer.Option(help=", ".join(("auto", *EFFECT_DESIGNS)))] = "auto",
    column: Annotated[
        list[str] | None,
        typer.Option(help=f"Role of a column as ROLE=COLUMN, again for each. Roles: {_ROLES}."),
    ] = None,
    name: Annotated[str, typer.Option(help="What the outcome is called in a sentence.")] = "",
    unit: Annotated[str, typer.Option(help="Unit of the outcome: days, euro ...")] = "",
    better: Annotated[Better, typer.Option(help="Which way is intended.")] = Better.UNKNOWN,
    lot: Annotated[Lot, typer.Option(help="What was drawn by lot.")] = Lot.NOTHING,
    control: Annotated[str | None, typer.Option(help="Group that is compared with.")] = None,
    treated: Annotated[str | None, typer.Option(help="Group whose effect is meant.")] = None,
    start: Annotated[
        str | None, typer.Option(help="First period with the initiative, without a column for it.")
    ] = None,
    estimand: Annotated[
        str | None,
        typer.Option(help="restricted_mean, hazard_ratio; before_after: mean, share, rate."),
    ] = None,
    limit: Annotated[float | None, typer.Option(help="Compare waiting times up to this.")] = None,
    level: Annotated[float, typer.Option(help="Confidence of the interval.")] = 0.95,
    season: Annotated[
        str, typer.Option(help="Pattern of the year: harmonic, each or none.")
    ] = "harmonic",
    lowest: Annotated[float | None, typer.Option(help="Least that the outcome can be.")] = None,
    highest: Annotated[float | None, typer.Option(help="Most that the outcome can be.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The whole effect as JSON.")] = False,
    language: Language = LANGUAGE,
) -> None:
    """Find what an initiative did, from a table of measurements."""
    speak_without_database(language)
    columns = _columns(column or [])
    if outcome is not None:
        columns[Role.OUTCOME] = outcome
    label = name or outcome or columns.get(Role.TIME) or _("the outcome")
    question = Question(
        measure=Measure(outcome=label, unit=unit, better=better),
        design=design, lot=lot, level=level, control=control, treated=treated, start=start,
        estimand=estimand, limit=limit, season=season,
    )  # fmt: skip
    roles = TableRoles(columns=columns, lowest=lowest, highest=highest)
    choice, found = _answer(content_of(table), roles, question)
    if as_json:
        typer.echo(found.to_json())
    else:
        effect_table.show(found, choice, advice(found))


def _answer(content: bytes, roles: TableRoles, question: Question) -> tuple[Choice | None, Effect]:
    console = Console(stderr=True)
    try:
        with console.status(_("Reading the table")):
            table = read_effect_table(content, roles)
        with console.status(_("Computing the effect")):
            return _computed(table, question)
    except DocumentError as error:
        _explain(error)


def _computed(table: EffectTable, question: Question) -> tuple[Choice | None, Effect]:
    if question.design != "auto":
        return None, effect_of(table, question)
    choice = choose(table, question)
    return choice, effect_of(table, choice.question)


def _explain(error: DocumentError) -> NoReturn:
    refuse(*(_told(fault) for fault in error.faults))


def _told(fault: Fault) -> str:
    words = effect_words.fault(fault)
    return f"{fault.path}: {words}" if fault.path else words


def _columns(named: Sequence[str]) -> dict[Role, str]:
    """Roles of columns that somebody typed as ROLE=COLUMN."""
    known: Mapping[str, Role] = {role.value: role for role in Role}
    found: dict[Role, str] = {}
    for text in named:
        role, sign, heading = text.partition("=")
        if not sign or role.strip() not in known:
            refuse(
                _("--column %(text)s: write ROLE=COLUMN, with one of these roles: %(roles)s.")
                % {"text": text, "roles": _ROLES}
            )
        found[known[role.strip()]] = heading.strip()
    return found
