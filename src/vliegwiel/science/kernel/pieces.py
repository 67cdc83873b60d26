"""Work in pieces: made on some threads, anywhere and in any order, and put in order at the end."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Protocol, TypeVar

#: Seconds after which a thread in Python must let another one go on, instead of the usual 0.005:
#: whoever comes out of compiled code then waits no longer than a small part of its own work.
_HAND_OVER = 0.0005

Item = TypeVar("Item")
Made = TypeVar("Made")


class Piece(Protocol):
    """The numbers ``first`` up to, not including, ``last`` of the work of a plan."""

    @property
    def plan_hash(self) -> str:
        """Hash of the plan that it belongs to."""

    @property
    def first(self) -> int:
        """The first number."""

    @property
    def last(self) -> int:
        """The number after the last."""


AnyPiece = TypeVar("AnyPiece", bound=Piece)


def in_order(make: Callable[[Item], Made], items: Sequence[Item], threads: int) -> list[Made]:
    """Make something of each item, on some threads; the list has the order of the items."""
    if threads <= 1:
        return [make(item) for item in items]
    with quick_hand_over(), ThreadPoolExecutor(max_workers=threads) as pool:
        return list(pool.map(make, items))


@contextmanager
def quick_hand_over() -> Iterator[None]:
    """Threads that are compiled code for most of the time do not wait long for each other."""
    _QUICK.begin()
    try:
        yield
    finally:
        _QUICK.end()


class _Quick:
    """The value is one of the whole process: the last who needs it quick puts the usual back."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._users = 0
        self._usual = 0.0

    def begin(self) -> None:
        with self._lock:
            if not self._users:
                self._usual = sys.getswitchinterval()
                sys.setswitchinterval(min(self._usual, _HAND_OVER))
            self._users += 1

    def end(self) -> None:
        with self._lock:
            self._users -= 1
            if not self._users:
                sys.setswitchinterval(self._usual)


_QUICK = _Quick()


def in_sequence(pieces: Sequence[AnyPiece], plan_hash: str, count: int) -> tuple[AnyPiece, ...]:
    """All pieces of a plan with so many numbers, in the order of their numbers.

    Args:
        plan_hash: of the plan that they must belong to.
        count: how many numbers there are, from 0.

    Raises:
        ValueError: when a piece belongs to another plan, or numbers are missing, double or too
            many.
    """
    ordered = sorted(pieces, key=lambda piece: piece.first)
    reached = 0
    for piece in ordered:
        if piece.plan_hash != plan_hash:
            raise ValueError("a piece belongs to another plan")
        if piece.first != reached:
            raise ValueError(f"numbers from {reached} are missing or double")
        reached = piece.last
    if reached > count:
        raise ValueError(f"there are {count} numbers, and pieces up to {reached}")
    if reached != count:
        raise ValueError(f"numbers from {reached} to {count} are missing")
    return tuple(ordered)
