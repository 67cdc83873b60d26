"""Long work that does not look up by itself: who waits for it can leave within a second.

A fit is minutes of computing in which nothing asks whether it must go on. It is done in a thread,
while the thread that asked for it looks whether to leave. A thread that is left is told to end at
its next step in Python: compiled code that computes for minutes goes on for so long, and so do
threads that it started itself. It writes in no database and no file, so nothing that is kept can be
half; what it borrowed of the process it gives back on its way out.
"""

import ctypes
import threading
from collections.abc import Callable
from contextvars import copy_context
from typing import Generic, TypeVar

Made = TypeVar("Made")

_SECONDS_BETWEEN_LOOKS = 0.5


class _Left(BaseException):
    """Nobody waits for this work any more. Not an Exception: no handler may take it for a fault."""


def left_when_asked(do: Callable[[], Made], look: Callable[[], None]) -> Made:
    """What ``do`` gives; it must not use the database, since connections belong to a thread.

    ``look`` is called again and again meanwhile. What it raises is raised here, and the work is
    left; otherwise what ``do`` raises.
    """
    work = _Work(do)
    work.thread.start()
    try:
        while not work.over.wait(_SECONDS_BETWEEN_LOOKS):
            look()
    except BaseException:
        work.leave()
        raise
    return work.result()


class _Work(Generic[Made]):
    def __init__(self, do: Callable[[], Made]) -> None:
        self.over = threading.Event()
        self._do = do
        self._made: list[Made] = []
        self._error: Exception | None = None
        # In the context of who asks: its language, for one. A daemon: a worker that ends leaves it.
        context = copy_context()
        self.thread = threading.Thread(target=context.run, args=(self._run,), daemon=True)

    def _run(self) -> None:
        try:
            self._made.append(self._do())
        except _Left:
            pass
        except Exception as error:
            self._error = error
        finally:
            self.over.set()

    def leave(self) -> None:
        """Has the thread end where it is; see PyThreadState_SetAsyncExc of CPython."""
        if self.thread.ident is not None and not self.over.is_set():
            ctypes.pythonapi.PyThreadState_SetAsyncExc(
                ctypes.c_ulong(self.thread.ident), ctypes.py_object(_Left)
            )

    def result(self) -> Made:
        if self._error is not None:
            raise self._error
        return self._made[0]
