"""The pages of the login library speak in the words of this site."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from babel.messages.pofile import read_po
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from tests.conftest import ROOT
from tests.web.conftest import PASSWORD
from tests.web.login.test_local import set_up_second_factor
from vliegwiel.apps.regions.models import User
from vliegwiel.web.login.library_texts import LIBRARY_MESSAGES

INFORMAL = re.compile(r"\b(je|jij|jou|jouw)\b", re.IGNORECASE)


def main_of(answer: Any) -> str:
    found = re.search(r"<main.*</main>", answer.content.decode(), re.S)
    assert found
    return re.sub(r"<[^>]+>", " ", found[0])


@pytest.mark.parametrize("text", LIBRARY_MESSAGES.values())
def test_a_text_of_the_library_is_said_in_our_words(text: str) -> None:
    with (ROOT / "src/vliegwiel/locale/nl/LC_MESSAGES/django.po").open("rb") as file:
        ours = read_po(file, locale="nl")[text].string
    with translation.override("nl"):
        assert gettext(text) == ours
    assert not INFORMAL.search(ours)


@pytest.mark.django_db
@pytest.mark.usefixtures("no_limits_used")
class TestPages:
    def test_wrong_input_before_logging_in(self, client: Client, analyst: User) -> None:
        for sent in ({}, {"login": "no address"}, {"login": analyst.email, "password": "x"}):
            text = main_of(client.post("/account/login/", sent))
            assert not INFORMAL.search(text), text

    def test_wrong_input_after_logging_in(
        self, client: Client, log_in: Callable[[Client], Client]
    ) -> None:
        log_in(client)
        secret_page = client.get("/account/2fa/totp/activate/")
        if secret_page.status_code == 302:
            again = secret_page.headers["Location"]
            assert not INFORMAL.search(main_of(client.post(again, {"password": "x"})))
            client.post(again, {"password": PASSWORD})
        answers = [client.post("/account/2fa/totp/activate/", {"code": "000000"})]
        answers += [
            client.post("/account/password/change/", sent)
            for sent in (
                {},
                {"oldpassword": "x", "password1": "a", "password2": "b"},
                {"oldpassword": PASSWORD, "password1": "anna smit", "password2": "anna smit"},
            )
        ]
        for answer in answers:
            assert answer.status_code == 200
            assert not INFORMAL.search(main_of(answer)), main_of(answer)

    def test_the_pages_of_the_second_step(
        self, client: Client, log_in: Callable[[Client], Client]
    ) -> None:
        set_up_second_factor(log_in(client))
        for page in (
            "/account/2fa/",
            "/account/2fa/recovery-codes/",
            "/account/2fa/recovery-codes/generate/",
            "/account/2fa/totp/deactivate/",
            "/account/reauthenticate/",
            "/account/2fa/reauthenticate/",
            "/account/logout/",
        ):
            answer = client.get(page)
            assert answer.status_code == 200, page
            assert not INFORMAL.search(main_of(answer)), main_of(answer)
