"""A new password by mail: the whole way, and nothing told to who only tries addresses."""

import re
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from allauth.account.forms import default_token_generator
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import translation
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.web.conftest import PASSWORD
from tests.worker_process import worker_from_nothing
from vliegwiel.apps.regions import services
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.web import tasks
from vliegwiel.web.login import mails

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_limits_used", "with_mail")]

ASK = "/account/password/reset/"
NEW = "a quite different sentence"


@pytest.fixture
def with_mail(settings: Any) -> Iterator[None]:
    settings.MAIL_ENABLED = True
    with translation.override("nl"):
        yield


def send_what_waits() -> list[mail.EmailMessage]:
    """Does what a worker does with the mails that were asked for; returns those that went out."""
    before = len(mail.outbox)
    for job in ProcrastinateJob.objects.filter(task_name=mails.TASK, status="todo"):
        tasks.send_new_password_link(**job.args)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [job.pk])
    return mail.outbox[before:]


def link_in(message: mail.EmailMessage) -> str:
    found = re.findall(r"^http://testserver(/account/\S+)$", str(message.body), re.M)
    assert len(found) == 1, message.body
    return str(found[0])


def asked_for(client: Client, email: str) -> str:
    """The link that somebody gets who asks for it."""
    client.post(ASK, {"email": email})
    (message,) = send_what_waits()
    assert message.to == [email.lower()]
    return link_in(message)


def log_in_with(password: str, user: User) -> bool:
    client = Client()
    client.post("/account/login/", {"login": user.email, "password": password})
    return "_auth_user_id" in client.session


def test_from_asking_to_logging_in(client: Client, analyst: User) -> None:
    assert "Stuur de mail" in client.get(ASK).content.decode()
    answer = client.post(ASK, {"email": analyst.email.upper()}, follow=True)
    assert "Kijk in uw mail" in answer.content.decode()
    (message,) = send_what_waits()
    opened = client.get(link_in(message), follow=True)
    # The key is gone from the address, so that it is in no history and no Referer header.
    assert opened.request["PATH_INFO"].endswith("-set-password/")
    page = opened.request["PATH_INFO"]
    refused = client.post(page, {"password1": "short", "password2": "short"})
    assert refused.status_code == 200
    refused = client.post(page, {"password1": NEW, "password2": NEW + "!"})
    assert refused.context["form"].errors
    analyst.refresh_from_db()
    assert analyst.check_password(PASSWORD)

    done = client.post(page, {"password1": NEW, "password2": NEW})
    assert done.status_code == 302, done.context["form"].errors
    assert (
        "Uw nieuwe wachtwoord is bewaard" in client.get(done.headers["Location"]).content.decode()
    )
    assert log_in_with(NEW, analyst)
    assert not log_in_with(PASSWORD, analyst)
    # Choosing a password is not logging in: the second step is still asked for.
    assert "_auth_user_id" not in client.session


def test_the_mail_is_plain_and_in_the_language_of_the_page(client: Client, analyst: User) -> None:
    client.post(ASK, {"email": analyst.email})
    client.post("/language/setlang/", {"language": "en"})
    (dutch,) = send_what_waits()
    assert dutch.subject == "Kies een nieuw wachtwoord voor Vliegwiel"
    assert str(dutch.body).startswith("Beste Anna Smit,\n\nIemand vroeg een nieuw wachtwoord")
    assert "2 uur lang" in str(dutch.body)
    client.post(ASK, {"email": analyst.email})
    (english,) = send_what_waits()
    assert english.subject == "Choose a new password for Vliegwiel"
    assert "for 2 hours" in str(english.body)
    for message in (dutch, english):
        assert link_in(message)
        assert "\n\n\n" not in str(message.body)
        assert message.content_subtype == "plain"


def test_an_unknown_address_gets_the_same_answer_and_no_mail(client: Client, analyst: User) -> None:
    known = client.post(ASK, {"email": analyst.email})
    unknown = Client().post(ASK, {"email": "nobody@gemeente.example"})
    assert (known.status_code, known.headers["Location"]) == (302, f"{ASK}done/")
    assert (unknown.status_code, unknown.headers["Location"]) == (302, f"{ASK}done/")
    pages = [c.get(f"{ASK}done/").content for c in (client, Client())]
    without_token = [re.sub(rb'value="\w{64}"', b"", page) for page in pages]
    assert without_token[0] == without_token[1]
    # The answer does not wait for a mail server: also its time tells nothing.
    assert mail.outbox == []
    assert [message.to for message in send_what_waits()] == [[analyst.email]]


def test_what_waits_in_the_queue_holds_no_address_and_no_link(
    client: Client, analyst: User
) -> None:
    for _time in range(3):
        client.post(ASK, {"email": analyst.email})
    (job,) = ProcrastinateJob.objects.filter(task_name=mails.TASK)
    assert set(job.args) == {"user_id", "language", "site"}
    assert analyst.email not in str(job.args)


@pytest.mark.parametrize(("minutes", "works"), [(110, True), (130, False)])
def test_a_link_works_for_two_hours(
    client: Client, analyst: User, monkeypatch: pytest.MonkeyPatch, minutes: int, works: bool
) -> None:
    link = asked_for(client, analyst.email)
    then = datetime.now() + timedelta(minutes=minutes)  # noqa: DTZ005  (as Django's own clock)
    monkeypatch.setattr(default_token_generator, "_now", lambda: then)
    opened = client.get(link, follow=True)
    text = opened.content.decode()
    assert ("Bewaar het nieuwe wachtwoord" in text) is works
    assert ("Deze link werkt niet meer" in text) is not works


def test_a_link_works_once(client: Client, analyst: User) -> None:
    link = asked_for(client, analyst.email)
    page = client.get(link, follow=True).request["PATH_INFO"]
    client.post(page, {"password1": NEW, "password2": NEW})
    again = Client().get(link, follow=True).content.decode()
    assert "Deze link werkt niet meer" in again
    assert 'href="/account/password/reset/"' in again


@pytest.mark.parametrize("key", ["1-abc", "0-x", "zz-set-password", "1-cxq-0123456789abcdef"])
def test_a_made_up_link_gets_the_same_page_as_an_old_one(
    client: Client, analyst: User, key: str
) -> None:
    answer = client.get(f"{ASK}key/{key}/")
    assert "Deze link werkt niet meer" in answer.content.decode()


def test_a_new_password_ends_the_sessions_of_the_old_one(
    client: Client, analyst: User, log_in: Callable[[Client], Client]
) -> None:
    elsewhere = log_in(Client())
    assert elsewhere.get("/account/2fa/").status_code == 200
    page = client.get(asked_for(client, analyst.email), follow=True).request["PATH_INFO"]
    client.post(page, {"password1": NEW, "password2": NEW})
    assert elsewhere.get("/account/2fa/").status_code == 302


def test_staff_of_an_organisation_get_no_password_here(client: Client, analyst: User) -> None:
    analyst.set_unusable_password()
    analyst.save()
    client.post(ASK, {"email": analyst.email})
    (message,) = send_what_waits()
    assert message.subject == "Zo logt u in bij Vliegwiel"
    assert "/account/" not in str(message.body)
    assert "servicedesk" in str(message.body)


def test_closed_accounts_and_that_of_the_installation_get_nothing(
    client: Client, analyst: User
) -> None:
    User.objects.filter(pk=analyst.pk).update(is_active=False)
    services.system_user()
    for email in (analyst.email, services.SYSTEM_EMAIL):
        assert client.post(ASK, {"email": email}).status_code == 302
    assert send_what_waits() == []


def test_asking_again_and_again_is_stopped(client: Client, analyst: User) -> None:
    statuses = [client.post(ASK, {"email": analyst.email}).status_code for _time in range(6)]
    assert statuses == [302] * 5 + [429]


def test_another_site_cannot_put_its_address_in_the_mail(client: Client, analyst: User) -> None:
    answer = client.post(ASK, {"email": analyst.email}, headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert not ProcrastinateJob.objects.filter(task_name=mails.TASK).exists()


def test_without_mail_the_page_says_whom_to_ask(
    client: Client, region: Region, settings: Any
) -> None:
    settings.MAIL_ENABLED = False
    assert "stuurt geen mail" in client.get(ASK).content.decode()
    assert client.post(ASK, {"email": "x@y.example"}).status_code == 405


def test_a_mail_server_that_is_away_is_tried_again() -> None:
    retry = tasks.send_new_password_link.retry_strategy
    assert retry is not None
    assert (retry.max_attempts, retry.retry_exceptions) == (5, {OSError})


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_worker_sends_the_mail(
    client: Client,
    analyst: User,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("VLIEGWIEL_MAIL_URL", "console:")
    client.post(ASK, {"email": analyst.email})
    said = ""
    deadline = time.monotonic() + 60
    with worker_from_nothing():
        while "U kunt deze mail niet beantwoorden" not in said:
            assert time.monotonic() < deadline, said
            time.sleep(0.1)
            said += capfd.readouterr().out
    assert f"To: {analyst.email}" in said
    link = re.search(r"^http://testserver(/account/password/reset/key/\S+)$", said, re.M)
    assert link
    assert "Kies een nieuw wachtwoord" in client.get(link[1], follow=True).content.decode()
