"""Pages of continuity: who may see what, what is written down, and what is refused."""

import pytest
from django.urls import reverse

from tests.apps.continuity.conftest import CRISIS, GOES_ON, OTHER, YOUTH, keep_stories, search
from tests.apps.trajectories.kept import make_region
from tests.web.answers import Enter
from vliegwiel.apps.continuity import queries, services
from vliegwiel.apps.continuity.reviewing import QUESTIONS
from vliegwiel.apps.figures.services import load_sources
from vliegwiel.apps.insights.services import load_shipped
from vliegwiel.apps.regions.models import Region
from vliegwiel.apps.regions.rights import Role
from vliegwiel.apps.regions.services import system_user

BASE = "/regio/ijsselland/continuiteit/"


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


def test_gaps_are_counted_for_all_and_listed_for_few(region: Region, enter: Enter) -> None:
    keep_stories(region, CRISIS.format(YOUTH), GOES_ON.format(OTHER))
    search(region)
    reader, analyst = enter(Role.READER), enter(Role.ANALYST)
    page = reader.get(BASE)
    assert page.status_code == 200
    (gap,) = queries.gaps(region, queries.last_search(region))
    assert gap.reference not in page.content.decode()
    for path in ("werklijst/", f"werklijst/{gap.id}/"):
        assert reader.get(BASE + path).status_code == 403
    listed = analyst.get(f"{BASE}werklijst/?soort=after_crisis")
    assert gap.reference in listed.content.decode()
    assert YOUTH not in listed.content.decode()
    assert analyst.get(f"{BASE}werklijst/?soort=unheard").status_code == 404
    # How many days ago stands beside the day on which they were counted.
    assert (
        "dagen, geteld op 31 mei 2025" in analyst.get(f"{BASE}werklijst/{gap.id}/").content.decode()
    )
    assert analyst.get(f"{BASE}werklijst/{gap.id + 1}/").status_code == 404
    refused = analyst.post(f"{BASE}werklijst/{gap.id}/", {"status": "explained"})
    assert refused.status_code == 200
    answer = analyst.post(
        f"{BASE}werklijst/{gap.id}/", {"status": "explained", "explanation": "other_law"}
    )
    assert answer.status_code == 302
    (left,) = queries.gaps(region, queries.last_search(region), status="explained")
    assert left.id == gap.id
    assert {read.reference for read in queries.reads(region)} == {"", gap.reference}


def test_page_file_and_api_give_the_same_counts_and_no_small_one(
    region: Region, enter: Enter
) -> None:
    stories = [CRISIS.format(f"{900 + n:032x}") for n in range(12)]
    later = [story.replace("stop 02-20", "stop 03-20") for story in stories[:6]]
    keep_stories(region, *stories[6:], *later, GOES_ON.format(OTHER))
    search(region)
    reader = enter(Role.READER)
    page = reader.get(BASE).content.decode()
    assert 'id="after_crisis-municipality"' in page
    # A bar and its table: the one figure has both.
    assert page.count('name="after_crisis-municipality-view"') == 2
    lines = reader.get(f"{BASE}signalen.csv").content.decode("utf-8-sig").splitlines()
    told = {tuple(line.split(",")[1:4]): line.split(",")[-1] for line in lines[1:]}
    assert told["after_crisis", "municipality", "total"] == "12"
    # Six in a month look like nobody in it, and a kind without gaps like one with few.
    assert sum(key[1] == "month" for key in told) == 1 + 13
    assert {kind for kind, _split, _row in told} == {"after_crisis"}
    assert "at_18-" not in page
    answer = reader.get("/api/v1/regions/ijsselland/care-gaps").json()
    counts = {
        (kind["kind"], table["split"], row["key"]): row["count"]
        for kind in answer["kinds"]
        for table in kind["tables"]
        for row in ({"key": "total", "count": table["total"]}, *table["rows"])
    }
    assert {key: "" if count is None else str(count) for key, count in counts.items()} == told
    assert all(count is None or count >= 10 for count in counts.values())
    study = reader.get("/api/v1/regions/ijsselland/waiting-study").json()
    file = reader.get(f"{BASE}wachtlijstonderzoek.csv").content.decode("utf-8-sig")
    assert len(study["length"]["rows"]) == len(study["meanwhile"]["rows"]) == 4
    assert len(file.splitlines()) == 1 + 2 * 5
    assert all(row["count"] is None for row in study["length"]["rows"])


def test_the_checklist_begins_with_what_ships_and_is_filled(region: Region, enter: Enter) -> None:
    reader, lead = enter(Role.READER), enter(Role.PROJECT_LEAD)
    assert reader.get(f"{BASE}checklist/").status_code == 200
    assert reader.post(f"{BASE}checklist/nieuw/", {"shipped": "1"}).status_code == 403
    assert lead.post(f"{BASE}checklist/nieuw/", {"shipped": "1"}).status_code == 302
    line = queries.checklist(region)[0]
    page = f"{BASE}checklist/{line.id}/0193/"
    assert lead.get(page).status_code == 200
    assert lead.post(page, {"state": "stands"}).status_code == 200
    assert lead.post(page, {"state": "under_way", "deadline": "2020-01-01"}).status_code == 302
    assert "vw-tone--worse" in reader.get(f"{BASE}checklist/").content.decode()
    own = {"title": "Vervoer", "why": "Anders komt niemand", "evidence": "Contract"}
    assert lead.post(f"{BASE}checklist/nieuw/", own).status_code == 302
    assert "Vervoer" in reader.get(f"{BASE}checklist/").content.decode()
    assert lead.get(f"{BASE}checklist/{line.id}/0363/").status_code == 404
    home = reader.get("/regio/ijsselland/").content.decode()
    assert line.title in home
    assert "Te laat: had er moeten zijn op 1 januari 2020" in home


def test_a_review_is_kept_without_a_person_and_reaches_an_insight(
    region: Region, enter: Enter
) -> None:
    load_sources(by=system_user())
    load_shipped(region=region, by=system_user())
    lead, reader = enter(Role.PROJECT_LEAD), enter(Role.READER)
    page = f"{BASE}wachtlijstonderzoek/casus/"
    given = {question.key: [next(iter(question.answers))] for question in QUESTIONS}
    filled = {"municipality": "0193", "month": "2025-05", "lesson": "Sanne wacht", **given}
    assert reader.get(page).status_code == 403
    assert lead.get(page).status_code == 200
    assert "Sanne" in lead.post(page, filled).content.decode()
    assert not queries.reviews(region)
    lesson = "Eén vast gezicht maakt het wachten korter."
    assert lead.post(page, {**filled, "lesson": lesson}).status_code == 302
    (review,) = queries.reviews(region)
    assert lesson in lead.get(f"{BASE}wachtlijstonderzoek/").content.decode()
    assert lesson not in reader.get(f"{BASE}wachtlijstonderzoek/").content.decode()
    observe = f"{BASE}wachtlijstonderzoek/{review.id}/"
    assert reader.get(observe).status_code == 403
    form = lead.get(observe).content.decode()
    number = form.split('<option value="')[1].split('"')[0]
    assert lead.post(observe, {"insight": number}).status_code == 302
    (spoken,) = queries.reviews(region)[0].insights
    insight = reader.get(reverse("insight", args=[region.slug, spoken]))
    assert lesson in insight.content.decode()


def test_without_messages_the_pages_say_what_will_be_there(region: Region, enter: Enter) -> None:
    analyst = enter(Role.ANALYST)
    for path in ("", "werklijst/", "checklist/", "wachtlijstonderzoek/"):
        assert analyst.get(BASE + path).status_code == 200
    for path in ("signalen.csv", "wachtlijstonderzoek.csv"):
        assert analyst.get(BASE + path).status_code == 404
    for path in ("care-gaps", "waiting-study"):
        assert analyst.get(f"/api/v1/regions/ijsselland/{path}").status_code == 404
    assert services.refresh(region=region) is None
