"""Files and archives: what is refused, what is taken out of its wrapping, and how large it is."""

import io
import zipfile
from collections.abc import Mapping

import pytest

from vliegwiel.science.ijw import RULES, Limits, NamedBytes, Severity, read_files

from .samples import PSEUDONYMS, TODAY, found, reading, written

#: Checks that are about a file and not about the message in it.
FILE_RULES = {rule for rule, how in RULES.items() if how.severity is Severity.FILE} | {
    "byte_order_mark",
    "other_encoding",
    "message_large",
    "envelope",
    "several_messages",
}

BOMB = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha">%s]><lolz>&i;</lolz>""" % b"".join(
    b'<!ENTITY %c "%s">' % (ord("b") + step, b"&%c;" % (ord("a") + step) * 10) for step in range(8)
)
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'


def archive(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return out.getvalue()


REFUSED: list[tuple[str, bytes]] = [
    ("empty_file", b""),
    ("empty_file", b" \r\n"),
    ("not_xml", b"Bsn;Naam\r\n123456782;Zevenbergen"),
    ("not_xml", b"%PDF-1.7"),
    ("not_well_formed", written("JW301")[:-40]),
    ("not_well_formed", b"<Bericht>\x00</Bericht>"),
    ("not_well_formed", written("JW301").replace(b"Zevenbergen", b"Zevenb\xe9rgen")),
    ("not_well_formed", b"\n" + written("JW301")),
    ("encoding_refused", written("JW301").decode().encode("utf-16")),
    ("encoding_refused", written("JW301").replace(b"UTF-8", b"IBM037")),
    ("has_dtd", BOMB),
    ("has_dtd", OUTSIDE),
    ("unknown_root", b"<envelope><nothing/></envelope>"),
    ("unknown_root", b"<Bericht/>"),
    ("unknown_root", written("JW301").replace(b"/ijw/3_2/jw301/", b"/iwmo/3_2/wmo301/")),
    ("unknown_release", written("JW301").replace(b"/3_2/", b"/3_1/")),
    ("archive_broken", archive({"a.xml": written("JW301")})[:200]),
    ("archive_empty", archive({})),
    ("archive_empty", archive({".DS_Store": b"x", "__MACOSX/a.xml": b"x"})),
    ("archive_nested", archive({"a.zip": archive({"b.xml": written("JW301")})})),
]


@pytest.mark.parametrize(("rule", "content"), REFUSED, ids=[rule for rule, _content in REFUSED])
def test_refused(rule: str, content: bytes) -> None:
    result = reading(content)
    assert found(result) == [rule]
    assert result.findings[0].severity is Severity.FILE
    assert result.records == ()
    assert result.counts.files_refused == 1


def test_every_check_of_a_file_has_a_case() -> None:
    elsewhere = {"too_large", "archive_locked", "archive_too_many", "archive_too_large"}
    elsewhere |= {"archive_too_dense"}
    refused = {rule for rule, how in RULES.items() if how.severity is Severity.FILE}
    assert {rule for rule, _content in REFUSED} | elsewhere == refused


def test_the_release_that_would_be_needed_is_told() -> None:
    (finding,) = reading(written("JW301").replace(b"/3_2/", b"/3_1/")).findings
    assert finding.params == {"release": "3.1", "known": "3.2"}


def test_where_xml_goes_wrong_is_told_without_what_stands_there() -> None:
    broken = written("JW301").replace(b"</ijw:Achternaam>", b"</ijw:Zevenbergen>")
    (finding,) = reading(broken).findings
    assert finding.rule == "not_well_formed"
    assert int(finding.params["line"]) > 20
    assert "Zevenbergen" not in repr(finding)


@pytest.mark.parametrize("wrap", [b"%s", b"  %s  "])
def test_envelope_is_taken_off(wrap: bytes) -> None:
    bare = written("JW305").split(b"?>", 1)[1]
    soap = (
        b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>'
        b'<di01 at="1">' + wrap % bare + b"</di01></s:Body></s:Envelope>"
    )
    result = reading(soap)
    assert found(result) == ["envelope"]
    assert result.counts.messages == {"JW305": 1}


def test_many_messages_in_one_file() -> None:
    bare = [written(kind).split(b"?>", 1)[1] for kind in ("JW301", "JW305", "JW307")]
    result = reading(b"<berichten>" + b"".join(bare) + b"</berichten>")
    assert found(result) == ["envelope", "several_messages"]
    assert result.counts.messages == {"JW301": 1, "JW305": 1, "JW307": 1}


def test_messages_pasted_one_after_the_other() -> None:
    result = reading(written("JW301") + written("JW305"))
    assert result.counts.messages == {"JW301": 1, "JW305": 1}
    assert found(result) == ["several_messages"]


def test_a_broken_message_in_an_envelope_leaves_the_others() -> None:
    good = written("JW305").split(b"?>", 1)[1]
    bad = written("JW301").split(b"?>", 1)[1].replace(b"Geslacht>", b"Gezicht>")
    result = reading(b"<berichten>" + bad + good + b"</berichten>")
    assert result.counts.messages == {"JW305": 1}
    assert result.counts.messages_refused == 1


def test_a_byte_order_mark_is_told() -> None:
    result = reading(b"\xef\xbb\xbf" + written("JW301"))
    assert found(result) == ["byte_order_mark"]
    assert result.counts.messages == {"JW301": 1}


def test_another_encoding_is_told() -> None:
    text = written("JW301").decode().replace("UTF-8", "windows-1252").replace("Wilh", "Wïlh")
    result = reading(text.encode("windows-1252"))
    assert found(result) == ["other_encoding"]
    assert result.counts.messages == {"JW301": 1}


@pytest.mark.parametrize("ends", [b"\n", b"\r\n", b""])
def test_line_ends_do_not_matter(ends: bytes) -> None:
    result = reading(written("JW301").replace(b"\r\n", ends))
    assert result.findings == ()
    assert len(result.records) == 1


def test_archive_with_folders() -> None:
    files = {
        "2025/januari/a.xml": written("JW301"),
        "2025/b.xml": written("JW305"),
        "2025/": b"",
        "__MACOSX/._a.xml": b"\x00\x05",
        "2025/.DS_Store": b"\x00",
    }
    result = reading(archive(files), name="levering.zip")
    assert result.findings == ()
    assert result.counts.files == 2
    names = [record.message.file for record in result.records]  # type: ignore[union-attr]
    assert names == ["levering.zip/2025/januari/a.xml", "levering.zip/2025/b.xml"]


def test_a_bad_file_in_an_archive_leaves_the_others() -> None:
    result = reading(archive({"a.xml": b"<a", "b.xml": written("JW305")}), name="z.zip")
    assert found(result) == ["not_well_formed"]
    assert result.findings[0].file == "z.zip/a.xml"
    assert result.counts.messages == {"JW305": 1}


@pytest.mark.slow
def test_a_bomb_in_an_archive_is_not_unpacked() -> None:
    result = reading(archive({"a.xml": b"<a>" + b" " * 50_000_000}))
    assert found(result) == ["archive_too_dense"]


def test_an_archive_that_lies_about_sizes_is_refused() -> None:
    packed = bytearray(archive({"a.xml": written("JW301")}))
    directory = packed.rindex(b"PK\x01\x02")
    packed[directory + 24 : directory + 28] = (10).to_bytes(4, "little")
    result = reading(bytes(packed))
    assert found(result) == ["archive_broken"]
    assert result.records == ()


@pytest.mark.parametrize(
    ("limits", "rule"),
    [
        (Limits(file=3000), "too_large"),
        (Limits(archive_files=1), "archive_too_many"),
        (Limits(archive_total=6000), "archive_too_large"),
    ],
    ids=["file", "number", "total"],
)
def test_limits_of_an_archive(limits: Limits, rule: str) -> None:
    content = archive({"a.xml": written("JW301"), "b.xml": written("JW301")})
    result = reading(content, limits=limits)
    assert rule in found(result)


def test_a_file_that_is_too_large() -> None:
    assert found(reading(written("JW301"), limits=Limits(file=1000))) == ["too_large"]


def test_a_message_larger_than_the_standard_allows_is_told() -> None:
    result = reading(written("JW301"), limits=Limits(message=1000))
    assert found(result) == ["message_large"]
    assert len(result.records) == 1


def test_a_locked_archive() -> None:
    packed = bytearray(archive({"a.xml": written("JW301")}))
    # The bit that says so, in the entry and in the directory.
    packed[6] |= 1
    packed[packed.rindex(b"PK\x01\x02") + 8] |= 1
    assert found(reading(bytes(packed))) == ["archive_locked"]


def test_deep_nesting_is_refused() -> None:
    deep = b"<a>" * 5000 + b"</a>" * 5000
    assert found(reading(deep)) == ["not_well_formed"]


def test_files_are_taken_one_at_a_time() -> None:
    """The next file is asked for only when the one before was read."""
    taken: list[str] = []

    def files() -> object:
        for name in ("a.xml", "b.xml"):
            taken.append(name)
            yield NamedBytes(name, written("JW305"))

    result = read_files(files(), PSEUDONYMS, today=TODAY)  # type: ignore[arg-type]
    assert taken == ["a.xml", "b.xml"]
    assert len(result.records) == 2


def test_the_name_of_a_file_holds_no_citizen_service_number() -> None:
    result = reading(b"", name="map/JW301_123456782_12345678.xml\n")
    (finding,) = result.findings
    assert finding.file == "map/JW301_•••••••••_12345678.xml·"
