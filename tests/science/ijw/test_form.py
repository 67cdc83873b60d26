"""Values that stand not quite right: what can be read, what cannot, and what is said of it."""

from datetime import date, time
from typing import Any

import pytest

from vliegwiel.reference import message_codes, value_forms
from vliegwiel.science.ijw import FORM_LABELS, Severity, passes_eleven_test
from vliegwiel.science.ijw.values import Mended, mended, parser_of

from .samples import found, reading, written

FORMS = value_forms("3.2")


def parsed(form: str, text: str | None) -> Any:
    return parser_of(FORMS[form], message_codes("3.2"))(text)


@pytest.mark.parametrize(
    ("form", "text", "value"),
    [
        ("date", "2024-02-29", date(2024, 2, 29)),
        ("date", "2025-02-29", None),
        ("date", "2025-06-31", None),
        ("date", "20250630", None),
        ("date", "2025-W26-1", None),
        ("date", "2025-06-3", None),
        ("date", "２０２５-06-30", None),
        ("date", None, None),
        ("time", "12:34:56", time(12, 34, 56)),
        ("time", "12:34:56.250", time(12, 34, 56, 250000)),
        ("time", "12:34", None),
        ("time", "24:00:01", None),
        ("number", "0", 0),
        ("number", "999999999", 999999999),
        ("number", "1000000000", None),
        ("number", "-1", None),
        ("number", "1_000", None),
        ("number", "١٢", None),
        ("category", "45", "45"),
        ("category", "39", None),
        ("category", "045", None),
        ("category", None, None),
        ("bsn", "123456782", "123456782"),
        ("bsn", "12345678", None),
        ("bsn", "12345678x", None),
        ("municipality", "0193", "0193"),
        ("municipality", "193", None),
        ("provider", "01234567", "01234567"),
        ("product", "45A04", "45A04"),
        ("product", "45A045", None),
        ("product", " ", None),
        ("declaration", "DN001", "DN001"),
        ("declaration", "DN-01", None),
        ("initials", "AB", "AB"),
        ("initials", "A.B.", None),
        ("comment", "x" * 5000, "x" * 5000),
    ],
)
def test_value(form: str, text: str | None, value: object) -> None:
    assert parsed(form, text) == value


@pytest.mark.parametrize(
    ("form", "text", "value"),
    [
        ("date", " 2025-06-30\n", Mended(date(2025, 6, 30), None)),
        ("date", "2025-06-30Z", Mended(date(2025, 6, 30), "zone")),
        ("date", "2025-06-30+02:00", Mended(date(2025, 6, 30), "zone")),
        ("date", "2025-06-31Z", None),
        ("time", "12:34:56+01:00", Mended(time(12, 34, 56), "zone")),
        ("number", "007", Mended(7, None)),
        ("number", "+7", Mended(7, None)),
        ("number", " 7 ", Mended(7, None)),
        ("number", "-0", Mended(0, None)),
        ("number", "-7", None),
        ("number", "7.0", None),
        ("number", "9" * 30, None),
        ("category", " 45", None),
        ("bsn", " 123456782", None),
    ],
)
def test_second_look(form: str, text: str, value: object) -> None:
    parse = parser_of(FORMS[form], message_codes("3.2"))
    assert mended(FORMS[form], parse, text) == value


@pytest.mark.parametrize(
    ("number", "right"),
    [
        ("111222333", True),
        ("123456782", True),
        ("999900006", True),
        ("999900018", True),
        ("123456789", False),
        ("000000000", False),
        ("012345672", True),
    ],
)
def test_eleven_test(number: str, right: bool) -> None:
    assert passes_eleven_test(number) is right


def test_a_slip_of_one_digit_never_passes() -> None:
    for place in range(9):
        for digit in "0123456789":
            other = f"{'123456782'[:place]}{digit}{'123456782'[place + 1 :]}"
            assert passes_eleven_test(other) is (other == "123456782")


def test_every_form_that_is_read_has_words() -> None:
    assert FORM_LABELS.keys() <= FORMS.keys()


def replaced(kind: str, name: str, old: str, new: str) -> bytes:
    text = written(kind).decode()
    assert f":{name}>{old}<" in text
    return text.replace(f":{name}>{old}<", f":{name}>{new}<").encode()


@pytest.mark.parametrize(
    ("content", "rule", "severity"),
    [
        (replaced("JW305", "Begindatum", "2025-03-05", "2025-02-29"), "no_such_date", "R"),
        (replaced("JW305", "Begindatum", "2025-03-05", ""), "no_such_date", "R"),
        (replaced("JW305", "Categorie", "45", "39"), "value", "R"),
        (replaced("JW305", "Bsn", "123456782", "12345678"), "bsn_length", "R"),
        (replaced("JW305", "Geslacht", "2", "M"), "value", "R"),
        (replaced("JW305", "Dagtekening", "2025-03-10", "10-03-2025"), "message_value", "M"),
        (replaced("JW305", "Afzender", "12345678", "1234"), "message_value", "M"),
        (replaced("JW305", "Begindatum", "2025-03-05", "2025-03-05Z"), "zone", "W"),
        (replaced("JW305", "ToewijzingIngangsdatum", "2025-02-01", ""), "empty_element", "W"),
        (replaced("JW305", "Code", "45A04", ""), "empty_element", "W"),
        (written("JW305").replace(b"Geslacht>", b"Gezicht>"), "structure", "M"),
        (written("JW305").replace(b"<jw305:Geslacht>2</jw305:Geslacht>", b""), "structure", "M"),
    ],
)
def test_finding(content: bytes, rule: str, severity: str) -> None:
    result = reading(content)
    assert found(result) == [rule]
    (finding,) = result.findings
    assert finding.severity is Severity(severity)
    assert (len(result.records) == 1) is (severity == "W")
    assert result.counts.records_set_aside == int(severity == "R")
    assert result.counts.messages_refused == int(severity == "M")


def test_the_place_of_a_finding() -> None:
    text = written("JW305").decode()
    begin = text.index("\t\t\t<jw305:StartProduct>")
    end = text.index("\t\t</jw305:StartProducten>")
    second = text[begin:end].replace("2025-03-05", "2025-03-32")
    result = reading((text[:end] + second + text[end:]).encode())
    (finding,) = result.findings
    line = (text[:end] + second).split("2025-03-32", maxsplit=1)[0].count("\n") + 1
    assert finding.path == (
        f"Bericht/Client/StartProducten/StartProduct[2]/Begindatum, line {line}"
    )
    assert len(result.records) == 1


def test_a_broken_line_leaves_the_other_lines() -> None:
    content = written("JW323").decode()
    begin = content.index("\t\t\t\t\t<jw323:Prestatie>")
    end = content.index("\t\t\t\t</jw323:Prestaties>")
    second = content[begin:end].replace("PREST77", "PREST78").replace(">04<", ">99<")
    result = reading((content[:end] + second + content[end:]).encode())
    assert len(result.records) == 1
    assert result.counts.records_set_aside == 1
    # What a total should be cannot be told when a line of it cannot be read.
    assert found(result) == ["value"]


def test_findings_of_one_rule_are_counted_beyond_those_kept() -> None:
    result = reading(*[b"<a" for _ in range(7)], kept_findings=3)
    assert len(result.findings) == 3
    assert result.counts.rules == {"not_well_formed": 7}
    assert result.counts.files_refused == 7
