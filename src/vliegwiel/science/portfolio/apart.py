"""Whether the same is tried apart in many places (wildgroei): an index over kinds of initiatives.

The index of a kind is the chance that two of its initiatives, drawn at random without putting the
first back, are of different places: one less the probability of interspecific encounter turned
round, as Simpson (1949, Nature 163) estimates it from a sample. It needs two initiatives.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KindSpread:
    """How initiatives of one kind lie over places; `index` is None where there are not two."""

    kind: str
    initiatives: int
    places: int
    index: float | None


@dataclass(frozen=True, slots=True)
class Fragmentation:
    """`index` over all pairs of initiatives of one kind, 0 (one place does all) to 1 (each apart).

    None where no kind has two. `kinds` are those with most places first.
    """

    index: float | None
    kinds: tuple[KindSpread, ...]


def fragmentation(counts: Mapping[str, Mapping[str, int]]) -> Fragmentation:
    """The index of initiatives counted by kind and by place.

    Args:
        counts: by kind, the number of initiatives of each place; places without one may be left
            out.

    Raises:
        ValueError: a count is below nought.
    """
    if any(count < 0 for places in counts.values() for count in places.values()):
        raise ValueError("there are no fewer initiatives than none")
    pairs = {kind: _pairs(places) for kind, places in counts.items()}
    kinds = sorted(
        (_spread(kind, places, pairs[kind]) for kind, places in counts.items()),
        key=lambda found: (-found.places, -found.initiatives, found.kind),
    )
    every = sum(all_pairs for all_pairs, _apart in pairs.values())
    apart = sum(apart for _all_pairs, apart in pairs.values())
    return Fragmentation(apart / every if every else None, tuple(kinds))


def _pairs(places: Mapping[str, int]) -> tuple[int, int]:
    """How many ordered pairs of initiatives there are, and how many of different places."""
    total = sum(places.values())
    every = total * (total - 1)
    return every, every - sum(count * (count - 1) for count in places.values())


def _spread(kind: str, places: Mapping[str, int], pairs: tuple[int, int]) -> KindSpread:
    every, apart = pairs
    return KindSpread(
        kind=kind,
        initiatives=sum(places.values()),
        places=sum(count > 0 for count in places.values()),
        index=apart / every if every else None,
    )
