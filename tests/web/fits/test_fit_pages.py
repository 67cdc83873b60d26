"""A model from care messages, by the pages: asked for, made, judged, downloaded and put to use."""

import csv
import io
import json
import re
import threading
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from tests.apps.intake import messages
from tests.science.fit.search import small_counts_in
from tests.small_box import delivered_files
from tests.web.care_data.test_pages import text
from vliegwiel import reference
from vliegwiel.apps.explorer import queries, services
from vliegwiel.apps.explorer.errors import Interrupted
from vliegwiel.apps.explorer.fitting import FitSettings, FitWork
from vliegwiel.apps.explorer.models import FitRun
from vliegwiel.apps.explorer.services import fits
from vliegwiel.apps.intake import services as intake
from vliegwiel.apps.regions.models import Region
from vliegwiel.apps.regions.rights import Role
from vliegwiel.apps.regions.services import RegionFacts, load_regions, make_user, system_user

PAGE = "/regio/ijsselland/eigen-model/"
SYSTEM = "/regio/ijsselland/verkennen/zorgstelsel/"


@pytest.fixture(autouse=True)
def own_key(settings: Any, tmp_path: Path) -> None:
    settings.PSEUDONYM_KEY_FILE = tmp_path / "data" / "pseudonym-key"


@pytest.fixture
def ijsselland(db: None) -> Region:
    rows = [row for row in reference.municipality_rows() if row.region_code == "JZ07"]
    places = [(row.code, row.name) for row in rows]
    load_regions(
        regions=[RegionFacts("JZ07", "IJsselland", places, date(2023, 1, 1))], by=system_user()
    )
    return Region.objects.get(code="JZ07")


def enter(region: Region, role: Role) -> Client:
    person = {"email": f"{role}@example.nl", "name": "Anna", "password": "x" * 12}
    client = Client()
    client.force_login(make_user(roles=[(region, role)], **person))
    return client


@pytest.fixture
def analyst(ijsselland: Region) -> Client:
    return enter(ijsselland, Role.ANALYST)


def deliver(region: Region, contents: dict[str, bytes]) -> None:
    intake.deliver(region=region, files=messages.files(contents), by=system_user())


def quick(**asked: Any) -> FitSettings:
    """The same settings with fewer months held back and fewer replications."""
    return FitSettings(**{**asked, "held_back": 6, "replications": 20, "begin": date(2023, 7, 1)})


@pytest.mark.slow
def test_from_messages_to_a_model_that_is_in_use(
    ijsselland: Region, analyst: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fits, "FitSettings", quick)
    assert "Er zijn nog geen zorgdata" in text(analyst.get(PAGE))
    deliver(ijsselland, delivered_files())
    asked = analyst.post(PAGE)
    again = analyst.post(PAGE)
    assert again.url == asked.url
    shown = text(analyst.get(asked.url))
    assert "De berekening staat stil" in shown
    assert "De berekening begint zo" not in shown
    run = FitRun.objects.get()
    with pytest.raises(Interrupted):
        services.work_on_fit(fit_id=run.pk, interrupted=lambda: True)
    services.work_on_fit(fit_id=run.pk)
    part = analyst.get(asked.url, headers={"HX-Request": "true"})
    assert part.headers["HX-Refresh"] == "true"
    page = analyst.get(asked.url)
    told = text(page)
    assert "Hoe ver kunt u het vertrouwen?" in told
    assert "%(" not in told
    assert "maanden binnen de band" in told
    for words in (
        "Vertrouw het hier niet",
        "Met de precieze aantallen",
        "met een aantal dat is uit",
    ):
        assert words in told
    outcome = queries.fit_outcome(queries.fit(ijsselland, run.pk) or run)
    assert outcome.back_test is not None
    rows = list(
        csv.DictReader(io.StringIO(analyst.get(f"{asked.url}getallen.csv").content.decode()))
    )
    assert [row["address"] for row in rows] == [part.address for part in outcome.parts]
    assert all(float(row["low"]) <= float(row["value"]) <= float(row["high"]) for row in rows)
    tested = analyst.get(f"{asked.url}toets.csv").content.decode().splitlines()
    assert len(tested) == 1 + 6 * len(outcome.back_test.rows)
    model = json.loads(analyst.get(f"{asked.url}model.json").content)
    assert model["id"] == "ijsselland-fit"
    manager = enter(ijsselland, Role.PROGRAMME_MANAGER)
    assert manager.post(f"{asked.url}gebruiken/").status_code == 403
    kept = text(analyst.post(f"{asked.url}gebruiken/", follow=True))
    assert "Dit is nu het model van de regio." in kept
    newest = queries.newest_care_system(ijsselland)
    assert newest is not None
    assert newest.identifier == "ijsselland-fit"
    for row in rows:
        assert row["observations"] == "<10" or int(row["observations"]) >= 10
    for line in csv.DictReader(io.StringIO("\n".join(tested))):
        assert float(line["happened"]) >= 10
    document = analyst.get("/api/v1/regions/ijsselland/care-system/document")
    assert document.json() == model == json.loads(newest.document)
    assert small_counts_in(model) == {}
    # Of a region as small as this one hardly anything but "fewer than 10" can be told.
    assert "minder dan 10" in told
    assert not re.search(r"\b[1-9] (?:keer|jeugdigen|waarnemingen)", told)
    pages = [text(analyst.get(f"{SYSTEM}?kind=fitted&page={page}")) for page in (1, 2, 3)]
    assert "uit minder dan 10 waarnemingen" in "".join(pages)
    assert not re.search(r"uit [1-9] waarnemingen", "".join(pages))
    deliver(ijsselland, {"start.xml": messages.start(identification="later")})
    assert "De berichten zijn daarna veranderd" in text(analyst.get(asked.url))
    assert analyst.post(PAGE).url != asked.url


class TestWithoutAModel:
    @pytest.fixture
    def run(self, ijsselland: Region, analyst: Client) -> FitRun:
        deliver(ijsselland, messages.one_of_each())
        analyst.post(PAGE)
        return FitRun.objects.get()

    def test_too_little_is_told_with_what_to_do(self, analyst: Client, run: FitRun) -> None:
        services.work_on_fit(fit_id=run.pk)
        told = text(analyst.get(f"{PAGE}{run.pk}/"))
        assert "te weinig maanden" in told
        assert "Opnieuw berekenen" in told
        for file in ("getallen.csv", "toets.csv", "model.json"):
            assert analyst.get(f"{PAGE}{run.pk}/{file}").status_code == 404
        assert analyst.post(f"{PAGE}{run.pk}/gebruiken/").status_code == 404

    def test_it_is_stopped(self, analyst: Client, run: FitRun) -> None:
        told = text(analyst.post(f"{PAGE}{run.pk}/stoppen/", follow=True))
        assert "Er is niets bewaard." in told
        services.work_on_fit(fit_id=run.pk)
        run.refresh_from_db()
        assert (run.status, run.result) == ("cancelled", "")

    def test_it_is_stopped_in_the_middle_of_a_step(
        self, run: FitRun, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        began: list[float] = []
        ended = threading.Event()

        def derive_without_end(_work: FitWork) -> str:
            began.append(time.monotonic())
            try:
                # Work in Python; compiled code ends when it comes back.
                while True:
                    sum(range(1000))
            finally:
                ended.set()

        monkeypatch.setattr(FitWork, "derive", derive_without_end)

        def interrupted() -> bool:
            if began:
                FitRun.objects.update(cancel_requested=True)
            return False

        services.work_on_fit(fit_id=run.pk, interrupted=interrupted)
        # It is looked at twice a second; the rest is for a machine that does more.
        assert time.monotonic() - began[0] < 5
        run.refresh_from_db()
        assert (run.status, run.activity, run.result) == ("cancelled", "deriving", "")
        assert ended.wait(10), "the thread goes on without anybody who waits for it"

    def test_a_worker_that_dies_each_time_is_not_asked_for_ever(
        self, analyst: Client, run: FitRun
    ) -> None:
        FitRun.objects.update(attempts=fits.MOST_ATTEMPTS)
        services.work_on_fit(fit_id=run.pk)
        assert "zonder klaar te komen" in text(analyst.get(f"{PAGE}{run.pk}/"))


def test_a_fit_outlives_a_database_that_starts_again(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([True, None, None, False, None, None])

    def ask() -> bool:
        answer = next(answers)
        if answer is None:
            raise OperationalError
        return answer

    asked = fits._patient(ask)
    assert [asked() for _one in range(5)] == [True, True, True, False, True]
    monkeypatch.setattr(fits, "_SECONDS_AWAY", -1.0)
    with pytest.raises(OperationalError):
        asked()


@pytest.mark.parametrize("role", [Role.READER, Role.PROJECT_LEAD])
def test_who_may_not(ijsselland: Region, role: Role) -> None:
    client = enter(ijsselland, role)
    for address in (PAGE, f"{PAGE}1/", f"{PAGE}1/model.json"):
        assert client.get(address).status_code == 403
    assert PAGE not in client.get("/regio/ijsselland/verkennen/").content.decode()
