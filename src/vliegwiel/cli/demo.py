"""`vliegwiel demo`: a served site with region IJsselland, from nothing, in one command."""

import os
import signal
import time
from types import FrameType
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from .answers import fail
from .environment import port_is_free, start
from .language import gettext as _
from .logins import DEMO_LOGINS, DEMO_PASSWORD
from .processes import Children
from .selfcheck import PageError, check_site, wait_until_ready
from .steps import Report, steps_on

HOST = "127.0.0.1"
console = Console(stderr=True, highlight=False)


def demo(
    port: Annotated[int, typer.Option(help="Port of the site on this machine.")] = 8000,
    once: Annotated[
        bool, typer.Option(help="Check the served pages, print a summary, stop.")
    ] = False,
) -> None:
    """Serve a demonstration with region IJsselland on this machine."""
    if not port_is_free(HOST, port):
        fail(
            _(
                "Port %(port)d of this machine is in use, by another program or by a demo that "
                "still runs. Choose another: make demo PORT=%(other)d"
            )
            % {"port": port, "other": port + 1}
        )
        raise typer.Exit(1)
    # Both said outright: a shell that starts a program in the background makes it deaf to Ctrl-C.
    signal.signal(signal.SIGINT, _as_ctrl_c)
    signal.signal(signal.SIGTERM, _as_ctrl_c)
    try:
        _run(port, once=once)
    except PageError as fault:
        fail(_("The demo does not work: %(fault)s") % {"fault": fault})
        raise typer.Exit(1) from fault
    except KeyboardInterrupt:
        console.print(_("Stopped."))


def _as_ctrl_c(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _run(port: int, *, once: bool) -> None:
    began = time.monotonic()
    prepare()
    url = f"http://{HOST}:{port}"
    with Children() as children:

        def start_both(_report: Report) -> str:
            children.start("worker", ["worker"])
            children.start("site", ["serve", "--port", str(port)])
            wait_until_ready(url, children)
            return _("ready")

        with steps_on(console) as steps:
            steps.run(_("Site and worker"), start_both)
        if once:
            _check(url, began)
            return
        _welcome(url, time.monotonic() - began)
        while (ended := children.stopped()) is None:
            time.sleep(0.5)
        fail(
            _("%(name)s stopped by itself (status %(status)d); the demo stops too.")
            % {"name": ended[0], "status": ended[1]}
        )
        raise typer.Exit(1)


def prepare() -> None:
    """Database, shipped facts and a first forecast; what is there already is left alone."""
    os.environ["VLIEGWIEL_MODE"] = "demo"
    with steps_on(console) as steps:
        steps.run(_("Database"), lambda _report: start())
        # Late: the services need Django set up, and Django the address of the database.
        from . import shipped

        for step in shipped.DEMO_STEPS:
            steps.run(step.title, step.load)


def _welcome(url: str, seconds: float) -> None:
    table = Table(box=None, padding=(0, 2))
    for heading in (_("Who"), _("E-mail address"), _("Password")):
        table.add_column(heading)
    for login in DEMO_LOGINS:
        table.add_row(login.name, login.email, DEMO_PASSWORD)
    ready = _("Vliegwiel is ready on %(url)s (in %(seconds)d s). Log in as:")
    console.print("\n" + ready % {"url": f"[bold]{url}[/bold]", "seconds": seconds} + "\n")
    console.print(table)
    console.print(
        "\n"
        + _(
            "All people are made up and forecasts are outcomes of a model. Begin at %(url)s and "
            "then open “Verkennen”. Stop with Ctrl-C."
        )
        % {"url": f"{url}/regio/ijsselland/"}
        + "\n"
    )


def _check(url: str, began: float) -> None:
    checked = check_site(url, DEMO_LOGINS[0].email, DEMO_PASSWORD)
    table = Table(box=None, padding=(0, 2))
    for heading in (_("Page"), _("Answer"), "kB"):
        table.add_column(heading)
    for page in checked:
        table.add_row(page.path, str(page.status), f"{page.size / 1000:.0f}")
    console.print(table)
    console.print(
        _("%(number)d pages checked, all as they should be; %(seconds)d s in all.")
        % {"number": len(checked), "seconds": time.monotonic() - began}
    )
