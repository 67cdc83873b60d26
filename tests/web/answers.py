"""What comes back from a page, as who asked for it reads it; and who asks."""

import csv
import re
from collections.abc import Callable
from html import unescape
from io import StringIO
from typing import Any

from django.test import Client

from tests.apps.trajectories.kept import make_person
from vliegwiel.apps.regions.models import Region
from vliegwiel.apps.regions.rights import Role

Enter = Callable[[Role], Client]


def entering(region: Region) -> Enter:
    """Gives a browser in which somebody with a role in the region has logged in."""

    def as_person(role: Role) -> Client:
        client = Client()
        client.force_login(make_person(region, role))
        return client

    return as_person


def text(answer: Any) -> str:
    """What a reader sees of a page, in one line."""
    page = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", answer.content.decode(), flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def rows_of(answer: Any) -> list[dict[str, str]]:
    """The lines of a table that is a file, by their heading."""
    assert answer.status_code == 200, answer.content
    rows = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))
    assert all(None not in row for row in rows), "a cell stands under no heading"
    return rows
