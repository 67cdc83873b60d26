"""`vliegwiel serve`: the web site, by gunicorn."""

from typing import Annotated, Any

import typer
from django.core.servers.basehttp import get_internal_wsgi_application
from gunicorn.app.base import BaseApplication

from .answers import fail
from .environment import DATABASE_AWAY, start
from .language import gettext as _
from .processes import follow_parent


class _Site(BaseApplication):  # type: ignore[misc]
    """gunicorn with our options instead of its own command line."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for key, value in self.options.items():
            self.cfg.set(key, value)

    def load(self) -> Any:
        # Called in each worker process; the parent stays small and holds no connection.
        return get_internal_wsgi_application()


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8000,
    workers: Annotated[int, typer.Option(help="Processes; about one a core.")] = 2,
    threads: Annotated[int, typer.Option(help="Threads in each process.")] = 4,
) -> None:
    """Serve the web site."""
    follow_parent()
    try:
        start(migrate=False)
    except DATABASE_AWAY as error:
        fail(_("The database cannot be reached: %(error)s") % {"error": error})
        raise typer.Exit(1) from error
    _Site(
        {
            "bind": f"{host}:{port}",
            "workers": workers,
            "threads": threads,
            "worker_class": "gthread",
            "timeout": 60,
            "graceful_timeout": 5,
            "loglevel": "warning",
            # gunicorn's own access log holds network addresses; requests are logged by the site.
            "accesslog": None,
            "control_socket_disable": True,
        }
    ).run()
