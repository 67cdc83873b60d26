"""What cannot be written as a message is refused with its place."""

from datetime import date
from typing import Any

import pytest

from vliegwiel.science.ijw import MessageFormatError, message_header, return_header, write_message

from .samples import Content, reading, sample, written


def client(**changes: Any) -> Content:
    content = sample("JW305")
    content["Client"].update(changes)
    return content


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (client(Bsn="12345678"), "Bericht/Client/Bsn"),
        (client(Bsn=None), "Bericht/Client/Bsn"),
        (client(Hobby="x"), "Bericht/Client has no element Hobby"),
        (client(Geslacht=["1", "2"]), "Bericht/Client/Geslacht occurs 2 times"),
        (client(StartProducten={"StartProduct": []}), "StartProduct occurs 0 times"),
        (client(Naam="Zevenbergen"), "Bericht/Client/Naam holds elements"),
        (client(Naam={"Geslachtsnaam": {"Achternaam": "\x07"}}), "Achternaam"),
        (client(Geboortedatum={"Datum": "2012-02-30"}), "Geboortedatum/Datum"),
    ],
)
def test_content_that_is_no_message(content: Content, where: str) -> None:
    with pytest.raises(MessageFormatError, match=where):
        write_message("JW305", content)


def test_a_kind_that_does_not_exist() -> None:
    with pytest.raises(MessageFormatError, match="JW303"):
        write_message("JW303", {})


def test_headers_are_for_their_own_kinds() -> None:
    parties: dict[str, Any] = {"municipality": "0193", "provider": "12345678"}
    asked: dict[str, Any] = {"identification": "1", "dated": date(2025, 1, 1)}
    with pytest.raises(MessageFormatError, match="JW302"):
        message_header("JW302", **parties, **asked)
    with pytest.raises(MessageFormatError, match="JW301"):
        return_header(message_header("JW301", **parties, **asked), "JW301", **asked)


def test_the_order_in_which_content_is_given_does_not_matter() -> None:
    content = sample("JW301")
    turned = {name: dict(reversed(part.items())) for name, part in reversed(content.items())}
    assert write_message("JW301", turned) == written("JW301")


def test_signs_of_xml_are_only_text() -> None:
    content = sample("JW301")
    (item,) = content["Client"]["ToegewezenProducten"]["ToegewezenProduct"]
    item["Product"]["Code"] = '<&">'
    (record,) = reading(written("JW301", content)).records
    assert record.product == '<&">'  # type: ignore[union-attr]


def test_a_message_is_as_the_standard_sends_it() -> None:
    """UTF-8 without byte-order mark, lines that end in CR LF (OP192)."""
    content = written("JW305")
    assert content.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\r\n<jw305:Bericht ')
    assert content.endswith(b"</jw305:Bericht>\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")
