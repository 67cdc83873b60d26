"""The page of the Youth Act regulation and its two files, for who may see care data."""

from pathlib import Path
from typing import Any

import pytest

from tests.apps.trajectories.kept import make_region
from tests.web.answers import Enter, rows_of, text
from tests.web.care_waits.analysed import analysed
from vliegwiel.apps.intake.models import Assignment
from vliegwiel.apps.regions.models import Region
from vliegwiel.apps.regions.rights import Role
from vliegwiel.science.trajectories import TOTAL, QuarterRow
from vliegwiel.web.pages.care_waits import regulation as page_of

BASE = "/regio/ijsselland/wachttijden-zorg/"
PAGE = f"{BASE}regeling/"
FILE = f"{PAGE}toewijzingen.csv"
PROVIDERS = 60


@pytest.fixture
def region(db: None, settings: Any, tmp_path: Path) -> Region:
    settings.PSEUDONYM_KEY = ""
    settings.PSEUDONYM_KEY_FILE = tmp_path / "key"
    return make_region()


def row(provider: str, form: str, waiting: int | None) -> QuarterRow:
    return QuarterRow(
        provider=provider, form=form, waiting=waiting, median_days=waiting and 2 * waiting
    )


#: Of each provider a count that may be shown and one that may not.
ROWS = (
    *(row(f"{n:08d}", form, n + 10 if form == TOTAL else None)
      for n in range(PROVIDERS) for form in ("foster_care", TOTAL)),
    row(TOTAL, "foster_care", None),
    row(TOTAL, TOTAL, 2370),
)  # fmt: skip


@pytest.fixture
def made(region: Region) -> Region:
    """The region with figures of a quarter in which many providers may be shown."""
    view = analysed(region, 30, quarter=ROWS)
    assert view.quarter[-1].provider == TOTAL
    return region


def test_a_quarter_on_the_page_and_in_its_file(made: Region, enter: Enter) -> None:
    analyst = enter(Role.ANALYST)
    page = text(analyst.get(PAGE))
    assert "2.370 toewijzingen wachten op 30 juni 2025" in page
    assert f"Regels die we mogen laten zien: {PROVIDERS}" in page
    for words in ("konden wij niet vaststellen", "niet om te publiceren", "Vliegwiel verstuurt"):
        assert words in page, words
    assert "Aanbieder 00000049" in page
    assert "Aanbieder 00000050" not in page
    assert "Aanbieder 00000050" in text(analyst.get(f"{PAGE}?bekend=2025-06-30&page=2"))
    rows = rows_of(analyst.get(f"{BASE}regeling.csv"))
    assert len(rows) == len(ROWS)
    assert rows[0] == {
        "provider": "00000000", "form": "foster_care", "waiting": "", "median_days": "",
    }  # fmt: skip
    # An earlier quarter is worked out when somebody asks for it, and leads back to this page.
    assert "zijn nog niet berekend" in text(analyst.get(f"{PAGE}?bekend=2025-04-30"))
    earlier = {"bekend": "2025-03-31", "verder": "regeling"}
    answer = analyst.post(f"{BASE}berekenen/", earlier)
    assert answer.headers["Location"] == f"{PAGE}?bekend=2025-03-31"


def test_assignments_are_given_under_other_pseudonyms_and_only_of_quarters(
    made: Region, enter: Enter, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    analyst = enter(Role.ANALYST)
    given = rows_of(analyst.post(FILE, {"bekend": "2025-06-30"}))
    kept = {youth.hex for youth in Assignment.objects.values_list("youth", flat=True)}
    assert len(given) > 20
    assert not {line["youth"] for line in given} & kept
    assert analyst.post(FILE, {"bekend": "2025-05-31"}).status_code == 404
    assert analyst.post(FILE, {"bekend": "juni"}).status_code == 404
    # Without a usable key nothing is given.
    monkeypatch.setattr(settings, "PSEUDONYM_KEY_FILE", tmp_path)
    assert analyst.post(FILE, {"bekend": "2025-06-30"}).status_code == 302
    # What would take too long is for the command.
    monkeypatch.setattr(page_of, "MOST_RECORDS", 1)
    assert "vliegwiel regulation --region ijsselland" in text(analyst.get(PAGE))
    assert analyst.post(FILE, {"bekend": "2025-06-30"}).status_code == 302


def test_without_messages_it_says_what_is_asked(region: Region, enter: Enter) -> None:
    page = text(enter(Role.ANALYST).get(PAGE))
    assert "Er is nog geen heel kwartaal" in page
    assert "artikel 8f" in page
