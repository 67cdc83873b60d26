"""What goes wrong in a search for leaks, so that there is a log to search, with persons in it.

Somebody types a person where the site takes something, broken messages come by page, command and
watched folder, and jobs and a delivery fail with an error that names a person. What the site
answers is not searched: it may say what somebody typed himself.

python -m benchmarks.leak_search_faults REGION TEXT: a worker of which all that it does fails, with
the text as the words of the error. Started by ``benchmarks.leak_search`` with its environment.
"""

from __future__ import annotations

import json
import re
import sys
import time
import urllib.error
import urllib.request
import zipfile
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from tests.apps.intake.persons_sought import Sought
from vliegwiel.cli.environment import start

_BSN = re.compile(rb"(Bsn>)(\d{9})(</)")
_BIRTH = re.compile(rb"(\d{4}-\d{2}-)(\d{2})(</[^>]*Datum></[^>]*Geboortedatum>)")
_BOUNDARY = "a-part-of-the-form"
_SECONDS_TO_END = 120
_TOKEN = "csrfmiddlewaretoken"  # noqa: S105  (the name of a field)
_PLAIN: Mapping[str, str] = {}
Visitor = urllib.request.OpenerDirector


def broken(archive: Path) -> Mapping[str, bytes]:
    """Files that cannot be read, or not wholly, each with persons where the fault is."""
    with zipfile.ZipFile(archive) as messages:
        good = next(
            content for name in messages.namelist() if _BSN.search(content := messages.read(name))
        )
    packed = archive.read_bytes()
    return {
        "half.xml": good[: good.rindex(b"</", 0, good.index(b"Bsn>", good.index(b"Bsn>") + 1))],
        "number.xml": _BSN.sub(rb"\1\2 of \2\3", good),
        "birth.xml": _BIRTH.sub(rb"\1\2 or so\3", good),
        "twice.xml": _BSN.sub(rb"\1\2\3Bsn><\1\2\3", good),
        "letters.xml": _BSN.sub(b"\\1\\2\xff\xfe\\3", good),
        "half.zip": packed[: len(packed) // 2],
    }


def typed(url: str, region: str, visitor: Visitor, person: Sought) -> None:
    """A person typed in addresses, forms and headers, none of which is the place for it."""
    text = f"{person.name} {person.bsn} {person.born.isoformat()}"
    home = f"{url}/regio/{region}"
    wrong = {"login": f"{person.name}@{person.bsn}.example", "password": text}
    for address, fields in (
        (f"{home}/?{urlencode({'q': text})}", None),
        (f"{home}/{quote(text)}/", None),
        (f"{home}/begrijpen/?{urlencode({'q': text})}", None),
        (f"{url}/api/v1/{quote(text)}", None),
        # Without what the site gives with a form: refused.
        (f"{url}/account/login/", wrong),
        (f"{url}/account/login/", {**wrong, _TOKEN: _token(visitor, f"{url}/account/login/")}),
        (f"{home}/zorgdata/persoon/", {"bsn": text, "sure": "on"}),
    ):
        headers = {"Referer": f"{url}/{quote(text)}", "User-Agent": text, "X-Request-ID": text,
                   "Authorization": f"Bearer {person.bsn}"}  # fmt: skip
        body = urlencode(fields).encode() if fields else None
        _ask(visitor, address, body, headers)
    form = f"{home}/zorgdata/persoon/"
    for number in (text, person.bsn):
        fields = {"bsn": number, "sure": "on", _TOKEN: _token(visitor, form)}
        _ask(visitor, form, urlencode(fields).encode())


def sent(url: str, region: str, visitor: Visitor, files: Mapping[str, bytes]) -> None:
    """Files brought by the page, one after the other; each is read before the next one comes."""
    address = f"{url}/regio/{region}/zorgdata/"
    for name, content in files.items():
        parts = {f'name="{_TOKEN}"': _token(visitor, address).encode(),
                 f'name="sent"; filename="{name}"': content}  # fmt: skip
        body = b"".join(
            f"--{_BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode()
            + part + b"\r\n" for head, part in parts.items()
        ) + f"--{_BOUNDARY}--\r\n".encode()  # fmt: skip
        kind = {"Content-Type": f"multipart/form-data; boundary={_BOUNDARY}"}
        place = _ask(visitor, address, body, kind)
        until = time.monotonic() + _SECONDS_TO_END
        while "/bezig/" in place and time.monotonic() < until:
            time.sleep(1)
            place = _ask(visitor, place)


def _token(visitor: Visitor, address: str) -> str:
    """What the site gives with a form; nothing where it gives none."""
    try:
        page = visitor.open(address, timeout=60).read().decode()
    except urllib.error.HTTPError:
        return ""
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    return found[1] if found else ""


def _ask(
    visitor: Visitor, address: str, body: bytes | None = None, headers: Mapping[str, str] = _PLAIN
) -> str:
    """Asks, and gives the address at which that ended; a refusal is as good as an answer."""
    request = urllib.request.Request(address, body, dict(headers))  # noqa: S310
    try:
        with visitor.open(request, timeout=300) as answer:
            return str(answer.geturl())
    except urllib.error.HTTPError as error:
        error.read()
        return str(error.geturl())


def logged(place: Path) -> Counter[str]:
    """How many lines of each kind there are in what was logged.

    Raises RuntimeError when there are none of a kind that this search should have brought about.
    """
    found: Counter[str] = Counter()
    for text in place.read_text(encoding="utf-8", errors="replace").splitlines():
        found["lines"] += 1
        with suppress(ValueError):
            line = json.loads(text)
            found.update(kind for kind, is_one in _KINDS.items() if is_one(line))
    if missing := [kind for kind in _KINDS if not found[kind]]:
        raise RuntimeError(f"nothing was logged of: {', '.join(missing)}")
    return found


_KINDS: Mapping[str, Any] = {
    "requests": lambda line: "route" in line,
    "refused requests": lambda line: int(line.get("status") or 0) >= 400,
    "debug": lambda line: line.get("level") == "debug",
    "jobs": lambda line: str(line.get("logger", "")).startswith("procrastinate"),
    "failed jobs": lambda line: "procrastinate" in str(line.get("logger")) and "error" in line,
    "failed figures": lambda line: "could not be made" in str(line.get("event")),
    "failed searches": lambda line: "search for gaps" in str(line.get("event")),
    "failed fits": lambda line: str(line.get("event")).startswith("care system fit"),
    "failed deliveries": lambda line: "could not be read" in str(line.get("event")),
}


def failing(region_slug: str, text: str) -> None:
    """Orders every kind of work on care data, and works on it while it fails with a text."""
    start(migrate=False)
    # Late: models need Django set up, and Django the address of the database.
    from django.contrib.auth import get_user_model  # noqa: PLC0415
    from procrastinate.contrib.django import app  # noqa: PLC0415

    from vliegwiel.apps.continuity.models import ContinuityCheck  # noqa: PLC0415
    from vliegwiel.apps.continuity.services import refresh, searching  # noqa: PLC0415
    from vliegwiel.apps.explorer import fitting  # noqa: PLC0415
    from vliegwiel.apps.explorer.services import start_fit  # noqa: PLC0415
    from vliegwiel.apps.intake import services as intake  # noqa: PLC0415
    from vliegwiel.apps.regions.models import Region  # noqa: PLC0415
    from vliegwiel.apps.trajectories.queries import known_days  # noqa: PLC0415
    from vliegwiel.apps.trajectories.services import order, working  # noqa: PLC0415
    from vliegwiel.cli.logins import DEMO_LOGINS  # noqa: PLC0415
    from vliegwiel.cli.worker import worker  # noqa: PLC0415

    def fails(*_given: object, **_more: object) -> Any:
        raise ValueError(text)

    region = Region.objects.get(slug=region_slug)
    email = next(one.email for one in DEMO_LOGINS if "analyst" in one.roles.values())
    analyst = get_user_model().objects.get(email=email)
    setattr(working, "derive", fails)  # noqa: B010
    setattr(searching, "derive", fails)  # noqa: B010
    setattr(fitting, "derive", fails)  # noqa: B010
    setattr(intake, "apply_retention", fails)  # noqa: B010
    order(region=region, known=known_days(region)[1], by=analyst)
    ContinuityCheck.objects.filter(region=region).delete()
    refresh(region=region)
    start_fit(region=region, by=analyst)
    app.configure_task("vliegwiel.intake.apply_retention").defer(timestamp=0)
    handed = intake.hand_over(
        region=region, files=[intake.Source("fails.xml", len(text), fails)], by=analyst
    )
    worker(until_done=True)
    until = time.monotonic() + _SECONDS_TO_END
    while time.monotonic() < until:
        handed.refresh_from_db()
        if handed.ended_at is not None:
            return
        time.sleep(0.2)


if __name__ == "__main__":
    failing(sys.argv[1], sys.argv[2])
