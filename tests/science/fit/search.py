"""A search for counts of fewer than ten youths in the document of a fit, by who knows the rules."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

Json = dict[str, Any]

_LEAST = 10
_NEAR = 0.02
#: What stands for fewer than ten.
_FEW = 5
#: What stands for the sum of so many small counts, when it is below ten; it tells nothing.
_STANDS_FOR = {1: 5, 2: 10} | {number: number + 5 for number in range(3, 7)}


def small_counts_in(document: Json) -> dict[str, float]:
    """What can be read or worked out, by address.

    Read: numbers of observations, and who is there at the start. Worked out: the numerator of a
    share from its total, the total from the error of a share, and a count from the error of a mean.
    """
    found: dict[str, float] = {}
    lists: dict[str, dict[str, float]] = defaultdict(dict)
    sizes = _sizes(document)
    size_at: dict[str, int] = {}
    for address, quantity, care_type in _quantities("", document):
        origin, value, unit = quantity["provenance"], quantity["value"], quantity["unit"]
        if origin["kind"] == "printed" and unit == "youths" and 0 < value < _LEAST:
            found[address] = value
        if origin["kind"] != "fitted":
            continue
        total, error = origin["observations"], origin["error"]
        if 0 < total < _LEAST:
            found[f"{address} observations"] = total
        if unit == "share" and error:
            total = total or value * (1.0 - value) / error**2
            if care_type in sizes:
                size_at[address] = sizes[care_type]
            lists[re.sub(r"\[\d+\]\.\w+$", "", address)][address] = value * total
        elif unit in {"days", "youths/month"} and error and _is_small((value / error) ** 2):
            found[f"{address} error"] = (value / error) ** 2
    for counts in lists.values():
        found.update(_numerators(counts, size_at))
    return found


def _sizes(document: Json) -> dict[str, int]:
    """On how many stays the document says that it rests, by care type."""
    means = {care["id"]: care["stay"]["mean"]["provenance"] for care in document["care_types"]}
    return {name: origin.get("observations", 0) or _FEW for name, origin in means.items()}


def _numerators(counts: Mapping[str, float], sizes: Mapping[str, int]) -> Mapping[str, float]:
    small = {address: count for address, count in counts.items() if count < _LEAST - 0.5}
    if not small:
        return {}
    together = sum(small.values())
    mean = together / len(small)
    # Small counts that are their mean, or dealt out by sizes that are told, tell nothing when their
    # sum stands for any, or is large. One of the list may stand elsewhere: who leaves care is what
    # the other steps leave over.
    made_up = _dealt_out(small, {address: sizes[address] for address in small if address in sizes})
    alike = all(abs(count - made_up[address]) < _NEAR for address, count in small.items())
    stands = any(
        abs(mean * number - _STANDS_FOR[number]) < _NEAR
        for number in _STANDS_FOR
        if len(small) <= number <= len(small) + 1
    )
    if alike and (stands or together >= _LEAST):
        return {}
    return {address: count for address, count in small.items() if _is_small(count)}


def _dealt_out(small: Mapping[str, float], sizes: Mapping[str, int]) -> dict[str, float]:
    """What each would be if nothing was known but their sum."""
    mean = sum(small.values()) / len(small)
    found = dict.fromkeys(small, mean)
    left, rest = len(sizes) * (mean - 1.0), sum(sizes.values())
    for address, size in sorted(sizes.items(), key=lambda item: -item[1]):
        found[address] = 1.0 + min(left * size / rest, _LEAST - 2.0)
        left -= found[address] - 1.0
        rest -= size
    return found


def _is_small(count: float) -> bool:
    return 0.5 < count < _LEAST - 0.5 and abs(count - round(count)) < _NEAR


def _quantities(
    path: str, node: Any, care_type: str | None = None
) -> Iterator[tuple[str, Json, str | None]]:
    """Every number with its address, and the care type that it leads to."""
    if isinstance(node, list):
        for number, item in enumerate(node):
            yield from _quantities(f"{path}[{number}]", item)
    elif isinstance(node, dict):
        if "provenance" in node and "value" in node:
            yield path, node, care_type
        for name, item in node.items():
            yield from _quantities(f"{path}.{name}", item, node.get("care_type"))
