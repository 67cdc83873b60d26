"""The process that commands of tests are forked from: `python -m tests.warm_server COMMAND ...`.

It has loaded the commands it was named, set up Django and simulated once, and has no thread beside
its own. Its standard input is a socket. For each order on it, it makes a minder, which makes the
command: a process of its own, in the folder and with the outputs of the order, that ends as any
other process ends. When the socket closes there is nothing left to do.
"""

import gc
import json
import os
import signal
import socket
import sys
import threading
from pathlib import Path
from typing import Any

import typer.main

from tests.science.caresystem import samples
from vliegwiel.apps.explorer import forecasting
from vliegwiel.cli.environment import ensure_django
from vliegwiel.cli.main import Announced, app
from vliegwiel.science.caresystem import read_care_system, read_scenario

#: The longest order.
ORDER_BYTES = 65_536
#: File descriptors of an order: where to tell how it goes, standard output and standard error.
DESCRIPTORS = 3


def load(names: list[str]) -> None:
    """All that takes a command seconds to load: its modules, Django and the compiled kernel."""
    # What a command that needs no database chooses when nobody has chosen.
    os.environ.setdefault("VLIEGWIEL_MODE", "demo")
    ensure_django()
    for name in names:
        command = typer.main.get_group(app).commands[name]
        assert isinstance(command, Announced)
        assert command.loaded
    system = read_care_system(samples.as_text(samples.care_system()))
    change = read_scenario(samples.as_text(samples.scenario()), system)
    work = forecasting.prepare(system, change, months=12, replications=20, seed=1, threads=1)
    made: dict[forecasting.Key, bytes] = {}
    for piece in work.pieces:
        made[piece.key] = work.compute(piece, made)


def serve(orders: socket.socket) -> bool:
    """Makes a process of each order; True in such a process, False when there are no more."""
    while True:
        order, descriptors, _flags, _address = socket.recv_fds(orders, ORDER_BYTES, DESCRIPTORS)
        if not order:
            return False
        if os.fork() == 0:
            leave(orders)
            return mind(json.loads(order), *descriptors)
        for descriptor in descriptors:
            os.close(descriptor)


def leave(orders: socket.socket) -> None:
    """Orders are read by the server alone: held open elsewhere, they would seem to be when it died.

    Standard input stays a file, so that no other one gets its number.
    """
    orders.close()
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)


def mind(order: dict[str, Any], told: int, out: int, errors: int) -> bool:
    """In a minder: starts the command, tells its number and, when it has ended, how. True in it."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    number = os.fork()
    if number == 0:
        os.close(told)
        become(order, out, errors)
        return True
    # Ctrl-C at a terminal reaches the minder as well, which still has to tell how it went.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.write(told, f"{number}\n".encode())
    _number, status = os.waitpid(number, 0)
    os.write(told, f"{os.waitstatus_to_exitcode(status)}\n".encode())
    os._exit(0)


def become(order: dict[str, Any], out: int, errors: int) -> None:
    """Folder, outputs and arguments as the order says."""
    for place, descriptor in ((1, out), (2, errors)):
        os.dup2(descriptor, place)
        os.close(descriptor)
    os.chdir(order["folder"])
    sys.argv = ["vliegwiel", *order["arguments"]]


def number_of_threads() -> int:
    """Also of those that a library made without Python, where the system tells."""
    tasks = Path("/proc/self/task")
    return len(list(tasks.iterdir())) if tasks.is_dir() else threading.active_count()


def main() -> None:
    load(sys.argv[1:])
    # Otherwise a command that ends would walk over, and copy, all that was loaded here.
    gc.freeze()
    # A fork takes one thread along, and what the others were holding for good.
    assert number_of_threads() == 1, threading.enumerate()
    # Nobody waits for the minders.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(fileno=os.dup(sys.stdin.fileno())) as orders:
        if not serve(orders):
            return
    app()


if __name__ == "__main__":
    main()
