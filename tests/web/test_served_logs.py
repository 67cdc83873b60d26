"""What the site writes when it is served as it is served: by gunicorn, in a process of its own."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

from tests.conftest import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
    return number


@pytest.fixture
def served(port: int, tmp_path: Path) -> Iterator[Path]:
    """The file into which a served site writes all that it has to say."""
    name = connection.settings_dict["NAME"]
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}")
    written = tmp_path / "said.txt"
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "src"),
        "VLIEGWIEL_MODE": "demo",
        "VLIEGWIEL_LOG_LEVEL": "DEBUG",
        "VLIEGWIEL_DATA": str(tmp_path),
        "DATABASE_URL": address.geturl(),
    }
    with written.open("w") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "vliegwiel.cli", "serve", "--port", str(port), "--workers", "1"],
            env=environment,
            stdout=file,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait(port, process)
            yield written
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        if ask(port, "/healthz") == 200:
            return
        time.sleep(0.2)
    raise AssertionError("the site was not served")


def ask(port: int, path: str, body: bytes | None = None) -> int:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", body, {"User-Agent": "Jannies telephone"}
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            status: int = answer.status
            return status
    except urllib.error.HTTPError as error:
        with error:
            return error.code
    except OSError:
        return 0


def test_nobody_is_named_by_the_server_either(served: Path, port: int) -> None:
    assert ask(port, "/account/login/?email=jannie@gemeente.example") == 200
    assert ask(port, "/jannie-de-vries") == 404
    assert ask(port, "/account/login/", b"login=jannie%40gemeente.example&password=x") == 403
    with socket.create_connection(("127.0.0.1", port)) as raw:
        raw.sendall(b"GET /jannie HTTP/9.9\r\nX: jannie\r\n\r\n")
        raw.recv(1024)
    time.sleep(0.5)
    said = served.read_text()
    lines = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    routes = {line.get("route") for line in lines if line["event"] == "request"}
    assert routes >= {"/account/login/", "(no such page)"}
    for word in ("jannie", "127.0.0.1", "telephone", "vries"):
        assert word not in said.lower()
