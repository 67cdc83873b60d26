"""`vliegwiel deliver`: whole or not at all, told in one line each, by the services of the pages."""

import asyncio
import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import psutil
import pytest
from django.db import connection
from typer.testing import CliRunner, Result

from tests import worker_process
from tests.apps.intake import messages
from vliegwiel.apps.continuity.models import ContinuityCheck
from vliegwiel.apps.intake.models import Delivery, KeptMessage, Start
from vliegwiel.apps.regions.models import Region
from vliegwiel.apps.regions.services import RegionFacts, load_regions, system_user
from vliegwiel.cli import watched_folders
from vliegwiel.cli.main import app
from vliegwiel.cli.processes import Children
from vliegwiel.cli.watched_folders import keep_watching

pytestmark = pytest.mark.usefixtures("as_if_alone")


@pytest.fixture
def ijsselland(db: None) -> Region:
    facts = RegionFacts("JZ07", "IJsselland", [(messages.MUNICIPALITY, "Zwolle")], date(2023, 1, 1))
    load_regions(regions=[facts], by=system_user())
    return Region.objects.get(code="JZ07")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a message of every kind, one of them in a folder of its own."""
    place = tmp_path / "berichten"
    (place / "binnen").mkdir(parents=True)
    for name, content in messages.one_of_each().items():
        inner = place / "binnen" if name == "stop.xml" else place
        (inner / name).write_bytes(content)
    (place / ".verborgen.xml").write_bytes(b"no message")
    return place


def deliver(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["deliver", "--region", "ijsselland", *map(str, arguments)])


def test_a_folder_is_one_delivery_and_the_same_again_changes_nothing(
    ijsselland: Region, folder: Path
) -> None:
    first = deliver(folder)
    assert (first.exit_code, first.stderr) == (0, "")
    assert first.stdout == "Er zijn 9 nieuwe berichten bewaard; 0 waren al bekend.\n"
    # The search for gaps is on the queue, and does not wait for the upkeep.
    assert ContinuityCheck.objects.get(region=ijsselland).status == "queued"
    again = deliver(folder)
    assert (again.exit_code, again.stderr) == (0, "")
    assert again.stdout == "Deze bestanden waren al eerder aangeleverd. Er is niets veranderd.\n"
    assert Delivery.objects.count() == 1


def test_files_and_an_archive_together(ijsselland: Region, folder: Path, tmp_path: Path) -> None:
    packed = tmp_path / "rest.zip"
    packed.write_bytes(messages.archive(messages.many(3)))
    done = deliver(folder / "start.xml", packed)
    assert done.exit_code == 0, done.stderr
    assert KeptMessage.objects.count() == 7
    assert Delivery.objects.get().counts["files"] == 2


def test_one_file_that_cannot_be_read_refuses_all_with_a_line_each(
    ijsselland: Region, folder: Path
) -> None:
    (folder / "leeg.xml").write_bytes(b"")
    (folder / "kapot.xml").write_bytes(b"<a><b></a>")
    done = deliver(folder)
    assert (done.exit_code, done.stdout) == (2, "")
    lines = done.stderr.splitlines()
    assert any(line.startswith("leeg.xml: Het bestand is leeg. ") for line in lines), lines
    assert any(line.startswith("kapot.xml: ") for line in lines), lines
    assert lines[-1] == "De levering is geweigerd. Er is niets van bewaard."
    assert not KeptMessage.objects.exists()


def test_what_is_left_out_is_told(ijsselland: Region, folder: Path) -> None:
    wrong = messages.start(identification="2").replace(b"2026-03-12", b"2026-02-30")
    (folder / "fout.xml").write_bytes(wrong)
    marked = b"\xef\xbb\xbf" + messages.start(identification="3")
    (folder / "merk.xml").write_bytes(marked)
    done = deliver(folder)
    assert done.exit_code == 0
    assert "Weggelaten: 0 keer een heel bericht, 1 keer een deel van een bericht." in done.stdout
    told = {line.split(": ")[1]: line for line in done.stderr.splitlines()}
    assert re.search(r"^Let op: fout\.xml: Bericht/\S+, regel \d+: ", told["fout.xml"])
    assert "(OP192)" in told["merk.xml"], "the rule of the standard is told"


class TestJson:
    def test_of_a_delivery(self, ijsselland: Region, folder: Path) -> None:
        done = deliver(folder, "--json")
        found = json.loads(done.stdout)
        assert (found["status"], found["new"], found["known"]) == ("taken", 9, 0)
        assert found["known_until"] == "2026-08-03"
        assert json.loads(deliver(folder, "--json").stdout)["status"] == "known"

    def test_of_a_refusal(self, ijsselland: Region, folder: Path) -> None:
        (folder / "leeg.xml").write_bytes(b"")
        done = deliver(folder, "--json")
        assert done.exit_code == 2
        found = json.loads(done.stdout)
        assert found["status"] == "refused"
        (finding,) = [item for item in found["findings"] if item["severity"] == "F"]
        assert (finding["rule"], finding["file"]) == ("empty_file", "leeg.xml")
        assert finding["message"]
        assert finding["suggestion"]


class TestOneClearLine:
    def lines(self, *arguments: object) -> tuple[int, list[str]]:
        done = deliver(*arguments)
        assert done.stdout == ""
        return done.exit_code, done.stderr.splitlines()

    def test_nothing_named(self, db: None) -> None:
        status, lines = self.lines()
        assert (status, len(lines)) == (2, 1)

    def test_both_named(self, db: None, folder: Path) -> None:
        assert self.lines(folder, "--watch", folder)[0] == 2

    def test_a_file_that_is_not_there(self, db: None, tmp_path: Path) -> None:
        status, lines = self.lines(tmp_path / "weg.xml")
        assert (status, len(lines)) == (2, 1)
        assert "weg.xml" in lines[0]

    def test_an_empty_folder(self, ijsselland: Region, tmp_path: Path) -> None:
        (tmp_path / "leeg").mkdir()
        status, lines = self.lines(tmp_path / "leeg")
        assert (status, lines) == (2, ["Er is geen bestand om te lezen."])

    def test_no_such_region(self, db: None, folder: Path) -> None:
        done = CliRunner().invoke(app, ["deliver", "--region", "nergens", str(folder)])
        assert done.exit_code == 2
        assert "nergens" in done.stderr

    def test_a_key_that_others_can_read(
        self, ijsselland: Region, folder: Path, settings: Any
    ) -> None:
        assert deliver(folder).exit_code == 0
        Path(settings.PSEUDONYM_KEY_FILE).chmod(0o644)
        (folder / "meer.xml").write_bytes(messages.start(identification="9"))
        status, lines = self.lines(folder)
        assert (status, len(lines)) == (1, 1)
        assert "chmod 600" in lines[0]


@pytest.mark.django_db(transaction=True)
class TestWatching:
    """In a process of its own, as it runs beside the site."""

    def test_every_file_that_comes_is_taken_or_refused_and_put_away(
        self, ijsselland: Region, tmp_path: Path
    ) -> None:
        place = tmp_path / "in"
        place.mkdir()
        (place / "eerste.xml").write_bytes(messages.assignment())
        process = self.begin(place, "--every", "0.2")
        try:
            self.until((place / "taken/eerste.xml").exists, process)
            (place / "leeg.xml").write_bytes(b"")
            self.until((place / "refused/leeg.xml").exists, process)
            beside = (place / "refused/leeg.xml.bevindingen.txt").read_text(encoding="utf-8")
            assert beside.startswith("leeg.xml: Het bestand is leeg.")
            (place / "eerste.xml").write_bytes(messages.start())
            self.until((place / "taken/eerste-2.xml").exists, process)
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=30)
        assert process.returncode == 0
        assert Start.objects.count() == 1
        assert KeptMessage.objects.count() == 2

    def test_a_file_that_still_grows_is_left_until_it_is_whole_and_may_be_removed(
        self, ijsselland: Region, tmp_path: Path
    ) -> None:
        place = tmp_path / "in"
        place.mkdir()
        process = self.begin(place, "--every", "0.5", "--remove")
        content = messages.assignment()
        try:
            with (place / "langzaam.xml").open("wb") as file:
                for at in range(0, len(content), len(content) // 12):
                    file.write(content[at : at + len(content) // 12])
                    file.flush()
                    time.sleep(0.25)
                    assert not (place / "refused").exists()
            self.until(lambda: not (place / "langzaam.xml").exists(), process)
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=30)
        assert process.returncode == 0
        assert not list(place.iterdir())
        assert KeptMessage.objects.count() == 1

    def test_killed_while_it_reads_it_begins_again_and_keeps_nothing_twice(
        self, ijsselland: Region, tmp_path: Path
    ) -> None:
        place = tmp_path / "in"
        place.mkdir()
        (place / "veel.zip").write_bytes(messages.archive(messages.many(400)))
        process = self.begin(place, "--every", "0.2")
        self.until(self.is_reading, process)
        process.kill()
        process.communicate()
        assert not (place / "taken").exists()
        process = self.begin(place, "--every", "0.2")
        try:
            self.until((place / "taken/veel.zip").exists, process)
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=30)
        assert KeptMessage.objects.count() == 800
        assert not (place / "veel.zip").exists()

    def test_the_worker_has_a_folder_watched_and_ends_the_watch_with_itself(
        self, ijsselland: Region, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        place = tmp_path / "in"
        place.mkdir()
        (place / "een.xml").write_bytes(messages.assignment())
        for name, value in worker_process.environment().items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("VLIEGWIEL_DATA", str(tmp_path / "d"))

        async def until_taken() -> None:
            watching = asyncio.create_task(keep_watching({"ijsselland": str(place)}, every=0.2))
            while not (place / "taken/een.xml").exists():
                assert not watching.done()
                await asyncio.sleep(0.1)
            watching.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await watching

        asyncio.run(asyncio.wait_for(until_taken(), timeout=60))
        assert KeptMessage.objects.count() == 1
        own = psutil.Process().children(recursive=True)
        assert not [child for child in own if "watch" in child.cmdline()]

    def test_a_folder_that_cannot_be_watched_is_tried_ever_later(
        self, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        class EndingAtOnce(Children):
            def start(self, name: str, command: Sequence[str]) -> None:
                assert command[:3] == ["watch", "--region", name]

            def status(self, _name: str) -> int:
                return 2

        monkeypatch.setattr(watched_folders, "Children", EndingAtOnce)
        monkeypatch.setattr(watched_folders, "_SHORTEST_PAUSE", 0.01)
        monkeypatch.setattr(watched_folders, "_LONGEST_PAUSE", 0.04)
        with pytest.raises(TimeoutError):
            asyncio.run(asyncio.wait_for(keep_watching({"twente": "weg"}), timeout=0.5))
        told = [record.args for record in caplog.records]
        assert told[:4] == [("twente", 2, pause) for pause in (0.01, 0.02, 0.04, 0.04)]

    def is_reading(self) -> bool:
        """Whether another process holds the lock of a region."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")
            return bool(cursor.fetchone()[0])

    def begin(self, place: Path, *more: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "vliegwiel.cli", "watch", "--region", "ijsselland"]
        environment = {**worker_process.environment(), "VLIEGWIEL_DATA": str(place.parent / "d")}
        return subprocess.Popen(
            [*command, "--folder", str(place), *more],
            env={**os.environ, **environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )

    def until(self, seen: Any, process: subprocess.Popen[bytes]) -> None:
        until = time.monotonic() + 60
        while not seen():
            assert process.poll() is None, process.communicate()
            assert time.monotonic() < until
            time.sleep(0.05)
