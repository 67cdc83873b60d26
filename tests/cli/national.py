"""Running `vliegwiel national` as somebody types it, and what it leaves behind."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

#: Two small regions; several pieces each, a second or two of work.
SMALL = ("--only", "JZ10", "--only", "JZ03", "--months", "24", "--replications", "130")


def environment() -> Mapping[str, str]:
    return {
        **{k: v for k, v in os.environ.items() if not k.startswith("VLIEGWIEL_")},
        # Nothing listens there: whoever asks for a database fails.
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing",
        "DJANGO_SETTINGS_MODULE": "vliegwiel.web.settings",
        "COLUMNS": "160",
    }


def command(*arguments: str) -> Sequence[str]:
    return [sys.executable, "-m", "vliegwiel.cli", "national", *arguments]


def national(where: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments), cwd=where, env=environment(), capture_output=True, text=True,
        timeout=300, check=False,
    )  # fmt: skip


def start(where: Path, *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        command(*arguments), cwd=where, env=environment(), stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def outcome(folder: Path) -> dict[str, bytes]:
    """Every file of a finished calculation but the lock, by name."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.name != ".lock"
    }


def pieces(folder: Path) -> list[Path]:
    return sorted((folder / "pieces").glob("*.npz"))


def until_pieces(folder: Path, process: "subprocess.Popen[str]", count: int) -> None:
    """Waits until so many pieces are finished and the work is not."""
    deadline = time.monotonic() + 120
    while len(pieces(folder)) < count:
        assert process.poll() is None, "it ended before it could be stopped"
        assert time.monotonic() < deadline, "no piece was finished in two minutes"
        time.sleep(0.005)
