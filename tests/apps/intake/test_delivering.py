"""A delivery is kept whole or not at all; twice is once; order and division have no meaning."""

from datetime import date
from itertools import permutations
from typing import Any

import pytest
from django.db import connection

from vliegwiel.apps.intake import (
    DeliveryCancelled,
    DeliveryRefused,
    NothingToDeliver,
    queries,
    services,
)
from vliegwiel.apps.intake.keys import RegionKey
from vliegwiel.apps.intake.models import (
    Assignment,
    Carried,
    Delivery,
    FindingRow,
    KeptMessage,
)
from vliegwiel.apps.intake.reading import Progress, Source, Watch
from vliegwiel.apps.intake.tables import TABLES
from vliegwiel.apps.regions import NotAllowed
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.science.ijw import NamedBytes, Record, read_files

from . import messages
from .conftest import Deliver
from .everything import stored


def kept(region: Region) -> set[str]:
    """What is kept of the region, without the numbers that the database gives."""
    return {repr(record) for record in queries.records_of(region)}


def rows() -> dict[str, int]:
    models = [Delivery, KeptMessage, Carried, FindingRow, *(t.model for t in TABLES.values())]
    return {model.__name__: model._default_manager.count() for model in models}


def test_every_kind_of_record_comes_back_as_it_was_read(
    deliver: Deliver, region: Region, own_key: Any
) -> None:
    contents = messages.one_of_each()
    done = deliver(contents)
    assert (done.was_new, done.new, done.known, done.differing) == (True, 9, 0, 0)
    assert done.known_until == date(2026, 8, 3)
    reading = read_files(
        [NamedBytes(name, content) for name, content in contents.items()],
        RegionKey(region.code).pseudonyms(),
        today=date(2026, 11, 22),
    )
    assert {type(record) for record in reading.records} == set(TABLES)
    found: list[Record] = list(queries.records_of(region))
    assert sorted(map(repr, found)) == sorted(map(repr, reading.records))


def test_the_same_files_again_change_nothing_and_say_so(deliver: Deliver) -> None:
    contents = messages.one_of_each()
    first = deliver(contents)
    before = stored()
    again = deliver(dict(reversed(contents.items())))
    assert not again.was_new
    assert (again.new, again.known) == (0, 9)
    assert again.delivery_id == first.delivery_id
    assert stored() == before


def test_of_a_delivery_that_is_partly_known_the_new_messages_are_taken(
    deliver: Deliver, region: Region
) -> None:
    contents = messages.one_of_each()
    some = {name: contents[name] for name in ("start.xml", "stop.xml")}
    deliver(some)
    done = deliver(contents)
    assert (done.was_new, done.new, done.known) == (True, 7, 2)
    assert KeptMessage.objects.count() == 9
    assert len(kept(region)) == 11


def test_the_same_messages_in_an_archive_are_known(deliver: Deliver) -> None:
    contents = messages.one_of_each()
    deliver(contents)
    done = deliver({"alles.zip": messages.archive(contents)})
    assert (done.was_new, done.new, done.known) == (True, 0, 9)


def test_order_and_division_of_deliveries_have_no_meaning(deliver: Deliver, region: Region) -> None:
    """Also where two messages contradict each other: the one that was written first counts."""
    contents = messages.one_of_each()
    parts = [
        {"a.xml": contents["toewijzing.xml"], "b.xml": contents["start.xml"]},
        {"c.xml": messages.assignment(volume=90, dated=date(2026, 3, 3)), **contents},
        {"d.xml": contents["stop.xml"], "e.xml": messages.assignment(volume=30)},
    ]
    outcomes = set()
    for order in permutations(parts):
        for part in order:
            deliver(part)
        outcomes.add(frozenset(kept_without_files(region)))
        for row in queries.deliveries(region):
            services.delete_delivery(
                delivery_id=row.id, region=region, by=User.objects.get(email="anna@example.nl")
            )
        assert not KeptMessage.objects.exists()
    assert len(outcomes) == 1


def kept_without_files(region: Region) -> set[str]:
    """The name of the file that brought a message first is the one thing that order decides."""
    envelopes = KeptMessage.objects.filter(region=region, set_aside=False)
    assert envelopes.count() == 9
    return {
        repr({name: value for name, value in row.items() if name not in {"id", "message_id"}})
        for table in TABLES.values()
        for row in table.model._default_manager.filter(message__set_aside=False).values()
    }


class TestSameKeyOtherContent:
    def test_both_are_kept_and_the_first_written_counts(
        self, deliver: Deliver, region: Region
    ) -> None:
        deliver({"b.xml": messages.assignment(volume=90, dated=date(2026, 3, 4))})
        done = deliver({"a.xml": messages.assignment(volume=60, dated=date(2026, 3, 2))})
        assert (done.new, done.differing) == (1, 1)
        assert [found.rule for found in done.findings] == ["message_differs"]
        assert Assignment.objects.count() == 2
        counted = Assignment.objects.get(message__set_aside=False)
        assert counted.volume == 60
        assert len(kept(region)) == 1

    def test_when_the_one_that_counts_is_removed_the_other_does(
        self, deliver: Deliver, region: Region, analyst: User
    ) -> None:
        first = deliver({"a.xml": messages.assignment(volume=60, dated=date(2026, 3, 2))})
        deliver({"b.xml": messages.assignment(volume=90, dated=date(2026, 3, 4))})
        services.delete_delivery(delivery_id=first.delivery_id, region=region, by=analyst)
        assert Assignment.objects.get(message__set_aside=False).volume == 90

    def test_in_one_delivery(self, deliver: Deliver) -> None:
        done = deliver(
            {
                "a.xml": messages.assignment(volume=60),
                "b.xml": messages.assignment(volume=90),
                "c.xml": messages.assignment(volume=120),
            }
        )
        assert (done.new, done.differing) == (3, 2)
        assert KeptMessage.objects.filter(set_aside=False).count() == 1


class TestRefused:
    def test_one_bad_file_refuses_all_and_every_finding_is_told(
        self, deliver: Deliver, region: Region
    ) -> None:
        before = rows()
        with pytest.raises(DeliveryRefused) as refused:
            deliver(
                {
                    **messages.one_of_each(),
                    "leeg.xml": b"",
                    "kapot.xml": b"<a><b></a>",
                    "oud.xml": messages.start().replace(b"/3_2/", b"/2_4/"),
                }
            )
        rules = {found.rule for found in refused.value.findings}
        assert {"empty_file", "not_well_formed", "unknown_release"} <= rules
        after = rows()
        assert after.pop("Delivery") == 1
        assert after.pop("FindingRow") == len(refused.value.findings)
        assert after == {name: n for name, n in before.items() if name in after}
        (info,) = queries.deliveries(region)
        assert info.refused
        assert info.findings["F"] == 3

    def test_the_bad_file_may_come_last_after_much_was_written(
        self, deliver: Deliver, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("vliegwiel.apps.intake.services.keeping.BATCH_MESSAGES", 10)
        contents = {f"{n:04}.xml": content for n, content in enumerate(messages.many(60))}
        with pytest.raises(DeliveryRefused):
            deliver({**contents, "zzz.xml": b"no xml"})
        assert not KeptMessage.objects.exists()
        assert not Assignment.objects.exists()

    def test_a_refusal_is_told_once_and_forgotten_when_the_files_are_taken(
        self, deliver: Deliver, region: Region
    ) -> None:
        bad = {"leeg.xml": b"", "start.xml": messages.start()}
        for _time in range(2):
            with pytest.raises(DeliveryRefused):
                deliver(bad)
        assert len(queries.deliveries(region)) == 1

    def test_nothing_is_nothing(self, deliver: Deliver) -> None:
        with pytest.raises(NothingToDeliver):
            deliver({})

    def test_a_bad_message_and_a_bad_record_are_left_out_and_listed(
        self, deliver: Deliver, region: Region
    ) -> None:
        good = messages.start(identification="2002")
        broken = messages.start().replace(b"<jw305:Geslacht>2</jw305:Geslacht>", b"")
        wrong = messages.start(identification="2003").replace(b"2026-03-12", b"2026-02-30")
        done = deliver({"a.xml": good, "b.xml": broken, "c.xml": wrong})
        assert (done.messages_left_out, done.records_left_out) == (1, 1)
        severities = {found.severity.value for found in done.findings}
        assert {"M", "R"} <= severities
        info = queries.delivery(region, done.delivery_id)
        assert info is not None
        assert info.findings["M"] >= 1
        assert len(kept(region)) == 1

    def test_a_municipality_of_another_region_is_left_out(
        self, deliver: Deliver, region: Region
    ) -> None:
        done = deliver({"a.xml": messages.assignment(municipality="0153")})
        assert done.new == 0
        assert "outside_region" in {found.rule for found in done.findings}
        assert not KeptMessage.objects.exists()

    def test_a_day_that_cannot_be_is_left_out(self, deliver: Deliver) -> None:
        wrong = messages.answer().replace(b"2026-02-24", b"9026-02-24")
        done = deliver({"a.xml": wrong, "b.xml": messages.start()})
        assert (done.new, done.messages_left_out) == (1, 1)
        assert "message_day_impossible" in {found.rule for found in done.findings}


class TestWatching:
    def test_who_watches_sees_how_far_it_is(self, deliver: Deliver) -> None:
        seen: list[Progress] = []
        contents = messages.one_of_each()
        deliver(contents, watch=Watch(report=seen.append))
        total = sum(map(len, contents.values()))
        assert {progress.total for progress in seen} == {total}
        assert [progress.read for progress in seen] == sorted(progress.read for progress in seen)
        assert (seen[-1].read, seen[-1].messages) == (total, 9)

    @pytest.mark.parametrize("after", [0, 1, 5, 20])
    def test_stopping_it_leaves_what_was_there(self, deliver: Deliver, after: int) -> None:
        deliver({"start.xml": messages.start()})
        before = stored()
        looks = iter(range(1000))
        with pytest.raises(DeliveryCancelled):
            deliver(
                {f"{n}.xml": content for n, content in enumerate(messages.many(40))},
                watch=Watch(cancelled=lambda: next(looks) >= after),
            )
        assert stored() == before


class TestWho:
    def test_a_reader_may_not_deliver(self, region: Region, reader: User) -> None:
        with pytest.raises(NotAllowed):
            services.deliver(region=region, by=reader, files=messages.files({"a": b"x"}))
        assert not Delivery.objects.exists()

    def test_regions_do_not_see_each_other(
        self, deliver: Deliver, region: Region, twente: Region
    ) -> None:
        deliver({"a.xml": messages.assignment()})
        deliver({"a.xml": messages.assignment(municipality="0153")}, region=twente)
        (ours,) = queries.records_by_youth(region)
        (theirs,) = queries.records_by_youth(twente)
        assert ours.youth != theirs.youth
        assert len(queries.deliveries(region)) == 1
        assert queries.delivery(twente, queries.deliveries(region)[0].id) is None


def test_a_file_is_read_when_it_is_its_turn(region: Region, analyst: User) -> None:
    """And let go after it: a delivery need not fit in memory."""
    alive: list[str] = []

    def source(name: str, content: bytes) -> Source:
        def read() -> bytes:
            alive.append(name)
            return content

        return Source(name, len(content), read)

    contents = messages.one_of_each()
    services.deliver(
        region=region, by=analyst, files=[source(name, data) for name, data in contents.items()]
    )
    assert alive == [*contents, *contents]


def test_knowledge_of_an_earlier_day(deliver: Deliver, region: Region) -> None:
    deliver(messages.one_of_each())
    early = list(queries.records_of(region, known=date(2026, 3, 2)))
    assert {type(record).__name__ for record in early} == {
        "AssignmentVersion",
        "AssignmentRequest",
        "RequestAnswer",
    }


def test_the_database_uses_one_stream_a_table(
    deliver: Deliver, django_assert_max_num_queries: Any
) -> None:
    """The number of statements does not grow with the number of messages."""
    contents = {"alles.zip": messages.archive(messages.many(300))}
    with django_assert_max_num_queries(40):
        deliver(contents)
    assert connection.vendor == "postgresql"
    assert KeptMessage.objects.count() == 600
