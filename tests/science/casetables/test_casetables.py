"""Tables of case systems: the same trajectories as messages, and every fault with its place."""

import io
import re
import zipfile
from collections import Counter
from datetime import date, timedelta
from functools import cache
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.science.regionbox import boxes
from vliegwiel.science.casetables import (
    DATE_FORMS,
    TABLE_MESSAGES,
    TABLE_RULES,
    Role,
    TableStream,
    day_of,
    masked,
    proposed_form,
    proposed_roles,
    read_table,
)
from vliegwiel.science.ijw import NamedBytes, ReadMessage, Record
from vliegwiel.science.trajectories import Trajectories, derive

from . import exported

TODAY = date(2026, 6, 1)


def stream(content: bytes, **more: object) -> TableStream:
    asked = {
        "today": TODAY,
        "region": frozenset({"0193"}),
        "before": lambda _identification: (),
        **more,
    }
    mapping = asked.pop("mapping", exported.mapping())
    files = [NamedBytes("export.csv", content)]
    return TableStream(files, lambda _headings: mapping, boxes.PSEUDONYMS, **asked)  # type: ignore[arg-type,return-value]


def read(content: bytes, **more: object) -> list[ReadMessage]:
    found = stream(content, **more)
    messages = list(found)
    assert not found.findings
    return messages


def test_a_row_becomes_the_messages_that_tell_it() -> None:
    made = read(exported.table([exported.row(end="30-04-2026", reason="31")]))
    assert [(m.envelope.code, m.envelope.dated.isoformat()) for m in made] == [
        ("JW301", "2026-02-03"),
        ("JW305", "2026-02-12"),
        ("JW307", "2026-04-30"),
        ("JW315", "2026-01-20"),
    ]
    assert len({m.envelope.identification for m in made}) == 1
    found = derive([r for m in made for r in m.records], known=TODAY)
    [chain] = found.trajectories
    assert (chain.begin, chain.end, chain.form) == (
        date(2026, 2, 12),
        date(2026, 4, 30),
        "ambulant",
    )
    [referral] = found.referrals.values()
    assert (referral.referrer.value, referral.presumed) == ("general_practitioner", False)


def test_what_a_row_no_longer_says_is_taken_back() -> None:
    [*_others, stop, _request] = read(
        exported.table([exported.row()]), before=lambda _identification: ("JW301", "JW307")
    )
    assert (stop.envelope.code, stop.records) == ("JW307", ())


def test_nothing_of_a_person_is_in_what_is_read_or_found() -> None:
    wrong = exported.row(youth="Jansen", born="31-02-2012", provider="Praktijk Jansen")
    found = stream(exported.table([exported.row(), wrong]), mapping=exported.mapping(ids="bsn"))
    told = str(list(found)) + str(found.findings)
    assert not re.search(r"kind-17|14-05|2012, 5, 14|Jansen|31-02", told)
    rules = {finding.rule for finding in found.findings}
    assert rules == {"table_no_bsn", "table_no_date", "table_no_provider"}


@pytest.mark.parametrize(
    ("changes", "rule", "column"),
    [
        ({"youth": ""}, "table_value_missing", "Jeugdige ID"),
        ({"assigned": "2026-13-01"}, "table_no_date", "Toewijzingsdatum"),
        ({"municipality": "Nergenshuizen"}, "table_no_municipality", "Gemeente"),
        ({"product": "XYZ"}, "table_product_unknown", "Voorziening"),
        ({"reason": "klaar"}, "table_reason_unknown", "Reden beëindiging"),
        ({"referrer": "buurman"}, "table_referrer_unknown", "Verwijzer"),
        ({"end": "01-02-2026"}, "table_ends_before_it_begins", "Einddatum"),
        ({"start": "", "end": "01-03-2026"}, "table_value_missing", "Start zorg"),
    ],
)
def test_every_fault_names_row_and_column(changes: dict[str, str], rule: str, column: str) -> None:
    found = stream(exported.table([exported.row(), exported.row(**changes)]))
    list(found)
    assert [(f.rule, f.path) for f in found.findings] == [(rule, f"line 3, {column}")]
    assert found.counts.files_refused == 1


def test_rows_of_others_and_rows_that_are_there_twice() -> None:
    rows = [exported.row(), exported.row(), exported.row(municipality="0363")]
    found = stream(exported.table(rows))
    assert len(list(found)) == 3
    assert [(f.rule, f.path) for f in found.findings] == [
        ("table_row_twice", "line 3"),
        ("table_other_region", "line 4"),
    ]
    differs = stream(exported.table([exported.row(), exported.row(start="13-02-2026")]))
    assert len(list(differs)) == 3
    assert differs.counts.rules == {"table_row_differs": 1}


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "table_unreadable"),
        (b"<a>;</a>", "table_unreadable"),
        (b"PK\x03\x04 no workbook", "table_unreadable"),
        (b"a;b\n", "table_empty"),
        (b"a;A\n1;2\n", "table_heading_twice"),
    ],
)
def test_what_is_no_table_is_refused(content: bytes, rule: str) -> None:
    found = stream(content)
    assert not list(found)
    assert found.counts.rules == {rule: 1}


def test_a_column_that_is_gone_and_a_table_that_nobody_settled() -> None:
    less = stream(exported.table([exported.ROW[1:]], exported.HEADINGS[1:]))
    assert not list(less)
    assert less.findings[0].params == {"column": "Jeugdige ID"}
    unknown = stream(exported.table([exported.ROW]), mapping=None)
    assert not list(unknown)
    assert unknown.counts.rules == {"table_unmapped": 1}


def test_columns_and_dates_are_proposed() -> None:
    roles = proposed_roles(exported.HEADINGS)
    missing = {Role.PROVIDER, *exported.ROLES} - set(roles)
    assert not missing
    assert {role: roles[role] for role in exported.ROLES} == dict(
        zip(exported.ROLES, exported.HEADINGS, strict=True)
    )
    assert proposed_form(("03-02-2026", "", "28-02-2026")) == "dd-mm-yyyy"
    assert proposed_form(("2026-02-03",)) == "yyyy-mm-dd"
    assert proposed_form(("soms",)) is None
    assert masked("Van Dijk-7") == "Aaa Aaaa-9"


@given(day=st.dates(date(2000, 1, 1), date(2090, 1, 1)), form=st.sampled_from(sorted(DATE_FORMS)))
def test_a_day_is_read_as_it_is_written(day: date, form: str) -> None:
    written = day.strftime(DATE_FORMS[form]).replace("-", "/")  # type: ignore[index]
    assert day_of(written, form) == day  # type: ignore[arg-type]


def test_every_rule_has_its_words() -> None:
    assert TABLE_RULES.keys() == TABLE_MESSAGES.keys()


@cache
def by_messages() -> Trajectories:
    box = boxes.told_at_once()
    known = box.options.day(box.courses.last) + timedelta(days=40)
    return derive(boxes.read(box).records, known=known)


def by_table() -> list[Record]:
    """The same courses, as a table would tell them, read: a row goes on through a pause."""
    told, rows = by_messages(), []
    care = [
        (key, list(spells))
        for chain in told.trajectories
        for key, spells in groupby(chain.spells, lambda spell: spell.assignment)
    ]
    for number, (key, spells) in enumerate(care):
        assert key is not None
        spell, last = spells[0], spells[-1]
        assignment = told.assignments[key]
        rows.append(
            exported.row(
                youth=spell.youth,
                municipality=spell.municipality,
                product=assignment.in_force.category or "",
                provider=spell.provider,
                number=f"{key[1]}/{number}",
                assigned=f"{min(assignment.decided, spell.begin):%d-%m-%Y}",
                start=f"{spell.begin:%d-%m-%Y}",
                end="" if last.end is None else f"{last.end:%d-%m-%Y}",
                reason=last.reason or "",
                requested="",
                **{"from": f"{spell.begin:%d-%m-%Y}"},
            )
        )
    found = stream(
        exported.table(rows),
        region=frozenset(boxes.told_at_once().histories.municipalities),
        today=told.known,
    )
    records = [record for message in found for record in message.records]
    assert not found.findings
    return records


@pytest.mark.slow
def test_a_region_in_a_box_tells_the_same_by_table_and_by_messages() -> None:
    messages = by_messages()
    table = derive(by_table(), known=messages.known)

    def courses(found: Trajectories) -> Counter[tuple[object, ...]]:
        return Counter(
            (chain.form, chain.provider, chain.begin, chain.end) for chain in found.trajectories
        )

    assert sum(courses(messages).values()) > 300
    assert courses(table) == courses(messages)


def workbook(*rows: str) -> bytes:
    """The smallest workbook: one sheet with these rows, in its own words."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    link = f'<Relationship Id="r1" Type="{office}/%s" Target="%s"/>'
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{package}">'
        f"{link % ('officeDocument', 'xl/workbook.xml')}</Relationships>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}">'
        f"{link % ('worksheet', 'worksheets/sheet1.xml')}</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="1" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>'
        f"{''.join(rows)}</sheetData></worksheet>",
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return content.getvalue()


def test_a_workbook_is_read_as_well() -> None:
    text = '<c r="%s" t="inlineStr"><is><t>%s</t></is></c>'
    heading = f'<row r="1">{text % ("A1", "Datum")}{text % ("B1", "Aantal")}</row>'
    row = f'<row r="3">{text % ("A3", "2026-02-03")}<c r="B3"><v>12</v></c></row>'
    found = read_table(workbook(heading, row))
    assert found.headings == ("Datum", "Aantal")
    assert list(found.rows) == [(3, ("2026-02-03", "12"))]
