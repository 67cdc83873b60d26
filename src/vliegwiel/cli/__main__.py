"""`python -m vliegwiel.cli`: the same as the command `vliegwiel`."""

from .main import app

app()
