"""`vliegwiel`: every command starts here."""

import typer

from vliegwiel import __version__

from .demo import demo
from .forecast import check_document, forecast
from .manage import PASS_ON, manage
from .serve import serve
from .worker import worker

app = typer.Typer(
    help="Vliegwiel: the learning system of a Dutch youth-care region.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.command()
def version() -> None:
    """Print the version."""
    typer.echo(__version__)


app.command()(demo)
app.command("check-document")(check_document)
app.command()(forecast)
app.command(context_settings=PASS_ON)(manage)
app.command()(serve)
app.command()(worker)
