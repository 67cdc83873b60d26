"""Every kind of message, written and read back."""

from datetime import date, datetime

import pytest

from vliegwiel.science.ijw import (
    AssignmentRequest,
    AssignmentVersion,
    ChangeRequest,
    DeclaredLine,
    RefusedLine,
    RequestAnswer,
    ReturnNote,
    Severity,
    StartRecord,
    StopRecord,
)

from . import samples
from .samples import BSN, KINDS, PSEUDONYMS, reading, sample, written


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_written_is_read_without_a_finding(kind: str) -> None:
    result = reading(written(kind))
    assert result.findings == ()
    assert result.counts.messages == {kind: 1}
    assert result.counts.records_set_aside == 0
    assert result.records


@pytest.mark.parametrize("kind", KINDS)
def test_every_record_knows_its_message(kind: str) -> None:
    for record in reading(written(kind)).records:
        envelope = record.answer if isinstance(record, ReturnNote) else record.message
        assert (envelope.code, envelope.release) == (kind, "3.2")
        assert (envelope.municipality, envelope.provider) == ("0193", "12345678")
        assert envelope.file == "messages.xml"
        assert len(envelope.digest) == 64


def test_assignment() -> None:
    (version,) = reading(written("JW301")).records
    assert isinstance(version, AssignmentVersion)
    assert version.person.youth == PSEUDONYMS.youth(BSN)
    assert version.person.birth_month == date(2012, 5, 1)
    assert version.person.sex == "2"
    assert version.assignment == PSEUDONYMS.assignment("0193", 880042)
    assert version.reference == PSEUDONYMS.reference("12345678", "REF-QX77")
    assert (version.category, version.product) == ("45", "45A04")
    assert version.decided == datetime(2025, 3, 3, 9, 30)  # noqa: DTZ001  # as in the message
    assert (version.begin, version.end) == (date(2025, 3, 15), date(2025, 12, 31))
    assert (version.volume, version.unit, version.frequency, version.budget) == (2, "04", "2", None)
    assert version.reason is None
    assert (version.message.identification, version.message.dated) == ("M1", date(2025, 3, 10))


def test_start_and_stop_belong_to_the_assignment() -> None:
    start, stop = reading(written("JW305"), written("JW307")).records
    assert isinstance(start, StartRecord)
    assert isinstance(stop, StopRecord)
    number = PSEUDONYMS.assignment("0193", 880042)
    assert (start.assignment, stop.assignment) == (number, number)
    assert (start.begin, start.status, start.assigned_from) == (
        date(2025, 3, 5),
        "1",
        date(2025, 2, 1),
    )
    assert (stop.begin, stop.end, stop.reason) == (date(2025, 3, 5), date(2025, 3, 8), "31")


def test_request_and_its_answer() -> None:
    request, answer = reading(written("JW315"), written("JW319")).records
    assert isinstance(request, AssignmentRequest)
    assert isinstance(answer, RequestAnswer)
    assert request.reference == answer.reference
    assert (request.referrer, request.wished_begin) == ("02", date(2025, 3, 15))
    assert (answer.answer, answer.reason, answer.responsible) == ("1", "3", None)


def test_change_request_has_all_its_products() -> None:
    kept, changed, added = reading(written("JW317")).records
    for record in (kept, changed, added):
        assert isinstance(record, ChangeRequest)
        assert record.youth == PSEUDONYMS.youth(BSN)
        assert record.why == "1"
    assert [record.kind for record in (kept, changed, added)] == ["keep", "change", "add"]  # type: ignore[union-attr]
    assert kept.begin is None  # type: ignore[union-attr]
    assert changed.assignment == PSEUDONYMS.assignment("0193", 990017)  # type: ignore[union-attr]
    assert (added.assignment, added.category) == (None, "45")  # type: ignore[union-attr]


def test_declared_and_refused_line_are_one() -> None:
    declared, refused, note = reading(written("JW323"), written("JW325")).records
    assert isinstance(declared, DeclaredLine)
    assert isinstance(refused, RefusedLine)
    assert isinstance(note, ReturnNote)
    assert declared.performance == refused.performance
    assert declared.declaration == refused.declaration
    assert (declared.cents, declared.credit, declared.volume) == (5000, False, 4)
    assert refused.codes == ("9019",)
    assert (note.message.code, note.message.identification) == ("JW323", "M1")
    assert note.accepted


@pytest.mark.parametrize(
    ("codes", "accepted"),
    [([], True), (["0200"], True), (["9019"], False), (["0200", "0001"], False)],
)
def test_return_message(codes: list[str], accepted: bool) -> None:
    (note,) = reading(written("JW302", samples.returned("JW302", codes))).records
    assert isinstance(note, ReturnNote)
    assert note.accepted is accepted
    assert note.codes == tuple(codes)
    assert (note.message.code, note.message.identification) == ("JW301", "M1")
    assert note.message.dated == date(2025, 3, 10)
    assert (note.answer.identification, note.answer.dated) == ("R1", date(2025, 3, 12))


def test_a_code_in_the_content_of_a_return_message_rejects() -> None:
    content = samples.returned("JW320", ["0200"])
    content["Antwoord"] = {
        **sample("JW319")["Antwoord"],
        "RetourCodes": {"RetourCode": ["9355"]},
    }
    (note,) = reading(written("JW320", content)).records
    assert isinstance(note, ReturnNote)
    assert note.codes == ("0200", "9355")
    assert not note.accepted


def test_equal_content_has_an_equal_digest() -> None:
    one, again = reading(written("JW301"), written("JW301")).records
    assert one.message.digest == again.message.digest
    other = sample("JW301")
    other["Client"]["ToegewezenProducten"]["ToegewezenProduct"][0]["Einddatum"] = date(2025, 12, 30)
    (third,) = reading(written("JW301", other)).records
    assert third.message.digest != one.message.digest


def test_what_is_never_read_does_not_change_the_digest() -> None:
    other = sample("JW301")
    other["Client"]["Naam"]["Geslachtsnaam"]["Achternaam"] = "Anders"
    (one,) = reading(written("JW301")).records
    (same,) = reading(written("JW301", other)).records
    assert one.message.digest == same.message.digest


@pytest.mark.parametrize(
    ("use", "month", "year_only"),
    [(None, date(2012, 5, 1), False), ("1", date(2012, 5, 1), False), ("2", date(2012, 1, 1), True),
     ("3", None, False)],
)  # fmt: skip
def test_what_is_unknown_of_a_birth_date(
    use: str | None, month: date | None, year_only: bool
) -> None:
    content = sample("JW305")
    filled = {None: "2012-05-17", "1": "2012-05-01", "2": "2012-01-01", "3": "1900-01-01"}[use]
    content["Client"]["Geboortedatum"] = {"Datum": filled, **({"DatumGebruik": use} if use else {})}
    result = reading(written("JW305", content))
    (record,) = result.records
    assert isinstance(record, StartRecord)
    assert (record.person.birth_month, record.person.year_only) == (month, year_only)
    assert result.findings == ()


def test_a_start_without_number_stays_without() -> None:
    content = sample("JW305")
    del content["Client"]["StartProducten"]["StartProduct"][0]["ToewijzingNummer"]
    result = reading(written("JW305", content))
    (start,) = result.records
    assert isinstance(start, StartRecord)
    assert start.assignment is None
    assert [finding.severity for finding in result.findings] == [Severity.WARNING]
