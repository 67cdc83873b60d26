"""`vliegwiel manage`: Django's own commands, as strict as the site."""

import subprocess
import sys

from tests.conftest import ROOT
from tests.web.test_settings import GOOD


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "vliegwiel.cli", "manage", *arguments],
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT / "src"), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_production_has_nothing_to_remark_on_itself() -> None:
    done = manage("check", "--deploy", "--fail-level", "INFO", **GOOD)
    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout


def test_the_check_does_see_a_weakness() -> None:
    done = manage("check", "--deploy", "--fail-level", "INFO", **GOOD, VLIEGWIEL_HTTPS_ONLY="no")
    assert done.returncode != 0
    assert "security.W008" in done.stderr


def test_what_is_missing_is_told_in_clear_lines() -> None:
    done = manage("check", DATABASE_URL=GOOD["DATABASE_URL"])
    assert done.returncode == 2
    assert done.stderr.startswith("VLIEGWIEL_SECRET_KEY is not set.")
    assert len(done.stderr.splitlines()) == 2


def test_a_database_that_is_away_is_one_line() -> None:
    done = manage("migrate", **GOOD)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "127.0.0.1" in done.stderr


def test_help_is_that_of_django() -> None:
    done = manage("check", "--help", **GOOD)
    assert done.returncode == 0
    assert "--deploy" in done.stdout
