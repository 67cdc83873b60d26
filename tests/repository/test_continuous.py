"""`.ci/run`: every phase counts, in an order in which what is quick fails first."""

import os
import subprocess
from pathlib import Path

import pytest

from tools import run_tests

from .source import ROOT

PHASES = [
    "make check",
    "make test",
    "make demo PORT=8765 ARGS=--once",
    "bash tools/with_postgresql_15.sh python3 tools/run_tests.py --rounds database browser",
]
# Writes down how it was called, and fails when it is the one that has to.
STAND_IN = """#!/bin/sh
call="$(basename "$0") $*"
echo "$call" >> "$CALLS"
[ "$call" != "$FAILING" ] || exit 7
"""


def run(folder: Path, failing: str) -> tuple[int, list[str]]:
    """The script with stand-ins for what it calls; the status, and the calls that were made."""
    programs = folder / "bin"
    programs.mkdir()
    for name in ("make", "bash", "apt-get", "chromium"):
        (programs / name).write_text(STAND_IN, encoding="utf-8")
        (programs / name).chmod(0o755)
    calls = folder / "calls"
    environment = {
        **os.environ,
        "PATH": f"{programs}:{os.environ['PATH']}",
        "CALLS": str(calls),
        "FAILING": failing,
        "TMPDIR": str(folder),
    }
    done = subprocess.run(
        ["/bin/bash", str(ROOT / ".ci/run")],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    made = [line for line in calls.read_text().splitlines() if not line.startswith("apt-get")]
    assert sorted(path.name for path in folder.iterdir()) == ["bin", "calls"]
    return done.returncode, made


def test_all_phases_in_order(tmp_path: Path) -> None:
    assert run(tmp_path, "nothing") == (0, PHASES)


@pytest.mark.parametrize("number", range(len(PHASES)), ids=PHASES)
def test_a_phase_that_fails_fails_the_whole(tmp_path: Path, number: int) -> None:
    assert run(tmp_path, PHASES[number]) == (7, PHASES[: number + 1])


@pytest.mark.skipif(
    not Path("/usr/lib/postgresql/15/bin/initdb").exists(), reason="PostgreSQL 15 is not installed"
)
@pytest.mark.slow
@pytest.mark.parametrize(("command", "status"), [("exit 0", 0), ("exit 3", 3)])
def test_the_other_postgresql_passes_the_status_on(command: str, status: int) -> None:
    done = subprocess.run(
        ["bash", "tools/with_postgresql_15.sh", "bash", "-c", command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == status, done.stderr


def test_rounds_are_chosen_by_name_in_their_own_order() -> None:
    assert run_tests.rounds_asked([]) == ["science", "database", "browser"]
    assert run_tests.rounds_asked(["--rounds", "browser", "database"]) == ["database", "browser"]
    assert run_tests.rounds_asked(["tests/apps", "-k", "waiting"]) is None
    for wrong in (["--rounds"], ["--rounds", "everything"]):
        with pytest.raises(SystemExit, match="choose rounds"):
            run_tests.rounds_asked(wrong)
