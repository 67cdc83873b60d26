"""`vliegwiel`: every command starts here.

The module of a command is loaded when that command is given. Simulating and the site take seconds
to load; `version` and `--help` answer at once.
"""

import gc
import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any, Final

import typer
from typer.core import TyperCommand, TyperGroup

from vliegwiel import __version__


class Announced(TyperCommand):
    """A command of which only the name and one line are known until somebody gives it."""

    def __init__(self, name: str, line: str, place: str) -> None:
        super().__init__(name, help=line)
        self.place = place

    @cached_property
    def loaded(self) -> Any:
        """The command itself; a group of commands where the place holds a Typer of its own."""
        module, _colon, attribute = self.place.partition(":")
        with _all_that_is_made_stays():
            found = getattr(importlib.import_module(f"vliegwiel.cli.{module}"), attribute)
        if not isinstance(found, typer.Typer):
            function, found = found, typer.Typer(**_PLAIN)
            found.command(self.name)(function)
        return typer.main.get_command(found)

    def make_context(
        self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any
    ) -> Any:
        """From here on the loaded command reads its options, shows its help and runs."""
        return self.loaded.make_context(info_name, args, parent, **extra)


class Commands(TyperGroup):
    """The group of all commands: those below are announced, not loaded."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        for name, (place, line) in ANNOUNCED.items():
            self.add_command(Announced(name, line, place))


@contextmanager
def _all_that_is_made_stays() -> Iterator[None]:
    """While loading modules: none of it is garbage, and looking for that takes a fifth longer."""
    looked = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if looked:
            gc.enable()


_PLAIN: Final[dict[str, Any]] = {"add_completion": False, "pretty_exceptions_enable": False}

#: Name -> where the command is, and the first line of its help.
ANNOUNCED: Final = {
    "backup": ("backup:backup", "Write all that this installation keeps to one file."),
    "box": (
        "box:box",
        "Make a region in a box: care messages, offers and tables of which the truth is known.",
    ),
    "check-document": (
        "forecast:check_document",
        "List everything that is wrong in a care-system or scenario document.",
    ),
    "deliver": (
        "deliver:deliver",
        "Deliver care messages (iJw) or tables of a region: all, without persons, or nothing.",
    ),
    "describe-model": (
        "describe:describe_model",
        "Describe a care system in the order of STRESS-DES, the guideline for simulation studies.",
    ),
    "demo": ("demo:demo", "Serve a demonstration with region IJsselland on this machine."),
    "effect": (
        "effect:effect",
        "Find what an initiative did, from a table of measurements.",
    ),
    "figures": ("figures:app", "Fetch figures that others publish: tables of CBS StatLine."),
    "fit": (
        "fit:fit",
        "Fit the care system of a region to its own care messages, and test it.",
    ),
    "forecast": ("forecast:forecast", "Forecast what a scenario would do in a care system."),
    "load": ("load:app", "Load files of a region, each whole or not at all."),
    "manage": (
        "manage:app",
        "Pass a command on to Django: check --deploy, migrate, createsuperuser ...",
    ),
    "measure": (
        "measure:measure",
        "Take measurements of a pilot from a table, and keep the evidence that follows from them.",
    ),
    "monitor": (
        "monitor:monitored",
        "Find intervals that hold at any look, from an effect with its error at each look.",
    ),
    "national": (
        "national:national",
        "Forecast every youth-care region of the country, and the country as a whole.",
    ),
    "pool": (
        "pool:pooled",
        "Bring effects of regions together, and say what to expect in a next region.",
    ),
    "regulation": (
        "regulation:regulation",
        "Write the pseudonymised assignments and the waits of a quarter (Youth Act regulation).",
    ),
    "restore": ("backup:restore", "Put a backup back: all of it, or nothing."),
    "serve": ("serve:serve", "Serve the web site."),
    "smallest-test": (
        "smallest_test:smallest_test",
        "Find how many youths, months and municipalities a pilot needs to show its effect.",
    ),
    "watch": (
        "deliver:watch",
        "Deliver every file that comes into a folder, each by itself, until told to stop.",
    ),
    "worker": (
        "worker:worker",
        "Work on the forecasts that were asked for, until told to stop.",
    ),
}

app = typer.Typer(cls=Commands, no_args_is_help=True, **_PLAIN)


@app.callback()
def _vliegwiel() -> None:
    """Vliegwiel: the learning system of a Dutch youth-care region."""


@app.command()
def version() -> None:
    """Print the version."""
    typer.echo(__version__)
