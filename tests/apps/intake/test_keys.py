"""The key of pseudonyms: made once, for its owner alone, another for each region, never shown."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from vliegwiel.apps.intake import KeyChanged, KeyUnusable, services
from vliegwiel.apps.intake.keys import RegionKey
from vliegwiel.apps.intake.models import KeptMessage
from vliegwiel.apps.regions.models import Region, User

from . import messages
from .conftest import Deliver
from .everything import search
from .messages import BSN


def test_it_is_made_at_first_use_for_its_owner_alone(own_key: Path) -> None:
    assert not own_key.exists()
    first = RegionKey("JZ07").pseudonyms().youth(BSN)
    assert own_key.stat().st_mode & 0o777 == 0o600
    assert len(own_key.read_text().strip()) == 64
    assert RegionKey("JZ07").pseudonyms().youth(BSN) == first
    assert [path.name for path in own_key.parent.iterdir()] == [own_key.name]


def test_each_region_has_its_own(own_key: Path) -> None:
    assert RegionKey("JZ07").pseudonyms().youth(BSN) != RegionKey("JZ14").pseudonyms().youth(BSN)
    assert RegionKey("JZ07").check() != RegionKey("JZ14").check()
    assert RegionKey("JZ07").file_digest(b"x") != RegionKey("JZ14").file_digest(b"x")


def test_the_environment_may_bring_it(settings: Any, own_key: Path) -> None:
    settings.PSEUDONYM_KEY = "k" * 43
    first = RegionKey("JZ07").check()
    assert not own_key.exists()
    settings.PSEUDONYM_KEY = "l" * 43
    assert RegionKey("JZ07").check() != first


def test_it_is_never_shown(own_key: Path) -> None:
    key = RegionKey("JZ07")
    text = own_key.read_text().strip()
    shown = f"{key!r} {key} {key.pseudonyms()!r} {key.check()}"
    assert text not in shown
    assert text[:16] not in shown
    assert not hasattr(key, "__dict__")


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660])
def test_a_file_that_others_can_read_is_refused(own_key: Path, mode: int) -> None:
    RegionKey("JZ07")
    own_key.chmod(mode)
    with pytest.raises(KeyUnusable) as refused:
        RegionKey("JZ07")
    assert own_key.name in str(refused.value)
    assert own_key.read_text().strip() not in str(refused.value)


@pytest.mark.parametrize("content", [b"", b"short", b"\xff" * 80])
def test_a_damaged_file_is_refused_and_not_replaced(own_key: Path, content: bytes) -> None:
    RegionKey("JZ07")
    own_key.write_bytes(content)
    with pytest.raises(KeyUnusable):
        RegionKey("JZ07")
    assert own_key.read_bytes() == content


def test_many_that_begin_together_make_one_key(own_key: Path) -> None:
    own_key.parent.mkdir(parents=True)
    code = (
        "import django; from django.conf import settings; "
        f"settings.configure(PSEUDONYM_KEY='', PSEUDONYM_KEY_FILE={str(own_key)!r}); "
        "from vliegwiel.apps.intake.keys import RegionKey; print(RegionKey('JZ07').check())"
    )
    processes = [
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
        for _process in range(4)
    ]
    outcomes = {process.communicate(timeout=60)[0] for process in processes}
    assert len(outcomes) == 1
    assert outcomes.pop().strip()
    assert list(own_key.parent.iterdir()) == [own_key]


class TestAnotherKey:
    """After a loss, pseudonyms of two keys would stand beside each other: each youth twice."""

    def test_it_is_refused_while_there_are_data_under_the_old_one(
        self, deliver: Deliver, own_key: Path
    ) -> None:
        deliver({"a.xml": messages.assignment()})
        own_key.unlink()
        with pytest.raises(KeyChanged):
            deliver({"b.xml": messages.start()})
        assert KeptMessage.objects.count() == 1

    def test_without_data_it_is_taken(
        self, deliver: Deliver, own_key: Path, region: Region, analyst: User
    ) -> None:
        done = deliver({"a.xml": messages.assignment()})
        services.delete_delivery(delivery_id=done.delivery_id, region=region, by=analyst)
        own_key.unlink()
        assert deliver({"a.xml": messages.assignment()}).new == 1

    def test_the_old_one_put_back_goes_on(self, deliver: Deliver, own_key: Path) -> None:
        deliver({"a.xml": messages.assignment()})
        kept = own_key.read_text()
        own_key.unlink()
        with pytest.raises(KeyChanged):
            deliver({"a.xml": messages.assignment()})
        own_key.write_text(kept)
        assert not deliver({"a.xml": messages.assignment()}).was_new

    def test_no_table_holds_the_key(self, deliver: Deliver, own_key: Path) -> None:
        deliver(messages.one_of_each())
        assert not search(own_key.read_text().strip(), own_key.read_text().strip()[:20])
