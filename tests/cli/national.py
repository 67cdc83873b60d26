"""Running `vliegwiel national`, and what it leaves behind."""

import subprocess
import time
from pathlib import Path

from tests import warm_commands
from tests.cli.without_database import environment, vliegwiel
from tests.warm_commands import Running

#: Two small regions; several pieces each, a second or two of work.
SMALL = ("--only", "JZ10", "--only", "JZ03", "--months", "24", "--replications", "130")


def national(where: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return vliegwiel(where, "national", *arguments)


def start(where: Path, *arguments: str) -> Running:
    return warm_commands.start(where, "national", *arguments, environment=environment())


def outcome(folder: Path) -> dict[str, bytes]:
    """Every file of a finished calculation but the lock, by name."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.name != ".lock"
    }


def pieces(folder: Path) -> list[Path]:
    return sorted((folder / "pieces").glob("*.npz"))


def until_pieces(folder: Path, process: Running, count: int) -> None:
    """Waits until so many pieces are finished and the work is not."""
    deadline = time.monotonic() + 120
    while len(pieces(folder)) < count:
        assert process.poll() is None, "it ended before it could be stopped"
        assert time.monotonic() < deadline, "no piece was finished in two minutes"
        time.sleep(0.005)
