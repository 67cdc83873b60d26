"""Extensions and contract waves: the same numbers on the page, in the file and by the API."""

from dataclasses import replace
from datetime import date

import pytest

from tests.apps.trajectories.kept import make_region
from tests.web.answers import Enter, rows_of, text
from tests.web.care_waits.analysed import analysed
from vliegwiel.apps.regions.models import Region
from vliegwiel.apps.regions.rights import Role
from vliegwiel.science.trajectories import ContractWave, ExtensionTable
from vliegwiel.science.trajectories.extension_rates import extension_rows

BASE = "/regio/ijsselland/wachttijden-zorg/"
API = "/api/v1/regions/ijsselland/"
#: Youths of each provider, and those whose help went on.
TRUE = {"65000001": (200, 60), "65000002": (120, 90), "65000003": (45, 20), "65000004": (6, 1)}


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def told(region: Region) -> Region:
    """The region with rates that are known, and two waves."""
    went_on = {
        (f"{name}-{number}", name): number < extended
        for name, (youths, extended) in TRUE.items()
        for number in range(youths)
    }
    table = ExtensionTable(
        first=date(2024, 4, 30), last=date(2025, 4, 29), rows=extension_rows(went_on)
    )
    wave = ContractWave(day=date(2025, 1, 1), assignments=306, usual=5.0, least=287, most=306)
    few = replace(wave, day=date(2025, 2, 1), assignments=60, least=0, most=19)
    found = analysed(region, 12, extensions=table, waves=(wave, few))
    assert found.extensions.rows == ()
    return region


@pytest.mark.slow
def test_page_file_and_api_tell_the_same(told: Region, enter: Enter) -> None:
    client = enter(Role.ANALYST)
    page = text(client.get(f"{BASE}onderzoeken/"))
    assert "Bij 46% van de jeugdigen gaat de hulp door na het afgesproken einde" in page
    assert "30% 24% tot 37% minder vaak" in page
    assert "75% 67% tot 82% vaker" in page
    assert "1 januari 2025 306 5 minstens 287" in page
    assert "1 februari 2025 60 5 hoogstens 19" in page
    rows = rows_of(client.get(f"{BASE}verlengingen.csv"))
    answer = client.get(f"{API}care-extensions").json()
    assert [row["provider"] for row in rows] == ["total", "65000001", "65000002", "65000003",
                                                 "others"]  # fmt: skip
    for row, line in zip(rows, answer["rows"], strict=True):
        assert row["provider"] == line["provider"]
        for name in ("youths", "extended", "share", "low", "high"):
            assert (float(row[name]) if row[name] else None) == line[name]
    assert (rows[1]["youths"], rows[1]["share"], rows[1]["low"]) == ("200", "30", "24.1")
    # Six youths, and the smallest provider beside them.
    assert rows[3]["youths"] == rows[4]["youths"] == ""
    waves = rows_of(client.get(f"{BASE}contractgolven.csv"))
    told_of = client.get(f"{API}care-contract-waves").json()
    assert [(w["day"], w["least"], w["most"]) for w in waves] == [
        (w["day"], str(w["least"]), str(w["most"])) for w in told_of
    ]


def test_they_are_for_who_may_see_care_data(told: Region, enter: Enter) -> None:
    reader = enter(Role.READER)
    for address in (f"{BASE}verlengingen.csv", f"{BASE}contractgolven.csv",
                    f"{API}care-extensions", f"{API}care-contract-waves"):  # fmt: skip
        assert reader.get(address).status_code == 403
