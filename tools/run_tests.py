"""Run every test, the fast ones first: `python3 tools/run_tests.py [pytest options]`.

Three rounds, each a run of pytest of its own: what needs no database, what needs PostgreSQL, what
needs a browser. A round that fails stops the rest. `--rounds database browser` takes some of them.
With other options or paths it is one plain run.
"""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHON = ROOT / ".venv/bin/python"
# What a browser leaves in a process (a loop, open connections) stays out of the other tests.
ROUNDS = {
    "science": [
        "tests/science",
        "tests/agreement",
        "tests/benchmarks",
        "tests/reference",
        "tests/spec",
    ],
    "database": ["tests/apps", "tests/web", "tests/api", "tests/cli", "tests/repository"],
    "browser": ["tests/browser"],
}
SUBJECTS = {
    "science": "science and reference",
    "database": "services, pages, API, commands and the repository",
    "browser": "browser",
}
COUNT = re.compile(r"(\d+) (passed|failed|skipped|error)")


def environment() -> dict[str, str]:
    """Without what makes each of the many processes of a run do the same work again."""
    # A process that may not keep what it translated leaves that to the next one, and so do tests.
    found = {name: said for name, said in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    # Two processes run beside each other: threads of linear algebra would only be in their way.
    return {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", **found}


def pytest(arguments: list[str]) -> tuple[int, dict[str, int]]:
    process = subprocess.Popen(
        [str(PYTHON), "-m", "pytest", *arguments],
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        text=True,
    )
    last = ""
    assert process.stdout is not None
    for line in process.stdout:
        print(line, end="", flush=True)
        last = line if COUNT.search(line) else last
    return process.wait(), {word: int(number) for number, word in COUNT.findall(last)}


def known_places() -> None:
    """A folder of tests that no round runs would be forgotten without anybody noticing."""
    listed = {path for paths in ROUNDS.values() for path in paths}
    present = {
        folder.relative_to(ROOT).as_posix()
        for folder in (ROOT / "tests").iterdir()
        if folder.is_dir() and any(folder.rglob("test_*.py"))
    }
    present |= {path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").glob("test_*.py")}
    if present != listed:
        sys.exit(f"tools/run_tests.py: not in a round {present - listed}, gone {listed - present}")


def rounds_asked(arguments: list[str]) -> list[str] | None:
    """Names of rounds, all without arguments; None where the arguments are pytest's."""
    if not arguments:
        return list(ROUNDS)
    if arguments[0] != "--rounds":
        return None
    unknown = set(arguments[1:]) - set(ROUNDS)
    if unknown or not arguments[1:]:
        sys.exit(f"tools/run_tests.py: choose rounds from {', '.join(ROUNDS)}")
    return [name for name in ROUNDS if name in arguments[1:]]


def main() -> int:
    os.chdir(ROOT)
    asked = rounds_asked(sys.argv[1:])
    if asked is None:
        return pytest(sys.argv[1:])[0]
    known_places()
    total: dict[str, int] = {}
    begin = time.monotonic()
    for name in asked:
        print(f"\n== {SUBJECTS[name]}", flush=True)
        since = time.monotonic()
        status, counts = pytest(["-n", "2", "--dist", "worksteal", *ROUNDS[name]])
        for word, number in counts.items():
            total[word] = total.get(word, 0) + number
        print(f"   {time.monotonic() - since:.0f} s", flush=True)
        if status != 0:
            return status
    passed, failed = total.get("passed", 0), total.get("failed", 0)
    print(f"\nAll rounds in {time.monotonic() - begin:.0f} s")
    print(f"{passed} passed, {failed} failed, {total.get('skipped', 0)} skipped")
    return 0 if passed else 1


if __name__ == "__main__":
    raise SystemExit(main())
