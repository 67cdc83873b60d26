"""Random numbers by counter: a draw depends on who it is for, what it decides, and nothing else.

No generator has a state. A draw is a hash of the key of an individual, the purpose of the draw and
a counter (which visit, which attempt), so that two arms of a comparison share the fate of every
youth they have in common, and any order of work over any number of threads gives equal numbers.

The hash adds odd 64-bit multiples of purpose and counter to the key and mixes the sum with Pelle
Evensen's ``moremur`` (https://mostlymangling.blogspot.com/2019/12/stronger-better-morer-moremur-better.html),
a stronger constant set of Stafford's variant of the MurmurHash3 finaliser. Keys are themselves the
result of two mixing rounds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum, unique
from functools import cache

import numpy as np
from numba import njit
from numpy.typing import NDArray

from . import _numba_start  # noqa: F401  (before anything compiled is loaded)

_MIX_1 = np.uint64(0x3C79AC492BA7B653)
_MIX_2 = np.uint64(0x1C69B3F74AC4AE35)
_PURPOSE = np.uint64(0xD1342543DE82EF95)
_COUNTER = np.uint64(0x9E3779B97F4A7C15)
_OWNER = np.uint64(0xAF251AF3B0F025B5)
_SHIFT_A = np.uint64(27)
_SHIFT_B = np.uint64(33)
_SHIFT_U = np.uint64(12)
_MASK = 0xFFFF_FFFF_FFFF_FFFF

#: Of so many equal steps between 0 and 1 a uniform number lies in the middle of one.
STEPS = 1 << 52
_STEP = 2.0**-52

#: Attempts that a draw by rejection may take within one counter.
ATTEMPTS = 1 << 20


@unique
class Purpose(IntEnum):
    """What a draw decides. The numbers are part of the meaning of a seed: never reuse one."""

    PARAMETER = 1
    GAP = 2
    GROUP = 3
    ACCEPT = 4
    DESTINATION = 5
    DESTINATION_KEEP = 6
    DESTINATION_CHANGE = 7
    PATIENCE = 8
    STAY = 9
    EXTEND = 10
    EXTENSION = 11
    NEXT = 12
    NEXT_KEEP = 13
    NEXT_CHANGE = 14
    RETURN = 15
    DELAY = 16
    BACK = 17
    BACK_KEEP = 18
    BACK_CHANGE = 19
    CENSUS_PHASE = 20
    CENSUS_STAY = 21
    CENSUS_AGE = 22
    CENSUS_WAIT = 23
    PROVIDER = 24
    PRIORITY = 25
    AGE = 26
    SUCCESS = 27
    LEAVE = 28
    LEAVE_KEEP = 29
    LEAVE_CHANGE = 30
    MOVE = 31
    MOVE_TO = 32
    CENSUS_SINCE = 33
    CENSUS_EXTENSION = 34


@njit(cache=True, nogil=True)
def _mix(x: np.uint64) -> np.uint64:
    x ^= x >> _SHIFT_A
    x *= _MIX_1
    x ^= x >> _SHIFT_B
    x *= _MIX_2
    x ^= x >> _SHIFT_A
    return x


#: The same for arrays.
_mix_all: Callable[[NDArray[np.uint64]], NDArray[np.uint64]] = _mix.py_func  # type: ignore[assignment]


@njit(cache=True, nogil=True)
def owner_key(key: int, owner: int) -> int:
    """What the keys of all individuals of ``owner`` under a key begin with."""
    signed: int = np.int64(_mix(np.uint64(key) + np.uint64(owner + 1) * _OWNER))  # type: ignore[assignment]
    return signed


@njit(cache=True, nogil=True)
def owned_key(owner: int, number: int) -> int:
    """Key (64 bits, signed) of the ``number``-th individual of who has this :func:`owner_key`."""
    signed: int = np.int64(_mix(np.uint64(owner) + np.uint64(number + 1) * _COUNTER))  # type: ignore[assignment]
    return signed


@njit(cache=True, nogil=True)
def child_key(key: int, owner: int, number: int) -> int:
    """Key (64 bits, signed) of the ``number``-th individual of ``owner`` under a key."""
    return owned_key(owner_key(key, owner), number)


@njit(cache=True, nogil=True)
def bits(key: int, purpose: int, counter: int) -> int:
    """A random number of 64 bits, signed."""
    x = _mix(np.uint64(key) + np.uint64(purpose) * _PURPOSE + np.uint64(counter) * _COUNTER)
    signed: int = np.int64(x)  # type: ignore[assignment]
    return signed


@njit(cache=True, nogil=True)
def step(key: int, purpose: int, counter: int) -> int:
    """In which of the STEPS between 0 and 1 the number of :func:`uniform` lies."""
    x = _mix(np.uint64(key) + np.uint64(purpose) * _PURPOSE + np.uint64(counter) * _COUNTER)
    found: int = np.int64(x >> _SHIFT_U)  # type: ignore[assignment]
    return found


@njit(cache=True, nogil=True)
def uniform(key: int, purpose: int, counter: int) -> float:
    """A number between 0 and 1, both excluded, with 52 random bits."""
    return (np.float64(step(key, purpose, counter)) + 0.5) * _STEP


def steps_below(probabilities: NDArray[np.float64]) -> NDArray[np.int64]:
    """How many of the STEPS have their middle below each probability, shape as given.

    A :func:`uniform` number is below a probability exactly when its :func:`step` is below this: for
    a probability between 0 and 1 nothing here is rounded. None may be nan.
    """
    exact = np.asarray(probabilities, dtype=np.float64)
    found: NDArray[np.int64] = np.ceil(exact * STEPS - 0.5).astype(np.int64)
    return found


def first_uniforms(
    keys: Sequence[int], owner: int, numbers: Sequence[int], purpose: int
) -> NDArray[np.float64]:
    """The first number for a purpose of many individuals of ``owner``, shape (keys, numbers).

    Each is what :func:`uniform` gives with counter 0 for the :func:`child_key` of one of the
    numbers under one of the keys.
    """
    return uniforms(_children(keys, owner, numbers), purpose, 0)


def uniforms(
    keys: NDArray[np.int64], purpose: int, counters: NDArray[np.int64] | int
) -> NDArray[np.float64]:
    """What :func:`uniform` gives for each key and its counter, in the shape of the keys."""
    counted = np.atleast_1d(np.asarray(counters, dtype=np.int64)).view(np.uint64) * _COUNTER
    x = _mix_all(
        np.asarray(keys, dtype=np.int64).view(np.uint64) + _times(purpose, _PURPOSE) + counted
    )
    found: NDArray[np.float64] = ((x >> _SHIFT_U).astype(np.float64) + 0.5) * _STEP
    return found


def child_keys(key: int, owner: int, count: int) -> NDArray[np.int64]:
    """What :func:`child_key` gives for the individuals 0 up to ``count`` of an owner."""
    found: NDArray[np.int64] = _children([key], owner, range(count))[0]
    return found


def _children(keys: Sequence[int], owner: int, numbers: Sequence[int]) -> NDArray[np.int64]:
    """The :func:`child_key` of each number under each key, shape (keys, numbers)."""
    parents = _mix_all(np.array(keys, dtype=np.int64).view(np.uint64) + _times(owner + 1, _OWNER))
    steps = (np.array(numbers, dtype=np.int64) + 1).view(np.uint64) * _COUNTER
    return _mix_all(np.add.outer(parents, steps)).view(np.int64)


def _times(number: int, multiple: np.uint64) -> np.uint64:
    """Modulo 2**64, of which numpy would warn for one number that grows too large."""
    return np.uint64(number * int(multiple) & _MASK)


@cache
def text_number(text: str) -> int:
    """A 63-bit number for a name (FNV-1a), to give named things a stream of their own."""
    number = 0xCBF29CE484222325
    for byte in text.encode():
        number = ((number ^ byte) * 0x100000001B3) & _MASK
    return number >> 1
