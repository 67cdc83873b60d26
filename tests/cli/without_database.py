"""Commands that need no database, where asking for one fails."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests import warm_commands

#: What decides the order of a set: of commands in general, and of those that are typed. With these
#: the sets of names that a command works with come in another order, so that equal outcomes of both
#: do not hang on it (tests/cli/test_warm_commands.py).
HASH_SEED, OTHER_HASH_SEED = "1", "2"


def environment(hash_seed: str = HASH_SEED) -> Mapping[str, str]:
    return {
        **{k: v for k, v in os.environ.items() if not k.startswith("VLIEGWIEL_")},
        # Nothing listens there: whoever asks for a database fails.
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing",
        "DJANGO_SETTINGS_MODULE": "vliegwiel.web.settings",
        "COLUMNS": "160",
        "PYTHONHASHSEED": hash_seed,
    }


def command(*arguments: str) -> Sequence[str]:
    return [sys.executable, "-m", "vliegwiel.cli", *arguments]


def typed(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """`vliegwiel <arguments>` as somebody types it: from nothing, which takes seconds.

    It shares nothing with the process that other commands are forked from: no hashes, no caches
    and no addresses in memory.
    """
    return subprocess.run(
        command(*arguments), cwd=folder, env=environment(OTHER_HASH_SEED), capture_output=True,
        text=True, timeout=300, check=False,
    )  # fmt: skip


def vliegwiel(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """`vliegwiel <arguments>` in a process that starts at once."""
    return warm_commands.run(folder, *arguments, environment=environment())
