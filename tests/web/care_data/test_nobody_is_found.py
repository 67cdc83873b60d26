"""Nobody of a generated region is found in anything that the product keeps, writes or gives.

A region in a box is delivered and its figures are made. Then its database as pg_dump writes it
(which is also what a backup holds), everything logged meanwhile, every page, every export and every
answer of the API are searched for every citizen service number, surname and birth date, as they
stand and in the forms in which a computer may hide them.
"""

import base64
import io
import zipfile
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver

from tests.apps.intake.persons_sought import (
    Sought,
    dumped,
    forms_of_person,
    given_away,
    persons_of,
)
from tests.everything_logged import everything_logged
from tests.science.regionbox import boxes
from tests.web.addresses import addresses
from vliegwiel.apps.intake import services
from vliegwiel.apps.intake.services import Source
from vliegwiel.apps.regions.models import Region
from vliegwiel.apps.regions.rights import Role
from vliegwiel.apps.regions.services import RegionFacts, load_regions, make_user, system_user
from vliegwiel.apps.trajectories import services as trajectories

pytestmark = [pytest.mark.slow]

SLUG = "ijsselland"


def archives() -> Iterator[Source]:
    """The messages of the region as a municipality delivers them, an archive a month."""
    made = boxes.messages(boxes.tiny())
    for month, messages in groupby(made, key=lambda message: message.name[:6]):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "a") as archive:
            for message in messages:
                archive.writestr(message.name, message.content)
        yield Source.of_bytes(f"{month}.zip", packed.getvalue())


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    with everything_logged() as written:
        yield written


@pytest.fixture
def region(transactional_db: None, settings: Any) -> Region:
    """Committed, for pg_dump is another program; the key is the same in every run."""
    settings.PSEUDONYM_KEY = "the same key in every run of these tests, 43 signs"
    box = boxes.tiny()
    places = [(code, f"Plaats {code}") for code in box.histories.municipalities]
    facts = RegionFacts("JZ07", "IJsselland", places, date(2023, 1, 1))
    load_regions(regions=[facts], by=system_user())
    return Region.objects.get(code="JZ07")


def test_nobody_is_found(region: Region, client: Client, log: io.StringIO) -> None:
    ordinary = dumped()
    done = services.deliver(region=region, files=list(archives()), by=system_user())
    snapshot = trajectories.refresh(region=region)
    assert snapshot is not None
    trajectories.work_on_snapshot(snapshot_id=snapshot.pk)
    persons = persons_of(boxes.tiny())
    assert done.new > 100
    assert len(persons) >= 30

    told = events(persons)
    assert not given_away(persons, dumped(), ordinary + told)
    assert not given_away(persons, log.getvalue() + repr(done), told)

    user = make_user(
        email="all@example.nl", name="All", password="x" * 12,
        roles=[(region, role) for role in Role],
    )  # fmt: skip
    client.force_login(user)
    answers = {}
    for address in sorted(set(addresses(get_resolver("vliegwiel.site.urls"), SLUG))):
        if "<" not in address and "account" not in address and "logout" not in address:
            answer = client.get("/" + address.replace("{number}", str(done.delivery_id)))
            assert answer.status_code < 500, address
            answers[address, answer.status_code] = answer.getvalue().decode()
    seen = [address for address, status in answers if status == 200]
    assert {"zorgdata/", "wachttijden.csv", "wachtlijst.csv", "care-waiting-list"} <= {
        address.rpartition("/")[2] or address.split("/")[-2] + "/" for address in seen
    }
    assert len(seen) > 25
    assert not given_away(persons, "\n".join(answers.values()) + log.getvalue(), told)

    # That none was found means something only if one that is there is found.
    Region.objects.update(name=f"Regio {persons[-1].bsn[::-1]}")
    assert given_away(persons, dumped(), ordinary + told) == {persons[-1].bsn[::-1]}
    assert given_away(persons, client.get(f"/regio/{SLUG}/").getvalue().decode())


def events(persons: list[Sought]) -> str:
    """Days on which something was told: who was born on one of them is told by no birth date."""
    days = {message.name[:8] for message in boxes.messages(boxes.tiny())}
    shown = [f"{day[:4]}-{day[4:6]}-{day[6:]} {day} {day[6:]}-{day[4:6]}-{day[:4]}" for day in days]
    assert sum(f"{person.born:%Y%m%d}" in days for person in persons) < len(persons) / 10
    return "\n".join(shown)


def test_somebody_would_be_found() -> None:
    """Every form in which a person could be there is found, amid other text."""
    person = persons_of(boxes.tiny())[3]
    forms = list(forms_of_person(person))
    assert len(forms) > 30
    assert [form for form in forms if given_away([person], f"row 17\t{form}\tnothing")] == forms
    assert not given_away([person], "row 17\tnothing")


def test_a_number_within_base64_would_be_found() -> None:
    """Wherever in the bytes the number stands."""

    person = persons_of(boxes.tiny())[5]
    for before in ("", "x", "xy", "xyz"):
        hidden = base64.b64encode(f"{before}{person.bsn};{before}".encode()).decode()
        assert given_away([person], hidden)
