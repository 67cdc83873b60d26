"""Commands of tests that start at once, and what keeps comparisons with them worth something."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests import warm_commands
from tests.cli.without_database import HASH_SEED, OTHER_HASH_SEED, environment
from tests.warm_commands import ServerEndedError

pytestmark = [pytest.mark.slow]


@pytest.mark.parametrize(
    "names",
    [("JZ03", "JZ10"), ("0150", "0166", "0193"), ("ambulant", "local", "residential")],
)
def test_what_is_typed_has_its_sets_in_another_order(names: tuple[str, ...]) -> None:
    orders = {
        subprocess.run(
            [sys.executable, "-c", f"print(*set({names!r}))"], env=environment(seed),
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in (HASH_SEED, OTHER_HASH_SEED)
    }  # fmt: skip
    assert len(orders) == 2


def test_a_server_that_ended_is_told_and_replaced(tmp_path: Path) -> None:
    """Python does not start with this seed, so neither does the second server."""
    wrong = environment("neither random nor a number")
    for _time in range(2):
        with pytest.raises(ServerEndedError, match="the warm server ended with status 1"):
            warm_commands.run(tmp_path, "forecast", environment=wrong)
