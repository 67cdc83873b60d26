"""The demo as somebody meets it who has just installed Vliegwiel: real processes, a real site."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("demo")]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One data folder for the module: the second demo finds what the first one made."""
    return tmp_path_factory.mktemp("demo")


def environment(folder: Path) -> dict[str, str]:
    """As on a new machine: no database but the embedded one, no mode, an empty data folder."""
    own = {"VLIEGWIEL_DATA": str(folder), "VLIEGWIEL_LANGUAGE": "en"}
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("VLIEGWIEL_")}
    inherited.pop("DATABASE_URL", None)
    inherited.pop("DJANGO_SETTINGS_MODULE", None)
    return {**inherited, **own}


#: `vliegwiel` with forecasts of few replications: a demo makes one before it is ready, and how
#: precise that is does not matter here.
PROGRAM = """
from vliegwiel.apps.explorer import limits
limits.DEFAULTS = {**limits.DEFAULTS, "months": 24, "replications": 20}
from vliegwiel.cli.main import app
app()
"""


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-c", PROGRAM, "demo", *arguments]


@contextmanager
def running_demo(folder: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        command("--port", str(port)),
        env=environment(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        wait_for_site(port, process)
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def wait_for_site(port: int, process: subprocess.Popen[str], seconds: float = 600) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            assert process.stdout is not None
            pytest.fail(f"the demo stopped: {process.stdout.read()}")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2) as answer:
                if b'"worker": "ok"' in answer.read():
                    return
        except OSError:
            pass
        time.sleep(0.3)
    pytest.fail("the demo does not get ready")


def left_over(folder: Path) -> list[str]:
    """Processes that still know this data folder, by command line or environment."""
    found = []
    for process in psutil.process_iter():
        try:
            where = process.environ().get("VLIEGWIEL_DATA", "")
            if where == str(folder) or str(folder) in " ".join(process.cmdline()):
                found.append(f"{process.pid} {' '.join(process.cmdline())[:80]}")
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return found


def wait_until_gone(folder: Path, seconds: float = 25) -> list[str]:
    deadline = time.monotonic() + seconds
    while (found := left_over(folder)) and time.monotonic() < deadline:
        time.sleep(0.3)
    return found


def test_once_checks_the_pages_and_ends_well(folder: Path) -> None:
    result = subprocess.run(
        command("--once", "--port", str(free_port())),
        env=environment(folder),
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert "pages checked, all as they should be" in result.stderr
    # Where no terminal reads, each step is a line when it begins and a line when it is done.
    told = result.stderr.splitlines()
    begun = [number for number, line in enumerate(told) if line.startswith("• ")]
    assert told[begun[0]] == "• Database ..."
    assert told[begun[-1]] == "• Site and worker ..."
    assert len(begun) == 20
    after = {told[number]: told[number + 1] for number in begun}
    assert [step for step in after.items() if not re.fullmatch(r"  .+ \(\d+ s\)", step[1])] == []
    assert wait_until_gone(folder) == []


def test_a_taken_port_is_said_with_the_way_out(folder: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        result = subprocess.run(
            command("--port", str(port)),
            env=environment(folder),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert result.returncode == 1
    assert result.stderr == (
        f"Port {port} of this machine is in use, by another program or by a demo that still "
        f"runs. Choose another: make demo PORT={port + 1}\n"
    )


def test_a_killed_demo_takes_its_children_along_and_the_next_ends_by_ctrl_c(
    folder: Path,
) -> None:
    with running_demo(folder, free_port()) as demo:
        children = psutil.Process(demo.pid).children(recursive=True)
        assert children
        demo.kill()
        demo.wait()
        gone, alive = psutil.wait_procs(
            [child for child in children if "postgres" not in child.name()], timeout=25
        )
        assert gone
        assert alive == []
    with running_demo(folder, free_port()) as again:
        os.killpg(again.pid, signal.SIGINT)
        assert again.wait(timeout=60) == 0
    assert wait_until_gone(folder) == []
