"""An ended session loses nothing that was typed, and shows it to nobody else."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.web.conftest import PASSWORD
from vliegwiel.apps.regions import services
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import Role
from vliegwiel.web.login import kept

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_limits_used")]

FORM = "/proof/ijsselland/write"
ACTION = "/proof/ijsselland/act"
TEXT = "Wachttijd daalt als de wijkteams eerder meekijken & meedoen"


@pytest.fixture
def ended(client: Client, log_in: Callable[[Client], Client]) -> Client:
    """A browser in which somebody worked until the session ended."""
    log_in(client).get(FORM)
    del client.cookies["session"]
    return client


def log_in_as(client: Client, user: User, to: str) -> str:
    answer = client.post(to, {"login": user.email, "password": PASSWORD})
    location: str = answer.headers["Location"]
    return location


def test_what_was_typed_is_shown_again_and_not_saved(ended: Client, analyst: User) -> None:
    refused = ended.post(FORM, {"text": TEXT})
    assert refused.headers["Location"] == f"/account/login/?next={FORM}"
    back = log_in_as(ended, analyst, refused.headers["Location"])
    assert back == FORM
    page = ended.get(back, headers={"accept-language": "en"}).content.decode()
    assert TEXT.replace("&", "&amp;") in page
    assert "saved in" not in page
    assert "has not been saved yet" in page
    assert ended.post(FORM, {"text": TEXT}).content.decode() == f"saved in IJsselland: {TEXT}"


def test_it_is_shown_once(ended: Client, analyst: User) -> None:
    to = ended.post(FORM, {"text": TEXT}).headers["Location"]
    log_in_as(ended, analyst, to)
    assert b"Wachttijd" in ended.get(FORM).content
    assert b"Wachttijd" not in ended.get(FORM).content


def test_somebody_else_on_the_same_computer_does_not_see_it(ended: Client, region: Region) -> None:
    other = services.make_user(
        email="bert@gemeente.example", name="B", password=PASSWORD, roles=[(region, Role.READER)]
    )
    to = ended.post(FORM, {"text": TEXT}).headers["Location"]
    log_in_as(ended, other, to)
    assert b"Wachttijd" not in ended.get(FORM).content


def test_a_stranger_leaves_nothing_behind(client: Client, region: Region) -> None:
    client.post(FORM, {"text": TEXT})
    assert kept.SESSION_KEY not in client.session


def test_it_is_forgotten_after_half_an_hour(
    ended: Client, analyst: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    to = ended.post(FORM, {"text": TEXT}).headers["Location"]
    log_in_as(ended, analyst, to)
    late = kept.time.time() + kept.KEPT_SECONDS + 1
    monkeypatch.setattr(kept.time, "time", lambda: late)
    assert b"Wachttijd" not in ended.get(FORM).content


def test_more_than_a_form_holds_is_not_kept(ended: Client) -> None:
    assert ended.post(FORM, {"text": "x" * (kept.LARGEST + 1)}).status_code == 302
    assert kept.SESSION_KEY not in ended.session


def test_it_is_not_kept_without_end(ended: Client) -> None:
    for attempt in range(12):
        ended.post(FORM, {"text": f"attempt {attempt}"})
    assert "attempt+9" in ended.session[kept.SESSION_KEY]["typed"]


def test_the_token_of_the_form_is_not_kept(ended: Client) -> None:
    ended.post(FORM, {"text": TEXT, "csrfmiddlewaretoken": "secret-token"})
    assert "secret-token" not in ended.session[kept.SESSION_KEY]["typed"]


@pytest.mark.parametrize(
    ("before", "to"),
    [
        ("http://testserver/proof/ijsselland/write?x=1", "%3Fnext%3D"),
        ("https://evil.example/proof/ijsselland/write", "/"),
        ("", "/"),
        ("http://testserver/no/such/page", "/"),
    ],
)
def test_an_action_leads_back_to_the_page_before(ended: Client, before: str, to: str) -> None:
    answer = ended.post(ACTION, headers={"referer": before})
    expected = "/account/login/?next=/" if to == "/" else f"/account/login/?next={FORM}%3Fx%3D1"
    assert answer.headers["Location"] == expected
    assert kept.SESSION_KEY not in ended.session


def test_a_fragment_sends_the_whole_page_to_the_login(ended: Client) -> None:
    headers: dict[str, Any] = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{FORM}"}
    answer = ended.get(ACTION, headers=headers)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["HX-Redirect"] == f"/account/login/?next={FORM}"


def test_the_cookie_tells_nothing_about_the_person(
    client: Client, log_in: Callable[[Client], Client], analyst: User
) -> None:
    log_in(client).get(FORM)
    cookie = client.cookies[kept.PERSON_COOKIE]
    assert len(cookie.value) == 64
    assert analyst.email not in cookie.value
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
