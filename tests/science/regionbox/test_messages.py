"""The messages of a region: in the form of the standard, about nobody, the same each time."""

import csv
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from lxml import etree

from vliegwiel.science.ijw import RefusedLine, ReturnNote, passes_eleven_test
from vliegwiel.science.regionbox import (
    Box,
    BoxError,
    BoxOptions,
    Message,
    box_of,
    monthly_messages,
)
from vliegwiel.science.regionbox.persons import _numbers, surname

from . import boxes

pytestmark = [pytest.mark.slow]


@pytest.fixture(scope="module")
def made() -> list[Message]:
    return list(boxes.messages(boxes.with_traits()))


def test_the_reader_has_nothing_to_remark() -> None:
    reading = boxes.reading_with_traits()
    assert reading.findings == ()
    assert reading.counts.records_set_aside == reading.counts.messages_refused == 0
    kinds = {type(record).__name__ for record in reading.records}
    assert kinds >= {
        "AssignmentVersion", "StartRecord", "StopRecord", "AssignmentRequest", "RequestAnswer",
        "DeclaredLine", "ReturnNote", "ChangeRequest", "RefusedLine",
    }  # fmt: skip


def test_every_element_is_one_of_the_standard(made: list[Message], shared: Path) -> None:
    """Against the trees as they were published, not by our own table."""
    file = shared / "reference/ijw/element-trees.csv"
    if not file.is_file():
        pytest.skip("the standard is not among the reference material")
    with file.open(encoding="utf-8", newline="") as opened:
        rows = [row for row in csv.DictReader(opened) if row["message"] != "Bericht"]
    most = {(r["message"], r["path"]): r["max"] for r in rows}
    space = {(r["message"], r["path"]): r["namespace"] for r in rows}
    needed: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        parent, _slash, name = row["path"].rpartition("/")
        if parent and int(row["min"]):
            needed.setdefault((row["message"], parent), []).append(name)
    seen = set()
    for message in made[::5]:
        root = etree.fromstring(message.content)
        kind = etree.QName(root).namespace.split("/")[-2].upper()
        seen.add(kind)
        stack = [(root, "Bericht")]
        while stack:
            element, path = stack.pop()
            counts = Counter(etree.QName(child).localname for child in element)
            assert set(needed.get((kind, path), [])) <= set(counts), (kind, path)
            for child in element:
                name = etree.QName(child)
                place = f"{path}/{name.localname}"
                assert most[kind, place] == "*" or counts[name.localname] <= int(most[kind, place])
                is_base = "basisschema" in (name.namespace or "")
                assert (space[kind, place] == "base") == is_base, (kind, place)
                stack.append((child, place))
    assert len(seen) >= 12


def test_nobody_has_these_numbers() -> None:
    box = boxes.with_traits()
    numbers = [f"{number:09d}" for number in box.persons.bsn.tolist()]
    assert all(number.startswith("00") and passes_eleven_test(number) for number in numbers)
    assert len(set(numbers)) == len(numbers) == box.histories.youths
    assert {agb[:2] for agb in box.catalogue.agb} == {"99"}
    assert surname(0) == "Verzonnen-A"
    assert len({surname(youth) for youth in range(2000)}) == 2000


def test_there_are_numbers_for_nine_hundred_thousand_youths() -> None:
    count = 909_090
    taken = np.zeros(10_000_000, dtype=np.bool_)
    taken[_numbers(count, offset=77)] = True
    assert taken.sum() == count
    with pytest.raises(BoxError, match="for 909090 youths"):
        _numbers(count + 1, offset=77)


def test_the_same_seed_gives_the_same_bytes() -> None:
    def digest(box: Box) -> str:
        written = boxes.messages(box)
        return sha256(b"".join(m.name.encode() + m.content for m in written)).hexdigest()

    first, options = digest(boxes.tiny()), boxes.tiny().options
    assert digest(box_of(boxes.ijsselland(), options)) == first
    assert digest(box_of(boxes.ijsselland(), replace(options, seed=99))) != first


def test_messages_come_in_months_and_go_their_own_way(made: list[Message]) -> None:
    for month, messages in monthly_messages(boxes.tiny()):
        assert all(message.name.startswith(f"{month:%Y%m}") for message in messages)
    assert len({message.name for message in made}) == len(made)
    by_municipality = {m.name.split("-")[1] for m in made if m.to_providers}
    assert by_municipality == {"JW301", "JW319", "JW306", "JW308", "JW316", "JW318", "JW325"}
    to_municipalities = {m.name.split("-")[1] for m in made if not m.to_providers}
    assert to_municipalities == {"JW302", "JW305", "JW307", "JW315", "JW317", "JW323"}


def test_every_message_is_answered_by_its_own_answer() -> None:
    """Every message has its answer on the next day, a declaration after five days."""
    records = boxes.reading_with_traits().records
    sent = {
        (r.message.code, r.message.identification): r.message.dated
        for r in records
        if not isinstance(r, ReturnNote | RefusedLine)
    }
    notes = [r for r in records if isinstance(r, ReturnNote)]
    assert len(notes) > 500
    for note in notes:
        key = note.message.code, note.message.identification
        days = 5 if note.message.code == "JW323" else 1
        assert note.answer.dated == sent[key] + timedelta(days=days)


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"moves": 1.5}, "moves"),
        ({"months": 0}, "months"),
        ({"start": date(2023, 7, 2)}, "start"),
        ({"start": date(2023, 4, 1)}, "start"),
        ({"answers": False}, "rejected"),
    ],
)
def test_what_cannot_be_is_refused_by_name(given: dict[str, object], named: str) -> None:
    with pytest.raises(BoxError, match=named):
        BoxOptions(**given)  # type: ignore[arg-type]


def test_another_trait_of_the_messages_changes_nothing_that_happened() -> None:
    box = boxes.with_traits()
    other: Box = box_of(boxes.ijsselland(), replace(box.options, without_start=0.9, moves=0.0))
    assert np.array_equal(box.courses.start, other.courses.start)
    assert np.array_equal(box.courses.over, other.courses.over)
