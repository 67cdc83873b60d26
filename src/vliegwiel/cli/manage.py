"""`vliegwiel manage ...`: Django's own commands, for who manages an installation.

As strict as the site: without VLIEGWIEL_MODE it works in production mode.
"""

import os
import sys

import typer
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from .answers import fail
from .environment import DATABASE_AWAY, ensure_database, ensure_django
from .language import gettext as _

# Everything after `manage` is Django's to read, also --help.
PASS_ON = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}


app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command(context_settings=PASS_ON)
def manage(context: typer.Context) -> None:
    """Pass a command on to Django: check --deploy, migrate, createsuperuser ..."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vliegwiel.web.settings")
    try:
        ensure_database()
        ensure_django()
        execute_from_command_line([f"{sys.argv[0]} manage", *context.args])
    except ImproperlyConfigured as error:
        fail(str(error))
        raise typer.Exit(2) from error
    except DATABASE_AWAY as error:
        fail(_("The database cannot be reached: %(error)s") % {"error": error})
        raise typer.Exit(1) from error
