"""A region with messages in which help broke off, and people in it."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from tests.apps.trajectories import kept
from tests.science.trajectories.story import told
from vliegwiel.apps.continuity import services
from vliegwiel.apps.regions.models import Region

YOUTH, OTHER = f"{1:032x}", f"{2:032x}"
CRISIS = (
    "decided 01-10 for 01-10 to 12-31 category 46 of {0} as {0} at 65000001; "
    "start 01-10 category 46 of {0} as {0} at 65000001; "
    "stop 02-20 because 31 category 46 of {0} as {0} at 65000001"
)
#: What makes a month whole: a message of a youth whose help goes on.
GOES_ON = "decided 05-31 for 05-31 of {0} as {0} at 65000002; start 05-31 of {0} as {0} at 65000002"


@pytest.fixture(autouse=True)
def in_english(usual_language: None) -> Iterator[None]:
    """Words of choices are compared in English, whatever has been translated."""
    with translation.override("en"):
        yield


@pytest.fixture
def broken_off(region: Region) -> Region:
    """The region after a search of messages with one gap after a crisis."""
    keep_stories(region, CRISIS.format(YOUTH), GOES_ON.format(OTHER))
    search(region)
    return region


def keep_stories(region: Region, *stories: str, name: str = "berichten.xml") -> None:
    """Stories of one delivery; no message has the number of one in another delivery."""
    records = [
        record._replace(
            message=record.message._replace(
                identification=f"{name[:5]}{record.message.identification}"
            ),
        )
        for record in told("; ".join(stories))
    ]
    kept.keep(region, records, name=name)


def search(region: Region) -> None:
    check = services.refresh(region=region)
    assert check is not None
    services.search(check_id=check.pk)
