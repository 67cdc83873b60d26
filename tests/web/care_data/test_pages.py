"""The pages of care data, with a browser that knows no JavaScript."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, TestCase

from tests.apps.intake import messages
from tests.apps.intake.everything import search
from tests.apps.intake.messages import BSN
from tests.web.answers import text
from vliegwiel.apps.continuity.models import ContinuityCheck
from vliegwiel.apps.intake.models import (
    Delivery,
    Handover,
    KeptMessage,
    RegionIntake,
    Removal,
    Start,
)
from vliegwiel.apps.intake.services import handing
from vliegwiel.apps.regions.models import Region
from vliegwiel.apps.regions.rights import Role
from vliegwiel.apps.regions.services import (
    RegionFacts,
    load_regions,
    make_user,
    system_user,
)
from vliegwiel.web.pages.care_data import uploading

PAGE = "/regio/ijsselland/zorgdata/"
Enter = Callable[[Role], Client]


@pytest.fixture(autouse=True)
def own_key(settings: Any, tmp_path: Path) -> None:
    settings.PSEUDONYM_KEY_FILE = tmp_path / "data" / "pseudonym-key"


@pytest.fixture(autouse=True)
def read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A thread with a connection of its own would not see what a test has not committed."""
    monkeypatch.setattr(handing._Work, "begin", lambda work: (work.read_into(), work.end()))


@pytest.fixture
def ijsselland(db: None) -> Region:
    facts = RegionFacts("JZ07", "IJsselland", [(messages.MUNICIPALITY, "Zwolle")], date(2023, 1, 1))
    load_regions(regions=[facts], by=system_user())
    return Region.objects.get(code="JZ07")


@pytest.fixture
def enter(ijsselland: Region) -> Enter:
    def as_person(role: Role) -> Client:
        user = make_user(
            email=f"{role}@example.nl", name="Anna", password="x" * 12, roles=[(ijsselland, role)]
        )
        client = Client(enforce_csrf_checks=True)
        client.force_login(user)
        return client

    return as_person


@pytest.fixture
def analyst(enter: Enter) -> Client:
    return enter(Role.ANALYST)


def token(client: Client, page: str) -> str:
    found = re.search(
        r'name="csrfmiddlewaretoken" value="(\w+)"', client.get(page).content.decode()
    )
    assert found, page
    return found[1]


def send(client: Client, page: str, data: dict[str, Any] | None = None) -> Any:
    """Sends the form of a page, as a browser does, and follows where it leads."""
    given = {"csrfmiddlewaretoken": token(client, PAGE), **(data or {})}
    return client.post(page, given, follow=True)


def deliver(client: Client, contents: dict[str, bytes]) -> Any:
    """Sends files, waits until they were read, and goes where the page of the reading leads."""
    files = [SimpleUploadedFile(name, content) for name, content in contents.items()]
    with TestCase.captureOnCommitCallbacks(execute=True):
        given = {"csrfmiddlewaretoken": token(client, PAGE), "sent": files}
        answer = client.post(PAGE, given)
    return client.get(answer.url, follow=True) if answer.status_code == 302 else answer


def test_from_nothing_to_a_delivery_and_the_same_again(analyst: Client) -> None:
    assert "Er zijn nog geen zorgdata" in text(analyst.get(PAGE))
    first = deliver(analyst, messages.one_of_each())
    assert first.status_code == 200
    shown = text(first)
    assert "Er zijn 9 nieuwe berichten bewaard; 0 waren al bekend." in shown
    assert "Toewijzingen 1" in shown
    again = text(deliver(analyst, messages.one_of_each()))
    assert "Deze bestanden waren al eerder aangeleverd. Er is niets veranderd." in again
    overview = text(analyst.get(PAGE))
    assert "Jeugdigen 1" in overview
    assert "Verzoeken om wijziging 2" in overview
    assert Delivery.objects.count() == 1


def test_a_refused_delivery_shows_every_fault_with_its_place_and_what_to_do(
    analyst: Client,
) -> None:
    page = text(
        deliver(analyst, {**messages.one_of_each(), "leeg.xml": b"", "x.xml": b"<a><b></a>"})
    )
    assert "De levering is geweigerd. Er is niets van bewaard." in page
    assert "leeg.xml" in page
    assert "Herstel dit bestand of laat het weg." in page
    assert not KeptMessage.objects.exists()
    assert "Geweigerd" in text(analyst.get(PAGE))


def test_findings_are_grouped_and_each_place_can_be_read(analyst: Client) -> None:
    wrong = {
        f"fout-{n}.xml": messages.start(identification=f"{n}").replace(b"2026-03-12", b"2026-02-30")
        for n in range(60)
    }
    page = deliver(analyst, wrong)
    assert "Bekijk alle 60 plaatsen" in text(page)
    address = page.redirect_chain[-1][0]
    found = re.search(r'href="(\?regel=\w+)"', page.content.decode())
    assert found
    first = text(analyst.get(address + found[1]))
    assert first.count("Bericht/Client") == 50
    assert text(analyst.get(f"{address}{found[1]}&page=2")).count("Bericht/Client") == 10
    assert "Alle bevindingen" not in text(analyst.get(f"{address}?regel=nonsense"))


class TestUploading:
    def test_no_file(self, analyst: Client) -> None:
        answer = send(analyst, PAGE)
        assert answer.status_code == 422
        assert not Delivery.objects.exists()

    def test_an_empty_file_is_a_finding_not_a_riddle(self, analyst: Client) -> None:
        assert "Het bestand is leeg." in text(deliver(analyst, {"leeg.xml": b""}))

    def test_too_much_is_told_and_let_go(
        self, analyst: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(uploading, "MOST_BYTES", 10_000)
        answer = deliver(analyst, {f"{n}.xml": b"x" * 6_000 for n in range(3)})
        assert answer.status_code == 422
        assert "groter dan 100 MB" in text(answer)
        assert not Delivery.objects.exists()

    def test_a_large_file_does_not_come_on_the_disk(
        self, analyst: Client, monkeypatch: pytest.MonkeyPatch, settings: Any
    ) -> None:
        settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
        kinds: list[str] = []
        real = uploading.sources

        def seen(files: list[Any]) -> Any:
            kinds.extend(type(file).__name__ for file in files)
            return real(files)

        monkeypatch.setattr("vliegwiel.web.pages.care_data.views.sources", seen)
        deliver(analyst, {"veel.zip": messages.archive(messages.many(40))})
        assert kinds == ["InMemoryUploadedFile"]
        assert KeptMessage.objects.count() == 80

    def test_without_the_token_nothing_is_taken(self, analyst: Client) -> None:
        file = SimpleUploadedFile("start.xml", messages.start())
        assert analyst.post(PAGE, {"sent": file}).status_code == 403
        assert not Delivery.objects.exists()


class TestReading:
    """The page of files that are being read; here nobody reads them until a test says so."""

    @pytest.fixture
    def begun(self, analyst: Client, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
        works: list[Any] = []

        def begin(work: Any) -> None:
            works.append(work)

        monkeypatch.setattr(handing._Work, "begin", begin)
        page = text(deliver(analyst, messages.one_of_each()))
        assert "De bestanden worden gelezen" in page
        return works

    def test_how_far_it_is_and_where_it_leads(self, analyst: Client, begun: list[Any]) -> None:
        address = f"{PAGE}bezig/{Handover.objects.get().pk}/"
        assert address in analyst.get(PAGE).content.decode()
        second = text(deliver(analyst, {"start.xml": messages.start()}))
        assert "In deze regio wordt nu al iets ingelezen" in second
        part = analyst.get(address, headers={"HX-Request": "true"})
        assert "<h2" not in part.content.decode()
        assert "HX-Refresh" not in part.headers
        [work] = begun
        work.read_into()
        work.end()
        assert analyst.get(address, headers={"HX-Request": "true"}).headers["HX-Refresh"]
        assert "Er zijn 9 nieuwe berichten bewaard" in text(analyst.get(address, follow=True))

    def test_it_is_stopped(self, analyst: Client, begun: list[Any]) -> None:
        address = f"{PAGE}bezig/{Handover.objects.get().pk}/"
        assert "Het aanleveren wordt gestopt." in text(send(analyst, f"{address}stoppen/"))
        [work] = begun
        work.tell()
        work.read_into()
        work.end()
        assert "Er is niets van bewaard." in text(analyst.get(address))
        assert not KeptMessage.objects.exists()

    def test_of_a_site_that_was_started_again_it_is_told(
        self, analyst: Client, begun: list[Any]
    ) -> None:
        Handover.objects.update(heartbeat_at="2026-01-01T00:00Z")
        address = f"{PAGE}bezig/{Handover.objects.get().pk}/"
        assert "De site is opnieuw gestart" in text(analyst.get(address))
        assert address not in analyst.get(PAGE).content.decode()
        deliver(analyst, {"start.xml": messages.start()})
        assert len(begun) == 2

    def test_a_script_is_told_the_address(self, analyst: Client, begun: list[Any]) -> None:
        given = {"csrfmiddlewaretoken": token(analyst, PAGE)}
        given["sent"] = SimpleUploadedFile("start.xml", messages.start())  # type: ignore[assignment]
        script = {"X-Requested-With": "XMLHttpRequest"}
        answer = analyst.post(PAGE, given, headers=script)
        assert (answer.status_code, answer.headers["Location"]) == (201, PAGE)


class TestRemoving:
    def test_a_delivery(self, analyst: Client) -> None:
        deliver(analyst, messages.one_of_each())
        delivery = Delivery.objects.get()
        address = f"{PAGE}{delivery.pk}/verwijderen/"
        assert "Dit kan niet ongedaan gemaakt worden." in text(analyst.get(address))
        assert KeptMessage.objects.exists()
        assert ContinuityCheck.objects.exists()
        page = text(send(analyst, address))
        assert "Verwijderd: 1 toewijzingen" in page
        assert not ContinuityCheck.objects.exists()
        assert not KeptMessage.objects.exists()
        assert not Delivery.objects.exists()
        assert "Een levering van " in page

    def test_a_person_whose_number_is_nowhere_afterwards(self, analyst: Client) -> None:
        deliver(analyst, messages.one_of_each())
        page = send(analyst, f"{PAGE}persoon/", {"bsn": BSN, "sure": "on"})
        assert "Een persoon" in text(page)
        assert not Start.objects.exists()
        assert Removal.objects.get().kind == "person"
        assert BSN not in page.content.decode()
        assert not search(BSN)

    @pytest.mark.parametrize(
        "given", [{"bsn": "123456789", "sure": "on"}, {"bsn": BSN}, {"bsn": "", "sure": "on"}]
    )
    def test_a_form_that_is_not_right_removes_nothing_and_repeats_no_number(
        self, analyst: Client, given: dict[str, str]
    ) -> None:
        deliver(analyst, messages.one_of_each())
        page = send(analyst, f"{PAGE}persoon/", given)
        assert page.status_code == 422
        assert Start.objects.exists()
        assert not given["bsn"] or given["bsn"] not in page.content.decode()
        assert not Removal.objects.exists()

    def test_the_term(self, analyst: Client) -> None:
        page = text(send(analyst, f"{PAGE}bewaren/", {"months": "36"}))
        assert "Zorgdata blijven nu 36 maanden bewaard." in page
        assert RegionIntake.objects.get().months_kept == 36
        send(analyst, f"{PAGE}bewaren/", {"months": "3"})
        assert RegionIntake.objects.get().months_kept == 36


class TestWho:
    @pytest.mark.parametrize("role", [Role.ANALYST, Role.PROGRAMME_MANAGER])
    def test_who_may(self, enter: Enter, role: Role) -> None:
        client = enter(role)
        assert client.get(PAGE).status_code == 200
        assert client.get(f"{PAGE}persoon/").status_code == 200
        assert PAGE in client.get("/regio/ijsselland/zien/").content.decode()

    @pytest.mark.parametrize("role", [Role.READER, Role.PROJECT_LEAD])
    def test_who_may_not(self, enter: Enter, role: Role) -> None:
        client = enter(role)
        for address in (
            PAGE,
            f"{PAGE}1/",
            f"{PAGE}1/verwijderen/",
            f"{PAGE}persoon/",
            f"{PAGE}bezig/1/",
        ):
            assert client.get(address).status_code == 403
        assert PAGE not in client.get("/regio/ijsselland/zien/").content.decode()

    def test_a_visitor_logs_in_first_and_his_files_are_not_read(
        self, ijsselland: Region, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def never(*_given: Any) -> None:
            raise AssertionError("a file of a visitor was read")

        monkeypatch.setattr(uploading.OnlyInMemory, "receive_data_chunk", never)
        file = SimpleUploadedFile("start.xml", messages.start())
        for client in (Client(), Client(enforce_csrf_checks=True)):
            assert client.post(PAGE, {"sent": file}).status_code == 302

    def test_what_is_not_there(self, analyst: Client) -> None:
        assert analyst.get(f"{PAGE}99/").status_code == 404
        assert analyst.get(f"{PAGE}99/verwijderen/").status_code == 404
        assert analyst.get(f"{PAGE}bezig/99/").status_code == 404


def test_in_english(analyst: Client) -> None:
    analyst.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    done = text(deliver(analyst, messages.one_of_each()))
    assert "9 new messages were kept; 0 were known." in done
    assert "Care data are kept for 84 months" in text(analyst.get(PAGE))
