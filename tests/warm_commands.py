"""`vliegwiel ...` in processes that start at once, for tests of what commands say, do and leave.

Each command is a real process with a folder, outputs, signals and an end of its own. It is forked
from a process that has already loaded what takes a command seconds (tests/warm_server.py). That a
command also starts from nothing is tested by those tests that start it as somebody does.

Other commands that use a database than the worker start cold. The address of the database is read
when Django is set up: each database needs a server of its own, for a command or two.
"""

import atexit
import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TextIO

from tests.conftest import ROOT

#: Commands that are loaded before they are asked for.
COMMANDS = ("check-document", "forecast", "national", "smallest-test", "worker")
#: Otherwise linear algebra makes threads of its own as soon as it is loaded.
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}
#: How long a server that has nothing left to do may take to end.
SECONDS_TO_END = 10


class ServerEndedError(Exception):
    """The process that commands are forked from is no more; what it said stands on standard
    error."""

    def __init__(self, status: int) -> None:
        super().__init__(f"the warm server ended with status {status}")


class Server:
    """The process that commands with one environment are forked from."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.orders, orders = socket.socketpair()
        with orders:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.warm_server", *COMMANDS],
                cwd=ROOT, env={**environment, **_ONE_THREAD}, stdin=orders.fileno(),
            )  # fmt: skip
        atexit.register(self.stop)

    def stop(self) -> int:
        """Ends it, and gives the status that it ended with."""
        self.orders.close()
        try:
            return self.process.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()

    def start(self, arguments: Sequence[str], folder: Path) -> "Running":
        """Raises ServerEndedError when there is no server any more."""
        outputs = tempfile.TemporaryFile(), tempfile.TemporaryFile()  # noqa: SIM115
        mine, other = socket.socketpair()
        order = json.dumps({"arguments": arguments, "folder": str(folder)}).encode()
        with other:
            descriptors = [other.fileno(), *(file.fileno() for file in outputs)]
            # Without a server this fails, or the order is thrown away and nothing is told.
            with contextlib.suppress(ConnectionError):
                socket.send_fds(self.orders, [order], descriptors)
        told = mine.makefile()
        number = told.readline()
        if not number:
            for file in (told, mine, *outputs):
                file.close()
            raise ServerEndedError(self.stop())
        return Running(arguments, int(number), told, mine, outputs)


#: One for each environment, started when it is first needed, until the tests end.
_SERVERS: dict[frozenset[tuple[str, str]], Server] = {}


@dataclass
class Running:
    """A command that was started, used as one of `subprocess.Popen`."""

    args: Sequence[str]
    pid: int
    _told: TextIO
    _minder: socket.socket
    _outputs: tuple[IO[bytes], IO[bytes]]
    returncode: int | None = None

    def wait(self, timeout: float | None = None) -> int:
        if self.returncode is None:
            if not select.select([self._minder], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired(self.args, timeout or 0)
            with self._minder, self._told:
                status = self._told.readline()
            assert status, f"nobody tells any more how {self.args} ended"
            self.returncode = int(status)
        return self.returncode

    def poll(self) -> int | None:
        try:
            return self.wait(0)
        except subprocess.TimeoutExpired:
            return None

    def send_signal(self, number: signal.Signals) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def communicate(self, timeout: float | None = None) -> tuple[str, str]:
        """What it said on standard output and on standard error, when it has ended."""
        self.wait(timeout)
        out, errors = (_content(file) for file in self._outputs)
        return out, errors


def _content(file: IO[bytes]) -> str:
    with file:
        file.seek(0)
        return file.read().decode()


def start(folder: Path, *arguments: str, environment: Mapping[str, str]) -> Running:
    """Starts `vliegwiel <arguments>` in a folder.

    Raises ServerEndedError when the server died since the last command; the next one has another.
    """
    # Where a test is, which no command reads.
    known = frozenset((k, v) for k, v in environment.items() if not k.startswith("PYTEST_"))
    if known not in _SERVERS:
        _SERVERS[known] = Server(dict(known))
    try:
        return _SERVERS[known].start(arguments, folder)
    except ServerEndedError:
        del _SERVERS[known]
        raise


def run(
    folder: Path, *arguments: str, environment: Mapping[str, str], timeout: float = 300
) -> "subprocess.CompletedProcess[str]":
    """`vliegwiel <arguments>` in a folder, from its start to its end."""
    running = start(folder, *arguments, environment=environment)
    try:
        out, errors = running.communicate(timeout)
    except subprocess.TimeoutExpired:
        running.kill()
        running.communicate()
        raise
    return subprocess.CompletedProcess(arguments, running.wait(), out, errors)
