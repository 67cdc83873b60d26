"""Child processes that never outlive their parent.

A child reads a pipe that only its parent holds. When the parent ends, in whatever way, the pipe
closes and the child ends itself: no signal, no process list, nothing to clean up afterwards.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

LIFELINE = "VLIEGWIEL_LIFELINE"


@dataclass
class Children:
    """The processes started by this one; leaving the block ends them all."""

    patience_seconds: float = 8.0
    _running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def __enter__(self) -> "Children":
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()

    def start(self, name: str, command: Sequence[str]) -> None:
        """Starts `vliegwiel <command>` as a child in a process group of its own."""
        self._running[name] = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "vliegwiel.cli", *command],
            stdin=subprocess.PIPE,
            # Ctrl-C is for the parent, which then lets its children finish in order.
            start_new_session=True,
            env={**os.environ, LIFELINE: "stdin"},
        )

    def status(self, name: str) -> int | None:
        """The exit status of a child that has ended; None while it runs."""
        return self._running[name].poll()

    def stopped(self) -> tuple[str, int] | None:
        """The first child that has ended by itself, with its exit status."""
        for name in self._running:
            status = self.status(name)
            if status is not None:
                return name, status
        return None

    def stop(self) -> None:
        for process in self._running.values():
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + self.patience_seconds
        for process in self._running.values():
            try:
                process.wait(timeout=max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
            if process.stdin is not None:
                process.stdin.close()
        self._running.clear()


def follow_parent() -> None:
    """In a child: ends this process when the parent has gone. Does nothing elsewhere."""
    if os.environ.pop(LIFELINE, "") != "stdin":
        return
    threading.Thread(target=_wait_for_the_end, name="lifeline", daemon=True).start()


def _wait_for_the_end() -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(10)
    os.killpg(os.getpgrp(), signal.SIGKILL)
