"""Messages in the plainest form are read without a tree, and only those."""

from unittest.mock import patch

import pytest

from vliegwiel.science.ijw import reading as reading_module

from .samples import KINDS, PSEUDONYMS, found, reading, returned, sample, written


@pytest.mark.parametrize("kind", KINDS)
def test_a_message_as_systems_write_it_needs_no_tree(kind: str) -> None:
    with patch.object(reading_module, "documents_of", side_effect=AssertionError("a tree")):
        assert reading(written(kind)).counts.messages == {kind: 1}


@pytest.mark.parametrize("kind", KINDS)
def test_both_ways_read_the_same(kind: str) -> None:
    content = written(kind)
    careful = reading(content.replace(b"?>", b"?><!-- a comment -->"))
    assert careful == reading(content)
    assert careful.records


def test_both_ways_read_content_of_a_return_message() -> None:
    content = returned("JW306", ["0001", "0233"])
    client = sample("JW305")["Client"]
    coded = {"RetourCodes": {"RetourCode": ["9326", "0200"]}}
    (item,) = client["StartProducten"]["StartProduct"]
    client["StartProducten"]["StartProduct"] = [{**item, **coded}, {**item, **coded}]
    content["Client"] = {**client, **coded}
    plain = written("JW306", content)
    assert reading(plain + b"<!-- -->") == reading(plain)
    (note,) = reading(plain).records
    assert note.codes == ("0001", "0233", *("9326", "0200") * 3)  # type: ignore[union-attr]


def test_several_in_a_list_are_read_in_their_order() -> None:
    """The first of a list is read with its message, the others by themselves."""
    content = sample("JW305")
    starts = content["Client"]["StartProducten"]
    (item,) = starts["StartProduct"]
    starts["StartProduct"] = [{**item, "ToewijzingNummer": number} for number in (30, 10, 20)]
    plain = written("JW305", content)
    with patch.object(reading_module, "documents_of", side_effect=AssertionError("a tree")):
        result = reading(plain)
    numbers = [PSEUDONYMS.assignment("0193", number) for number in (30, 10, 20)]
    assert [record.assignment for record in result.records] == numbers  # type: ignore[union-attr]
    assert reading(plain + b"<!-- -->") == result


@pytest.mark.parametrize("blank", ["   ", "\u2003", "x" * 13])
def test_a_text_that_is_none_is_told_by_the_careful_way(blank: str) -> None:
    usual = written("JW305")
    other = usual.replace(b">M1<", f">{blank}<".encode())
    assert other != usual
    assert found(reading(other)) == ["message_value"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"xmlns:ijw=", b'xmlns:x="urn:x" xmlns:ijw='),
        (b"<jw305:Client>", b"<jw305:Client >"),
        (b"45A04", b"&#52;5A04"),
        (b"45A04", b"<![CDATA[45A04]]>"),
        (b"jw305:", b"m:"),
        (b"\r\n", b"\n<!-- -->"),
    ],
)
def test_other_ways_of_writing_the_same(old: bytes, new: bytes) -> None:
    usual = written("JW305")
    other = (
        usual.replace(old, new).replace(b"xmlns:jw305=", b"xmlns:m=")
        if old == b"jw305:"
        else (usual.replace(old, new))
    )
    result = reading(other)
    assert result.findings == ()
    assert result.records == reading(usual).records


def test_what_is_to_be_said_has_its_place() -> None:
    """A warning needs a line, so the careful way has the word; nothing is counted twice."""
    content = sample("JW305")
    content["Client"]["Bsn"] = "999900006"
    result = reading(written("JW305", content))
    assert found(result) == ["bsn_of_tests"]
    assert result.findings[0].path == "Bericht/Client, line 18"
    assert result.counts.rules == {"bsn_of_tests": 1}
    assert result.counts.messages == {"JW305": 1}
    assert result.counts.files == 1


def test_time_is_proportional_to_length() -> None:
    """An expression that goes back and forth would never come to an end on this."""
    start = written("JW323").decode()
    begin = start.index("\t\t\t<jw323:Client>")
    end = start.index("\t\t</jw323:Clienten>")
    many = start[:end] + start[begin:end] * 2000 + "\t\t<wrong/>" + start[end:]
    assert found(reading(many.encode())) == ["structure"]
