"""The agenda on pages, in files and by the API: who sees what, and that nothing typed is lost."""

import csv
import re
from collections.abc import Callable
from html import unescape
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.apps.trajectories.kept import make_person, make_region
from vliegwiel.apps.agenda import queries, services
from vliegwiel.apps.figures import services as figures
from vliegwiel.apps.initiatives import Facts
from vliegwiel.apps.initiatives import services as initiatives
from vliegwiel.apps.insights import services as insights
from vliegwiel.apps.regions.models import Region
from vliegwiel.apps.regions.rights import Role
from vliegwiel.apps.regions.services import system_user
from vliegwiel.reference import BilingualText

BASE = "/regio/ijsselland/agenda/"
DRAFT = f"{BASE}concept/"
INSIGHT = "/regio/ijsselland/begrijpen/"
API = "/api/v1/regions/ijsselland/agenda"
Enter = Callable[[Role], Client]


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def enter(region: Region) -> Enter:
    def as_person(role: Role) -> Client:
        client = Client()
        client.force_login(make_person(region, role))
        return client

    return as_person


@pytest.fixture
def filled(region: Region) -> Region:
    services.load_example_versions(region=region, by=system_user())
    return region


def text(answer: Any) -> str:
    page = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", answer.content.decode(), flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def text_with_drawings(answer: Any) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def sent(answer: Any) -> dict[str, Any]:
    """What the form of a page would send as it stands."""
    form = answer.context["form"]
    found = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in found.items()}


def test_everybody_reads_the_newest_version_and_no_other(filled: Region) -> None:
    visitor = Client()
    page = text(visitor.get(BASE))
    assert "Versie 2, gepubliceerd" in page
    assert "Verkeersregelaar klein proberen" in page
    assert "Aanpak wachttijden IJsselland" in page
    assert "Voorbeeld." in page
    assert "Wijzigen" not in page
    assert visitor.get(f"{BASE}partners/").status_code == 200
    assert visitor.get(f"{BASE}agenda.csv").status_code == 200
    for other in ("versies/", "versies/1/", "vergelijken/", "concept/", "concept/agenda.csv",
                  "concept/item-zonder/", "voorbeelden/", "voorbeelden/mijov-2025/"):  # fmt: skip
        assert visitor.get(BASE + other).status_code in {302, 404}, other
    assert visitor.get("/regio/nergens/agenda/").status_code == 404


def test_nothing_of_a_draft_is_public(region: Region, enter: Enter) -> None:
    services.start_from_example(region=region, key="mijov-2025", by=system_user())
    for answer in (Client().get(BASE), Client().get(f"{BASE}partners/")):
        assert answer.status_code == 200
        assert "Medicatiecontrole" not in answer.content.decode()
    assert Client().get(f"{BASE}agenda.csv").status_code == 404
    assert Client().get(API).status_code == 404
    assert "Medicatiecontrole" in text(enter(Role.READER).get(DRAFT))


def test_who_may_see_and_who_may_edit(filled: Region, enter: Enter) -> None:
    reader, lead = enter(Role.READER), enter(Role.PROJECT_LEAD)
    for page in ("", "partners/", "versies/", "versies/1/", "vergelijken/", "concept/",
                 "concept/agenda.csv", "concept/onderdeel/finite/eerder/", "voorbeelden/",
                 "voorbeelden/haaglanden-2014/"):  # fmt: skip
        assert reader.get(BASE + page).status_code == 200, page
    for page in ("onderdeel/nieuw/", "onderdeel/finite/", "onderdeel/finite/verwijderen/",
                 "over/about/", "publiceren/"):  # fmt: skip
        assert reader.get(DRAFT + page).status_code == 403, page
        assert reader.post(DRAFT + page, {}).status_code == 403, page
    assert reader.post(f"{BASE}voorbeelden/haaglanden-2014/").status_code == 403
    assert lead.get(f"{DRAFT}publiceren/").status_code == 403
    for page in ("versies/9/", "voorbeelden/geen/", "concept/onderdeel/geen/",
                 "concept/over/nieuw/", "vergelijken/?van=1&tot=9"):  # fmt: skip
        assert lead.get(BASE + page).status_code == 404, page


def test_a_new_part_pressed_twice_is_one_part(region: Region, enter: Enter) -> None:
    client = enter(Role.ANALYST)
    assert "Er is nog geen concept" in text(client.get(DRAFT))
    asked = client.get(f"{DRAFT}onderdeel/nieuw/")
    given = sent(asked) | {"title": "Consultatie", "starts": "2026-Q1", "ends": "2026-Q2"}
    first = client.post(f"{DRAFT}onderdeel/nieuw/", given)
    again = client.post(f"{DRAFT}onderdeel/nieuw/", given)
    assert first.url == again.url == f"{DRAFT}#{given['key']}"
    assert text(client.get(DRAFT)).count("kwartaal 1 van 2026 tot en met kwartaal 2 van 2026") == 1
    # What cannot be kept comes back with the words that were typed.
    refused = client.post(f"{DRAFT}onderdeel/nieuw/", given | {"ends": "2025-Q4", "key": "b"})
    assert refused.status_code == 422
    assert "Het laatste kwartaal ligt vóór het eerste" in text(refused)
    assert 'value="Consultatie"' in refused.content.decode()


def test_two_editors_at_once_lose_nothing(filled: Region, enter: Enter) -> None:
    mine, other = enter(Role.ANALYST), enter(Role.PROGRAMME_MANAGER)
    page = f"{DRAFT}onderdeel/finite/"
    seen = sent(mine.get(page))
    kept = other.post(page, seen | {"title": "Einde in zicht", "reason": "Reden van de ander"})
    assert kept.status_code == 302
    clash = mine.post(page, seen | {"title": "Mijn titel", "providers_asked": "4"})
    assert clash.status_code == 409
    words = text(clash)
    assert f"{Role.PROGRAMME_MANAGER.value} heeft het op" in words
    for piece in ("Einde in zicht", "Mijn titel", "Reden van de ander"):
        assert piece in words
    merged = sent(clash)
    # Mine where I changed something, theirs where I did not; and the same form keeps it.
    assert merged["title"] == "Mijn titel"
    assert merged["reason"] == "Reden van de ander"
    assert int(merged["providers_asked"]) == 4
    assert mine.post(page, merged).status_code == 302
    now = queries.part_now(filled, "item", "finite")
    assert now is not None
    assert (now.title, now.body.reason.nl, now.body.providers_asked) == (  # type: ignore[union-attr]
        "Mijn titel",
        "Reden van de ander",
        4,
    )
    history = text(mine.get(f"{page}eerder/"))
    assert "Einde in zicht" in history


def test_what_starts_from_an_earlier_text_keeps_both_languages(
    filled: Region, enter: Enter
) -> None:
    client, page = enter(Role.PROGRAMME_MANAGER), f"{DRAFT}onderdeel/finite/"
    was = queries.part_now(filled, "item", "finite")
    assert was is not None
    before = was.body
    typed = sent(client.get(page)) | {"title": "Nieuw", "reason": "Anders"}
    assert client.post(page, typed).status_code == 302
    form = sent(client.get(f"{page}?uit={was.revision}"))
    assert client.post(page, form | {"reason": "Zelf getypt"}).status_code == 302
    now = queries.part_now(filled, "item", "finite")
    assert now is not None
    assert now.body.title == before.title
    assert now.body.title.en
    assert now.body.reason == BilingualText(nl="Zelf getypt", en="")  # type: ignore[union-attr]


def test_what_was_typed_survives_an_ended_session(filled: Region) -> None:
    person, client = make_person(filled, Role.ANALYST), Client()
    client.force_login(person)
    page = f"{DRAFT}onderdeel/finite/"
    given = sent(client.get(page)) | {"title": "Getypt zonder sessie"}
    client.session.flush()
    assert client.post(page, given).status_code == 302
    client.force_login(person)
    back = client.get(page)
    assert sent(back)["title"] == "Getypt zonder sessie"
    now = queries.part_now(filled, "item", "finite")
    assert now is not None
    assert now.title != "Getypt zonder sessie"
    assert client.post(page, sent(back)).status_code == 302


def test_removing_asks_first_and_can_be_undone(filled: Region, enter: Enter) -> None:
    client = enter(Role.ANALYST)
    page = f"{DRAFT}onderdeel/hybrid-study/"
    asked = client.get(f"{page}verwijderen/")
    revision = asked.context["now"].revision
    stale = client.post(f"{page}verwijderen/", {"seen": revision + 1})
    assert stale.status_code == 409
    gone = client.post(f"{page}verwijderen/", {"seen": revision}, follow=True)
    assert "Terugzetten" in text(gone)
    draft = text(client.get(DRAFT))
    assert "heeft iets nodig dat niet meer op de agenda staat" in draft
    assert client.post(page, sent(client.get(page))).status_code == 302
    assert "heeft iets nodig" not in text(client.get(DRAFT))


def test_publishing_shows_what_changes_and_is_done_once(filled: Region, enter: Enter) -> None:
    client = enter(Role.PROGRAMME_MANAGER)
    page = client.get(f"{DRAFT}publiceren/")
    assert "het concept is gelijk aan versie 2" in text(page)
    assert "Deze agenda is gemaakt uit" in text(client.get(DRAFT)), "the draft bears the mark too"
    page = f"{DRAFT}onderdeel/finite/"
    client.post(page, sent(client.get(page)) | {"title": "Einde in zicht"})
    asked = client.get(f"{DRAFT}publiceren/")
    assert "Einde in zicht" in text(asked)
    given = sent(asked) | {"note": "Een titel"}
    client.post(page, sent(client.get(page)) | {"reason": "Nog iets"})
    changed = client.post(f"{DRAFT}publiceren/", given)
    assert changed.status_code == 422
    assert "Het concept is veranderd" in text(changed)
    assert sent(changed)["note"] == "Een titel"
    for _press in range(2):
        done = client.post(f"{DRAFT}publiceren/", sent(changed), follow=True)
        assert "Versie 3" in text(done)
    assert len(queries.versions(filled)) == 3
    compared = text(client.get(f"{BASE}vergelijken/?van=2&tot=3"))
    assert "1 onderdeel gewijzigd" in compared
    assert "Nog iets" in compared


def test_an_example_is_started_from(region: Region, enter: Enter) -> None:
    client = enter(Role.ANALYST)
    shown = text(client.get(f"{BASE}voorbeelden/mijov-2025/"))
    assert "Lokaal (5)" in shown
    assert "Regionaal (6)" in shown
    assert "Bovenregionaal (3)" in shown
    assert "10 agendapunten" in shown
    page = text(client.post(f"{BASE}voorbeelden/mijov-2025/", follow=True))
    assert "38 onderdelen zijn naar uw concept gekopieerd" in page
    again = text(client.post(f"{BASE}voorbeelden/mijov-2025/", follow=True))
    assert "stond al in uw concept" in again


def test_every_kind_of_part_can_be_changed(region: Region, enter: Enter) -> None:
    services.start_from_example(region=region, key="haaglanden-2014", by=system_user())
    services.start_from_example(region=region, key="mijov-2025", by=system_user())
    client = enter(Role.ANALYST)
    for path in ("over/about", "speerpunt/base", "onderdeel/sggz", "opgave/partnership",
                 "programma/reform-agenda", "element/ort"):  # fmt: skip
        page = f"{DRAFT}{path}/"
        given = sent(client.get(page))
        # Sending a form as it stands changes nothing, in either language.
        assert client.post(page, given).status_code == 302, path
        client.post(page, given | {"title": "Anders"})
    draft = queries.draft_of(region)
    assert draft is not None
    assert draft.agenda.title == "Anders"
    (task,) = [task for task in draft.document.tasks if task.key == "partnership"]
    assert task.title == BilingualText(nl="Anders", en="")
    assert len(task.partners) == 3
    assert all(partner.brings.en for partner in task.partners)
    history = queries.part_history(region, "task", "partnership")
    assert len(history[0].fields) == 1


def test_an_insight_and_the_home_lead_to_the_agenda(region: Region, enter: Enter) -> None:
    by = system_user()
    figures.load_sources(by=by)
    insights.load_shipped(region=region, by=by)
    client = enter(Role.READER)
    assert "Nog geen agendapunt rust op dit inzicht" in text(client.get(f"{INSIGHT}2/"))
    services.load_example_versions(region=region, by=by)
    page = client.get(f"{INSIGHT}2/")
    assert "Verkeersregelaar klein proberen" in text(page)
    assert f"{DRAFT}#controller-test" in page.content.decode()
    assert "12 agendapunten" in text_with_drawings(client.get("/regio/ijsselland/"))


def test_an_item_and_its_initiative_lead_to_each_other(filled: Region, enter: Enter) -> None:
    facts = Facts(title="Verkeersregelaar", summary="Zo.", insights=())
    pk = initiatives.start(region=filled, facts=facts, by=make_person(filled, Role.PROJECT_LEAD))
    client, own = enter(Role.PROGRAMME_MANAGER), f"/regio/ijsselland/innovaties/{pk}/"
    assert DRAFT not in client.get(own).content.decode()
    page = f"{DRAFT}onderdeel/controller-test/"
    given = sent(client.get(page)) | {"initiatives": [str(pk)]}
    assert client.post(page, given).status_code == 302
    assert f'href="{DRAFT}#controller-test"' in client.get(own).content.decode()
    assert f'href="{own}"' in client.get(DRAFT).content.decode()


def test_the_file_has_a_line_for_each_part(filled: Region) -> None:
    answer = Client().get(f"{BASE}agenda.csv")
    lines = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))
    kinds = [line["kind"] for line in lines]
    assert (kinds.count("item"), kinds.count("programme"), kinds.count("about")) == (12, 8, 1)
    assert {line["version"] for line in lines} == {"2"}
    assert {line["mark"] for line in lines} == {"example"}
    (test,) = [line for line in lines if line["key"] == "controller-test"]
    assert (test["starts"], test["ends"]) == ("2024-Q2", "2024-Q3")
    assert test["needs"] == "Wachtlijstonderzoek naar de rol van verkeersregelaar"


def test_the_api_gives_the_newest_version_to_all_and_every_version_to_the_region(
    filled: Region, enter: Enter
) -> None:
    newest = Client().get(API).json()
    assert (newest["line"]["number"], newest["isNewest"]) == (2, True)
    assert len(newest["agenda"]["items"]) == 12
    assert Client().get(f"{API}/versions").status_code == 401
    reader = enter(Role.READER)
    assert [line["number"] for line in reader.get(f"{API}/versions").json()] == [2, 1]
    first = reader.get(f"{API}/versions/1").json()
    assert len(first["agenda"]["items"]) == 7
    assert reader.get(f"{API}/versions/3").status_code == 404
    services.start_from_example(region=filled, key="mijov-2025", by=system_user())
    english = Client().get(API, headers={"accept-language": "en"}).json()
    assert english["agenda"]["title"] == "Innovation portfolio on waiting times"


def test_pages_take_the_same_number_of_queries_for_more_parts(filled: Region, enter: Enter) -> None:
    client = enter(Role.ANALYST)

    def counted() -> list[int]:
        found = []
        for page in (BASE, DRAFT, f"{DRAFT}onderdeel/finite/"):
            with CaptureQueriesContext(connection) as captured:
                assert client.get(page).status_code == 200
            found.append(len(captured))
        return found

    counted()
    before = counted()
    services.start_from_example(region=filled, key="haaglanden-2014", by=system_user())
    services.start_from_example(region=filled, key="mijov-2025", by=system_user())
    assert counted() == before
