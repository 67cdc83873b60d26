"""`vliegwiel` itself: quick where nothing is computed, and true about its commands."""

import gc
import json
import subprocess
import sys

import pytest
import typer.main

from vliegwiel import __version__
from vliegwiel.cli.main import ANNOUNCED, Announced, app

# What takes seconds to load, or wants a database or settings.
HEAVY = {"altair", "django", "gunicorn", "numba", "numpy", "procrastinate", "psycopg", "scipy"}
PROGRAM = """
import json, sys
from vliegwiel.cli.main import app
sys.argv = ["vliegwiel", *sys.argv[1:]]
try:
    app()
except SystemExit as end:
    status = end.code
print(json.dumps([status or 0, sorted({name.split(".")[0] for name in sys.modules})]))
"""


def fresh(*arguments: str) -> tuple[str, int, set[str]]:
    """The command in a process of its own: what it says, its status, what it has loaded."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    *said, last = done.stdout.splitlines()
    status, loaded = json.loads(last)
    return "\n".join(said), status, set(loaded)


@pytest.mark.slow
def test_the_version_is_said_without_loading_what_computes() -> None:
    said, status, loaded = fresh("version")
    assert (said, status) == (__version__, 0)
    assert not loaded & HEAVY


@pytest.mark.slow
def test_help_lists_every_command_without_loading_one() -> None:
    said, status, loaded = fresh("--help")
    assert status == 0
    assert not loaded & HEAVY
    for name in ("version", *ANNOUNCED):
        assert name in said


@pytest.mark.slow
def test_help_of_loading_needs_no_database() -> None:
    said, status, loaded = fresh("load", "--help")
    assert status == 0
    assert "waiting-times" in said
    assert not loaded & {"numba", "numpy", "procrastinate"}


@pytest.mark.parametrize("name", ANNOUNCED)
def test_a_command_is_what_was_announced(name: str) -> None:
    announced = typer.main.get_group(app).commands[name]
    assert isinstance(announced, Announced)
    assert announced.loaded.help.splitlines()[0] == announced.help


def test_after_loading_a_command_garbage_is_looked_for_again() -> None:
    try:
        assert Announced("pool", "", "pool:pooled").loaded
        assert gc.isenabled()
        with pytest.raises(ModuleNotFoundError):
            Announced("nothing", "", "nothing:at_all").loaded  # noqa: B018
        assert gc.isenabled()
    finally:
        gc.unfreeze()


@pytest.mark.slow
def test_a_wrong_name_gets_the_right_one_suggested() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "vliegwiel.cli", "forcast"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert "'forecast'" in done.stderr
