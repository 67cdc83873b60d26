"""What is removed is gone from every table, and the proof that is left names nobody."""

import json
from datetime import date, timedelta

import pytest

from vliegwiel.apps.intake import KeyChanged, MonthsOutOfRange, NotABsn, queries, services
from vliegwiel.apps.intake.keys import RegionKey
from vliegwiel.apps.intake.models import (
    Answer,
    Assignment,
    FindingRow,
    KeptMessage,
    RegionIntake,
    Removal,
    Returned,
    Start,
    Stop,
)
from vliegwiel.apps.intake.services.retaining import months_back
from vliegwiel.apps.intake.tables import OF_A_YOUTH, TABLES
from vliegwiel.apps.intake.tasks import apply_retention
from vliegwiel.apps.regions import NotAllowed
from vliegwiel.apps.regions.models import Region, User

from . import messages
from .conftest import Deliver
from .everything import search, stored
from .messages import BSN, OTHER_BSN

ALL_OF_ONE = {
    "assignments": 1,
    "starts": 1,
    "stops": 1,
    "requests": 1,
    "changes": 2,
    "answers": 1,
    "declared": 1,
    "refused": 1,
}


def pseudonym(region: Region, bsn: str) -> str:
    return RegionKey(region.code).pseudonyms().youth(bsn)


def as_stored(youth: str) -> str:
    return f"{youth[:8]}-{youth[8:12]}-{youth[12:16]}-{youth[16:20]}-{youth[20:]}"


class TestPerson:
    def test_by_number_all_of_one_person_and_nothing_of_another(
        self, deliver: Deliver, region: Region, analyst: User
    ) -> None:
        deliver(messages.one_of_each(BSN))
        deliver({"ander.xml": messages.assignment(OTHER_BSN, number=9, identification="77")})
        before = stored()
        mine, theirs = (as_stored(pseudonym(region, bsn)) for bsn in (BSN, OTHER_BSN))
        assert len(search(mine)) == len(OF_A_YOUTH)
        done = services.delete_person(region=region, bsn=BSN, by=analyst)
        assert dict(done.counts) == ALL_OF_ONE
        assert not search(mine, pseudonym(region, BSN), BSN)
        assert len(search(theirs)) == 1
        after = stored()
        changed = {name for name in after if after[name] != before[name]}
        assert changed == {table.model._meta.db_table for table in TABLES.values()} - {
            Returned._meta.db_table
        } | {Removal._meta.db_table}

    def test_the_proof_holds_numbers_of_rows_and_no_person(
        self, deliver: Deliver, region: Region, analyst: User
    ) -> None:
        deliver(messages.one_of_each(BSN))
        services.delete_person(region=region, bsn=BSN, by=analyst)
        (proof,) = queries.removals(region)
        assert (proof.kind, proof.by, dict(proof.counts)) == ("person", "Anna", ALL_OF_ONE)
        row = Removal.objects.values().get()
        assert set(row) == {"id", "region_id", "kind", "by_id", "at", "counts"} | {
            "delivered_at",
            "before",
        }
        assert (row["delivered_at"], row["before"]) == (None, None)
        assert all(isinstance(count, int) for count in row["counts"].values())

    def test_by_pseudonym(self, deliver: Deliver, region: Region, analyst: User) -> None:
        deliver(messages.one_of_each(BSN))
        youth = pseudonym(region, BSN)
        done = services.delete_person(region=region, youth=youth, by=analyst)
        assert dict(done.counts) == ALL_OF_ONE

    def test_the_same_messages_again_bring_nobody_back(
        self, deliver: Deliver, region: Region, analyst: User
    ) -> None:
        contents = messages.one_of_each(BSN)
        deliver(contents)
        services.delete_person(region=region, bsn=BSN, by=analyst)
        deliver({"opnieuw.zip": messages.archive(contents)})
        assert not search(as_stored(pseudonym(region, BSN)))

    def test_somebody_who_is_not_there(self, region: Region, analyst: User) -> None:
        done = services.delete_person(region=region, bsn=BSN, by=analyst)
        assert not done.anything
        assert Removal.objects.count() == 1

    @pytest.mark.parametrize("typed", ["", "12345", "900000005", "abcdefghi", "९०००००००४", "0" * 9])
    def test_what_is_no_number_is_refused_without_repeating_it(
        self, region: Region, analyst: User, typed: str
    ) -> None:
        with pytest.raises((NotABsn, ValueError)) as refused:
            services.delete_person(region=region, bsn=typed or " ", by=analyst)
        assert isinstance(refused.value, NotABsn)
        assert not typed or typed not in str(refused.value)
        assert not Removal.objects.exists()

    @pytest.mark.parametrize("typed", [f" {BSN} ", f"{BSN[:3]} {BSN[3:6]} {BSN[6:]}"])
    def test_a_number_may_be_typed_with_spaces(
        self, deliver: Deliver, region: Region, analyst: User, typed: str
    ) -> None:
        deliver({"a.xml": messages.start()})
        assert services.delete_person(region=region, bsn=typed, by=analyst).anything

    def test_in_another_region_the_person_stays(
        self, deliver: Deliver, region: Region, twente: Region, analyst: User
    ) -> None:
        deliver({"a.xml": messages.assignment()})
        deliver({"a.xml": messages.assignment(municipality="0153")}, region=twente)
        services.delete_person(region=region, bsn=BSN, by=analyst)
        assert list(Assignment.objects.values_list("message__region__code", flat=True)) == ["JZ14"]

    def test_with_another_key_the_person_could_not_be_found(
        self, deliver: Deliver, region: Region, analyst: User, settings: object
    ) -> None:
        deliver({"a.xml": messages.start()})
        settings.PSEUDONYM_KEY = "another key " * 5  # type: ignore[attr-defined]
        with pytest.raises(KeyChanged):
            services.delete_person(region=region, bsn=BSN, by=analyst)
        assert Start.objects.exists()


class TestDelivery:
    def test_it_goes_with_what_it_alone_brought(
        self, deliver: Deliver, region: Region, analyst: User
    ) -> None:
        contents = messages.one_of_each()
        some = {name: contents[name] for name in ("start.xml", "stop.xml")}
        deliver(some)
        before = stored()
        second = deliver(
            {
                **contents,
                "fout.xml": messages.start(identification="8").replace(
                    b"2026-03-12", b"2026-02-30"
                ),
            }
        )
        assert FindingRow.objects.exists()
        done = services.delete_delivery(delivery_id=second.delivery_id, region=region, by=analyst)
        assert done is not None
        assert done.counts["messages"] == 8
        assert done.counts["assignments"] == 1
        assert "starts" not in done.counts
        after = stored()
        assert {name for name in after if after[name] != before[name]} == {Removal._meta.db_table}

    def test_of_two_that_brought_the_same_the_last_takes_it_along(
        self, deliver: Deliver, region: Region, analyst: User
    ) -> None:
        contents = messages.one_of_each()
        first = deliver(contents)
        second = deliver({"alles.zip": messages.archive(contents)})
        for delivery, left in ((first, 9), (second, 0)):
            services.delete_delivery(delivery_id=delivery.delivery_id, region=region, by=analyst)
            assert KeptMessage.objects.count() == left
        assert not any(table.model._default_manager.exists() for table in TABLES.values())

    def test_after_it_the_same_files_are_new(
        self, deliver: Deliver, region: Region, analyst: User
    ) -> None:
        done = deliver(messages.one_of_each())
        services.delete_delivery(delivery_id=done.delivery_id, region=region, by=analyst)
        again = deliver(messages.one_of_each())
        assert (again.was_new, again.new) == (True, 9)

    def test_that_of_another_region_is_not_there(
        self, deliver: Deliver, twente: Region, analyst: User
    ) -> None:
        done = deliver(messages.one_of_each())
        assert (
            services.delete_delivery(delivery_id=done.delivery_id, region=twente, by=analyst)
            is None
        )
        assert KeptMessage.objects.count() == 9


class TestRetention:
    """The stop of the person was written on 3 August 2026; the assignment ends on 8 September."""

    def settle(self, region: Region, months: int) -> None:
        RegionIntake.objects.update_or_create(region=region, defaults={"months_kept": months})

    @pytest.mark.parametrize(
        ("today", "goes"),
        [(date(2028, 9, 8), False), (date(2028, 9, 9), True), (date(2040, 1, 1), True)],
    )
    def test_all_of_a_person_goes_the_day_after_the_term(
        self, deliver: Deliver, region: Region, today: date, goes: bool
    ) -> None:
        deliver(messages.one_of_each())
        self.settle(region, 24)
        removed = services.apply_retention(today=today)
        assert len(removed) == goes
        left = {table.name: table.model._default_manager.count() for table in TABLES.values()}
        assert any(left.values()) != goes
        assert KeptMessage.objects.exists() != goes
        assert Removal.objects.count() == goes

    def test_what_goes_is_counted_and_the_day_is_told(
        self, deliver: Deliver, region: Region
    ) -> None:
        deliver(messages.one_of_each())
        self.settle(region, 24)
        services.apply_retention(today=date(2030, 2, 28))
        (proof,) = queries.removals(region)
        assert (proof.kind, proof.before) == ("retention", date(2028, 2, 28))
        assert proof.counts == {**ALL_OF_ONE, "returned": 2, "messages": 9}

    def test_a_person_of_whom_more_was_heard_stays_whole(
        self, deliver: Deliver, region: Region
    ) -> None:
        """Also the oldest message: a course of help is never cut in two."""
        deliver(messages.one_of_each())
        deliver({"later.xml": messages.stop(identification="31", dated=date(2029, 5, 1))})
        deliver({"ander.xml": messages.start(OTHER_BSN, identification="32")})
        self.settle(region, 24)
        services.apply_retention(today=date(2030, 1, 1))
        left = {table.name: table.model._default_manager.count() for table in TABLES.values()}
        assert left == {**ALL_OF_ONE, "stops": 2, "returned": 2}
        assert Start.objects.count() == 1
        assert Answer.objects.count() == 1
        assert Stop.objects.count() == 2

    def test_twice_is_once(self, deliver: Deliver, region: Region) -> None:
        deliver(messages.one_of_each())
        for _time in range(2):
            apply_retention(timestamp=0)
        assert not Removal.objects.exists()
        self.settle(region, 12)
        for _time in range(2):
            services.apply_retention(today=date(2035, 1, 1))
        assert Removal.objects.count() == 1

    def test_each_region_has_its_own_term(
        self, deliver: Deliver, region: Region, twente: Region
    ) -> None:
        deliver({"a.xml": messages.assignment()})
        deliver({"a.xml": messages.assignment(municipality="0153")}, region=twente)
        self.settle(region, 12)
        self.settle(twente, 120)
        services.apply_retention(today=date(2030, 1, 1))
        assert list(Assignment.objects.values_list("message__region__code", flat=True)) == ["JZ14"]

    def test_the_term_is_settled_by_who_may(
        self, region: Region, analyst: User, reader: User
    ) -> None:
        services.set_months_kept(region=region, months=36, by=analyst)
        assert queries.intake_counts(region).months_kept == 36
        for months in (11, 241, 0, -1):
            with pytest.raises(MonthsOutOfRange):
                services.set_months_kept(region=region, months=months, by=analyst)
        with pytest.raises(NotAllowed):
            services.set_months_kept(region=region, months=36, by=reader)

    @pytest.mark.parametrize(
        ("day", "months", "before"),
        [
            (date(2026, 3, 31), 1, date(2026, 2, 28)),
            (date(2028, 3, 31), 1, date(2028, 2, 29)),
            (date(2026, 1, 15), 12, date(2025, 1, 15)),
            (date(2026, 1, 15), 1, date(2025, 12, 15)),
            (date(2026, 12, 31), 84, date(2019, 12, 31)),
        ],
    )
    def test_months_back(self, day: date, months: int, before: date) -> None:
        assert months_back(day, months) == before
        assert day - before < timedelta(days=31 * months + 1)


class TestWho:
    def test_a_reader_removes_nothing(self, deliver: Deliver, region: Region, reader: User) -> None:
        done = deliver(messages.one_of_each())
        with pytest.raises(NotAllowed):
            services.delete_delivery(delivery_id=done.delivery_id, region=region, by=reader)
        with pytest.raises(NotAllowed):
            services.delete_person(region=region, bsn=BSN, by=reader)
        assert KeptMessage.objects.count() == 9
        assert not Removal.objects.exists()


def test_counts_of_a_region(deliver: Deliver, region: Region) -> None:
    deliver(messages.one_of_each())
    deliver({"b.xml": messages.assignment(volume=90)})
    deliver({"c.xml": messages.start(OTHER_BSN, identification="2222")})
    counts = queries.intake_counts(region)
    assert (counts.deliveries, counts.messages, counts.set_aside, counts.youths) == (3, 11, 1, 2)
    assert counts.records["assignments"] == 2
    assert (counts.first, counts.known_until) == (date(2026, 2, 20), date(2026, 8, 3))
    assert counts.months_kept == 84
    assert json.dumps(dict(counts.records))
