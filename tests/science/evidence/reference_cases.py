"""Published cases with known answers, which lie beside the repository; tests skip without them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

BESIDE = Path(__file__).resolve().parents[4] / "shared" / "reference" / "evidence"
#: Another place can be named in the environment.
CASES = Path(os.environ.get("EVIDENCE_CASES", BESIDE))


@dataclass(frozen=True)
class ReferenceCase:
    """A case: what is expected, within which tolerance, and its data."""

    folder: Path
    document: Mapping[str, Any]

    @property
    def expected(self) -> dict[str, Any]:
        return dict(self.document["expected"])

    def table(self, name: str = "data.csv") -> np.ndarray:
        return np.genfromtxt(
            self.folder / name, delimiter=",", names=True, dtype=None, encoding="utf-8"
        )

    def far(self, found: Mapping[str, Any]) -> list[tuple[str, float, float]]:
        """What was found (nested as the expected) and lies outside its tolerance."""
        wrong = []
        for path, value in leaves(found):
            expected: Any = self.document["expected"]
            for part in path:
                expected = expected[int(part) if isinstance(expected, list) else part]
            rule = self.rule(".".join(path))
            bound = max(rule["abs"], rule["rel"] * abs(expected))
            if not abs(value - expected) <= bound:
                wrong.append((".".join(path), value, expected))
        return wrong

    def rule(self, path: str) -> Mapping[str, float]:
        tolerance = self.document["tolerance"]
        for prefix, rule in tolerance.get("overrides", {}).items():
            if path == prefix or path.startswith(f"{prefix}."):
                return dict(rule)
        return dict(tolerance["default"])


def leaves(found: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], float]]:
    """Every number of something nested, with the way to it."""
    if isinstance(found, Mapping):
        for name, part in found.items():
            yield from leaves(part, (*path, name))
    elif isinstance(found, list | tuple | np.ndarray):
        for number, part in enumerate(found):
            yield from leaves(part, (*path, str(number)))
    else:
        yield path, float(found)


def reference_case(name: str) -> ReferenceCase:
    """The case of this name; the test that asks is skipped where it does not lie beside."""
    folder = CASES / name
    if not folder.is_dir():
        pytest.skip("the reference cases do not stand beside this checkout")
    return ReferenceCase(folder, json.loads((folder / "case.json").read_text(encoding="utf-8")))
