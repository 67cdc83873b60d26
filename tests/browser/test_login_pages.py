"""A new password by mail, and the second step, as somebody does them in a browser."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import Page
from procrastinate.contrib.django.models import ProcrastinateJob

from vliegwiel.apps.regions.models import User
from vliegwiel.web.login import mails

from .conftest import EMAIL, PASSWORD, Visit, Visitor

NEW = "a quite different sentence"
Check = Callable[[Page], None]


@pytest.fixture(autouse=True)
def with_mail(settings: Any) -> None:
    settings.MAIL_ENABLED = True


@pytest.fixture
def own_account(world: User) -> Iterator[User]:
    """What a test changes in the account is undone: its password and its second step."""
    cache.clear()
    yield world
    Authenticator.objects.filter(user=world).delete()
    world.set_password(PASSWORD)
    world.save()


def mailed_link() -> str:
    """What a worker mails for the job that waits."""
    job = ProcrastinateJob.objects.filter(task_name=mails.TASK, status="todo").latest("pk")
    mails.send_new_password_link(**job.args)
    found = re.search(r"^http\S+$", str(mail.outbox[-1].body), re.M)
    assert found
    return found[0]


def heading(page: Page) -> str:
    return page.inner_text("h1")


def press_on(visitor: Visitor, label: str) -> None:
    visitor.page.get_by_role("button", name=label, exact=True).click()
    visitor.page.wait_for_load_state()


@pytest.mark.parametrize("width", [1280, 320])
def test_a_forgotten_password(
    visit: Visit, own_account: User, assert_accessible: Check, width: int
) -> None:
    visitor = visit(width=width)
    page = visitor.go("/account/login/")
    page.get_by_role("link", name="Wachtwoord vergeten?").click()
    page.wait_for_load_state()
    assert_accessible(page)
    # By keyboard alone: type in the first field, Enter sends.
    page.get_by_label("E-mailadres").focus()
    page.keyboard.type(EMAIL)
    page.keyboard.press("Enter")
    page.wait_for_url("**/password/reset/done/")
    assert heading(page) == "Kijk in uw mail"
    assert_accessible(page)

    page.goto(mailed_link())
    assert heading(page) == "Kies een nieuw wachtwoord"
    assert_accessible(page)
    page.get_by_label("Nieuw wachtwoord", exact=True).fill(NEW)
    page.get_by_label("Nieuw wachtwoord, nog een keer").fill("something else")
    press_on(visitor, "Bewaar het nieuwe wachtwoord")
    assert "Typ twee keer hetzelfde wachtwoord" in page.inner_text("main")
    assert_accessible(page)
    for label in ("Nieuw wachtwoord", "Nieuw wachtwoord, nog een keer"):
        page.get_by_label(label, exact=True).fill(NEW)
    press_on(visitor, "Bewaar het nieuwe wachtwoord")
    assert heading(page) == "Log in met uw nieuwe wachtwoord"
    assert_accessible(page)
    page.get_by_role("main").get_by_role("link", name="Inloggen").click()
    page.fill("[name=login]", EMAIL)
    page.fill("[name=password]", NEW)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/account/" not in address)
    assert visitor.complaints == []


def test_a_link_that_is_used_says_what_to_do(
    visit: Visit, own_account: User, assert_accessible: Check
) -> None:
    visitor = visit(width=320)
    visitor.go("/account/password/reset/")
    visitor.page.get_by_label("E-mailadres").fill(EMAIL)
    press_on(visitor, "Stuur de mail")
    link = mailed_link()
    own_account.set_password(NEW)
    own_account.save()
    visitor.page.goto(link)
    assert heading(visitor.page) == "Deze link werkt niet meer"
    assert_accessible(visitor.page)
    visitor.page.get_by_role("link", name="Vraag een nieuwe link").click()
    assert heading(visitor.page) == "Een nieuw wachtwoord"


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


@pytest.mark.parametrize("width", [1280, 320])
def test_the_second_step(
    visit: Visit, own_account: User, assert_accessible: Check, width: int
) -> None:
    visitor = visit(width=width)
    visitor.log_in()
    page = visitor.go("/account/2fa/")
    assert_accessible(page)
    page.get_by_role("link", name="Instellen").click()
    if page.locator("[name=password]").count():
        page.fill("[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/totp/activate/")
    assert_accessible(page)
    page.fill("[name=code]", "000000")
    press_on(visitor, "Aanzetten")
    assert "Deze code klopt niet" in page.inner_text("main")
    assert_accessible(page)
    secret = page.locator("main code").inner_text()
    page.fill("[name=code]", code_of(secret))
    press_on(visitor, "Aanzetten")
    assert "De tweede stap staat aan" in page.inner_text("main")
    recovery = page.locator(".vw-codes li").all_inner_texts()
    assert len(recovery) == 10
    assert_accessible(page)
    assert_accessible(visitor.go("/account/2fa/"))
    assert_accessible(visitor.go("/account/2fa/recovery-codes/generate/"))
    assert_accessible(visitor.go("/account/2fa/totp/deactivate/"))

    other = visit(width=width)
    other.go("/account/login/")
    other.page.fill("[name=login]", EMAIL)
    other.page.fill("[name=password]", PASSWORD)
    other.page.keyboard.press("Enter")
    other.page.wait_for_url("**/2fa/authenticate/**")
    assert_accessible(other.page)
    other.page.fill("[name=code]", recovery[0])
    other.page.keyboard.press("Enter")
    other.page.wait_for_url(lambda address: "/account/" not in address)
    assert visitor.complaints == other.complaints == []
