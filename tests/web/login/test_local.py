"""Local accounts: a password and a second factor, limits, and no way to sign up."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.web.conftest import PASSWORD
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.web.login.adapters import SecondFactorAdapter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_limits_used")]

PAGE = "/proof/ijsselland/write"


def code_of(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def set_up_second_factor(client: Client) -> str:
    """Goes through the pages as a person does; returns the secret that his telephone keeps."""
    asked = client.get("/account/2fa/totp/activate/")
    if asked.status_code == 302:  # The password once more, before anything about it changes.
        answer = client.post(asked.headers["Location"], {"password": PASSWORD})
        assert answer.status_code == 302, answer.content.decode()
        asked = client.get("/account/2fa/totp/activate/")
    secret = asked.context["form"].secret
    answer = client.post("/account/2fa/totp/activate/", {"code": code_of(secret)})
    assert answer.headers["Location"] == "/account/2fa/recovery-codes/"
    return secret


def test_the_login_page_brings_you_where_you_were_going(client: Client, analyst: User) -> None:
    asked = client.get(PAGE)
    assert asked.headers["Location"] == f"/account/login/?next={PAGE}"
    answer = client.post(
        asked.headers["Location"], {"login": analyst.email.upper(), "password": PASSWORD}
    )
    assert answer.headers["Location"] == PAGE
    assert client.get(PAGE).status_code == 200


@pytest.mark.parametrize(
    ("login", "password"),
    [("anna@gemeente.example", "not it"), ("nobody@gemeente.example", PASSWORD)],
)
def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(
    client: Client, analyst: User, login: str, password: str
) -> None:
    answer = client.post("/account/login/", {"login": login, "password": password})
    assert answer.status_code == 200
    errors = answer.context["form"].errors["__all__"]
    assert len(errors) == 1
    assert "_auth_user_id" not in client.session
    again = client.post("/account/login/", {"login": "x@y.example", "password": "z"})
    assert again.context["form"].errors["__all__"] == errors


def test_the_account_of_the_installation_has_no_login(client: Client) -> None:
    from vliegwiel.apps.regions import services

    services.system_user()
    for password in ("!", ""):
        client.post("/account/login/", {"login": services.SYSTEM_EMAIL, "password": password})
        assert "_auth_user_id" not in client.session


class TestRequiredSecondFactor:
    @pytest.fixture(autouse=True)
    def required(self, settings: Any) -> None:
        settings.MFA_REQUIRED = True

    def test_without_one_every_page_leads_to_setting_it_up(
        self, client: Client, log_in: Callable[[Client], Client]
    ) -> None:
        log_in(client)
        answer = client.get(PAGE)
        assert answer.headers["Location"] == "/account/2fa/totp/activate/"
        assert client.post(PAGE, {"text": "abc"}).status_code == 302
        assert client.get("/account/logout/").status_code == 200

    def test_a_program_hears_it_in_its_own_form(
        self, client: Client, log_in: Callable[[Client], Client]
    ) -> None:
        log_in(client)
        answer = client.get("/api/v1/regions")
        assert answer.status_code == 403
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json()["status"] == 403

    def test_setting_it_up_opens_the_pages_and_gives_recovery_codes(
        self, client: Client, log_in: Callable[[Client], Client]
    ) -> None:
        set_up_second_factor(log_in(client))
        assert client.get(PAGE).status_code == 200
        codes = client.get("/account/2fa/recovery-codes/").context["unused_codes"]
        assert len(codes) == 10

    def test_logging_in_then_asks_for_a_code(
        self, client: Client, analyst: User, log_in: Callable[[Client], Client]
    ) -> None:
        secret = set_up_second_factor(log_in(client))
        fresh = Client()
        answer = fresh.post(
            f"/account/login/?next={PAGE}", {"login": analyst.email, "password": PASSWORD}
        )
        assert "/account/2fa/authenticate/" in answer.headers["Location"]
        assert fresh.get(PAGE).headers["Location"].startswith("/account/login/")
        wrong = fresh.post("/account/2fa/authenticate/", {"code": "000000"})
        assert wrong.status_code == 200
        assert "_auth_user_id" not in fresh.session

        Authenticator.objects.filter(type="totp").update(last_used_at=None)
        from django.core.cache import cache

        cache.clear()  # The code that set it up is used; the same half minute gives it once more.
        right = fresh.post("/account/2fa/authenticate/", {"code": code_of(secret)})
        assert right.headers["Location"] == PAGE
        assert fresh.get(PAGE).status_code == 200

    def test_a_recovery_code_works_once(
        self, client: Client, analyst: User, log_in: Callable[[Client], Client]
    ) -> None:
        set_up_second_factor(log_in(client))
        code = client.get("/account/2fa/recovery-codes/").context["unused_codes"][0]
        inside = []
        for _attempt in range(2):
            fresh = Client()
            fresh.post("/account/login/", {"login": analyst.email, "password": PASSWORD})
            fresh.post("/account/2fa/authenticate/", {"code": code})
            inside.append("_auth_user_id" in fresh.session)
        assert inside == [True, False]


def test_secrets_of_second_factors_cannot_be_read_in_the_database(
    client: Client, log_in: Callable[[Client], Client], settings: Any
) -> None:
    secret = set_up_second_factor(log_in(client))
    kept = Authenticator.objects.get(type="totp").data
    assert secret not in str(kept)
    assert SecondFactorAdapter().decrypt(kept["secret"]) == secret

    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-" + "y" * 50
    assert SecondFactorAdapter().decrypt(kept["secret"]) == secret
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(Exception, match=r"^$"):
        SecondFactorAdapter().decrypt(kept["secret"])


def test_guessing_is_slowed_down_for_the_account_whoever_guesses(
    client: Client, analyst: User
) -> None:
    for attempt in range(5):
        from_elsewhere = {"REMOTE_ADDR": f"192.0.2.{attempt}"}
        client.post(
            "/account/login/", {"login": analyst.email, "password": "guess"}, **from_elsewhere
        )
    answer = client.post("/account/login/", {"login": analyst.email, "password": PASSWORD})
    assert answer.context["form"].errors["__all__"].as_data()[0].code == "too_many_login_attempts"
    assert "_auth_user_id" not in client.session


def test_guessing_is_slowed_down_for_the_guesser_whichever_account(
    client: Client, analyst: User
) -> None:
    for attempt in range(10):
        client.post("/account/login/", {"login": f"p{attempt}@x.example", "password": "guess"})
    answer = client.post("/account/login/", {"login": analyst.email, "password": PASSWORD})
    assert answer.context["form"].errors["__all__"].as_data()[0].code == "too_many_login_attempts"


def test_many_visits_to_the_login_page_get_the_page_about_waiting(client: Client) -> None:
    statuses = [
        client.post("/account/login/", {"login": "", "password": ""}).status_code
        for _attempt in range(31)
    ]
    assert statuses[:30] == [200] * 30
    assert statuses[30] == 429


def test_limits_keep_no_addresses(client: Client) -> None:
    from django.db import connection

    client.post("/account/login/", {"login": "p@x.example", "password": "guess"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM shared_cache")
        keys = [row[0] for row in cursor.fetchall()]
    assert keys
    assert all(len(key) == 64 and set(key) <= set("0123456789abcdef") for key in keys)


@pytest.mark.parametrize(
    "address",
    [
        "/account/signup/",
        "/account/email/",
        "/account/3rdparty/",
        "/account/3rdparty/signup/",
        "/account/social/signup/",
        "/account/confirm-email/x/",
        "/account/login/code/confirm/",
    ],
)
def test_nobody_signs_up_or_changes_his_address(
    client: Client, log_in: Callable[[Client], Client], address: str
) -> None:
    assert client.get(address).status_code == 404
    assert log_in(client).get(address).status_code == 404


def test_no_name_leads_to_signing_up() -> None:
    for name in ("account_signup", "socialaccount_signup", "account_email"):
        with pytest.raises(NoReverseMatch):
            reverse(name)


def test_without_mail_a_new_password_comes_from_the_administrator(client: Client) -> None:
    answer = client.get("/account/password/reset/")
    assert (answer.status_code, answer.templates[0].name) == (200, "account/ask_administrator.html")


def test_the_administration_uses_the_same_login(
    client: Client, region: Region, log_in: Callable[[Client], Client]
) -> None:
    from django.contrib import admin

    request = client.get("/account/login/").wsgi_request
    answer = admin.site.login(request)
    assert answer.headers["Location"].startswith("/account/login/")


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "http://testserver@evil.example",
        "\thttps://evil.example",
    ],
)
def test_logging_in_never_leads_to_another_site(
    client: Client, analyst: User, elsewhere: str
) -> None:
    who = {"login": analyst.email, "password": PASSWORD, "next": elsewhere}
    answer = client.post("/account/login/", who)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    answer = client.post("/language/setlang/", {"language": "en", "next": elsewhere})
    assert answer.headers["Location"] == "/"
    answer = client.post("/account/logout/", {"next": elsewhere})
    assert answer.headers["Location"] == "/"


def test_logging_out_takes_a_button_and_ends_the_session(
    client: Client, log_in: Callable[[Client], Client]
) -> None:
    log_in(client)
    key = client.session.session_key
    assert client.get("/account/logout/").status_code == 200
    assert client.get(PAGE).status_code == 200
    client.post("/account/logout/")
    assert client.get(PAGE).status_code == 302
    assert client.session.session_key != key


def test_logging_in_changes_the_session_number(client: Client, analyst: User) -> None:
    client.get(PAGE)
    session = client.session
    session["x"] = 1
    session.save()
    client.cookies["session"] = session.session_key
    client.post("/account/login/", {"login": analyst.email, "password": PASSWORD})
    assert client.session.session_key != session.session_key
