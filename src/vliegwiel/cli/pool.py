"""`vliegwiel pool`: one effect over regions, and what it may be in a next one."""

import json
import math
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from django.utils.translation import gettext as _
from rich.console import Console

from vliegwiel.apps.explorer import effect_words
from vliegwiel.apps.explorer.effect_words import number
from vliegwiel.science.evidence.pooling import Pooled, pool

from .answers import LANGUAGE, Language, refuse, speak_without_database
from .columns import columns_of
from .effect_table import MARKS


def pooled(
    table: Annotated[
        Path, typer.Argument(help="Regions (CSV, UTF-8): name, effect, error (standard error).")
    ],
    *,
    ratio: Annotated[
        bool, typer.Option(help="Effects are ratios; errors are of their logarithm.")
    ] = False,
    level: Annotated[float, typer.Option(help="Confidence of the interval.")] = 0.95,
    as_json: Annotated[bool, typer.Option("--json", help="Everything as JSON.")] = False,
    language: Language = LANGUAGE,
) -> None:
    """Bring effects of regions together, and say what to expect in a next region."""
    speak_without_database(language)
    names, columns = columns_of(table, needed=("effect", "error"))
    effects, errors = columns["effect"], columns["error"]
    _refuse_impossible(effects, errors, ratio=ratio)
    if not 0 < level < 1:
        refuse(_("--level: write a number between 0 and 1, such as 0.95."))
    found = pool(
        [math.log(one) for one in effects] if ratio else effects,
        [one**2 for one in errors],
        level=level,
    )
    if as_json:
        typer.echo(json.dumps({"names": names, "ratio": ratio, **_plain(found)}))
        return
    console = Console(highlight=False)
    back = math.exp if ratio else float
    for check in found.checks:
        words = effect_words.check(check)
        console.print(f"{MARKS[check.outcome]} {words}")
    console.print(
        _("Average over the regions: %(estimate)s (%(low)s to %(high)s).")
        % {
            "estimate": number(back(found.estimate)),
            "low": number(back(found.low[0])),
            "high": number(back(found.high[0])),
        }
    )


def _refuse_impossible(effects: list[float], errors: list[float], *, ratio: bool) -> None:
    faults = [
        _("line %(line)s: error is not above 0. Write the standard error of the effect.")
        % {"line": line}
        for line, error in enumerate(errors, start=2)
        if error <= 0
    ]
    if ratio:
        faults += [
            _("line %(line)s: a ratio is above 0.") % {"line": line}
            for line, effect in enumerate(effects, start=2)
            if effect <= 0
        ]
    if len(effects) < 2:
        faults.append(_("Give at least two regions: one region cannot be brought together."))
    if faults:
        refuse(*faults)


def _plain(found: Pooled) -> dict[str, object]:
    """As JSON knows it: an infinite number is none, and a check is its code with numbers."""
    plain = asdict(found)
    plain["checks"] = [
        {"code": one.code, "outcome": str(one.outcome), **dict(one.params)} for one in found.checks
    ]
    return {
        name: None if isinstance(value, float) and not math.isfinite(value) else value
        for name, value in plain.items()
    }
