"""Files that are read in the background: whole or not at all, with how far it is, and stopped."""

import threading
import time
from collections.abc import Callable

import pytest
from django.db import connections

from vliegwiel.apps.intake import RegionBusy, queries, services
from vliegwiel.apps.intake.models import Handover, HandoverStatus, KeptMessage
from vliegwiel.apps.intake.services import Source
from vliegwiel.apps.regions import NotAllowed
from vliegwiel.apps.regions.models import Region, User

from . import messages

pytestmark = pytest.mark.django_db(transaction=True)


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end, "it takes too long"
        time.sleep(0.02)


def is_over(pk: int) -> Callable[[], bool]:
    return lambda: Handover.objects.exclude(status=HandoverStatus.RUNNING).filter(pk=pk).exists()


class Held:
    """A file of which the reading waits until a test lets it go on."""

    def __init__(self, content: bytes) -> None:
        self.asked, self.let_go, self.content = threading.Event(), threading.Event(), content
        self.source = Source("gehouden.xml", len(content), self._read)

    def _read(self) -> bytes:
        self.asked.set()
        self.let_go.wait(20)
        return self.content


def test_one_is_read_while_another_is_refused(region: Region, analyst: User) -> None:
    held, seen = Held(messages.start()), list[str]()
    files = [held.source, *messages.files(messages.one_of_each())]

    def after(one: Region) -> None:
        seen.append(one.slug)
        connections.close_all()

    begun = services.hand_over(region=region, files=files, by=analyst, after=after)
    assert held.asked.wait(20)
    under_way = queries.handover_under_way(region)
    assert under_way is not None
    assert (under_way.id, under_way.files, under_way.percent) == (begun.pk, len(files), 0)
    with pytest.raises(RegionBusy):
        services.hand_over(region=region, files=files, by=analyst)
    held.let_go.set()
    until(is_over(begun.pk))
    found = queries.handover(region, begun.pk)
    assert found is not None
    assert (found.status, found.outcome["was_new"]) == (HandoverStatus.DONE, True)
    assert found.outcome["new"] == KeptMessage.objects.count() > 0
    assert seen == [region.slug]
    assert queries.handover_under_way(region) is None


def test_it_is_stopped_and_nothing_is_kept(region: Region, analyst: User, reader: User) -> None:
    held = Held(messages.start())
    begun = services.hand_over(region=region, files=[held.source], by=analyst)
    assert held.asked.wait(20)
    with pytest.raises(NotAllowed):
        services.stop_handover(handover_id=begun.pk, region=region, by=reader)
    services.stop_handover(handover_id=begun.pk, region=region, by=analyst)
    beat = Handover.objects.get().heartbeat_at
    until(lambda: Handover.objects.get().heartbeat_at > beat)
    held.let_go.set()
    until(is_over(begun.pk))
    assert Handover.objects.get().status == HandoverStatus.STOPPED
    assert not KeptMessage.objects.exists()


def test_what_goes_wrong_is_told_without_its_words(
    region: Region, analyst: User, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> bytes:
        raise ValueError("123456782")

    begun = services.hand_over(region=region, files=[Source("x.xml", 3, broken)], by=analyst)
    until(is_over(begun.pk))
    row = Handover.objects.get()
    assert (row.status, row.error_code) == (HandoverStatus.FAILED, "unexpected")
    assert "ValueError" in caplog.text
    assert "123456782" not in caplog.text
