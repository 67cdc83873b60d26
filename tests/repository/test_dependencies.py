"""Every dependency has a reason, an upkeep and a licence in decision 0002; locks carry hashes."""

import json
import re
import tomllib
from fnmatch import fnmatch

import pytest

from .source import ROOT, table

DECISION = ROOT / "docs/decisions/0002-dependencies.md"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
FRONTEND = json.loads((ROOT / "frontend/package.json").read_text(encoding="utf-8"))


def name_in(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found
    return re.sub(r"[._]", "-", found[0]).lower()


def names_in(requirements: list[str]) -> set[str]:
    return {name_in(requirement) for requirement in requirements}


def reasons(heading: str) -> set[str]:
    rows = table(DECISION, under=heading)
    incomplete = [row[0] for row in rows if len(row) != 4 or not all(row)]
    assert not incomplete, "name, reason, upkeep and licence belong in a row"
    names = [row[0] for row in rows]
    assert len(names) == len(set(names))
    return set(names)


def test_what_runs() -> None:
    assert reasons("Used when it runs") == names_in(PROJECT["project"]["dependencies"])


def test_what_builds_tests_and_checks() -> None:
    wanted: set[str] = set()
    for requirements in PROJECT["project"]["optional-dependencies"].values():
        wanted |= names_in(requirements)
    for requirements in PROJECT["dependency-groups"].values():
        wanted |= names_in(requirements)
    assert reasons("Used to build, test and check") == wanted


def test_what_the_browser_uses() -> None:
    patterns = reasons("Used in the browser")
    names = {*FRONTEND["dependencies"], *FRONTEND["devDependencies"]}
    unexplained = {n for n in names if not any(fnmatch(n, pattern) for pattern in patterns)}
    assert not unexplained
    needless = {p for p in patterns if not any(fnmatch(name, p) for name in names)}
    assert not needless


@pytest.mark.parametrize("name", ["tools", "run", "dev", "bench"])
def test_python_locks_have_hashes_and_no_address(name: str) -> None:
    text = (ROOT / f"requirements/{name}.txt").read_text(encoding="utf-8")
    pins = re.findall(
        r"^[A-Za-z0-9._-]+==\S+.*(?:\n    --hash=sha256:[0-9a-f]{64}(?: \\)?)*", text, re.M
    )
    bare = [pin.split()[0] for pin in pins if "--hash=" not in pin]
    assert pins
    assert not bare
    assert "://" not in text


def test_locks_hold_every_dependency() -> None:
    run = (ROOT / "requirements/run.txt").read_text(encoding="utf-8")
    locked = {name_in(line) for line in run.splitlines() if re.match(r"[a-z0-9]", line, re.I)}
    assert names_in(PROJECT["project"]["dependencies"]) <= locked


def test_frontend_lock_has_hashes_and_no_address() -> None:
    packages = json.loads((ROOT / "frontend/package-lock.json").read_text())["packages"]
    others = {name: entry for name, entry in packages.items() if name}
    assert others
    assert not [name for name, entry in others.items() if "resolved" in entry]
    assert not [
        name for name, entry in others.items() if "integrity" not in entry and not entry.get("link")
    ]


def test_frontend_pins_exactly() -> None:
    versions = {**FRONTEND["dependencies"], **FRONTEND["devDependencies"]}
    assert not {name for name, v in versions.items() if not re.fullmatch(r"\d+\.\d+\.\d+", v)}
