"""Broken files of published waiting times: what is said, and where; nothing of them is kept."""

import json
from typing import Any

import pytest
from django.utils import translation

from vliegwiel.apps.figures import DeliveryRefused, Severity
from vliegwiel.apps.figures.file_places import in_words
from vliegwiel.apps.figures.findings import errors
from vliegwiel.apps.figures.models import StatedWait, WaitingTimeDelivery, WaitingTimeStatement
from vliegwiel.apps.figures.published_waiting import RULES, read_delivery
from vliegwiel.apps.figures.queries import waiting_file_format
from vliegwiel.apps.figures.services import deliver_waiting_times
from vliegwiel.apps.figures.text_files import LARGEST_FILE
from vliegwiel.apps.regions.models import Region, User

from .waiting_files import content, row

pytestmark = pytest.mark.usefixtures("in_english")

GOOD = content()

BROKEN: dict[str, tuple[bytes, list[tuple[str, str]]]] = {
    "empty": (b" \n", [("", "The file is empty.")]),
    "too large": (
        b"[" + b" " * LARGEST_FILE + b"]",
        [("", "The file is larger than 5 megabytes.")],
    ),
    "not JSON": (
        b'{"schemaVersion": 1,\n "rows": oops}',
        [("", "This is not valid JSON: line 2, column 10.")],
    ),
    "truncated": (GOOD[:-40], [("", "The file breaks off at line 1: it has no end.")]),
    "HTML": (
        b"<!DOCTYPE html><html><body>Wachttijden</body></html>",
        [("", "This is a web page, not a data file.")],
    ),
    "wrong encoding": (
        '{"p": "Cliënt"}'.encode("latin-1"),
        [("", "The file is not UTF-8: byte 11 cannot be read.")],
    ),
    "a CSV file": (
        b"aanbieder;plaats;weken\nAccare;Hengelo;15\n",
        [
            (
                "",
                "This looks like a CSV file (the name ends in .csv). "
                "Only a JSON file (the name ends in .json) can be loaded here.",
            )
        ],
    ),
    "a workbook": (
        b"PK\x03\x04\x14\x00\x06\x00",
        [
            (
                "",
                "This looks like a file of Excel or Word, or a zip file. "
                "Only a JSON file (the name ends in .json) can be loaded here.",
            )
        ],
    ),
    "nested too deeply": (
        b"[" * 100_000 + b"]" * 100_000,
        [("", "The file is nested too deeply to be a list of waiting times.")],
    ),
    "a list": (
        b"[1, 2]",
        [("", "The file must be one object with 'schemaVersion', 'generatedAt' and 'rows'.")],
    ),
    "the same key twice": (
        b'{"schemaVersion": 1, "rows": [], "rows": []}',
        [("", "The key 'rows' stands more than once in one object.")],
    ),
    "another version": (
        content(schemaVersion=2),
        [("schemaVersion", "The file has version 2 of the format; version 1 can be read.")],
    ),
    "no version": (
        content(schemaVersion=...),
        [("schemaVersion", "The file has version none of the format; version 1 can be read.")],
    ),
    "no time zone": (
        content(generatedAt="2026-08-14T05:45:56"),
        [
            (
                "generatedAt",
                "'generatedAt' must be a date and time such as 2026-08-14T05:45:56Z; "
                "this is 2026-08-14T05:45:56.",
            )
        ],
    ),
    "missing rows": (content(rows=...), [("rows", "The file has no list called 'rows'.")]),
    "no rows": (content(rows=[]), [("rows", "The list 'rows' is empty.")]),
    "a row that is none": (
        content(row(), "x"),
        [("rows[1]", "A row must be an object; this is text.")],
    ),
    "row without provider": (
        content(row(p=...)),
        [("rows[0].p", "The field 'provider' is missing.")],
    ),
    "empty provider": (content(row(p=" ")), [("rows[0].p", "The field 'provider' is empty.")]),
    "negative weeks": (
        content(row(), row(l="Almelo", i=-3)),
        [("rows[1].i", "A wait cannot be negative: -3.")],
    ),
    "weeks as text": (
        content(row(b="8")),
        [("rows[0].b", "A number of weeks is expected; this is the text '8'.")],
    ),
    "weeks as a list": (
        content(row(b=[8])),
        [
            (
                "rows[0].b",
                "The field 'wait until treatment, number' must be a number or null; "
                "this is a list.",
            )
        ],
    ),
    "not a number": (
        GOOD.replace(b'"i": 8', b'"i": NaN'),
        [("rows[0].i", "NaN is not a number that a waiting time can have.")],
    ),
    "infinite": (
        GOOD.replace(b'"i": 8', b'"i": 1e999'),
        [("rows[0].i", "Infinity is not a number that a waiting time can have.")],
    ),
    "huge": (
        GOOD.replace(b'"i": 8', b'"i": ' + b"9" * 5000),
        [("rows[0].i", "Infinity is not a number that a waiting time can have.")],
    ),
    "eleven years": (
        content(row(i=574)),
        [("rows[0].i", "574 weeks is longer than ten years.")],
    ),
    "impossible date": (
        content(row(date="2026-02-30")),
        [("rows[0].date", "'2026-02-30' is not an existing date (year-month-day or year-month).")],
    ),
    "date the other way round": (
        content(row(date="14-08-2026")),
        [("rows[0].date", "'14-08-2026' is not an existing date (year-month-day or year-month).")],
    ),
    "date in the future": (
        content(row(date="2026-08-15")),
        [
            (
                "rows[0].date",
                "2026-08-15 lies after the day on which the file was made (2026-08-14).",
            )
        ],
    ),
    "duplicate rows": (
        content(row(), row(l="Almelo"), row(l=" enschede ")),
        [
            (
                "rows[2]",
                "This row names the same offer as row 1: provider, offer, place, "
                "target group, kind and expertise are the same.",
            )
        ],
    ),
    "unknown target group": (
        content(row(d="Senioren")),
        [("rows[0].d", "'Senioren' is not one of: Jeugd, Volwassenen, Wmo.")],
    ),
    "a script for an address": (
        content(row(u="javascript:alert(1)")),
        [
            (
                "rows[0].u",
                "'javascript:alert(1)' is not an address that begins with https:// or http://.",
            )
        ],
    ),
    "a character that is no text": (
        content(row(p="Praktijk \x00")),
        [("rows[0].p", "The field 'provider' holds a character that is no text.")],
    ),
    "an endless text": (
        content(row(s="a" * 5001)),
        [("rows[0].s", "The field 'explanation' has more than 5000 characters.")],
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_refused_whole(name: str, twente: Region, system: User) -> None:
    broken, said = BROKEN[name]
    with pytest.raises(DeliveryRefused) as refused:
        deliver_waiting_times(region=twente, name="wacht.json", content=broken, by=system)
    found = errors(refused.value.findings)
    assert [(finding.path, finding.message) for finding in found] == said
    assert all(finding.file == "wacht.json" and finding.suggestion for finding in found)
    for model in (WaitingTimeDelivery, WaitingTimeStatement, StatedWait):
        assert not model.objects.exists()


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_said_can_be_said_in_dutch(name: str) -> None:
    """A translation with another parameter than its text would fail only when it is shown."""
    broken, said = BROKEN[name]
    _delivery, findings = read_delivery(broken, name="w", region_code="JZ14")
    with translation.override("nl"):
        shown = [(finding.message, finding.suggestion) for finding in findings]
    assert len(shown) >= len(said)
    assert not any("%(" in text for pair in shown for text in pair)


def test_a_finding_says_its_place_as_a_person_would() -> None:
    rows = [row(), row(p="Accare", l="Almelo", c="Zorgverzekering", e=["ADHD", 3])]
    _delivery, findings = read_delivery(content(*rows), name="w", region_code="JZ14")
    assert {(finding.path, finding.place) for finding in findings} == {
        ("rows[1].c", "row 2 (Accare), funding"),
        ("rows[1].e[1]", "row 2 (Accare), expertise, item 2"),
    }
    with translation.override("nl"):
        assert "rij 2 (Accare), financiering" in {finding.place for finding in findings}


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("", ""),
        ("rows[0]", "row 1"),
        ("generatedAt", "moment on which the file was made"),
        ("line 4", "line 4"),
        ("line 4, value", "line 4, column “value”"),
        ("rows[2].zz", "row 3, zz"),
        ("something else", "something else"),
    ],
)
def test_a_place_in_words(path: str, words: str) -> None:
    assert in_words(path) == words


def test_the_example_of_a_file_is_a_file_that_is_taken() -> None:
    file = waiting_file_format()
    delivery, findings = read_delivery(file.example.encode(), name="w", region_code="JZ14")
    assert delivery is not None
    assert findings == ()
    keys = set(json.loads(file.example)["rows"][0])
    assert keys <= {key for key, _label in file.fields}


def test_all_findings_at_once(twente: Region, system: User) -> None:
    rows = [row(p=..., i=-1, date="soon"), row(l="Almelo", k="maybe", b="x"), row(l="Losser")]
    with pytest.raises(DeliveryRefused) as refused:
        deliver_waiting_times(
            region=twente, name="w.json", content=content(*rows, schemaVersion=9), by=system
        )
    found = errors(refused.value.findings)
    assert {(finding.path, finding.code) for finding in found} == {
        ("schemaVersion", "schema_version"),
        ("rows[0].p", "field_missing"),
        ("rows[0].i", "weeks_negative"),
        ("rows[0].date", "date_invalid"),
        ("rows[1].k", "unknown_value"),
        ("rows[1].b", "weeks_as_text"),
    }


def test_a_good_file_before_stays_when_a_broken_one_comes(twente: Region, system: User) -> None:
    deliver_waiting_times(region=twente, name="good.json", content=GOOD, by=system)
    with pytest.raises(DeliveryRefused):
        deliver_waiting_times(
            region=twente, name="bad.json", content=content(row(), row(i=-1)), by=system
        )
    assert WaitingTimeStatement.objects.count() == 1
    assert WaitingTimeDelivery.objects.get().name == "good.json"


WARNED: dict[str, tuple[dict[str, Any], str, str]] = {
    "number beside other words": (
        {"i": 30.4, "iText": "9 mnd"},
        "rows[0].i",
        "The number 30.4 does not fit the words '9 mnd'; the words were used.",
    ),
    "number beside another explanation": (
        {"i": 4, "s": "Gemiddeld 24 weken."},
        "rows[0].i",
        "The number 4 does not fit the explanation; that says, in weeks: 24.",
    ),
    "another clock": (
        {"b": 6, "bText": "6 wk na diagnostiek"},
        "rows[0].bText",
        "'6 wk na diagnostiek' counts from another moment; "
        "it is shown but not counted with the others.",
    ),
    "words nobody can read": (
        {"iText": "zie site"},
        "rows[0].iText",
        "The words 'zie site' could not be read as a waiting time.",
    ),
    "unknown place": (
        {"l": "Verweggistan"},
        "rows[0].l",
        "The place 'Verweggistan' is not a known municipality or town.",
    ),
    "funding": (
        {"c": "Zorgverzekering"},
        "rows[0].c",
        "The row is for youths, but the funding 'Zorgverzekering' does not name the Jeugdwet.",
    ),
    "concrete without a number": (
        {"i": None},
        "rows[0].k",
        "The row is called 'concrete' but gives no number of weeks.",
    ),
    "unknown with a number": (
        {"k": "unknown"},
        "rows[0].k",
        "The row is called 'unknown' but gives a number of weeks.",
    ),
    "a new field": ({"zz": 1}, "rows[0].zz", "The field 'zz' is not known and was not read."),
}


@pytest.mark.parametrize("name", WARNED)
def test_a_warning_does_not_refuse_the_file(name: str) -> None:
    changed, path, said = WARNED[name]
    delivery, findings = read_delivery(content(row(**changed)), name="w", region_code="JZ14")
    assert delivery is not None
    assert [(finding.path, finding.message) for finding in findings] == [(path, said)]
    assert findings[0].severity is Severity.WARNING


def test_every_rule_is_shown_by_a_broken_file_or_a_warning() -> None:
    shown = set()
    files = [broken for broken, _said in BROKEN.values()]
    files += [content(row(**changed)) for changed, _path, _said in WARNED.values()]
    files.append(content(row(checkedAt="yesterday")))
    for file in files:
        _delivery, findings = read_delivery(file, name="w", region_code="JZ14")
        shown |= {finding.code for finding in findings}
    assert shown == set(RULES)
