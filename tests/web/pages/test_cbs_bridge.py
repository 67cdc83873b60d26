"""Why numbers from messages and of CBS differ: for who may see care data, small counts hidden."""

import re

import pytest

from tests.apps.trajectories.kept import keep_crowd, make_region
from vliegwiel.apps.figures import services as figures
from vliegwiel.apps.figures.regional_csv import COLUMNS
from vliegwiel.apps.intake.models import Delivery
from vliegwiel.apps.intake.queries import MADE_UP
from vliegwiel.apps.regions.models import Region
from vliegwiel.apps.regions.rights import Role
from vliegwiel.apps.regions.services import system_user
from vliegwiel.apps.trajectories import services

from .conftest import Enter
from .test_municipalities import row

PAGE = "/regio/ijsselland/zien/verschil-met-cbs/"


@pytest.fixture
def counted(db: None) -> Region:
    region = make_region()
    keep_crowd(region, 150)
    snapshot = services.refresh(region=region)
    assert snapshot is not None
    services.work_on_snapshot(snapshot_id=snapshot.pk)
    figures.load_sources(by=system_user())
    lines = [
        row("JZ07", value, "2024", measure="youths_with_care", care_form="all_in_kind",
            unit="persons", source=source)
        for value, source in (("13275", "cbs-85099ned"), ("140", "generated-messages"))
    ]  # fmt: skip
    content = "\n".join([",".join(COLUMNS), *lines]).encode()
    figures.load_figures(region=region, name="cbs.csv", content=content, by=system_user())
    return region


@pytest.mark.slow
def test_every_step_stands_beside_the_count_of_cbs(enter: Enter, counted: Region) -> None:
    browser = enter(Role.ANALYST, counted)
    page = browser.get(PAGE).content.decode()
    assert re.search(
        r"Volgens berichten hadden \d+ jeugdigen hulp in 2024, het CBS telt er 13.275", page
    )
    assert re.search(r"Volgens berichten hadden \d+ jeugdigen hulp in 2023; voor die periode", page)
    for words in ("Vorm staat niet in de berichten", "samengevoegd", "voorlopig"):
        assert words in page, words
    answer = browser.get(PAGE.rstrip("/") + ".csv").content.decode("utf-8-sig")
    first = answer.splitlines()[1].split(",")
    assert first[:2] == ["2024", "all_in_kind"]
    assert first[-4:] == ["13275", "cbs-85099ned", "", ""]
    for line in answer.splitlines()[1:]:
        assert all(int(cell) >= 10 for cell in line.split(",")[2:10] if cell), line
    # Only while the region has the messages of the demo and no others, made-up counts stand there.
    words = "Beide getallen zijn hier verzonnen"
    assert words not in page
    Delivery.objects.filter(region=counted).update(name=MADE_UP)
    assert words in browser.get(PAGE).content.decode()
    made_up = browser.get(PAGE.rstrip("/") + ".csv").content.decode().splitlines()[1]
    assert made_up.split(",")[-4:] == ["140", "generated-messages", "", ""]


def test_others_may_not_see_it_and_without_messages_it_teaches(
    enter: Enter, ijsselland: Region
) -> None:
    assert enter(Role.READER, ijsselland).get(PAGE).status_code == 403
    page = enter(Role.ANALYST, ijsselland).get(PAGE).content.decode()
    assert "Er is nog niets te vergelijken" in page
