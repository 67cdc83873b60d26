"""Our tables against the standard and its example messages, where those are at hand."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from vliegwiel.reference import message_codes, message_elements, message_kinds, value_forms
from vliegwiel.science.ijw import NamedBytes, Reading, read_files

from .samples import PSEUDONYMS

RELEASE = "3.2"


@pytest.fixture(scope="module")
def standard(shared: Path) -> Path:
    folder = shared / "reference/ijw"
    if not folder.is_dir():
        pytest.skip("the standard is not among the reference material")
    return folder


def ours() -> Iterator[tuple[str, ...]]:
    """Every element of every message: path, namespace, how often, list of codes."""

    def walk(kind: str, group: str, path: str) -> Iterator[tuple[str, ...]]:
        for row in message_elements(RELEASE)[group]:
            place = f"{path}/{row.name}"
            form = value_forms(RELEASE).get(row.form)
            most = "*" if row.most is None else str(row.most)
            space = "base" if row.shared else "message"
            codes = form.codes or "" if form is not None else ""
            yield kind, place, space, str(row.least), most, codes
            if form is None:
                yield from walk(kind, row.form, place)

    for kind in message_kinds(RELEASE):
        yield from walk(kind, kind, "Bericht")


def test_the_elements_are_those_of_the_standard(standard: Path) -> None:
    # Lists outside the standard, and what a form checks in another way.
    outside = {"CBS_gemeentecodes", "AGB register (external)", "COD002", "COD032"}
    with (standard / "element-trees.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            (
                row["message"],
                row["path"],
                row["namespace"],
                row["min"],
                row["max"],
                "" if row["code_list"] in outside else row["code_list"],
            )
            for row in csv.DictReader(file)
            if row["path"] != "Bericht"
        ]
    assert list(ours()) == rows


def test_nothing_of_a_person_is_read_that_need_not_be(standard: Path) -> None:
    never = set()
    for group, rows in message_elements(RELEASE).items():
        never |= {(group, row.name) for row in rows if row.use == "never"}
    with (standard / "element-trees.csv").open(encoding="utf-8", newline="") as file:
        forbidden = {
            row["path"].rpartition("/")[2]
            for row in csv.DictReader(file)
            if row["handling"] == "never read" and row["path"].count("/") == 2
        }
    assert forbidden == {"Naam", "Communicatie", "Commentaar", "Relaties", "Contactgegevens"}
    assert forbidden <= {name for _group, name in never}


def test_the_codes_are_those_of_the_standard(standard: Path) -> None:
    for path in (standard / "codelists").glob("*.csv"):
        name = path.name.partition("_")[0]
        if name not in message_codes(RELEASE):
            continue
        with path.open(encoding="utf-8", newline="") as file:
            assert [row["code"] for row in csv.DictReader(file)] == list(
                message_codes(RELEASE)[name]
            )


def read_example(standard: Path, kind: str) -> Reading:
    content = (standard / f"examples/{kind}.xml").read_bytes()
    return read_files([NamedBytes(f"{kind}.xml", content)], PSEUDONYMS, today=date(2026, 12, 31))


@pytest.mark.parametrize(
    ("kind", "records", "findings"),
    [
        ("JW301", {"AssignmentVersion": 2}, ["bsn_of_tests"]),
        ("JW302", {"ReturnNote": 1}, []),
        ("JW305", {"StartRecord": 2}, ["bsn_of_tests"]),
        ("JW306", {"ReturnNote": 1}, []),
        ("JW307", {"StopRecord": 2}, ["bsn_of_tests"]),
        ("JW308", {"ReturnNote": 1}, []),
        # The thirty-first of June, twice.
        ("JW315", {}, ["no_such_date", "no_such_date", "bsn_of_tests"]),
        ("JW316", {"ReturnNote": 1}, []),
        # A change that would end before it begins.
        ("JW317", {"ChangeRequest": 1}, ["bsn_of_tests", "end_before_begin"]),
        # A return code outside its list.
        ("JW318", {}, ["structure"]),
        ("JW319", {"RequestAnswer": 1}, []),
        ("JW320", {"ReturnNote": 1}, []),
        # One number with two youths, one line twice.
        ("JW323", {"DeclaredLine": 3},
         ["bsn_of_tests", "bsn_of_tests", "number_of_two_youths", "performance_twice"]),
        # An amount that is not volume times tariff.
        ("JW325", {"RefusedLine": 3, "ReturnNote": 1},
         ["bsn_of_tests", "amount_differs", "bsn_of_tests"]),
    ],
)  # fmt: skip
def test_example(standard: Path, kind: str, records: dict[str, int], findings: list[str]) -> None:
    result = read_example(standard, kind)
    assert result.counts.records == records
    assert [finding.rule for finding in result.findings] == findings


def test_example_that_was_asked_for_is_assigned(standard: Path) -> None:
    """The request cannot be read for its dates, but its reference is that of the assignment."""
    records = read_example(standard, "JW301").records
    assert [record.reference for record in records] == [  # type: ignore[union-attr]
        PSEUDONYMS.reference("42420001", "40A12341234"),
        PSEUDONYMS.reference("42420001", "40A12341235"),
    ]


def test_examples_hold_no_person(standard: Path) -> None:
    out = repr([read_example(standard, kind) for kind in message_kinds(RELEASE)])
    for secret in ("999900006", "999900018", "2010-02-14", "Wit", "Galen", "Kerklaan", "300201"):
        assert secret not in out
