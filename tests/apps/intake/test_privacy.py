"""Nothing of a person by name or number: not in a table, a log, an error, a job or a file."""

import io
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.everything_logged import everything_logged
from vliegwiel.apps.intake import DeliveryRefused, RecordsDoNotFit, queries, services
from vliegwiel.apps.intake.keys import RegionKey
from vliegwiel.apps.regions.models import Region, User

from . import messages
from .conftest import Deliver
from .everything import search
from .messages import BIRTH, BSN, FAMILY, GIVEN, STREET

PERSONAL = (BSN, FAMILY, GIVEN, STREET, BIRTH.isoformat())


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    with everything_logged() as written:
        yield written


def none_in(text: str) -> None:
    assert not [word for word in PERSONAL if word.casefold() in text.casefold()]


def contents() -> dict[str, bytes]:
    """Of each kind one, and messages with whatever can be wrong with what is personal."""
    every = messages.one_of_each()
    start = messages.start
    every["lang.xml"] = start(identification="51").replace(BSN.encode(), BSN.encode() + b"0")
    every["geen.xml"] = start(identification="52").replace(BSN.encode(), b"900000005")
    every["dag.xml"] = start(identification="53").replace(b"2011-07-23", b"2011-07-32")
    every["naam.xml"] = start(identification="54").replace(
        b"Zandbergen</", b"Zandbergen" * 40 + b"</"
    )
    every["extra.xml"] = start(identification="55").replace(
        b"<jw305:Bsn>", f"{FAMILY}<jw305:Bsn>".encode()
    )
    every[f"{GIVEN[0]}-{BSN}.xml"] = start(identification="56")
    return every


def test_the_files_do_hold_them() -> None:
    together = b"".join(messages.one_of_each().values()).decode()
    assert all(word in together for word in PERSONAL)


def test_no_table_holds_them_after_a_delivery(
    deliver: Deliver, region: Region, log: io.StringIO
) -> None:
    done = deliver(contents())
    assert done.findings
    assert not search(*PERSONAL)
    none_in(log.getvalue())
    none_in(repr(done))
    none_in(repr(queries.findings(done.delivery_id, limit=500)))
    none_in(repr(list(queries.records_by_youth(region))))


def test_no_table_and_no_error_holds_them_after_a_refusal(
    deliver: Deliver, log: io.StringIO
) -> None:
    broken = f"<Bericht><Bsn>{BSN}</Bsn><Naam>{FAMILY}</Bericht>".encode()
    with pytest.raises(DeliveryRefused) as refused:
        deliver({**contents(), "kapot.xml": broken, "tekst.xml": f"{BSN};{FAMILY}".encode()})
    assert not search(*PERSONAL)
    none_in(log.getvalue())
    none_in(repr(refused.value) + str(refused.value) + repr(refused.value.__context__))


def test_no_error_of_the_database_goes_on(
    deliver: Deliver, monkeypatch: pytest.MonkeyPatch, log: io.StringIO
) -> None:
    """Its words repeat the row that did not fit."""
    monkeypatch.setattr(
        "vliegwiel.apps.intake.services.keeping.sender_of", lambda _envelope: "00000000"
    )
    with pytest.raises(RecordsDoNotFit) as refused:
        deliver(messages.one_of_each())
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__
    none_in(log.getvalue())
    assert not search("00000000")


def test_removing_a_person_leaves_no_trace_of_the_number(
    deliver: Deliver, region: Region, analyst: User, log: io.StringIO
) -> None:
    deliver(messages.one_of_each())
    youth = RegionKey(region.code).pseudonyms().youth(BSN)
    done = services.delete_person(region=region, bsn=BSN, by=analyst)
    dashed = f"{youth[:8]}-{youth[8:12]}-{youth[12:16]}-{youth[16:20]}-{youth[20:]}"
    assert not search(BSN, youth, dashed)
    none_in(log.getvalue() + repr(done))
    assert youth not in log.getvalue()


def test_no_file_is_left_behind(deliver: Deliver, own_key: Path, tmp_path: Path) -> None:
    deliver(contents())
    left = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert left == [own_key]


def test_nothing_is_written_to_the_folder_for_temporary_files(
    deliver: Deliver, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    written: list[Any] = []
    real = os.open

    def watched(path: Any, flags: int, *more: Any, **named: Any) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR):
            written.append(path)
        return real(path, flags, *more, **named)

    monkeypatch.setattr(os, "open", watched)
    deliver({"groot.zip": messages.archive(messages.many(200))})
    assert not list(folder.iterdir())
    assert not [path for path in written if str(path).startswith(str(folder))]


def test_jobs_hold_nothing_but_a_moment() -> None:
    from vliegwiel.apps.intake import tasks

    assert set(tasks.apply_retention.func.__annotations__) == {"timestamp", "return"}
