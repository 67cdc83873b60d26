"""Measurements by file, paste and hand: faults are told, nothing is lost or overwritten."""

from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from vliegwiel.apps.decisions.models import Evidence
from vliegwiel.apps.decisions.services import measuring, take_measurements
from vliegwiel.apps.pilots import PlanFacts, UploadUnderWay, queries, services
from vliegwiel.apps.pilots import vocabulary as words
from vliegwiel.apps.pilots.models import Measurement, Pilot, Upload
from vliegwiel.apps.pilots.services import uploads
from vliegwiel.apps.regions.models import User

HOME = "/regio/ijsselland/proeven/"
HEAD = "groep;eenheid;dag;waarde\n"


def home_of(pilot: Pilot) -> tuple[str, int]:
    return f"{HOME}{pilot.pk}/metingen/", pilot.outcomes.get().pk


def rows(count: int, *, value: float = 6.0) -> str:
    return HEAD + "\n".join(
        f"{('met', 'zonder')[row % 2]};j{row};2026-{2 + row % 6:02d}-10;{value + row % 3}"
        for row in range(count)
    )


def test_what_is_pasted_is_taken_once_and_its_evidence_kept(as_lead: Client, pilot: Pilot) -> None:
    home, outcome = home_of(pilot)
    assert "nog niets gemeten" in as_lead.get(home).content.decode()
    for _again in range(2):
        answer = as_lead.post(f"{home}{outcome}/tabel/", {"pasted": rows(60)})
        assert answer.status_code == 302, answer.content.decode()
    page = as_lead.get(home).content.decode()
    assert "60 stonden er al" in page
    assert "Geplakt" in page
    assert "lead@example.nl" in page
    assert Measurement.objects.count() == 60
    assert Evidence.objects.get().outcome_id == outcome


def test_a_missing_group_is_named(as_lead: Client, pilot: Pilot) -> None:
    home, outcome = home_of(pilot)
    as_lead.post(f"{home}{outcome}/tabel/", {"pasted": f"{HEAD}met;j1;2026-02-10;7\n"})
    page = as_lead.get(home).content.decode()
    assert "Er ontbreekt een groep" in page
    assert "Gewone hulp" in page


def test_what_is_wrong_stands_there_with_row_and_column(as_lead: Client, pilot: Pilot) -> None:
    home, outcome = home_of(pilot)
    wrong = f"{HEAD}met;j1;2026-02-10;70\n\n123456782;123.456.782;10 feb;7\n"
    file = SimpleUploadedFile("metingen.csv", wrong.encode())
    answer = as_lead.post(f"{home}{outcome}/tabel/", {"table": file})
    assert answer.status_code == 422
    told = {(row.header, row.cells[0].text) for row in answer.context["faults"].body}
    assert told == {
        ("regel 2", "waarde"),
        ("regel 4", "groep"),
        ("regel 4", "eenheid"),
        ("regel 4", "dag"),
    }
    assert "123456782" not in answer.content.decode()
    assert not Measurement.objects.exists()
    answer = as_lead.post(f"{home}{outcome}/tabel/", {})
    assert (answer.status_code, "een van beide" in answer.content.decode()) == (422, True)


def test_a_correction_is_asked_for_and_both_values_are_shown(as_lead: Client, pilot: Pilot) -> None:
    home, outcome = home_of(pilot)
    first = {
        "group_0": "met", "unit_0": "a", "day_0": "2026-02-01", "value_0": "7,5"
    }  # fmt: skip
    assert as_lead.post(f"{home}{outcome}/typen/", first).status_code == 302
    other = {**first, "value_0": "8"}
    answer = as_lead.post(f"{home}{outcome}/typen/", other)
    assert answer.context["form"].errors.keys() == {"value_0"}
    assert 'value="8"' in answer.content.decode()
    assert as_lead.post(f"{home}{outcome}/typen/", {**other, "correct": "on"}).status_code == 302
    (newest, _oldest) = queries.delivery_rows(outcome)
    page = as_lead.get(f"{home}levering/{newest.id}/").content.decode()
    assert "7,5" in page
    assert "8,0" in page


@pytest.fixture
def series(
    facts: PlanFacts, initiative: int, manager: User, pilot: Pilot, monkeypatch: pytest.MonkeyPatch
) -> Pilot:
    """A pilot that compares groups by month, so that a value a group and month is all there is."""
    version = pilot.outcomes.get().version
    version.pk, version.number, version.level = None, 2, "municipality"
    version.save()
    (outcome,) = facts.outcomes
    made = services.draft(
        initiative_id=initiative,
        facts=replace(
            facts,
            title="Per maand",
            design="differences",
            lot="nothing",
            outcomes=(replace(outcome, version=version.pk),),
        ),
        by=manager,
    )
    past = timezone.now().replace(year=2026, month=1, day=5)
    with monkeypatch.context() as clock:
        clock.setattr(timezone, "now", lambda: past)
        services.register(pilot_id=made.pk, by=manager)
    return Pilot.objects.get(pk=made.pk)


def test_a_grid_sends_on_what_was_typed_and_overwrites_nobody(
    as_lead: Client, series: Pilot, lead: User
) -> None:
    home, outcome = home_of(series)
    url = f"{home}{outcome}/typen/?tot=2026-06"
    page = as_lead.get(url)
    assert page.context["months"] == [date(2026, month, 1) for month in range(1, 7)]
    assert as_lead.post(url, {"cell_0_5": "7,25", "cell_1_5": "6"}).status_code == 302
    kept = queries.values_in(outcome, [date(2026, 6, 1)])
    assert kept == {
        ("met", date(2026, 6, 1)): ("met", 7.25),
        ("zonder", date(2026, 6, 1)): ("zonder", 6.0),
    }
    form = as_lead.get(url).context["form"]
    assert form["cell_0_5"].value() == "7,25"
    typed = {"cell_0_5": "8", "seen_0_5": "7,25", "cell_1_5": "6", "seen_1_5": "6"}
    answer = as_lead.post(url, typed)
    assert answer.context["form"].errors.keys() == {"cell_0_5"}
    assert as_lead.post(url, {**typed, "correct": "on"}).status_code == 302
    late = {**typed, "cell_0_5": "9", "correct": "on"}
    answer = as_lead.post(url, late)
    assert "Iemand anders" in str(answer.context["form"].errors["cell_0_5"])
    assert queries.values_in(outcome, [date(2026, 6, 1)])["met", date(2026, 6, 1)] == ("met", 8.0)


def test_a_long_table_is_taken_by_the_worker(
    as_lead: Client, pilot: Pilot, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, outcome = home_of(pilot)
    monkeypatch.setattr(uploads, "LONG_ROWS", 50)
    answer = as_lead.post(f"{home}{outcome}/tabel/", {"pasted": rows(60)})
    upload = Upload.objects.get()
    assert answer.headers["Location"] == f"{home}onderweg/{upload.pk}/"
    assert "Wacht op het lezen" in as_lead.get(answer.headers["Location"]).content.decode()
    again = as_lead.post(f"{home}{outcome}/tabel/", {"pasted": rows(60)})
    assert (again.status_code, Upload.objects.count()) == (422, 1)
    for _again in range(2):
        take_measurements(upload_id=upload.pk)
    upload.refresh_from_db()
    assert (upload.status, upload.content) == (words.UploadStatus.TAKEN, None)
    assert Measurement.objects.count() == 60
    assert Evidence.objects.count() == 1
    assert "60 metingen" in as_lead.get(answer.headers["Location"]).content.decode()
    wrong = as_lead.post(f"{home}{outcome}/tabel/", {"pasted": rows(60, value=60)})
    take_measurements(upload_id=Upload.objects.latest("pk").pk)
    page = as_lead.get(wrong.headers["Location"])
    assert page.context["upload"].status == "refused"
    assert "hoger dan" in page.content.decode()


def test_evidence_is_kept_when_the_worker_was_cut_off_before(
    pilot: Pilot, lead: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    _home, outcome = home_of(pilot)
    upload = services.begin_upload(outcome_id=outcome, content=rows(60).encode(), by=lead)

    def cut_off(**_asked: object) -> None:
        raise OperationalError

    with monkeypatch.context() as broken:
        broken.setattr(measuring, "keep_evidence", cut_off)
        with pytest.raises(OperationalError):
            take_measurements(upload_id=upload.pk)
    assert (Measurement.objects.count(), Evidence.objects.count()) == (60, 0)
    take_measurements(upload_id=upload.pk)
    assert (Measurement.objects.count(), Evidence.objects.count()) == (60, 1)


def test_what_is_wrong_with_an_upload_is_told_to_who_brings_it(
    client: Client, pilot: Pilot, lead: User, reader: User
) -> None:
    home, outcome = home_of(pilot)
    content = f"{HEAD}met;j\x007;2026-02-10;9876\nm\x00t;j8;2026-02-10;7\n".encode()
    upload = services.begin_upload(outcome_id=outcome, content=content, by=lead)
    take_measurements(upload_id=upload.pk)
    client.force_login(lead)
    page = client.get(f"{home}onderweg/{upload.pk}/")
    assert page.context["upload"].status == "refused"
    assert "9876" in page.content.decode()
    assert "M\ufffdt" in page.content.decode()
    client.force_login(reader)
    page = client.get(f"{home}onderweg/{upload.pk}/")
    assert "Er zijn geen metingen" in page.content.decode()
    assert "9876" not in page.content.decode()


def test_an_upload_makes_room_when_its_worker_is_gone(pilot: Pilot, lead: User) -> None:
    _home, outcome = home_of(pilot)
    first = services.begin_upload(outcome_id=outcome, content=b"x", by=lead)
    long_ago = timezone.now() - timedelta(hours=1)
    waiting = Upload.objects.filter(pk=first.pk)
    waiting.update(begun_at=long_ago)
    with pytest.raises(UploadUnderWay):
        services.begin_upload(outcome_id=outcome, content=b"y", by=lead)
    waiting.update(taken_up_at=long_ago)
    # A worker is another connection, which shows by its lock that it lives, however long it takes.
    with closing(connection.copy()) as worker:
        with worker.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", [uploads._OURS, first.pk])
        with pytest.raises(UploadUnderWay):
            services.begin_upload(outcome_id=outcome, content=b"y", by=lead)
    services.begin_upload(outcome_id=outcome, content=b"y", by=lead)
    first.refresh_from_db()
    assert (first.status, first.content) == ("failed", None)


def test_a_number_too_long_to_be_one_is_not_looked_up(as_lead: Client, pilot: Pilot) -> None:
    home, _outcome = home_of(pilot)
    assert as_lead.get(f"{home}?uitkomst={'9' * 5000}").status_code == 200


def test_nothing_is_brought_for_a_draft_or_by_a_reader(
    client: Client, pilot: Pilot, facts: PlanFacts, initiative: int, lead: User, reader: User
) -> None:
    draft = services.draft(initiative_id=initiative, facts=replace(facts, title="B"), by=lead)
    client.force_login(lead)
    home, outcome = home_of(draft)
    assert "kan nog niets gemeten" in client.get(home).content.decode()
    assert client.get(f"{home}{outcome}/tabel/").status_code == 404
    _home, other = home_of(pilot)
    assert client.get(f"{home}{other}/tabel/").status_code == 404
    client.force_login(reader)
    home, outcome = home_of(pilot)
    assert client.get(home).status_code == 200
    for part in ("tabel/", "typen/", "voorbeeld.csv"):
        assert client.get(f"{home}{outcome}/{part}").status_code == 403
    client.force_login(lead)
    assert "met;;;" in client.get(f"{home}{outcome}/voorbeeld.csv").content.decode()
