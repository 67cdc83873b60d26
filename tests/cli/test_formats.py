"""Commands without a database: texts and formats are those of the site, and the site stays away."""

import json
import subprocess
import sys

import pytest
from django.conf import settings

from tests.cli.without_database import environment
from vliegwiel.cli.formats import SETTINGS

#: Modules of commands that ask nothing of a database.
WITHOUT = ("box", "describe", "effect", "forecast", "monitor", "national", "pool", "smallest_test")
PROGRAM = """
import importlib, json, sys
from vliegwiel.cli.answers import speak_without_database
for name in sys.argv[1:]:
    importlib.import_module(f"vliegwiel.cli.{name}")
speak_without_database("nl")
from django.utils.formats import number_format
from django.utils.translation import gettext
said = [number_format(1234.5, 1, force_grouping=True), gettext("Form of care")]
print(json.dumps([said, sorted(sys.modules)]))
"""


def loaded(*names: str) -> tuple[list[str], set[str]]:
    """What these commands say, and every module that is then there."""
    inherited = {k: v for k, v in environment().items() if k != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *names],
        env=inherited, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    said, modules = json.loads(done.stdout)
    return said, set(modules)


@pytest.mark.parametrize("name", SETTINGS)
def test_texts_and_numbers_are_written_as_on_the_site(name: str) -> None:
    assert getattr(settings, name) == SETTINGS[name]


@pytest.mark.slow
def test_no_command_without_a_database_loads_tables_or_pages() -> None:
    said, modules = loaded(*WITHOUT)
    assert said == ["1.234,5", "Zorgvorm"]
    ours = {name for name in modules if name.startswith("vliegwiel.")}
    assert not {name for name in ours if name.startswith(("vliegwiel.web", "vliegwiel.api"))}
    assert not {name for name in ours if name.endswith(".models")}


@pytest.mark.slow
def test_a_forecast_loads_no_database_at_all() -> None:
    _said, modules = loaded("forecast")
    assert not modules & {"django.db", "django.urls", "procrastinate", "psycopg"}
